package com.napalmsky.shared.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.TrafficContract.Gauge;
import com.napalmsky.shared.runtime.meter.Meters;
import org.junit.jupiter.api.Test;

class GlanceTest {

  @Test
  void watchersSeeTheNumbersThatPrometheusReadsEvenWhereItReadsNone() {
    Meters meters = Meters.none();
    meters.gauge("napalmsky_gateway_sockets", "Open sockets", () -> 3);
    meters.gauge("napalmsky_lobby_seats", "Sockets in the lobby", () -> 1);
    meters.gauge("napalmsky_lobby_seats", "Sockets in the lobby", () -> 1);
    meters.structure("calls", 10, () -> 4);

    assertThat(Glance.at(meters))
        .contains(new Gauge("sockets", 3), new Gauge("lobby", 2), new Gauge("calls", 4))
        .extracting(Gauge::name)
        .containsExactly("calls", "heapBytes", "lobby", "residentBytes", "sockets");
  }

  @Test
  void aProcessWithoutSocketsTellsOfNone() {
    assertThat(Glance.at(Meters.none()))
        .extracting(Gauge::name)
        .containsExactly("heapBytes", "residentBytes");
  }
}
