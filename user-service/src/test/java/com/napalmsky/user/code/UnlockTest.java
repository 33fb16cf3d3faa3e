package com.napalmsky.user.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.user.UserStage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of one's own works from the fourth call on, and not before. */
class UnlockTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static final CodeWords words = new CodeWords();

  private UUID ada;

  @BeforeEach
  void somebodyInHisGracePeriod() {
    String code = words.next();
    stage.code(code, 4);
    ada = stage.signUp("Ada", null, code).session().userId();
  }

  private static Account account(UUID userId) {
    return UserStage.await(stage.profiles().get(new GetAccount(userId))).account();
  }

  private void callSomebody() {
    Instant now = stage.timers.now();
    UUID room = UUID.randomUUID();
    UserStage.await(
        stage
            .calls()
            .record(
                new RecordCall(
                    room,
                    "session-" + room,
                    ada,
                    stage.user("Other"),
                    now.minusSeconds(60),
                    now,
                    60,
                    EndReason.COMPLETED,
                    List.of())));
  }

  private void unlock() {
    for (int i = 0; i < 4; i++) {
      callSomebody();
    }
  }

  /** As an old database brings it: made at sign-up, not yet to be used. */
  private String madeBefore() {
    String code = words.next();
    stage.code(code, 4);
    stage.sql(
        "UPDATE invite_codes SET created_by = $2, is_active = false WHERE code = $1", code, ada);
    return code;
  }

  @Test
  void threeCallsAreNotEnough() {
    for (int i = 0; i < 3; i++) {
      callSomebody();
    }

    assertThat(account(ada).myInviteCode()).isNull();
    assertThat(stage.count("SELECT count(*) FROM invite_codes WHERE created_by = $1", ada))
        .isZero();
  }

  @Test
  void theFourthCallMakesACodeOfFourUsesThatLetsFourPeopleIn() {
    unlock();

    String own = account(ada).myInviteCode().code();
    for (int i = 0; i < 4; i++) {
      assertThat(stage.signUp("Friend", null, own).session().paidStatus())
          .isEqualTo(PaidStatus.QR_GRACE_PERIOD);
    }
    assertThat(stage.signUp("Fifth", null, own).outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);
    assertThat(account(ada).myInviteCode().usesRemaining()).isZero();
    assertThat(account(ada).myInviteCode().totalUsed()).isEqualTo(4);
  }

  @Test
  void aCodeMadeBeforeIsUnusableUntilTheFourthCallAndIsTheOneAfterwards() {
    String own = madeBefore();
    assertThat(account(ada).myInviteCode()).isNull();
    assertThat(stage.signUp("Early", null, own).outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);

    unlock();

    assertThat(account(ada).myInviteCode().code()).isEqualTo(own);
    assertThat(stage.signUp("Friend", null, own).outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
  }

  @Test
  void whatAnAdministratorTookAwayDoesNotComeBack() {
    String own = madeBefore();
    UserStage.await(
        stage
            .adminCodes()
            .deactivate(new DeactivateCode(new Actor(stage.user("Admin"), "192.0.2.7"), own)));

    unlock();

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.QR_VERIFIED);
    assertThat(account(ada).myInviteCode()).isNull();
    assertThat(stage.signUp("Friend", null, own).outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);
  }
}
