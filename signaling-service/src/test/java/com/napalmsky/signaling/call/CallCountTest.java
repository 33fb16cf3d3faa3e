package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.tally.TallyContract.Count;
import com.napalmsky.shared.contract.tally.TallyContract.Tally;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told of calls to whoever adds it up. */
class CallCountTest {

  /** What is not zero. */
  private static Map<String, Long> told(CallStage call) {
    call.calls.tellCounts();
    call.calls.stop();
    List<Tally> tallies = call.stage.bus.sent(Tally.class);
    return tallies.get(tallies.size() - 1).counts().stream()
        .filter(count -> count.lastHour() > 0)
        .collect(Collectors.toMap(Count::name, Count::lastHour));
  }

  @Test
  void aCallThatBeganToTalkIsConnectedWhateverEndedIt() {
    var call = new CallStage().talking();
    call.stage.advanceSeconds(30);

    call.command(call.ann, call.annSocket, new CallAction.End());

    assertThat(told(call)).isEqualTo(Map.of("opened", 1L, "left", 1L, "connected", 1L));
  }

  @Test
  void aCallThatNeverBeganIsNot() {
    var call = new CallStage().open();

    call.stage.advanceSeconds(61);

    assertThat(told(call)).isEqualTo(Map.of("opened", 1L, "set-up-failed", 1L));
  }

  @Test
  void anAdminsEndBeforeTalkBeganIsNeither() {
    var call = new CallStage().joined();
    call.send(call.ann, SignalKind.OFFER, "offer");

    assertThat(call.calls.end(new EndCall(call.room, EndReason.MODERATED)).result().ended())
        .isTrue();

    assertThat(told(call)).isEqualTo(Map.of("opened", 1L, "moderated", 1L));
  }

  @Test
  void thePathOfACallIsCountedOnceHoweverOftenItIsTold() {
    var call = new CallStage().talking();

    assertThat(call.command(call.ann, call.annSocket, new CallAction.TellPath(true)))
        .isEqualTo(Outcome.DONE);
    assertThat(call.command(call.bob, call.bobSocket, new CallAction.TellPath(false)))
        .isEqualTo(Outcome.DONE);

    assertThat(told(call)).isEqualTo(Map.of("opened", 1L, "relayed", 1L));
  }
}
