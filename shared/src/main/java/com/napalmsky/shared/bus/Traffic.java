package com.napalmsky.shared.bus;

import com.napalmsky.shared.bus.TrafficContract.Direction;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What crosses the bus of one Vert.x, measured only while somebody wants to know. Otherwise a
 * message costs one read of a volatile field more than without it.
 *
 * <p>Safe from any thread, but for {@link #take}, which only one at a time may ask.
 */
public final class Traffic implements Shareable {

  private static final String MAP = "com.napalmsky.bus";

  /** {@code <service>.v<major>.<operation>}; an instance's name comes after it. */
  private static final int PARTS_OF_AN_OPERATION = 3;

  private volatile @Nullable Measurement measurement;

  /** Both directions of each address that was used since the measuring began. */
  private record Measurement(Map<String, FlowMeter> sent, Map<String, FlowMeter> received) {}

  Traffic() {}

  /** The traffic of a Vert.x; the same each time. */
  public static Traffic of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Traffic>getLocalMap(MAP)
        .computeIfAbsent("traffic", first -> new Traffic());
  }

  /** Begins to measure, unless that has begun. */
  public void measure() {
    if (measurement == null) {
      measurement = new Measurement(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }
  }

  /** Stops measuring and forgets what was measured. */
  public void stop() {
    measurement = null;
  }

  /** Whether anything is measured now. */
  public boolean isMeasured() {
    return measurement != null;
  }

  /** What was measured since the last time, and what waits; empty when nothing is measured. */
  public List<Flow> take() {
    Measurement now = measurement;
    if (now == null) {
      return List.of();
    }
    return Stream.concat(now.sent().values().stream(), now.received().values().stream())
        .map(FlowMeter::take)
        .filter(Objects::nonNull)
        .map(flow -> (Flow) flow)
        .toList();
  }

  /** The meter for what goes to an address, or null when nothing is measured. */
  @Nullable FlowMeter sent(String address) {
    Measurement now = measurement;
    return now == null ? null : meter(now.sent(), address, Direction.SENT);
  }

  /** The meter for what comes to an address, or null when nothing is measured. */
  @Nullable FlowMeter received(String address) {
    Measurement now = measurement;
    return now == null ? null : meter(now.received(), address, Direction.RECEIVED);
  }

  private static FlowMeter meter(
      Map<String, FlowMeter> meters, String address, Direction direction) {
    return meters.computeIfAbsent(
        operation(address), operation -> new FlowMeter(operation, direction));
  }

  /** An address without the name of an instance: there are as many as there are contracts. */
  static String operation(String address) {
    int end = -1;
    for (int part = 0; part < PARTS_OF_AN_OPERATION; part++) {
      end = address.indexOf('.', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end);
  }
}
