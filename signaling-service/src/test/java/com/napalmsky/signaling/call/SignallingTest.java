package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.Signal;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignallingTest {

  @Test
  void signallingIsRelayedToTheOtherAloneInOrderAndUntouched() {
    var call = new CallStage().joined();
    String offer = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

    call.send(call.ann, SignalKind.OFFER, offer);
    call.send(call.ann, SignalKind.ICE, "1");
    call.send(call.bob, SignalKind.ANSWER, "a");
    call.send(call.ann, SignalKind.ICE, "2");

    assertThat(call.stage.got(call.bobSocket))
        .containsExactly(
            new Signal(SignalKind.OFFER, offer, call.ann),
            new Signal(SignalKind.ICE, "1", call.ann),
            new Signal(SignalKind.ICE, "2", call.ann));
    assertThat(call.stage.got(call.annSocket))
        .containsExactly(new Signal(SignalKind.ANSWER, "a", call.bob));
  }

  @Test
  void aRelayedMessageCostsOneRequest() {
    var call = new CallStage().talking();
    call.stage.bus.forget();

    call.send(call.ann, SignalKind.ICE, "1");

    assertThat(call.stage.bus.sent()).hasSize(1);
    assertThat(call.stage.bus.sent(Deliver.class)).hasSize(1);
  }

  @Test
  void whatWasSentBeforeThePeerJoinedIsReplayedOfferFirstThenCandidatesInOrder() {
    var call = new CallStage().open();
    call.join(call.ann);
    call.send(call.ann, SignalKind.ICE, "1");
    call.send(call.ann, SignalKind.OFFER, "old");
    call.send(call.ann, SignalKind.ICE, "2");
    call.send(call.ann, SignalKind.OFFER, "new");
    call.send(call.ann, SignalKind.ICE, "3");
    assertThat(call.heard(call.bobSocket)).containsExactly("CallStart");

    call.join(call.bob);

    assertThat(call.heard(call.bobSocket))
        .containsExactly("CallStart", "offer:new", "ice:1", "ice:2", "ice:3");
  }

  @Test
  void thePageOnANewSocketGetsTheReplay() {
    var call = new CallStage().open();
    call.send(call.ann, SignalKind.OFFER, "o");
    SocketRef page = call.stage.socket();

    call.command(call.bob, page, new CallAction.Join());

    assertThat(call.heard(page)).containsExactly("offer:o");
    assertThat(call.heard(call.bobSocket)).containsExactly("CallStart");
  }

  @Test
  void joiningAgainFromTheSameSocketReplaysNothing() {
    var call = new CallStage().open();
    call.send(call.ann, SignalKind.OFFER, "o");
    call.join(call.bob);

    assertThat(call.join(call.bob)).isEqualTo(Outcome.DONE);

    assertThat(call.heard(call.bobSocket)).containsExactly("CallStart", "offer:o");
  }

  @Test
  void bufferedSignallingIsWorthlessAfterAMinute() {
    var bounds = CallStage.BOUNDS;
    var patient =
        new CallBounds(
            bounds.calls(),
            bounds.tombstones(),
            bounds.tombstoneFor(),
            Duration.ofSeconds(200),
            bounds.grace(),
            bounds.signalAge(),
            bounds.sdpLength(),
            bounds.candidateLength(),
            bounds.candidates(),
            bounds.chat(),
            bounds.allChatChars(),
            bounds.chatPerSecond(),
            bounds.outbox(),
            bounds.snapshotChars(),
            bounds.snapshotDelay(),
            bounds.lease());
    var call = new CallStage(patient).open();
    call.send(call.ann, SignalKind.OFFER, "stale");
    call.stage.advanceSeconds(30);
    call.send(call.ann, SignalKind.ICE, "fresh");

    call.stage.advanceSeconds(31);
    call.join(call.bob);

    assertThat(call.heard(call.bobSocket)).containsExactly("CallStart", "ice:fresh");
  }

  @Test
  void aReloadedPageTakesOverAndTheOldSocketsEndMeansNothing() {
    var call = new CallStage().talking();
    SocketRef old = call.bobSocket;
    SocketRef page = call.stage.socket();

    call.command(call.bob, page, new CallAction.Join());
    call.command(call.bob, old, new CallAction.Lose(null));
    call.send(call.ann, SignalKind.OFFER, "again");

    assertThat(call.heard(page)).containsExactly("offer:again");
    assertThat(call.heard(old)).isEmpty();
    assertThat(call.heard(call.annSocket)).isEmpty();
  }

  @Test
  void payloadsAreBounded() {
    var call = new CallStage().joined();
    String most = "x".repeat(CallStage.BOUNDS.sdpLength());

    assertThat(call.send(call.ann, SignalKind.OFFER, most)).isEqualTo(Outcome.DONE);
    assertThat(call.send(call.ann, SignalKind.OFFER, most + "x")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.send(call.bob, SignalKind.ANSWER, most + "x")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(
            call.send(call.ann, SignalKind.ICE, "x".repeat(CallStage.BOUNDS.candidateLength() + 1)))
        .isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.stage.got(call.bobSocket)).hasSize(1);
    assertThat(call.stage.got(call.annSocket)).isEmpty();
  }

  @Test
  void onlySoManyCandidatesAreBufferedAndTheOfferStillFits() {
    var call = new CallStage().open();
    for (int i = 0; i < 300; i++) {
      assertThat(call.send(call.ann, SignalKind.ICE, "" + i)).isEqualTo(Outcome.DONE);
    }

    assertThat(call.send(call.ann, SignalKind.ICE, "300")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.send(call.ann, SignalKind.OFFER, "o")).isEqualTo(Outcome.DONE);
    call.join(call.bob);

    List<String> expected =
        IntStream.range(0, 300).mapToObj(i -> "ice:" + i).collect(Collectors.toList());
    expected.add(0, "offer:o");
    expected.add(0, "CallStart");
    assertThat(call.heard(call.bobSocket)).isEqualTo(expected);
  }

  @Test
  void chatNeedsBothAndIsEchoedToBothWithServerTime() {
    var call = new CallStage().open();
    call.join(call.ann);
    assertThat(call.say(call.ann, "early")).isEqualTo(Outcome.NOT_ACTIVE);
    call.join(call.bob);

    assertThat(call.say(call.ann, "1 < 2 > 0")).isEqualTo(Outcome.DONE);

    var line = new ClientEvent.Chat(call.ann, "1 < 2 > 0", call.stage.now());
    assertThat(call.stage.got(call.annSocket)).last().isEqualTo(line);
    assertThat(call.stage.got(call.bobSocket)).last().isEqualTo(line);
    assertThat(call.stage.got(call.bobSocket, ClientEvent.Chat.class)).hasSize(1);
  }

  @Test
  void sharedSocialsGoToBothAndWhatWasSaidIsStoredWithTheCall() {
    var call = new CallStage().talking();
    Map<String, String> socials = Map.of("instagram", "ann");
    var at = call.stage.now();

    call.command(call.ann, new CallAction.ShareSocials(socials));
    call.say(call.bob, "thanks");
    call.end(call.bob);

    assertThat(call.stage.got(call.annSocket))
        .contains(new ClientEvent.SocialShared(call.ann, at, socials));
    assertThat(call.stage.got(call.bobSocket))
        .contains(new ClientEvent.SocialShared(call.ann, at, socials));
    assertThat(call.stage.stored.get(call.room).messages())
        .containsExactly(
            new CallMessage(call.ann, at, null, socials),
            new CallMessage(call.bob, at, "thanks", null));
  }

  @Test
  void aMemberMaySayFiveThingsASecond() {
    var call = new CallStage().joined();
    for (int i = 0; i < 5; i++) {
      assertThat(call.say(call.ann, "" + i)).isEqualTo(Outcome.DONE);
    }

    assertThat(call.say(call.ann, "too much")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.say(call.bob, "mine")).isEqualTo(Outcome.DONE);
    call.stage.advance(Duration.ofMillis(200));
    assertThat(call.say(call.ann, "one more")).isEqualTo(Outcome.DONE);
    assertThat(call.say(call.ann, "too much")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.stage.got(call.bobSocket)).hasSize(7);
  }

  @Test
  void twoHundredLinesAreEnoughForACall() {
    var call = new CallStage().joined();
    for (int i = 0; i < 200; i++) {
      assertThat(call.say(i % 2 == 0 ? call.ann : call.bob, "" + i)).isEqualTo(Outcome.DONE);
      call.stage.advance(Duration.ofMillis(200));
    }

    assertThat(call.say(call.ann, "201")).isEqualTo(Outcome.LIMIT_REACHED);
    assertThat(call.stage.got(call.bobSocket)).hasSize(200);
  }
}
