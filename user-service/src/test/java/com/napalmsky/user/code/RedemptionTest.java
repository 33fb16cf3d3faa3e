package com.napalmsky.user.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.CodeContract.ApplyCode;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.CodeApplied;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodeValidated;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with an account comes with a code. */
class RedemptionTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static final CodeWords words = new CodeWords();

  private UUID ada;
  private String code;

  @BeforeEach
  void somebodyAndACode() {
    ada = stage.user("Ada");
    code = words.next();
    stage.code(code, 4);
    stage.forgetAnnouncements();
  }

  private static Future<CodeApplied> apply(UUID userId, String code) {
    return stage.redemptions().apply(new ApplyCode(userId, code));
  }

  @CanIgnoreReturnValue
  private static CodeApplied applied(UUID userId, String code) {
    return UserStage.await(apply(userId, code));
  }

  private static CodeValidated validated(String code) {
    return UserStage.await(stage.redemptions().validate(new ValidateCode(code)));
  }

  private static Account account(UUID userId) {
    return UserStage.await(stage.profiles().get(new GetAccount(userId))).account();
  }

  private static Row row(String code) {
    return stage.sql("SELECT * FROM invite_codes WHERE code = $1", code).get(0);
  }

  private static long usesOf(String code) {
    return stage.count("SELECT count(*) FROM code_uses WHERE code = $1", code);
  }

  private void owned(UUID owner) {
    stage.sql("UPDATE invite_codes SET created_by = $2 WHERE code = $1", code, owner);
  }

  @Test
  void aCodeBeginsTheGracePeriodAndAllAreTold() {
    CodeApplied applied = applied(ada, code);

    assertThat(applied)
        .isEqualTo(new CodeApplied(ApplyOutcome.APPLIED, PaidStatus.QR_GRACE_PERIOD, 4));
    Account account = account(ada);
    assertThat(account.paidStatus()).isEqualTo(PaidStatus.QR_GRACE_PERIOD);
    assertThat(account.inviteCodeUsed()).isEqualTo(code);
    assertThat(account.qrUnlocked()).isFalse();
    assertThat(account.myInviteCode()).isNull();
    assertThat(row(code).getInteger("uses_remaining")).isEqualTo(3);
    assertThat(row(code).getInteger("total_used")).isEqualTo(1);
    assertThat(usesOf(code)).isEqualTo(1);
    assertThat(stage.announced(AccountChanged.class))
        .containsExactly(
            new AccountChanged(account.person(), PaidStatus.QR_GRACE_PERIOD, BanStatus.NONE));
  }

  @Test
  void ofAHundredWhoApplyTheLastUseOneSucceeds() {
    stage.sql("UPDATE invite_codes SET uses_remaining = 1 WHERE code = $1", code);
    List<UUID> users = IntStream.range(0, 100).mapToObj(i -> stage.user("U" + i)).toList();

    List<Future<CodeApplied>> attempts = users.stream().map(user -> apply(user, code)).toList();
    UserStage.await(Future.join(attempts));

    assertThat(attempts)
        .extracting(attempt -> attempt.result().outcome())
        .filteredOn(outcome -> outcome == ApplyOutcome.APPLIED)
        .hasSize(1);
    assertThat(attempts)
        .extracting(attempt -> attempt.result().outcome())
        .filteredOn(outcome -> outcome == ApplyOutcome.USED_UP)
        .hasSize(99);
    assertThat(usesOf(code)).isEqualTo(1);
    assertThat(stage.count("SELECT count(*) FROM users WHERE invite_code_used = $1", code))
        .isEqualTo(1);
  }

  @Test
  void ofNewcomersAndOthersWhoTakeTheLastUseAtOnceOneSucceeds() {
    stage.sql("UPDATE invite_codes SET uses_remaining = 1 WHERE code = $1", code);
    List<UUID> users = IntStream.range(0, 50).mapToObj(i -> stage.user("U" + i)).toList();

    List<Future<Boolean>> attempts =
        users.stream()
            .flatMap(
                user ->
                    java.util.stream.Stream.of(
                        apply(user, code).map(applied -> applied.outcome() == ApplyOutcome.APPLIED),
                        stage
                            .signUps()
                            .signUp(
                                new com.napalmsky.shared.contract.user.UserContract.SignUp(
                                    "New",
                                    com.napalmsky.shared.contract.user.Gender.FEMALE,
                                    null,
                                    code,
                                    UserStage.ORIGIN))
                            .map(signedUp -> signedUp.outcome() == SignUpOutcome.SIGNED_UP)))
            .toList();
    UserStage.await(Future.join(attempts));

    assertThat(attempts).extracting(Future::result).filteredOn(won -> won).hasSize(1);
    assertThat(usesOf(code)).isEqualTo(1);
  }

  @Test
  void theSameUserManyTimesAtOnceUsesOneUse() {
    List<Future<CodeApplied>> attempts =
        IntStream.range(0, 20).mapToObj(i -> apply(ada, code)).toList();
    UserStage.await(Future.join(attempts));

    assertThat(attempts)
        .extracting(attempt -> attempt.result().outcome())
        .filteredOn(outcome -> outcome == ApplyOutcome.APPLIED)
        .hasSize(1);
    assertThat(row(code).getInteger("uses_remaining")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paid", "qr_verified", "qr_grace_period"})
  void whoeverHasAccessKeepsItAndTheCodeIsNotTouched(String status) {
    stage.sql("UPDATE users SET paid_status = $2 WHERE user_id = $1", ada, status);

    CodeApplied applied = applied(ada, code);

    assertThat(applied.outcome()).isEqualTo(ApplyOutcome.HAS_ACCESS);
    assertThat(applied.paidStatus().wire()).isEqualTo(status);
    assertThat(row(code).getInteger("uses_remaining")).isEqualTo(4);
    assertThat(stage.announced(AccountChanged.class)).isEmpty();
  }

  @Test
  void nobodyLetsHimselfIn() {
    owned(ada);

    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.OWN_CODE);
    assertThat(row(code).getInteger("uses_remaining")).isEqualTo(4);
  }

  @Test
  void theCodeOfABannedMakerRestsUntilTheBanIsLifted() {
    UUID maker = stage.user("Maker");
    owned(maker);
    stage.sql("UPDATE users SET ban_status = 'temporary' WHERE user_id = $1", maker);

    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.INACTIVE);
    assertThat(stage.signUp("New", null, code).outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);
    assertThat(validated(code).state()).isEqualTo(CodeState.INACTIVE);

    stage.sql("UPDATE users SET ban_status = 'vindicated' WHERE user_id = $1", maker);

    assertThat(validated(code).state()).isEqualTo(CodeState.USABLE);
    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.APPLIED);
  }

  @Test
  void aBanThatHasRunOutIsNone() {
    UUID maker = stage.user("Maker");
    owned(maker);
    Instant end = stage.timers.now().plusSeconds(60);
    stage.sql(
        "UPDATE users SET ban_status = 'temporary', banned_until = $2 WHERE user_id = $1",
        maker,
        SqlTime.of(end));
    assertThat(validated(code).state()).isEqualTo(CodeState.INACTIVE);

    stage.timers.advance(Duration.ofSeconds(60));

    assertThat(validated(code).state()).isEqualTo(CodeState.USABLE);
    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.APPLIED);
  }

  @Test
  void thePrintedCodeOfADeletedMakerStaysGoodAndHisNameIsNotTold() {
    UUID maker = stage.user("Maker");
    owned(maker);
    assertThat(validated(code).createdBy()).isEqualTo("Maker");
    stage.sql("DELETE FROM users WHERE user_id = $1", maker);

    assertThat(validated(code).createdBy()).isEqualTo("Deleted account");
    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.APPLIED);
  }

  @Test
  void aCodeThatLetsNobodyInSaysWhy() {
    stage.sql("UPDATE invite_codes SET is_active = false WHERE code = $1", code);
    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.INACTIVE);
    assertThat(validated(code).state()).isEqualTo(CodeState.INACTIVE);

    stage.sql("UPDATE invite_codes SET is_active = true, uses_remaining = 0 WHERE code = $1", code);
    assertThat(applied(ada, code).outcome()).isEqualTo(ApplyOutcome.USED_UP);
    assertThat(validated(code).state()).isEqualTo(CodeState.USED_UP);

    for (String unknown :
        new String[] {"UNKNOWNUNKNOWN99", "short", "", "\0", code.toLowerCase()}) {
      assertThat(applied(ada, unknown).outcome()).isEqualTo(ApplyOutcome.UNKNOWN);
      assertThat(validated(unknown)).isEqualTo(new CodeValidated(CodeState.UNKNOWN, null, 0, null));
    }
    assertThat(usesOf(code)).isZero();
  }

  @Test
  void aGoodCodeSaysWhatItIsAndIsNotUsedByAsking() {
    for (int i = 0; i < 10; i++) {
      assertThat(validated(code))
          .isEqualTo(new CodeValidated(CodeState.USABLE, CodeType.USER, 4, "Deleted account"));
    }
  }

  @Test
  void nobodyAppliesForAnAccountThatIsGone() {
    CodeApplied applied = applied(UUID.randomUUID(), code);

    assertThat(applied.outcome()).isEqualTo(ApplyOutcome.USER_GONE);
    assertThat(applied.paidStatus()).isNull();
    assertThat(row(code).getInteger("uses_remaining")).isEqualTo(4);
  }

  @Test
  void earlierCallsCountTowardsTheUnlock() {
    stage.sql("UPDATE users SET successful_sessions = 3 WHERE user_id = $1", ada);

    assertThat(applied(ada, code).sessionsNeeded()).isEqualTo(1);
  }

  @Test
  void aUseSurvivesARestart() {
    applied(ada, code);

    stage.restart();

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.QR_GRACE_PERIOD);
    assertThat(validated(code).usesRemaining()).isEqualTo(3);
    assertThat(usesOf(code)).isEqualTo(1);
  }
}
