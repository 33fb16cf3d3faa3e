package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LostGatewaysTest {

  private static final SocketRef SOCKET = new SocketRef("gw-1-0", 7);

  private final ManualTimers timers = new ManualTimers();
  private final LostGateways gateways = new LostGateways(timers);
  private final Instant seen = timers.now().minusSeconds(6);

  @Test
  void whenItWasSeenLastIsKnownForAllItsSockets() {
    gateways.add(new GatewayLost("gw-1", seen));

    assertThat(gateways.lastSeen(SOCKET)).isEqualTo(seen);
    assertThat(gateways.lastSeen(new SocketRef("gw-1-1", 1))).isEqualTo(seen);
    assertThat(gateways.lastSeen(new SocketRef("gw-0", 7))).isNull();
  }

  @Test
  void itIsForgottenWhenItSaysSomethingOrAfterAWhile() {
    gateways.add(new GatewayLost("gw-1", seen));
    gateways.alive(SOCKET);
    assertThat(gateways.lastSeen(SOCKET)).isNull();

    gateways.add(new GatewayLost("gw-1", seen));
    timers.advance(Duration.ofSeconds(21));
    assertThat(gateways.lastSeen(SOCKET)).isNull();
  }

  @Test
  void noMoreThanSoManyAreRememberedAtOnce() {
    for (int i = 0; i < 1_001; i++) {
      gateways.add(new GatewayLost("gw" + i, seen));
    }
    assertThat(gateways.lastSeen(new SocketRef("gw999-0", 1))).isEqualTo(seen);
    assertThat(gateways.lastSeen(new SocketRef("gw1000-0", 1))).isNull();

    timers.advance(Duration.ofSeconds(21));
    gateways.add(new GatewayLost("gw1000", seen));
    assertThat(gateways.lastSeen(new SocketRef("gw1000-0", 1))).isEqualTo(seen);
  }
}
