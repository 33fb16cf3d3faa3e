package com.napalmsky.user.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.Blocked;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EncounterTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private final ModerationStage moderation = new ModerationStage(stage);
  private OtherServices others;
  private UUID ada;
  private UUID ben;

  @BeforeEach
  void two() {
    others = OtherServices.empty(stage);
    ada = stage.user("Ada");
    ben = stage.user("Ben");
  }

  private Reported report(UUID roomId, boolean endCall) {
    return moderation.report(new Report(ada, ben, "", roomId, endCall, "192.0.2.1"));
  }

  @Test
  void whoIsInACallMayReportHisPartnerAndTheCallGoesOn() {
    UUID room = others.running(ben, ada);

    Reported answer = report(null, false);

    assertThat(answer.outcome()).isEqualTo(ReportOutcome.TAKEN);
    assertThat(answer.callEnded()).isFalse();
    assertThat(others.ended()).isEmpty();
    assertThat(stage.sql("SELECT room_id FROM reports WHERE report_id = $1", answer.reportId()))
        .extracting(row -> row.getUUID(0))
        .containsExactly(room);
  }

  @Test
  void aReportMayEndTheCallAtOnce() {
    UUID room = others.running(ada, ben);

    assertThat(report(null, true).callEnded()).isTrue();

    assertThat(others.ended()).containsExactly(new EndCall(room, EndReason.REPORTED));
  }

  @Test
  void aCallWhoseOwnerIsLostIsEndedByItsSuccessor() {
    UUID room = others.running(ada, ben);
    others.ownerIsLost();

    assertThat(report(null, true).callEnded()).isTrue();

    assertThat(others.ended()).containsExactly(new EndCall(room, EndReason.REPORTED));
  }

  @Test
  void aReportThatIsRefusedEndsNoCall() {
    UUID room = others.running(ada, stage.user("Cleo"));

    assertThat(report(room, true).outcome()).isEqualTo(ReportOutcome.NOT_THIS_CALL);
    assertThat(report(null, true).outcome()).isEqualTo(ReportOutcome.NO_SHARED_CALL);

    assertThat(others.ended()).isEmpty();
  }

  @Test
  void aCallThatIsNamedNeedNotBeStoredYet() {
    UUID room = others.over(ada, ben);

    Reported answer = report(room, true);

    assertThat(answer.outcome()).isEqualTo(ReportOutcome.TAKEN);
    assertThat(answer.callEnded()).isFalse();
    assertThat(others.ended()).isEmpty();
  }

  @Test
  void aPastCallIsKnownWithoutTheOtherServices() {
    UUID room = moderation.met(ben, ada);
    stage.silence();

    assertThat(report(room, true).outcome()).isEqualTo(ReportOutcome.TAKEN);
  }

  @Test
  void whatDependsOnASilentServiceCannotBeSaid() {
    stage.silence();

    for (UUID room : new UUID[] {null, UUID.randomUUID()}) {
      assertThatThrownBy(() -> report(room, false))
          .isInstanceOfSatisfying(
              ServiceFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.UNAVAILABLE));
    }
    assertThat(stage.count("SELECT count(*) FROM reports WHERE reported_user_id = $1", ben))
        .isZero();
  }

  @Test
  void aReportStandsWhenTheCallCouldNotBeEnded() {
    UUID room = others.running(ada, ben);
    stage.answer(
        com.napalmsky.shared.contract.signaling.SignalingContract.END_CALL.at("owner"),
        asked -> {
          throw ServiceFailure.unavailable("gone");
        });

    Reported answer = report(room, true);

    assertThat(answer.outcome()).isEqualTo(ReportOutcome.TAKEN);
    assertThat(answer.callEnded()).isFalse();
  }

  @Test
  void aBlockEndsTheCallOnlyWhenAskedTo() {
    UUID room = others.running(ada, ben);

    assertThat(block(false).callEnded()).isFalse();
    assertThat(others.ended()).isEmpty();
    assertThat(block(true).callEnded()).isTrue();

    assertThat(others.ended()).isEqualTo(List.of(new EndCall(room, EndReason.LEFT)));
  }

  private Blocked block(boolean endCall) {
    return UserStage.await(stage.blocks().block(new Block(ada, ben, endCall)));
  }
}
