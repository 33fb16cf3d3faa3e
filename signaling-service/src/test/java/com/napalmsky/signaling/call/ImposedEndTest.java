package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ends that no member asked for: a ban, a report. */
class ImposedEndTest {

  private static BanChanged ban(CallStage call, UUID user, Instant until) {
    return new BanChanged(user, BanStatus.TEMPORARY, until, call.stage.now());
  }

  private static CallMembers described(CallStage call) {
    return call.calls.describe(new Describe(call.room)).result().call();
  }

  private static boolean end(CallStage call, EndReason reason) {
    return call.calls.end(new EndCall(call.room, reason)).result().ended();
  }

  @Test
  void aBanEndsTheCallForBothWithItsReason() {
    var call = new CallStage().talking();
    call.stage.advanceSeconds(30);

    call.calls.banChanged(ban(call, call.bob, null));

    assertThat(call.heard(call.annSocket)).containsExactly("MetricsUpdate", "finalized:banned");
    assertThat(call.heard(call.bobSocket)).containsExactly("MetricsUpdate", "finalized:banned");
    RecordCall stored = call.stage.stored.get(call.room);
    assertThat(stored.reason()).isEqualTo(EndReason.BANNED);
    assertThat(stored.durationSeconds()).isEqualTo(30);
    assertThat(call.stage.released).containsExactlyInAnyOrder(call.ann, call.bob);
  }

  @Test
  void theFactToldAgainEndsNothingTwice() {
    var call = new CallStage().talking();

    call.calls.banChanged(ban(call, call.bob, null));
    call.calls.banChanged(ban(call, call.bob, null));
    call.calls.banChanged(ban(call, call.ann, null));

    assertThat(call.stage.got(call.annSocket, SessionFinalized.class)).hasSize(1);
    assertThat(call.stage.attempts).isEqualTo(1);
  }

  @Test
  void onlyABanInForceOfAMemberEndsACall() {
    var call = new CallStage().talking();

    call.calls.banChanged(ban(call, UUID.randomUUID(), null));
    call.calls.banChanged(ban(call, call.bob, call.stage.now()));
    call.calls.banChanged(new BanChanged(call.bob, BanStatus.VINDICATED, null, call.stage.now()));
    assertThat(call.heard(call.annSocket)).isEmpty();

    call.calls.banChanged(ban(call, call.bob, call.stage.now().plusSeconds(1)));
    assertThat(call.heard(call.annSocket)).contains("finalized:banned");
  }

  @Test
  void aCallThatHasNotBegunKeepsTheReasonAndIsStored() {
    var call = new CallStage().open();

    call.calls.banChanged(ban(call, call.ann, null));

    assertThat(call.heard(call.bobSocket)).endsWith("finalized:banned");
    assertThat(call.stage.stored.get(call.room).durationSeconds()).isZero();
  }

  @Test
  void aReportEndsTheCallOnce() {
    var call = new CallStage().talking();

    assertThat(end(call, EndReason.REPORTED)).isTrue();
    assertThat(end(call, EndReason.REPORTED)).isFalse();

    assertThat(call.heard(call.annSocket)).endsWith("finalized:reported");
    assertThat(call.heard(call.bobSocket)).endsWith("finalized:reported");
  }

  @Test
  void aBlockThatEndsACallBeforeTalkBeganLeavesNoTrace() {
    var call = new CallStage().open();

    assertThat(end(call, EndReason.LEFT)).isTrue();

    assertThat(call.heard(call.bobSocket)).endsWith("finalized:setup_failed");
    assertThat(call.stage.stored).isEmpty();
  }

  @Test
  void aCallAndItsTombstoneNameTheirMembers() {
    var call = new CallStage().talking();
    assertThat(described(call)).isEqualTo(new CallMembers(call.ann, call.bob, true));

    call.end(call.bob);
    assertThat(described(call)).isEqualTo(new CallMembers(call.ann, call.bob, false));
    assertThat(end(call, EndReason.REPORTED)).isFalse();

    call.stage.advance(Duration.ofMinutes(11));
    assertThat(described(call)).isNull();
    assertThat(end(call, EndReason.REPORTED)).isFalse();
  }
}
