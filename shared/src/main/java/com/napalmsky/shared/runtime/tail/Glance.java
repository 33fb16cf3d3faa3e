package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.TrafficContract.Gauge;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.meter.ResidentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The few numbers of a process that a watcher sees at a glance, in the order of their names. They
 * are those that Prometheus reads; a process that has no such thing leaves them out.
 */
final class Glance {

  private Glance() {}

  static List<Gauge> at(Meters meters) {
    Runtime runtime = Runtime.getRuntime();
    List<Gauge> gauges = new ArrayList<>();
    add(gauges, "calls", meters.held("calls"));
    gauges.add(new Gauge("heapBytes", runtime.totalMemory() - runtime.freeMemory()));
    add(gauges, "lobby", meters.gauged("napalmsky_lobby_seats"));
    gauges.add(new Gauge("residentBytes", ResidentSet.bytes()));
    add(gauges, "sockets", meters.gauged("napalmsky_gateway_sockets"));
    return gauges;
  }

  private static void add(List<Gauge> gauges, String name, OptionalLong amount) {
    amount.ifPresent(known -> gauges.add(new Gauge(name, known)));
  }
}
