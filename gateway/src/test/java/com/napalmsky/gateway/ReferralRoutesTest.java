package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeIntroductions.CODE;
import static com.napalmsky.gateway.FakeIntroductions.NEWS;
import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.THEN;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.IntroductionContract.FindLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Introductions;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkRead;
import com.napalmsky.shared.contract.user.IntroductionContract.RemoveIntroduction;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokeLink;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /referral/*}: what is answered, what is asked, and what a stranger does not learn. */
@ExtendWith(VertxExtension.class)
class ReferralRoutesTest {

  private TestGateway gateway;
  private FakeServices services;
  private UUID caller;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
    services = gateway.services;
    caller = services.sessionOf(UNPAID).userId();
  }

  private <T> List<T> heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private Reply generate(String body) {
    return gateway.postAs(UNPAID, "/referral/generate", body);
  }

  private Reply delete(String path) {
    return gateway.send("DELETE", path, null, "Authorization", UNPAID);
  }

  private Reply put(String path) {
    return gateway.send("PUT", path, null, "Authorization", UNPAID);
  }

  @Test
  void aLinkIsMadeForWhoeverIsSignedIn() {
    Reply reply = generate("{\"targetUserId\":\"" + ANNA.userId() + "\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("referralCode").asText()).isEqualTo(CODE);
    assertThat(reply.json().path("targetUserName").asText()).isEqualTo(ANNA.name());
    assertThat(heard(MakeLink.class)).containsExactly(new MakeLink(caller, ANNA.userId()));
  }

  @ParameterizedTest
  @CsvSource({
    "{},400,targetUserId",
    "{\"targetUserId\":7},400,targetUserId",
    "{\"targetUserId\":\"nobody\"},404,nobody with this id",
    "{\"targetUserId\":\"1-1-1-1-1\"},404,nobody with this id"
  })
  void aTargetThatIsNoneIsNamed(String body, int status, String text) {
    Reply reply = generate(body);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error()).contains(text);
    assertThat(heard(MakeLink.class)).isEmpty();
  }

  @Test
  void nobodyMakesALinkToHimself() {
    Reply reply = generate("{\"targetUserId\":\"" + caller + "\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("targetUserId");
    assertThat(heard(MakeLink.class)).isEmpty();
  }

  @Test
  void whoMadeTooManyLinksIsToldWhenToTryAgain() {
    services.introductions.made =
        new MadeLink(MakeOutcome.TOO_MANY, null, null, Instant.now().plusSeconds(3600));

    Reply reply = generate("{\"targetUserId\":\"" + ANNA.userId() + "\"}");

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.error()).contains("Too many");
    assertThat(reply.json().path("retryAfter").asLong()).isBetween(3500L, 3600L);
    assertThat(reply.header("retry-after")).isEqualTo(reply.json().path("retryAfter").asText());
  }

  @Test
  void aStrangerLearnsTwoNamesAndNothingElse() {
    Reply reply = gateway.get("/referral/info/%20meetanna42%20");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().size()).isEqualTo(2);
    assertThat(reply.json().path("targetUserName").asText()).isEqualTo(ANNA.name());
    assertThat(reply.json().path("introducedBy").asText()).isEqualTo("Zoe");
    assertThat(heard(FindLink.class)).containsExactly(new FindLink(CODE, null));
    assertThat(heard(PresenceContract.Locate.class)).isEmpty();
  }

  @Test
  void aStrangerDoesNotLearnWhetherTheTargetIsThere() {
    Reply reply = gateway.get("/referral/target-status/" + CODE);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(heard(FindLink.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AVAILABLE,true,true",
    "ONLINE,true,false",
    "IN_CALL,true,false",
    "GRACE,false,false",
    "OFFLINE,false,false"
  })
  void whoIsSignedInLearnsWhetherTheTargetIsThere(
      PresenceState state, boolean online, boolean available) {
    services.state = state;

    Reply status = gateway.getAs(UNPAID, "/referral/target-status/" + CODE);
    Reply match =
        gateway.postAs(UNPAID, "/referral/direct-match", "{\"referralCode\":\" meetanna42\"}");

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json().path("targetUserId").asText()).isEqualTo(ANNA.userId().toString());
    assertThat(status.json().path("targetSelfie").asText()).isEqualTo(ANNA.selfieUrl());
    assertThat(status.json().path("isOnline").asBoolean()).isEqualTo(online);
    assertThat(status.json().path("isAvailable").asBoolean()).isEqualTo(available);
    assertThat(match.status()).isEqualTo(200);
    assertThat(match.json().path("targetUser").path("name").asText()).isEqualTo(ANNA.name());
    assertThat(match.json().path("isOnline").asBoolean()).isEqualTo(online);
    assertThat(match.json().path("isAvailable").asBoolean()).isEqualTo(available);
    assertThat(match.json().path("canCall").asBoolean()).isEqualTo(available);
    assertThat(match.json().path("wasIntroduced").asBoolean()).isTrue();
    assertThat(heard(FindLink.class)).containsExactly(new FindLink(CODE, caller));
    assertThat(heard(FollowLink.class)).containsExactly(new FollowLink(CODE, caller));
  }

  @Test
  void aTargetIsShownAsOfflineWhilePresenceIsSilent() {
    services.presenceDown = true;

    Reply match =
        gateway.postAs(UNPAID, "/referral/direct-match", "{\"referralCode\":\"MEETANNA42\"}");

    assertThat(match.status()).isEqualTo(200);
    assertThat(match.json().path("isOnline").asBoolean()).isFalse();
  }

  @Test
  void aLinkThatLeadsNowhereIsUnknownEverywhereInTheSameWords() {
    services.introductions.nothing();

    List<Reply> replies =
        List.of(
            gateway.get("/referral/info/" + CODE),
            gateway.getAs(UNPAID, "/referral/target-status/" + CODE),
            gateway.postAs(UNPAID, "/referral/direct-match", "{\"referralCode\":\"X\"}"),
            delete("/referral/links/" + CODE));

    assertThat(replies).extracting(Reply::status).containsOnly(404);
    assertThat(replies).extracting(Reply::error).containsOnly(replies.get(0).error());
  }

  @Test
  void aLinkToOneselfIsNamed() {
    services.introductions.followed = new FollowedLink(FollowOutcome.OWN_LINK, null, null, false);

    Reply reply =
        gateway.postAs(UNPAID, "/referral/direct-match", "{\"referralCode\":\"MEETANNA42\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("referralCode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"referralCode\":null}", "{\"referralCode\":[]}", "[]"})
  void aMissingCodeIsNamed(String body) {
    Reply reply = gateway.postAs(UNPAID, "/referral/direct-match", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(heard(FollowLink.class)).isEmpty();
  }

  @Test
  void linksAreListedWithWhoMadeThem() {
    Reply reply = gateway.getAs(UNPAID, "/referral/links");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("count").asInt()).isEqualTo(1);
    JsonNode link = reply.json().path("links").path(0);
    assertThat(link.path("referralCode").asText()).isEqualTo(CODE);
    assertThat(link.path("introducedBy").asText()).isEqualTo("Bert");
    assertThat(link.path("madeByMe").asBoolean()).isFalse();
    assertThat(link.path("expiresAt").asLong()).isEqualTo(THEN.plusSeconds(60).toEpochMilli());
  }

  @Test
  void aLinkIsEndedByItsCode() {
    Reply reply = delete("/referral/links/" + CODE.toLowerCase());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(RevokeLink.class)).containsExactly(new RevokeLink(caller, CODE));
  }

  @Test
  void notificationsAreListedAsTheyAreStored() {
    Reply reply = gateway.getAs(UNPAID, "/referral/notifications");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("unreadCount").asInt()).isEqualTo(1);
    JsonNode first = reply.json().path("notifications").path(0);
    assertThat(first.path("id").asText()).isEqualTo(NEWS.toString());
    assertThat(first.path("referredName").asText()).isEqualTo("Bert");
    assertThat(first.path("introducedByName").asText()).isEqualTo("Zoe");
    assertThat(first.path("timestamp").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(first.path("read").asBoolean()).isFalse();
    assertThat(reply.json().path("notifications").path(1).path("introducedBy").isNull()).isTrue();
    assertThat(heard(GetNotifications.class)).containsExactly(new GetNotifications(caller, false));
  }

  @Test
  void readingIsNotedAndUnknownIdsAreNothing() {
    Reply read = put("/referral/notifications/" + NEWS + "/read");
    Reply nonsense = put("/referral/notifications/nonsense/read");

    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json().path("success").asBoolean()).isTrue();
    assertThat(nonsense.status()).isEqualTo(200);
    assertThat(heard(MarkRead.class)).containsExactly(new MarkRead(caller, NEWS));
  }

  @Test
  void introductionsSayWhoIsThere() {
    services.state = PresenceState.ONLINE;

    Reply reply = gateway.getAs(UNPAID, "/referral/my-introductions");

    assertThat(reply.json().path("count").asInt()).isEqualTo(2);
    JsonNode second = reply.json().path("introductions").path(1);
    assertThat(second.path("userId").asText()).isEqualTo(BERT.userId().toString());
    assertThat(second.path("introducedBy").asText()).isEqualTo("Deleted account");
    assertThat(second.path("isOnline").asBoolean()).isTrue();
    assertThat(second.path("isAvailable").asBoolean()).isFalse();
    assertThat(heard(PresenceContract.Locate.class)).hasSize(1);
  }

  @Test
  void whoHasNoIntroductionsCausesNoQuestion() {
    services.introductions.introductions = new Introductions(List.of());

    Reply reply = gateway.getAs(UNPAID, "/referral/my-introductions");

    assertThat(reply.json().path("count").asInt()).isZero();
    assertThat(heard(PresenceContract.Locate.class)).isEmpty();
  }

  @Test
  void anIntroductionIsRemovedByTheIdOfTheNewcomer() {
    Reply removed = delete("/referral/introductions/" + BERT.userId());
    Reply nonsense = delete("/referral/introductions/nonsense");
    services.introductions.known = false;
    Reply unknown = delete("/referral/introductions/" + ANNA.userId());

    assertThat(removed.status()).isEqualTo(200);
    assertThat(nonsense.status()).isEqualTo(404);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(heard(RemoveIntroduction.class))
        .containsExactly(
            new RemoveIntroduction(caller, BERT.userId()),
            new RemoveIntroduction(caller, ANNA.userId()));
  }
}
