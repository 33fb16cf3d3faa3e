package com.napalmsky.user.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionLifeTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  @Test
  void anUnusedSessionEndsAfterSevenDays() {
    SignedUp ada = stage.signUp("Ada");

    stage.timers.advance(Duration.ofDays(7));

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.authenticate(ada.token()).session()).isNull();
  }

  @Test
  void useMovesTheEndAtMostOnceAnHour() {
    SignedUp ada = stage.signUp("Ada");
    Instant begun = stage.timers.now();

    stage.timers.advance(Duration.ofMinutes(59));
    Instant early = stage.authenticate(ada.token()).session().expiresAt();
    stage.timers.advance(Duration.ofMinutes(1));
    Instant hourly = stage.authenticate(ada.token()).session().expiresAt();
    stage.timers.advance(Duration.ofMinutes(30));
    Instant again = stage.authenticate(ada.token()).session().expiresAt();

    assertThat(early).isEqualTo(begun.plus(Duration.ofDays(7)));
    assertThat(hourly).isEqualTo(begun.plus(Duration.ofDays(7)).plus(Duration.ofHours(1)));
    assertThat(again).isEqualTo(hourly);
    var row =
        stage
            .sql(
                "SELECT last_active_at FROM sessions WHERE token_hash = $1",
                TokenHash.of(ada.token()))
            .get(0);
    assertThat(row.getOffsetDateTime(0).toInstant()).isEqualTo(begun.plus(Duration.ofHours(1)));
  }

  @Test
  void aGuestsSessionIsCappedThirtyDaysAfterItsBeginning() {
    SignedUp ada = stage.signUp("Ada");
    Instant begun = stage.timers.now();

    for (int day = 0; day < 29; day++) {
      stage.timers.advance(Duration.ofDays(1));
      assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    }

    assertThat(stage.authenticate(ada.token()).session().expiresAt())
        .isEqualTo(begun.plus(Duration.ofDays(30)));
    stage.timers.advance(Duration.ofDays(1));
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatIsNoHashIsUnknown() {
    assertThat(
            UserStage.await(
                    stage.sessions().authenticate(new Authenticate("\0'; DROP TABLE users")))
                .verdict())
        .isEqualTo(Verdict.UNKNOWN);
  }
}
