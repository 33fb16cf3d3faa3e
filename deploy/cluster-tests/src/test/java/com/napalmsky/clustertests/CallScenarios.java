package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people do at two gateways, or at the only one; nothing dies. */
@Timeout(240)
abstract class CallScenarios {

  static final Duration SOON = Duration.ofSeconds(12);
  static final Duration LATER = Duration.ofSeconds(60);

  /** Where it is played. */
  abstract Stage stage();

  @Test
  void twoAtDifferentGatewaysMeetTalkAndFindTheCallInBothHistories() throws Exception {
    Person[] pair = stage().pair("Meet");
    Talk talk = Talk.between(pair[0], pair[1]);

    talk.say(talk.caller(), "hello", SOON);
    talk.say(talk.callee(), "hello to you", SOON);
    talk.end(SOON);

    stage().recordedOnce(talk, SOON);
    talk.caller().enterLobby();
    talk.callee().enterLobby();
    Await.until("they see each other again", SOON, () -> talk.caller().sees(talk.callee()));
    Stage.leave(List.of(talk));
  }

  @Test
  void aThirdDeviceEvictsTheOldestIdleOneOfAnotherGateway() throws Exception {
    try (Person first = Person.guest(stage().door(0), "Devices").connect();
        Person second = first.onAnotherDevice(stage().door(1)).connect();
        Person third = first.onAnotherDevice(stage().door(1)).connect()) {
      Await.until("two devices are left", SOON, () -> !first.connected());

      assertThat(second.connected()).isTrue();
      assertThat(third.connected()).isTrue();
    }
  }

  @Test
  void aLogInAtOneGatewayEndsTheSessionAtTheOther() throws Exception {
    try (Person before = Person.inTheLobby(stage().door(0), "Displaced")) {
      before.link();

      try (Person now = before.logInElsewhere(stage().door(1)).connect()) {
        assertThat(before.hears("session:invalidated", SOON).getString("reason"))
            .isEqualTo("new_login");
        Await.until("the old socket is closed", SOON, () -> !before.connected());
        assertThat(now.connected()).isTrue();
      }
    }
  }

  @Test
  void aBanThroughOneGatewayClosesTheSocketAtTheOtherAndEndsItsCall() throws Exception {
    Person[] pair = stage().pair("Ban");
    Talk talk = Talk.between(pair[0], pair[1]);
    Person reporter = talk.caller();
    Person banned = talk.callee();

    JsonObject reported =
        reporter.post(
            "/report/user",
            new JsonObject()
                .put("reportedUserId", banned.userId())
                .put("roomId", talk.roomId())
                .put("reason", "a scenario"));

    assertThat(reported.getBoolean("autoBanned")).as(reported.encode()).isTrue();
    assertThat(banned.hears("auth:banned", SOON).getBoolean("banned")).isTrue();
    Await.until("the banned one's socket is closed", SOON, () -> !banned.connected());
    talk.toldOfTheEnd(reporter, SOON);
    stage().recordedOnce(talk, LATER, List.of(reporter));
    reporter.enterLobby();
    assertThat(reporter.sees(banned)).isFalse();
    Stage.leave(List.of(talk));
  }
}
