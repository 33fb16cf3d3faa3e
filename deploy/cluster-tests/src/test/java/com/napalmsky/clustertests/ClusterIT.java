package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two gateways, and parts of the cluster that die: what people see, what the database holds. */
@Timeout(240)
class ClusterIT {

  private static final Duration SOON = Duration.ofSeconds(12);
  private static final Duration LATER = Duration.ofSeconds(60);

  @RegisterExtension static final Stage STAGE = new Stage(25_000);

  @Test
  void twoAtDifferentGatewaysMeetTalkAndFindTheCallInBothHistories() throws Exception {
    Person[] pair = STAGE.pair("Meet");
    Talk talk = Talk.between(pair[0], pair[1]);

    talk.say(talk.caller(), "hello", SOON);
    talk.say(talk.callee(), "hello to you", SOON);
    talk.end(SOON);

    STAGE.recordedOnce(talk, SOON);
    talk.caller().enterLobby();
    talk.callee().enterLobby();
    Await.until("they see each other again", SOON, () -> talk.caller().sees(talk.callee()));
    Stage.leave(List.of(talk));
  }

  @Test
  void aThirdDeviceEvictsTheOldestIdleOneOfAnotherGateway() throws Exception {
    try (Person first = Person.guest(STAGE.door(0), "Devices").connect();
        Person second = first.onAnotherDevice(STAGE.door(1)).connect();
        Person third = first.onAnotherDevice(STAGE.door(1)).connect()) {
      Await.until("two devices are left", SOON, () -> !first.connected());

      assertThat(second.connected()).isTrue();
      assertThat(third.connected()).isTrue();
    }
  }

  @Test
  void aLogInAtOneGatewayEndsTheSessionAtTheOther() throws Exception {
    try (Person before = Person.inTheLobby(STAGE.door(0), "Displaced")) {
      before.link();

      try (Person now = before.logInElsewhere(STAGE.door(1)).connect()) {
        assertThat(before.hears("session:invalidated", SOON).getString("reason"))
            .isEqualTo("new_login");
        Await.until("the old socket is closed", SOON, () -> !before.connected());
        assertThat(now.connected()).isTrue();
      }
    }
  }

  @Test
  void callsGoOnWhenTheirOwnerIsKilled() throws Exception {
    List<Talk> talks = STAGE.talks("Owner", 4);
    Node killed = STAGE.cluster().nodes(Kind.SIGNALING).get(0);
    Node other = STAGE.cluster().nodes(Kind.SIGNALING).get(1);

    killed.kill();

    for (Talk talk : talks) {
      talk.say(talk.caller(), "still there?", SOON);
      talk.end(SOON);
      STAGE.recordedOnce(talk, LATER);
    }
    assertThat(other.log()).contains("calls adopted");
    Stage.leave(talks);
  }

  @Test
  void callsThatEndWithoutADatabaseAreRecordedOnceWhenItIsBack() throws Exception {
    List<Talk> talks = STAGE.talks("Database", 5);
    STAGE.cluster().postgres().kill();

    for (Talk talk : talks) {
      talk.caller().emit("call:end", Person.in(talk.roomId()));
    }
    Node user = STAGE.cluster().nodes(Kind.USER).get(0);
    Await.until("the outage is noticed", LATER, () -> !user.ready());
    STAGE.cluster().postgres().restart();

    for (Talk talk : talks) {
      talk.toldOfTheEnd(talk.callee(), LATER);
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }

  @Test
  void callsGoOnWhenTheirOwnerAndAGatewayLeaveInOrder() throws Exception {
    List<Talk> talks = STAGE.talks("Leaving", 4);
    Node owner = STAGE.cluster().nodes(Kind.SIGNALING).get(0);
    Node gateway = STAGE.gateway(0);

    owner.terminate();
    gateway.terminate();
    for (Talk talk : talks) {
      talk.say(talk.caller(), "are you there?", SOON);
    }
    assertThat(owner.awaitEnd()).as(owner.lastLines()).isZero();
    assertThat(gateway.awaitEnd()).as(gateway.lastLines()).isZero();

    for (Talk talk : talks) {
      talk.say(talk.callee(), "still here", SOON);
      talk.say(talk.caller(), "me too", SOON);
      talk.end(SOON);
      STAGE.recordedOnce(talk, LATER);
    }
    Stage.leave(talks);
  }
}
