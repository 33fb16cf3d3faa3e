package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.gateway.connection.TestLoop.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.TestLoop.Acknowledged;
import com.napalmsky.gateway.event.ClientEvents;
import com.napalmsky.gateway.event.EventType;
import com.napalmsky.gateway.event.Samples;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallsTest {

  private final TestLoop loop = new TestLoop();

  static List<EventType<?>> inCall() {
    return List.copyOf(ClientEvents.IN_CALL);
  }

  @Test
  void commandsOfABoundSocketGoToTheOwnerWithoutAsking() {
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "room:join", room());
    loop.say(socket, "rtc:offer", room("offer", new JsonObject().put("sdp", "v=0")));
    loop.say(socket, "room:chat", room("text", "  1 < 2 > 0 "));
    loop.say(
        socket,
        "room:giveSocial",
        room("socials", new JsonObject().put("tiktok", "a").put("other", 7).putNull("discord")));

    assertThat(loop.bus.sent(Locate.class)).isEmpty();
    assertThat(loop.bus.sent(Command.class))
        .extracting(Command::action)
        .containsExactly(
            new CallAction.Join(),
            new CallAction.Send(SignalKind.OFFER, "{\"sdp\":\"v=0\"}"),
            new CallAction.Say("1 < 2 > 0"),
            new CallAction.ShareSocials(Map.of("tiktok", "a")));
    assertThat(loop.bus.sent(Command.class))
        .allSatisfy(
            command -> {
              assertThat(command.userId()).isEqualTo(ANNA);
              assertThat(command.socket()).isEqualTo(loop.ref(socket));
            });
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void aReloadedPageFindsItsRoomByTheHandshakeAlone() {
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged joined = loop.ask(socket, "room:join", room());
    loop.say(socket, "rtc:ice", room("candidate", new JsonObject()));

    assertThat(joined.only()).isEqualTo(new JsonObject().put("ok", true));
    assertThat(loop.bus.sent(Locate.class)).hasSize(1);
    assertThat(loop.bus.sent(Command.class)).hasSize(2);
  }

  @Test
  void whoJoinsIsToldHowFarTheCallIsAndWhatTimeItIsHere() {
    Instant now = loop.timers.now();
    loop.answer(
        SignalingContract.CALL.at(OWNER),
        command ->
            new CommandDone(
                Outcome.DONE,
                new CallProgress(
                    120, true, BEN, "Ben", now.minusSeconds(20), now.plusSeconds(100))));

    JsonObject joined = loop.ask(loop.inCall("anna"), "room:join", room()).only();

    assertThat(joined)
        .isEqualTo(
            new JsonObject()
                .put("ok", true)
                .put("serverTime", now.toEpochMilli())
                .put(
                    "call",
                    new JsonObject()
                        .put("agreedSeconds", 120)
                        .put("isInitiator", true)
                        .put(
                            "peerUser",
                            new JsonObject().put("userId", BEN.toString()).put("name", "Ben"))
                        .put("talkBeganAt", now.minusSeconds(20).toEpochMilli())
                        .put("endsAt", now.plusSeconds(100).toEpochMilli())));
  }

  @Test
  void whatFollowsRoomJoinWaitsForTheOwnerInOrder() {
    Promise<Located> locating = Promise.promise();
    loop.serve(SignalingContract.LOCATE, locate -> locating.future());
    FakeSocket socket = loop.signedIn("anna");

    loop.say(socket, "room:join", room());
    loop.say(socket, "rtc:offer", room("offer", new JsonObject()));
    loop.say(socket, "rtc:ice", room("candidate", new JsonObject()));
    assertThat(loop.bus.sent(Command.class)).isEmpty();
    locating.complete(new Located(OWNER));

    assertThat(loop.bus.sent(Locate.class)).hasSize(1);
    assertThat(loop.bus.sent(Command.class))
        .extracting(Command::action)
        .containsExactly(
            new CallAction.Join(),
            new CallAction.Send(SignalKind.OFFER, "{}"),
            new CallAction.Send(SignalKind.ICE, "{}"));
  }

  @Test
  void commandsToAKnownOwnerDoNotWaitForEachOther() {
    List<Promise<CommandDone>> answers = new ArrayList<>();
    loop.serve(
        SignalingContract.CALL.at(OWNER),
        command -> {
          answers.add(Promise.promise());
          return answers.get(answers.size() - 1).future();
        });
    FakeSocket socket = loop.inCall("anna");

    for (int one = 0; one < 5; one++) {
      loop.say(socket, "rtc:ice", room("candidate", new JsonObject()));
    }

    assertThat(answers).hasSize(5);
  }

  @Test
  void theQueueIsJoinedOnlyWhenTheEndWasHeard() {
    Promise<CommandDone> ending = Promise.promise();
    loop.serve(SignalingContract.CALL.at(OWNER), command -> ending.future());
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "call:end", room());
    loop.say(socket, "queue:join");
    assertThat(loop.bus.sent(PresenceContract.EnterQueue.class)).isEmpty();
    ending.complete(new CommandDone(Outcome.DONE));

    assertThat(loop.bus.sent(PresenceContract.EnterQueue.class)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("inCall")
  void aRoomThatDoesNotExistIsAnError(EventType<?> type) {
    loop.answer(SignalingContract.LOCATE, locate -> new Located(null));
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged acknowledged = loop.ask(socket, type.name(), Samples.of(type));

    assertThat(socket.events()).containsExactly("error");
    assertThat(acknowledged.only().getBoolean("ok")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("inCall")
  void aStrangerIsRefusedAndNotBound(EventType<?> type) {
    loop.answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(Outcome.NOT_A_MEMBER));
    FakeSocket socket = loop.signedIn("anna");

    loop.say(socket, type.name(), Samples.of(type));
    socket.close(CloseReason.CLIENT_CLOSED);

    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.bus.sent(Command.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.class,
      names = {"DONE", "UNKNOWN_CALL"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyOtherOutcomeIsAnError(Outcome outcome) {
    loop.answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(outcome));
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "room:chat", room("text", "hello"));

    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.bus.sent(Locate.class)).isEmpty();
  }

  @Test
  void aCallThatMovedIsFoundOnceAndItsEventsStayInOrder() {
    List<CallAction> arrived = new ArrayList<>();
    loop.answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(Outcome.UNKNOWN_CALL));
    Promise<Located> locating = Promise.promise();
    loop.serve(SignalingContract.LOCATE, locate -> locating.future());
    loop.answer(
        SignalingContract.CALL.at("sig-2"),
        command -> {
          arrived.add(command.action());
          return new CommandDone(Outcome.DONE);
        });
    FakeSocket socket = loop.inCall("anna");

    Acknowledged said = loop.ask(socket, "room:chat", room("text", "one"));
    loop.say(socket, "room:chat", room("text", "two"));
    locating.complete(new Located("sig-2"));
    loop.say(socket, "room:chat", room("text", "three"));

    assertThat(arrived)
        .containsExactly(
            new CallAction.Say("one"), new CallAction.Say("two"), new CallAction.Say("three"));
    assertThat(said.only().getBoolean("ok")).isTrue();
    assertThat(loop.bus.sent(Locate.class)).hasSize(1);
  }

  @Test
  void aCallThatIsNowhereIsLookedForOnce() {
    loop.answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(Outcome.UNKNOWN_CALL));
    loop.answer(SignalingContract.LOCATE, locate -> new Located(null));
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "room:join", room());

    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.bus.sent(Locate.class)).containsExactly(new Locate(ROOM, OWNER));
    assertThat(loop.bus.sent(Command.class)).hasSize(1);
  }

  @Test
  void whatMeetsNoOwnerIsRepeatedUntilOneAdoptsTheCallAndStaysInOrder() {
    List<CallAction> arrived = new ArrayList<>();
    loop.silence(SignalingContract.CALL.at(OWNER));
    FakeSocket socket = loop.inCall("anna");

    Acknowledged one = loop.ask(socket, "room:chat", room("text", "one"));
    loop.say(socket, "room:chat", room("text", "two"));
    loop.timers.advance(Duration.ofSeconds(4));
    assertThat(one.nothing()).isTrue();
    loop.answer(SignalingContract.LOCATE, locate -> new Located("sig-2"));
    loop.answer(
        SignalingContract.CALL.at("sig-2"),
        command -> {
          arrived.add(command.action());
          return new CommandDone(Outcome.DONE);
        });
    loop.timers.advance(Duration.ofSeconds(1));
    loop.say(socket, "room:chat", room("text", "three"));

    assertThat(arrived)
        .containsExactly(
            new CallAction.Say("one"), new CallAction.Say("two"), new CallAction.Say("three"));
    assertThat(one.only().getBoolean("ok")).isTrue();
    assertThat(socket.events()).isEmpty();
  }

  @Test
  void whatMeetsNoOwnerForTooLongIsAnError() {
    loop.silence(SignalingContract.CALL.at(OWNER));
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "room:chat", room("text", "hello"));
    loop.timers.advance(Duration.ofSeconds(7));

    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.bus.sent(Command.class)).hasSizeLessThan(20);
    loop.bus.forget();
    loop.timers.advance(Duration.ofSeconds(7));
    assertThat(loop.bus.sent()).isEmpty();
  }

  @Test
  void withoutAnySignalingServiceTheOwnerIsLookedForAgain() {
    loop.silence(SignalingContract.CALL.at(OWNER));
    loop.silence(SignalingContract.LOCATE);
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "rtc:ice", room("candidate", new JsonObject()));
    loop.timers.advance(Duration.ofSeconds(2));
    loop.answer(SignalingContract.LOCATE, locate -> new Located("sig-2"));
    loop.answer(SignalingContract.CALL.at("sig-2"), command -> new CommandDone(Outcome.DONE));
    loop.timers.advance(Duration.ofSeconds(1));

    assertThat(loop.bus.sent())
        .last()
        .extracting(sent -> sent.address())
        .isEqualTo(SignalingContract.CALL.at("sig-2").address());
    assertThat(socket.events()).isEmpty();
  }

  @Test
  void whatAnOwnerMayHaveDoneIsNotRepeatedAtTheSameOne() {
    loop.serve(SignalingContract.CALL.at(OWNER), command -> TestLoop.unreachable());
    FakeSocket socket = loop.inCall("anna");

    loop.say(socket, "room:chat", room("text", "hello"));

    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.bus.sent(Command.class)).hasSize(1);
  }

  @Test
  void whatAnOwnerMayHaveDoneIsRepeatedAtItsSuccessor() {
    loop.serve(SignalingContract.CALL.at(OWNER), command -> TestLoop.unreachable());
    loop.answer(SignalingContract.LOCATE, locate -> new Located("sig-2"));
    loop.answer(SignalingContract.CALL.at("sig-2"), command -> new CommandDone(Outcome.DONE));
    FakeSocket socket = loop.inCall("anna");

    Acknowledged said = loop.ask(socket, "room:chat", room("text", "hello"));

    assertThat(said.only().getBoolean("ok")).isTrue();
    assertThat(loop.bus.sent(Locate.class)).containsExactly(new Locate(ROOM, OWNER));
  }

  @Test
  void theOwnerIsLookedForAgainWhenTheBusAskedTheVeryInstanceThatIsLost() {
    loop.serve(SignalingContract.CALL.at(OWNER), command -> TestLoop.unreachable());
    loop.serve(SignalingContract.LOCATE, locate -> TestLoop.unreachable());
    FakeSocket socket = loop.inCall("anna");

    Acknowledged said = loop.ask(socket, "room:chat", room("text", "hello"));
    assertThat(said.nothing()).isTrue();
    loop.answer(SignalingContract.LOCATE, locate -> new Located("sig-2"));
    loop.answer(SignalingContract.CALL.at("sig-2"), command -> new CommandDone(Outcome.DONE));
    loop.timers.advance(Duration.ofSeconds(1));

    assertThat(said.only().getBoolean("ok")).isTrue();
  }

  @Test
  void aReloadedPageFindsItsRoomThoughTheFirstAnswerIsMissing() {
    loop.serve(SignalingContract.LOCATE, locate -> TestLoop.unreachable());
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged joined = loop.ask(socket, "room:join", room());
    loop.answer(SignalingContract.LOCATE, locate -> new Located(OWNER));
    loop.timers.advance(Duration.ofSeconds(1));

    assertThat(joined.only()).isEqualTo(new JsonObject().put("ok", true));
  }

  @Test
  void aFailureIsAnErrorAndNotTheEnd() {
    loop.serve(
        SignalingContract.CALL.at(OWNER),
        command -> Future.failedFuture(new ServiceFailure(ServiceFailure.Code.INTERNAL, "broken")));
    FakeSocket socket = loop.inCall("anna");

    Acknowledged joined = loop.ask(socket, "room:join", room());

    assertThat(joined.only().getBoolean("ok")).isFalse();
    assertThat(socket.got("error").get(0).getString("message")).doesNotContain("broken");
    assertThat(socket.closed()).isNull();
  }

  @Test
  void blanksAreNotCarried() {
    FakeSocket socket = loop.inCall("anna");

    Acknowledged said = loop.ask(socket, "room:chat", room("text", " \n\t "));

    assertThat(said.only().getBoolean("ok")).isTrue();
    assertThat(loop.bus.sent()).isEmpty();
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void anotherRoomDoesNotTakeTheRunningCallsPlace() {
    FakeSocket socket = loop.inCall("anna");
    JsonObject other = new JsonObject().put("roomId", new UUID(8, 8).toString());
    loop.answer(
        SignalingContract.CALL.at(OWNER),
        command ->
            new CommandDone(command.roomId().equals(ROOM) ? Outcome.DONE : Outcome.NOT_A_MEMBER));

    loop.say(socket, "room:join", other);
    loop.bus.forget();
    loop.say(socket, "room:join", room());

    assertThat(loop.bus.sent(Locate.class)).isEmpty();
    assertThat(socket.events()).containsExactly("error");
  }
}
