package com.napalmsky.shared.contract.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownBansTest {

  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);
  private static final UUID CARL = new UUID(1, 3);

  private final ManualTimers timers = new ManualTimers();
  private final KnownBans bans = new KnownBans(timers, 2);

  private BanChanged fact(UUID user, BanStatus status, Instant until) {
    return new BanChanged(user, status, until, timers.now());
  }

  @Test
  void whatHoldsIsRemembered() {
    assertThat(bans.heard(fact(ANNA, BanStatus.PERMANENT, null))).isTrue();
    assertThat(bans.heard(fact(BEN, BanStatus.VINDICATED, null))).isFalse();

    assertThat(bans.contains(ANNA)).isTrue();
    assertThat(bans.contains(BEN)).isFalse();
    assertThat(bans.contains(CARL)).isFalse();
  }

  @Test
  void anOlderFactIsNoNews() {
    BanChanged banned = fact(ANNA, BanStatus.TEMPORARY, null);
    timers.advance(Duration.ofSeconds(1));

    assertThat(bans.heard(fact(ANNA, BanStatus.NONE, null))).isFalse();
    assertThat(bans.heard(banned)).isFalse();

    assertThat(bans.contains(ANNA)).isFalse();
  }

  @Test
  void aBanEndsWithItsTime() {
    assertThat(bans.heard(fact(ANNA, BanStatus.TEMPORARY, timers.now().plusSeconds(9)))).isTrue();

    timers.advance(Duration.ofSeconds(9));

    assertThat(bans.contains(ANNA)).isFalse();
  }

  @Test
  void whatIsNotHeardOfForFiveMinutesIsForgotten() {
    assertThat(bans.heard(fact(ANNA, BanStatus.PERMANENT, null))).isTrue();
    timers.advance(Duration.ofMinutes(4));
    assertThat(bans.heard(fact(BEN, BanStatus.PERMANENT, null))).isTrue();
    timers.advance(Duration.ofMinutes(1));

    assertThat(bans.contains(ANNA)).isFalse();
    assertThat(bans.contains(BEN)).isTrue();
    assertThat(bans.heard(fact(BEN, BanStatus.PERMANENT, null))).isTrue();
    assertThat(bans.size()).isEqualTo(1);
  }

  @Test
  void whoWasNotHeardOfForLongestMakesRoom() {
    assertThat(bans.heard(fact(ANNA, BanStatus.PERMANENT, null))).isTrue();
    assertThat(bans.heard(fact(BEN, BanStatus.PERMANENT, null))).isTrue();
    assertThat(bans.heard(fact(ANNA, BanStatus.PERMANENT, null))).isTrue();

    assertThat(bans.heard(fact(CARL, BanStatus.PERMANENT, null))).isTrue();

    assertThat(bans.contains(ANNA)).isTrue();
    assertThat(bans.contains(BEN)).isFalse();
    assertThat(bans.size()).isEqualTo(2);
  }
}
