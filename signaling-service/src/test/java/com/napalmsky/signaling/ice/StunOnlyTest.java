package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StunOnlyTest {

  @Test
  void theServersAreNamedForAnHourWithAWarningThatThereIsNoRelay() {
    var timers = new ManualTimers();
    var ice = new StunOnly(timers, List.of("stun:a:1", "stun:b:2"));

    var servers = ice.serversFor(UUID.randomUUID()).result();

    assertThat(servers.servers())
        .containsExactly(
            new IceServer(List.of("stun:a:1"), null, null),
            new IceServer(List.of("stun:b:2"), null, null));
    assertThat(servers.expiresAt()).isEqualTo(timers.now().plus(Duration.ofHours(1)));
    assertThat(servers.provider()).isEqualTo("fallback");
    assertThat(servers.warning()).contains("TURN");
  }
}
