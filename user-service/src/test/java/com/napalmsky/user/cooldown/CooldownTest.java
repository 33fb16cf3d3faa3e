package com.napalmsky.user.cooldown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownSet;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CooldownTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private UUID ada;
  private UUID ben;
  private Instant now;

  @BeforeEach
  void twoPeople() {
    ada = stage.user("Ada");
    ben = stage.user("Ben");
    now = stage.timers.now();
    stage.forgetAnnouncements();
  }

  private static Instant set(UUID first, UUID second, Instant until, CooldownReason reason) {
    return UserStage.await(stage.cooldowns().set(new SetCooldown(first, second, until, reason)))
        .until();
  }

  @Test
  void aLaterRescindNeverShortensADay() {
    Instant day = now.plusSeconds(86_400);

    assertThat(set(ada, ben, day, CooldownReason.DECLINED)).isEqualTo(day);
    assertThat(set(ben, ada, now.plusSeconds(3600), CooldownReason.RESCINDED)).isEqualTo(day);

    var row = stage.sql("SELECT * FROM cooldowns WHERE $1 IN (user_id_1, user_id_2)", ada).get(0);
    assertThat(row.getString("reason")).isEqualTo("declined");
    assertThat(stage.announced(CooldownStarted.class))
        .extracting(CooldownStarted::until)
        .containsExactly(day, day);
  }

  @Test
  void ofAHundredAtTheSameTimeTheLatestHolds() {
    List<Integer> minutes = IntStream.rangeClosed(1, 100).boxed().collect(Collectors.toList());
    Collections.shuffle(minutes);

    List<Future<CooldownSet>> sets =
        minutes.stream()
            .map(
                minute ->
                    stage
                        .cooldowns()
                        .set(
                            minute % 2 == 0
                                ? new SetCooldown(
                                    ada, ben, now.plusSeconds(60L * minute), CooldownReason.TIMEOUT)
                                : new SetCooldown(
                                    ben,
                                    ada,
                                    now.plusSeconds(60L * minute),
                                    CooldownReason.TIMEOUT)))
            .toList();
    UserStage.await(Future.join(sets));

    assertThat(set(ada, ben, now, CooldownReason.RESCINDED)).isEqualTo(now.plusSeconds(6000));
    assertThat(
            stage.count("SELECT count(*) FROM cooldowns WHERE $1 IN (user_id_1, user_id_2)", ada))
        .isEqualTo(1);
  }

  @Test
  void aPairIsOrderedAsPostgresOrdersIt() {
    // Signed comparison would put the one with the high bit first.
    UUID high = UUID.fromString("f0000000-0000-4000-8000-000000000000");
    UUID low = UUID.fromString("10000000-0000-4000-8000-000000000000");

    assertThat(Pair.of(high, low)).isEqualTo(new Pair(low, high)).isEqualTo(Pair.of(low, high));
    assertThat(high).isLessThan(low);
  }

  @Test
  void oneselfAndStrangersAreInvalid() {
    assertThatThrownBy(() -> set(ada, ada, now, CooldownReason.TIMEOUT))
        .isInstanceOf(ServiceFailure.class);
    assertThatThrownBy(() -> set(ada, UUID.randomUUID(), now, CooldownReason.TIMEOUT))
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
  }
}
