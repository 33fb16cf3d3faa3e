package com.napalmsky.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.recovery.OpenSession.Ending;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoverableSessionsTest {

  private static final UUID USER_SESSION = new UUID(9, 9);
  private static final Ending NOTHING = userSession -> Future.succeededFuture();

  private final RecoverableSessions sessions =
      new RecoverableSessions(new RecoveryConfig(Duration.ofSeconds(15), 10, 1_000, 2, 10_000));

  @Test
  void aLostSessionIsTakenOnceWithItsLog() {
    OpenSession open = open("a");
    keepSomething(open);
    LostSession lost = lose(open);

    OpenSession taken = sessions.resume(lost, NOTHING);
    OpenSession again = sessions.resume(lost, NOTHING);

    assertThat(taken).isNotNull();
    assertThat(taken.sid()).isEqualTo("sid-a");
    assertThat(taken.log().size()).isEqualTo(1);
    assertThat(again).isNull();
    assertThat(sessions.find("a")).isSameAs(taken);
  }

  @Test
  void aSessionWhoseTimeIsOverIsGoneAndOneThatWasTakenStays() {
    OpenSession expiring = open("a");
    keepSomething(expiring);
    LostSession lost = lose(expiring);
    OpenSession returning = open("b");
    keepSomething(returning);
    LostSession taken = lose(returning);
    assertThat(sessions.resume(taken, NOTHING)).isNotNull();

    sessions.expire(lost);
    sessions.expire(taken);

    assertThat(sessions.find("a")).isNull();
    assertThat(sessions.find("b")).isNotNull();
    assertThat(sessions.resume(lost, NOTHING)).isNull();
    assertThat(sessions.sizes().sessions()).isEqualTo(1);
    assertThat(sessions.sizes().bytes()).isPositive();
  }

  @Test
  void thereAreOnlySoManyAndAPlaceIsGivenBack() {
    OpenSession first = open("a");
    assertThat(open("b")).isNotNull();
    assertThat(open("c")).isNull();

    sessions.close(first);
    sessions.close(first);

    assertThat(open("c")).isNotNull();
    assertThat(open("d")).isNull();
    assertThat(sessions.sizes().sessions()).isEqualTo(2);
  }

  @Test
  void whatIsClosedHoldsNothing() {
    OpenSession open = open("a");
    keepSomething(open);
    assertThat(sessions.sizes().bytes()).isPositive();

    sessions.close(open);

    assertThat(sessions.sizes()).isEqualTo(new RecoverySizes(0, 0));
  }

  @Test
  void privateIdsAreTheSameOnEveryLoopAndOtherInEveryProcess() {
    RecoverableSessions elsewhere = new RecoverableSessions(sessions.config());

    String pid = sessions.ids().of("sid");

    assertThat(pid).hasSize(43).isEqualTo(sessions.ids().of("sid"));
    assertThat(pid).isNotEqualTo(sessions.ids().of("sie"));
    assertThat(pid).isNotEqualTo(elsewhere.ids().of("sid"));
  }

  @Test
  void nothingPrintsAPrivateId() {
    LostSession lost = lose(open("secret"));

    assertThat(lost.toString()).contains("sid-secret").doesNotContain("pid");
    assertThat(lost.toString().replace("sid-secret", "")).doesNotContain("secret");
  }

  @Test
  void theBoundOfTheProcessIsNotBelowThatOfASession() {
    assertThatThrownBy(
            () ->
                RecoveryConfig.from(
                    new Settings(
                        Map.of(RecoveryConfig.BYTES, "5000", RecoveryConfig.TOTAL_BYTES, "4000"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(RecoveryConfig.TOTAL_BYTES);
    assertThat(RecoveryConfig.from(new Settings(Map.of(RecoveryConfig.SECONDS, "0"))).on())
        .isFalse();
  }

  private static void keepSomething(OpenSession open) {
    assertThat(open.log().add("event", "{\"some\":\"text\"}")).isNotEmpty();
  }

  private OpenSession open(String pid) {
    return sessions.open(pid, "sid-" + pid, NOTHING);
  }

  private LostSession lose(OpenSession open) {
    return sessions.lose(open, USER_SESSION, new Involvement(null, null, false));
  }
}
