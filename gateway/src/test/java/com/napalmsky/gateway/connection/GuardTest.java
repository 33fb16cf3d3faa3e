package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.connection.TestLoop.Acknowledged;
import com.napalmsky.gateway.event.ClientEvents;
import com.napalmsky.gateway.event.EventType;
import com.napalmsky.gateway.event.Samples;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {

  private final TestLoop loop = new TestLoop();

  static Stream<EventType<?>> allEvents() {
    return ClientEvents.ALL.stream();
  }

  static Stream<EventType<?>> eventsWithPayload() {
    return allEvents().filter(type -> !Samples.of(type).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("eventsWithPayload")
  void anEventWithoutPayloadIsAnsweredWithOneErrorAndTheSocketLives(EventType<?> type) {
    FakeSocket socket = loop.signedIn("anna");
    loop.bus.forget();

    Acknowledged acknowledged = loop.ask(socket, type.name());

    assertThat(socket.events()).containsExactly("error");
    assertThat(acknowledged.only().getBoolean("ok")).isFalse();
    assertThat(acknowledged.only().getString("error"))
        .isEqualTo(socket.got("error").get(0).getString("message"));
    assertThat(socket.closed()).isNull();
    assertThat(loop.bus.sent()).isEmpty();
    assertThat(loop.count(Count.MALFORMED)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("eventsWithPayload")
  void everyFieldOfTheWrongTypeIsNamed(EventType<?> type) {
    for (String field : Samples.of(type).fieldNames()) {
      if (field.equals("requestedSeconds")) {
        continue;
      }
      for (Object wrong : List.of(42, true, new JsonArray().add(1), 1.5)) {
        FakeSocket socket = loop.signedIn("anna");
        loop.bus.forget();

        loop.say(socket, type.name(), Samples.of(type).copy().put(field, wrong));

        assertThat(socket.events()).containsExactly("error");
        assertThat(socket.got("error").get(0).getString("message")).startsWith(field);
        assertThat(loop.bus.sent()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allEvents")
  void nonsenseInsteadOfAnObjectIsNeverAnException(EventType<?> type) {
    for (Object nonsense :
        List.of("text", 7, new JsonArray(), new JsonObject(), JsonArray.of(new JsonObject()))) {
      FakeSocket socket = loop.signedIn("anna");

      loop.say(socket, type.name(), nonsense);
      handlerWithNull(socket, type);

      assertThat(socket.closed()).isNull();
    }
  }

  private void handlerWithNull(FakeSocket socket, EventType<?> type) {
    loop.handler.onEvent(socket, type.name(), new JsonArray().addNull(), null);
  }

  @ParameterizedTest
  @MethodSource("allEvents")
  void everythingButAuthNeedsAUser(EventType<?> type) {
    FakeSocket socket = loop.connected(null);

    loop.say(socket, type.name(), Samples.of(type));

    if (type != ClientEvents.AUTH) {
      assertThat(socket.got("error"))
          .containsExactly(new JsonObject().put("message", "Not authenticated"));
    }
    assertThat(loop.bus.sent()).isEmpty();
  }

  @Test
  void aUserWithoutAccessIsToldSo() {
    FakeSocket socket = loop.signedIn("unpaid");
    loop.bus.forget();

    loop.say(socket, "queue:join");
    loop.say(socket, "call:accept", Samples.of(ClientEvents.CALL_ACCEPT));
    Acknowledged invited =
        loop.ask(socket, "call:invite", new JsonObject().put("toUserId", BEN.toString()));

    assertThat(socket.events()).containsExactly("error", "error", "call:declined");
    assertThat(socket.got("call:declined").get(0).getString("reason"))
        .isEqualTo("payment_required");
    assertThat(invited.only().getString("reason")).isEqualTo("payment_required");
    assertThat(loop.bus.sent()).isEmpty();
  }

  @Test
  void accessThatIsBoughtMeanwhileCountsAtOnce() {
    FakeSocket socket = loop.signedIn("unpaid");
    Person renamed = new Person(ANNA, "Anna", Gender.FEMALE, "https://m/s.jpg", null);

    loop.handler.accountChanged(new AccountChanged(renamed, PaidStatus.PAID, BanStatus.NONE));
    loop.say(socket, "queue:join");

    assertThat(loop.bus.sent(EnterQueue.class))
        .containsExactly(new EnterQueue(renamed, loop.ref(socket)));
  }

  @Test
  void anUnknownEventIsAnsweredAndCounted() {
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged acknowledged = loop.ask(socket, "error", new JsonObject());

    assertThat(socket.events()).containsExactly("error");
    assertThat(acknowledged.only().getBoolean("ok")).isFalse();
    assertThat(loop.count(Count.UNKNOWN_EVENT)).isEqualTo(1);
  }

  @Test
  void eventsBeyondTheBurstAreDroppedWithOneErrorASecond() {
    FakeSocket socket = loop.signedIn("anna");

    for (int one = 0; one < 100; one++) {
      loop.say(socket, "presence:join");
    }

    assertThat(loop.bus.sent(PresenceContract.Join.class)).hasSize(40);
    assertThat(socket.events()).containsExactly("error");
    assertThat(loop.count(Count.RATE_LIMITED)).isEqualTo(60);
  }

  @Test
  void theAllowanceFillsAgain() {
    FakeSocket socket = loop.signedIn("anna");
    for (int one = 0; one < 40; one++) {
      loop.say(socket, "presence:join");
    }

    loop.timers.advance(Duration.ofSeconds(1));
    for (int one = 0; one < 21; one++) {
      loop.say(socket, "presence:join");
    }

    assertThat(loop.bus.sent(PresenceContract.Join.class)).hasSize(60);
  }

  @Test
  void candidatesMayComeInABurstOfAHundred() {
    FakeSocket socket = loop.inCall("anna");

    for (int one = 0; one < 101; one++) {
      loop.say(socket, "rtc:ice", room("candidate", new JsonObject()));
    }

    assertThat(loop.bus.sent(Command.class)).hasSize(100);
    assertThat(socket.events()).containsExactly("error");
  }

  @Test
  void whoFloodsForTenSecondsIsClosed() {
    FakeSocket socket = loop.signedIn("anna");

    for (int tenth = 0; tenth < 200 && socket.closed() == null; tenth++) {
      for (int one = 0; one < 10; one++) {
        loop.say(socket, "nonsense");
      }
      loop.timers.advance(Duration.ofMillis(100));
    }

    assertThat(socket.closed()).isEqualTo(CloseReason.FLOODING);
    assertThat(socket.got("error").size()).isLessThan(400);
  }

  @Test
  void whoPausesBetweenBurstsIsNotAFlooder() {
    FakeSocket socket = loop.signedIn("anna");

    for (int burst = 0; burst < 20; burst++) {
      for (int one = 0; one < 200; one++) {
        loop.say(socket, "presence:join");
      }
      loop.timers.advance(Duration.ofSeconds(3));
    }

    assertThat(socket.closed()).isNull();
  }

  @Test
  void anEventWaitsForTheOneBeforeAndAtMostSoMany() {
    Promise<Moved> moving = Promise.promise();
    loop.serve(PresenceContract.JOIN, join -> moving.future());
    FakeSocket socket = loop.signedIn("anna");
    List<Acknowledged> asked = new ArrayList<>();

    loop.say(socket, "presence:join");
    for (int one = 0; one < 66; one++) {
      loop.timers.advance(Duration.ofMillis(50));
      asked.add(loop.ask(socket, "queue:leave"));
    }

    assertThat(asked.get(0).nothing()).isTrue();
    assertThat(asked.get(63).nothing()).isTrue();
    assertThat(asked.get(64).only().getBoolean("ok")).isFalse();
    assertThat(loop.count(Count.LINE_FULL)).isEqualTo(2);
    moving.complete(new Moved(PresenceState.ONLINE));
    assertThat(asked.get(63).only().getBoolean("ok")).isTrue();
    assertThat(loop.bus.sent(PresenceContract.LeaveQueue.class)).hasSize(64);
  }
}
