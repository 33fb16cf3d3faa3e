package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CoturnTest {

  private static final UUID ANNA = UUID.fromString("11111111-1111-1111-1111-111111111111");

  private final ManualTimers timers = new ManualTimers();

  /** The password is what {@code openssl dgst -sha1 -hmac north} makes of the name. */
  @Test
  void theNameHoldsTheEndAndThePasswordIsItsHmac() {
    Coturn coturn =
        new Coturn(
            new Coturn.Access(List.of("turn:t.test:3478"), "north"), timers, Duration.ofHours(1));

    assertThat(coturn.relaysFor(ANNA).result())
        .containsExactly(
            new IceServer(
                List.of("turn:t.test:3478"),
                "1767229200:11111111-1111-1111-1111-111111111111",
                "iJ2VLd7CgK+iZyQ1OobXR4A1LUI="));
  }

  @Test
  void everyUserAndEveryTimeHaveTheirOwn() {
    Coturn coturn =
        new Coturn(new Coturn.Access(List.of("turn:t"), "north"), timers, Duration.ofHours(1));
    IceServer annas = coturn.relaysFor(ANNA).result().get(0);
    IceServer bens = coturn.relaysFor(new UUID(1, 2)).result().get(0);
    timers.advance(Duration.ofSeconds(1));
    IceServer later = coturn.relaysFor(ANNA).result().get(0);

    assertThat(List.of(annas, bens, later))
        .extracting(IceServer::credential)
        .doesNotHaveDuplicates();
    assertThat(later.username()).startsWith("1767229201:");
  }
}
