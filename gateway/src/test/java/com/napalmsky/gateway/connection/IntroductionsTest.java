package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Notified;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntroductionsTest {

  private static final String NEWS = "referral:notification";
  private static final int MOST_LOOK_UPS = 8;

  private final TestLoop loop = new TestLoop();

  private Notification of(String newcomer) {
    return new Notification(
        UUID.nameUUIDFromBytes(newcomer.getBytes()),
        ANNA,
        BEN,
        newcomer,
        BEN,
        "Ben",
        loop.timers.now(),
        false);
  }

  private void unread(String... newestFirst) {
    List<Notification> all = List.of(newestFirst).stream().map(this::of).toList();
    loop.answer(
        IntroductionContract.GET_NOTIFICATIONS, asked -> new Notifications(all, all.size()));
  }

  private static List<String> names(FakeSocket socket) {
    return socket.got(NEWS).stream()
        .map(news -> news.getJsonObject("notification").getString("referredName"))
        .toList();
  }

  @Test
  void whatAUserHasNotReadIsSentAfterTheHandshakeTheOldestFirst() {
    unread("Cleo", "Ben");

    FakeSocket socket = loop.connected("anna");

    assertThat(socket.events()).containsExactly("auth:success", NEWS, NEWS);
    assertThat(names(socket)).containsExactly("Ben", "Cleo");
    assertThat(loop.bus.sent(GetNotifications.class))
        .containsExactly(new GetNotifications(ANNA, true));
  }

  @Test
  void theClientGetsTheWholeNotificationAndAMessageThatBeginsWithTheName() {
    unread("Cleo");

    JsonObject news = loop.connected("anna").got(NEWS).get(0);

    assertThat(news.getString("message")).startsWith("Cleo ").contains("Ben");
    assertThat(news.getJsonObject("notification"))
        .isEqualTo(
            new JsonObject()
                .put("id", of("Cleo").id().toString())
                .put("forUserId", ANNA.toString())
                .put("referredUserId", BEN.toString())
                .put("referredName", "Cleo")
                .put("introducedBy", BEN.toString())
                .put("introducedByName", "Ben")
                .put("timestamp", loop.timers.now().toEpochMilli())
                .put("read", false));
  }

  @Test
  void itIsSentAgainAfterEachGoodAuth() {
    unread("Cleo");
    FakeSocket socket = loop.connected("anna");

    loop.say(socket, "auth", new JsonObject().put("sessionToken", "anna"));

    assertThat(socket.events()).containsExactly("auth:success", NEWS, "auth:success", NEWS);
  }

  @Test
  void nothingIsLookedUpForWhomNobodyKnows() {
    FakeSocket stranger = loop.connected(null);
    loop.connected("displaced");
    loop.say(stranger, "auth", new JsonObject().put("sessionToken", "nobody"));

    assertThat(loop.bus.sent(GetNotifications.class)).isEmpty();
  }

  @Test
  void newsGoesToEverySocketOfItsUserAndToNobodyElse() {
    FakeSocket first = loop.signedIn("anna");
    FakeSocket second = loop.inCall("anna");
    FakeSocket ben = loop.signedIn("ben");
    FakeSocket stranger = loop.connected(null);

    loop.handler.introductionNotified(new Notified(of("Cleo")));

    assertThat(names(first)).containsExactly("Cleo");
    assertThat(names(second)).containsExactly("Cleo");
    assertThat(ben.got()).isEmpty();
    assertThat(stranger.got()).isEmpty();
  }

  @Test
  void aSocketWhoseSessionIsOverGetsNoNews() {
    FakeSocket displaced = loop.inCall("anna");
    loop.end(ANNA, SessionEnd.NEW_LOGIN);
    displaced.forget();

    loop.handler.introductionNotified(new Notified(of("Cleo")));

    assertThat(displaced.got()).isEmpty();
  }

  @Test
  void whatCannotBeLookedUpNowIsLookedUpLaterOnce() {
    loop.silence(IntroductionContract.GET_NOTIFICATIONS);
    FakeSocket socket = loop.connected("anna");
    FakeSocket other = loop.connected("ben");
    loop.bus.forget();

    unread("Cleo");
    loop.timers.advance(Duration.ofSeconds(5));

    assertThat(names(socket)).containsExactly("Cleo");
    assertThat(names(other)).containsExactly("Cleo");
    assertThat(loop.bus.sent(GetNotifications.class)).hasSize(2);
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void whileNobodyAnswersOneQuestionIsAskedEachTimeHoweverManyWait() {
    loop.silence(IntroductionContract.GET_NOTIFICATIONS);
    for (int i = 0; i < 1_000; i++) {
      loop.connected("anna");
    }

    assertThat(loop.bus.sent(GetNotifications.class)).hasSize(1);
    assertThat(loop.timers.pending()).isEqualTo(1);
    assertThat(loop.handler.sizes().unread()).isEqualTo(1_000);
    loop.timers.advance(Duration.ofSeconds(5));
    assertThat(loop.bus.sent(GetNotifications.class)).hasSize(2);
  }

  @Test
  void aFaultOfTheServiceIsNotAskedForAgain() {
    loop.serve(
        IntroductionContract.GET_NOTIFICATIONS,
        asked -> Future.failedFuture(new ServiceFailure(ServiceFailure.Code.INTERNAL, "a fault")));

    FakeSocket socket = loop.connected("anna");

    assertThat(socket.events()).containsExactly("auth:success");
    assertThat(loop.timers.pending()).isZero();
    assertThat(loop.handler.sizes().unread()).isZero();
  }

  @Test
  void fewLookUpsAreUnderWayAndASocketWaitsOnce() {
    List<Promise<Notifications>> answers = new ArrayList<>();
    loop.serve(
        IntroductionContract.GET_NOTIFICATIONS,
        asked -> {
          Promise<Notifications> answer = Promise.promise();
          answers.add(answer);
          return answer.future();
        });
    for (int i = 0; i < MOST_LOOK_UPS; i++) {
      loop.connected("ben");
    }
    FakeSocket waiting = loop.connected("anna");
    loop.say(waiting, "auth", new JsonObject().put("sessionToken", "anna"));
    FakeSocket gone = loop.connected("anna");
    gone.close(CloseReason.CLIENT_CLOSED);

    assertThat(answers).hasSize(MOST_LOOK_UPS);
    assertThat(loop.handler.sizes().unread()).isEqualTo(1);
    answers.get(0).complete(new Notifications(List.of(), 0));
    answers.get(MOST_LOOK_UPS).complete(new Notifications(List.of(of("Cleo")), 1));

    assertThat(names(waiting)).containsExactly("Cleo");
    assertThat(answers).hasSize(MOST_LOOK_UPS + 1);
  }

  @Test
  void aSocketThatIsGoneWhenTheAnswerComesIsSentNothing() {
    Promise<Notifications> answer = Promise.promise();
    loop.serve(IntroductionContract.GET_NOTIFICATIONS, asked -> answer.future());
    FakeSocket socket = loop.signedIn("anna");
    socket.close(CloseReason.CLIENT_CLOSED);

    answer.complete(new Notifications(List.of(of("Cleo")), 1));

    assertThat(socket.got()).isEmpty();
  }
}
