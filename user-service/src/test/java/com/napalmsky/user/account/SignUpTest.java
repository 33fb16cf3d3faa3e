package com.napalmsky.user.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignUpTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  @Test
  void aNewcomerWithoutACodeIsAnUnpaidGuestWithASession() {
    SignedUp ada = stage.signUp("Ada");

    assertThat(ada.outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
    assertThat(ada.session().paidStatus()).isEqualTo(PaidStatus.UNPAID);
    assertThat(ada.session().permanent()).isFalse();
    assertThat(ada.session().expiresAt()).isEqualTo(stage.timers.now().plus(Duration.ofDays(7)));
    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(stage.authenticate(ada.token()).session()).isEqualTo(ada.session());
  }

  @Test
  void aTokenIsNowhereInTheDatabase() {
    SignedUp ada = stage.signUp("Ada");

    assertThat(ada.token()).hasSize(43);
    assertThat(
            stage.count(
                "SELECT count(*) FROM sessions s WHERE s::text LIKE '%' || $1 || '%'", ada.token()))
        .isZero();
    assertThat(
            stage.count(
                "SELECT count(*) FROM users u WHERE u::text LIKE '%' || $1 || '%'", ada.token()))
        .isZero();
  }

  @Test
  void aValidCodeOpensTheGracePeriodAndIsCountedOnce() {
    stage.code("AAAABBBBCCCCDDDD", 4);

    SignedUp ada = stage.signUp("Ada", null, "AAAABBBBCCCCDDDD");

    assertThat(ada.session().paidStatus()).isEqualTo(PaidStatus.QR_GRACE_PERIOD);
    assertThat(ada.inviteCodeUsed()).isEqualTo("AAAABBBBCCCCDDDD");
    var code = stage.sql("SELECT * FROM invite_codes WHERE code = 'AAAABBBBCCCCDDDD'").get(0);
    assertThat(code.getInteger("uses_remaining")).isEqualTo(3);
    assertThat(code.getInteger("total_used")).isEqualTo(1);
    assertThat(
            stage.count(
                "SELECT count(*) FROM code_uses WHERE user_id = $1", ada.session().userId()))
        .isEqualTo(1);
    // His own code comes with the unlock, not before.
    assertThat(account(ada.session().userId()).myInviteCode()).isNull();
    assertThat(
            stage.count(
                "SELECT count(*) FROM invite_codes WHERE created_by = $1", ada.session().userId()))
        .isZero();
  }

  @Test
  void aRefusedCodeStoresNothing() {
    stage.code("0000000000000000", 4);
    stage.sql("UPDATE invite_codes SET uses_remaining = 0 WHERE code = '0000000000000000'");
    stage.sql(
        "INSERT INTO invite_codes (code, created_by_name, created_at, type, max_uses,"
            + " uses_remaining, is_active) VALUES ('INACTIVEINACTIVE', 'x', now(), 'user', 4, 4,"
            + " false)");
    long before = stage.count("SELECT count(*) FROM users");

    List<SignUpOutcome> outcomes =
        List.of("0000000000000000", "INACTIVEINACTIVE", "UNKNOWNUNKNOWN00", "short", "\0").stream()
            .map(code -> stage.signUp("Ada", null, code).outcome())
            .toList();

    assertThat(outcomes).containsOnly(SignUpOutcome.CODE_REFUSED);
    assertThat(stage.count("SELECT count(*) FROM users")).isEqualTo(before);
  }

  @Test
  void ofAHundredWhoTakeTheLastUseOfACodeOneSucceeds() {
    stage.code("LASTLASTLASTLAST", 1);
    SignUp request = new SignUp("Ada", Gender.FEMALE, null, "LASTLASTLASTLAST", UserStage.ORIGIN);

    List<Future<SignedUp>> attempts =
        IntStream.range(0, 100).mapToObj(i -> stage.signUps().signUp(request)).toList();
    UserStage.await(Future.join(attempts));

    assertThat(attempts)
        .extracting(attempt -> attempt.result().outcome())
        .filteredOn(outcome -> outcome == SignUpOutcome.SIGNED_UP)
        .hasSize(1);
    assertThat(stage.count("SELECT count(*) FROM code_uses WHERE code = 'LASTLASTLASTLAST'"))
        .isEqualTo(1);
    assertThat(
            stage.count("SELECT count(*) FROM users WHERE invite_code_used = 'LASTLASTLASTLAST'"))
        .isEqualTo(1);
  }

  @Test
  void anAdminsCodeNeverEnds() {
    stage.sql(
        "INSERT INTO invite_codes (code, created_by_name, created_at, type, max_uses,"
            + " uses_remaining) VALUES ('ADMINADMINADMIN0', 'x', now(), 'admin', -1, -1)");

    IntStream.range(0, 6)
        .forEach(
            i ->
                assertThat(stage.signUp("Ada", null, "ADMINADMINADMIN0").outcome())
                    .isEqualTo(SignUpOutcome.SIGNED_UP));

    var code = stage.sql("SELECT * FROM invite_codes WHERE code = 'ADMINADMINADMIN0'").get(0);
    assertThat(code.getInteger("uses_remaining")).isEqualTo(-1);
    assertThat(code.getInteger("total_used")).isEqualTo(6);
  }

  @Test
  void aYoungLinkIntroducesAndAnOldOrUnknownOneIsIgnored() {
    UUID ben = stage.user("Ben");
    UUID eve = stage.user("Eve");
    link("YOUNGYOUNG", eve, ben, "1 day");
    link("OLDOLDOLD0", eve, ben, "-1 day");

    SignedUp introduced = stage.signUp("Ada", "YOUNGYOUNG", null);
    SignedUp late = stage.signUp("Ada", "OLDOLDOLD0", null);
    SignedUp lost = stage.signUp("Ada", "nonsense\0", null);

    assertThat(introduced.introducedTo().userId()).isEqualTo(ben);
    var row =
        stage
            .sql(
                "SELECT * FROM introductions WHERE newcomer_id = $1", introduced.session().userId())
            .get(0);
    assertThat(row.getUUID("target_id")).isEqualTo(ben);
    assertThat(row.getUUID("introduced_by")).isEqualTo(eve);
    assertThat(row.getString("via_code")).isEqualTo("YOUNGYOUNG");
    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(ben)));
    assertThat(late.outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
    assertThat(late.introducedTo()).isNull();
    assertThat(lost.outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
    assertThat(lost.introducedTo()).isNull();
  }

  private static void link(String code, UUID maker, UUID target, String life) {
    stage.sql(
        "INSERT INTO referral_codes (code, created_by, target_id, created_at, expires_at)"
            + " VALUES ($1, $2, $3, now(), '2026-01-01T00:00:00Z'::timestamptz + $4::text::interval)",
        code,
        maker,
        target,
        life);
  }

  @Test
  void aNameThatCannotBeStoredIsRefusedAsInvalid() {
    assertThatThrownBy(() -> stage.signUp("A\0da"))
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
    assertThatThrownBy(() -> stage.signUp("x".repeat(101))).isInstanceOf(ServiceFailure.class);
  }

  @Test
  void aHundredCharactersOutsideTheBasicPlaneAreAName() {
    String name = "\uD83D\uDE00".repeat(100);

    assertThat(account(stage.user(name)).person().name()).isEqualTo(name);
  }

  private static Account account(UUID userId) {
    return UserStage.await(stage.profiles().get(new GetAccount(userId))).account();
  }
}
