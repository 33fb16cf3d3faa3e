package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.BERT;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.THEN;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.HistoryContract.DeleteHistory;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.ReunionContract.Wish;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.Link;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.OwnCode;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each route answers when all is well, and what it makes of its service's outcomes. */
@ExtendWith(VertxExtension.class)
class RoutesTest {

  private TestGateway gateway;
  private FakeServices services;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx);
    services = gateway.services;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  @Test
  void aGuestGetsATokenAndHisOriginIsTold() {
    Reply reply =
        gateway.post(
            "/auth/guest",
            """
            {"name":"  Zoë ","gender":"female","inviteCode":" abcd1234efgh5678 "}""",
            "User-Agent",
            "x".repeat(300));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("sessionToken").asText()).isEqualTo("fresh-token");
    assertThat(reply.json().path("accountType").asText()).isEqualTo("guest");
    assertThat(reply.json().path("wasReferred").asBoolean()).isFalse();
    assertThat(reply.json().path("targetUser").isNull()).isTrue();
    assertThat(reply.json().path("paidStatus").asText()).isEqualTo("unpaid");
    assertThat(reply.json().path("requiresPayment").asBoolean()).isTrue();
    assertThat(reply.json().path("inviteCodeUsed").asText()).isEqualTo("ABCD1234EFGH5678");
    SignUp asked = heard(SignUp.class);
    assertThat(asked.name()).isEqualTo("Zoë");
    assertThat(asked.inviteCode()).isEqualTo("ABCD1234EFGH5678");
    assertThat(asked.origin().ip()).isEqualTo("127.0.0.1");
    assertThat(asked.origin().device()).hasSize(200);
  }

  @Test
  void aNewGuestNeedsNotBeLookedUpAgain() {
    gateway.post("/auth/guest", "{\"name\":\"Zoe\",\"gender\":\"female\"}");

    Reply me = gateway.getAs("fresh-token", "/user/me");

    assertThat(me.status()).isEqualTo(200);
    assertThat(services.authentications).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"AVAILABLE,true", "ONLINE,false", "IN_CALL,false"})
  void aReferredGuestSeesWhetherTheTargetIsAvailable(PresenceState state, boolean online) {
    services.state = state;
    services.signUp =
        asked ->
            FakeServices.signedUp(
                "t", FakeServices.session(PaidStatus.QR_GRACE_PERIOD), ANNA, null);

    Reply reply =
        gateway.post(
            "/auth/guest", "{\"name\":\"Z\",\"gender\":\"male\",\"referralCode\":\"MEETANNA42\"}");

    assertThat(reply.json().path("wasReferred").asBoolean()).isTrue();
    assertThat(reply.json().path("introducedTo").asText()).isEqualTo(ANNA.name());
    assertThat(reply.json().path("targetUser").path("userId").asText())
        .isEqualTo(ANNA.userId().toString());
    assertThat(reply.json().path("targetOnline").asBoolean()).isEqualTo(online);
    assertThat(reply.json().path("referralCode").asText()).isEqualTo("MEETANNA42");
    assertThat(reply.json().path("requiresPayment").asBoolean()).isFalse();
  }

  @Test
  void anUnknownReferralCodeIsEchoed() {
    Reply reply =
        gateway.post(
            "/auth/guest", "{\"name\":\"Z\",\"gender\":\"male\",\"referralCode\":\"NOBODY\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("wasReferred").asBoolean()).isFalse();
    assertThat(reply.json().path("referralCode").asText()).isEqualTo("NOBODY");
  }

  @Test
  void aRefusedAccessCodeAsksForPayment() {
    services.signUp = asked -> new SignedUp(SignUpOutcome.CODE_REFUSED, null, null, null, null);

    Reply reply =
        gateway.post(
            "/auth/guest",
            "{\"name\":\"Z\",\"gender\":\"male\",\"inviteCode\":\"ABCDEFGH12345678\"}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.json().path("requiresPayment").asBoolean()).isTrue();
  }

  @Test
  void aLoginTellsHowManySessionsItEnded() {
    Reply reply =
        gateway.post(
            "/auth/login", "{\"email\":\"Anna@Example.org\",\"password\":\" pass word \"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("sessionToken").asText()).isEqualTo("login-token");
    assertThat(reply.json().path("sessionInvalidated").asBoolean()).isTrue();
    assertThat(reply.json().path("invalidatedCount").asInt()).isEqualTo(2);
    assertThat(reply.json().path("user").path("email").asText()).isEqualTo("anna@example.org");
  }

  @Test
  void aRefusedLoginSaysNothingButThat() {
    services.logIn = asked -> LoggedIn.refused();

    Reply reply = gateway.post("/auth/login", "{\"email\":\"a@b.c\",\"password\":\"wrong\"}");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).contains("Invalid credentials");
    assertThat(reply.json().size()).isEqualTo(1);
  }

  @Test
  void aBannedLoginIsToldSo() {
    services.logIn = asked -> LoggedIn.banned(BanStatus.TEMPORARY, ReviewStatus.PENDING);

    Reply reply = gateway.post("/auth/login", "{\"email\":\"a@b.c\",\"password\":\"right\"}");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("suspended");
    assertThat(reply.json().path("banned").asBoolean()).isTrue();
    assertThat(reply.json().path("banStatus").asText()).isEqualTo("temporary");
    assertThat(reply.json().path("reviewStatus").asText()).isEqualTo("pending");
  }

  @ParameterizedTest
  @CsvSource({
    "LINKED,200",
    "SESSION_REFUSED,401",
    "USER_GONE,404",
    "EMAIL_INVALID,400",
    "PASSWORD_INVALID,400",
    "EMAIL_TAKEN,409",
    "ALREADY_PERMANENT,409"
  })
  void everyOutcomeOfALinkHasItsStatus(LinkOutcome outcome, int status) {
    services.linkOutcome = outcome;

    Reply reply =
        gateway.post(
            "/auth/link",
            "{\"sessionToken\":\"" + PAID + "\",\"email\":\"a@b.c\",\"password\":\"12345678\"}");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(heard(Link.class).tokenHash()).isEqualTo(TokenHash.of(PAID));
  }

  @Test
  void aLinkNeedsAnActiveSession() {
    Reply reply =
        gateway.post(
            "/auth/link",
            "{\"sessionToken\":\"nobody's\",\"email\":\"a@b.c\",\"password\":\"12345678\"}");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(services.heard).noneMatch(Link.class::isInstance);
  }

  @Test
  void afterALogoutTheTokenIsWorthNothing() {
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(200);

    Reply reply = gateway.postAs(PAID, "/auth/logout", "");

    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(401);
    assertThat(gateway.postAs(PAID, "/auth/logout", "{}").status()).isEqualTo(200);
  }

  @Test
  void theOwnAccountHasAllFieldsThatTheClientReads() {
    JsonNode me = gateway.getAs(UNPAID, "/user/me").json();

    assertThat(me.path("name").asText()).isEqualTo(ANNA.name());
    assertThat(me.path("accountType").asText()).isEqualTo("permanent");
    assertThat(me.path("createdAt").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(me.path("lastSessions").get(0).path("at").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(me.path("lastSessions").get(0).path("duration").asInt()).isEqualTo(60);
    assertThat(me.path("streakDays").isNull()).isTrue();
    assertThat(me.path("paidStatus").asText()).isEqualTo("paid");
    assertThat(me.path("banStatus").asText()).isEqualTo("none");
    assertThat(me.path("socials").path("instagram").asText()).isEqualTo("anna");
  }

  @Test
  void onlyKnownNetworksAndShortHandlesAreStored() {
    Reply reply =
        gateway.putAs(
            PAID,
            "/user/me",
            "{\"socials\":{\"instagram\":\" me \",\"myspace\":\"me\",\"tiktok\":7,"
                + "\"twitter\":\"\",\"discord\":\""
                + "x".repeat(65)
                + "\",\"snapchat\":{\"a\":1}}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(SaveSocials.class).socials()).isEqualTo(Map.of("instagram", "me"));
    assertThat(reply.json().path("user").path("socials").path("instagram").asText())
        .isEqualTo("me");
  }

  @ParameterizedTest
  @CsvSource({"{}", "'{\"socials\":null}'", "'{\"socials\":false}'", "'{\"socials\":\"\"}'"})
  void nothingAsSocialsChangesNothing(String body) {
    Reply reply = gateway.putAs(PAID, "/user/me", body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("user").path("socials").path("instagram").asText())
        .isEqualTo("anna");
    assertThat(services.heard).noneMatch(SaveSocials.class::isInstance);
  }

  @Test
  void theQueueHasEveryFieldOfEveryPerson() {
    Reply reply = gateway.getAs(PAID, "/room/queue");

    JsonNode anna = reply.json().path("users").get(0);
    JsonNode bert = reply.json().path("users").get(1);
    assertThat(reply.json().path("totalAvailable").asInt()).isEqualTo(7);
    assertThat(anna.path("name").asText()).isEqualTo(ANNA.name());
    assertThat(anna.path("hasCooldown").asBoolean()).isFalse();
    assertThat(anna.path("cooldownExpiry").isNull()).isTrue();
    assertThat(anna.path("wasIntroducedToMe").asBoolean()).isTrue();
    assertThat(anna.path("introducedBy").asText()).isEqualTo("Zoe");
    assertThat(bert.path("cooldownExpiry").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(bert.has("selfieUrl")).isFalse();
    assertThat(reply.header("cache-control")).contains("private");
  }

  @Test
  void whoWasShownInTheQueueIsWatchedFromThenOn() {
    gateway.getAs(PAID, "/room/queue");

    assertThat(gateway.shown)
        .containsExactly(
            new TestGateway.Shown(
                services.sessionOf(PAID).userId(),
                List.of(ANNA.userId(), BERT.userId()),
                services.page.hidden()));
  }

  @ParameterizedTest
  @CsvSource({"'',100", "?limit=5,5", "?limit=200,200", "?limit=100000000000,200"})
  void theQueueIsBounded(String query, int limit) {
    assertThat(gateway.getAs(PAID, "/room/queue" + query).status()).isEqualTo(200);

    assertThat(heard(Browse.class).limit()).isEqualTo(limit);
  }

  @Test
  void anUnchangedQueueIsNotSentAgainButWatchedAgain() {
    String tag = gateway.getAs(PAID, "/room/queue").header("etag");

    Reply again = gateway.getAs(PAID, "/room/queue", "If-None-Match", tag);
    Reply strong = gateway.getAs(PAID, "/room/queue", "If-None-Match", tag.substring(2));
    Reply otherLimit = gateway.getAs(PAID, "/room/queue?limit=1", "If-None-Match", tag);
    services.page =
        new com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page(
            List.of(), 0, 0xabdL, List.of());
    Reply changed = gateway.getAs(PAID, "/room/queue", "If-None-Match", tag);

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.raw().body()).isEmpty();
    assertThat(again.header("etag")).isEqualTo(tag);
    assertThat(strong.status()).isEqualTo(304);
    assertThat(otherLimit.status()).isEqualTo(200);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(gateway.shown).hasSize(5);
  }

  @Test
  void theReelGoesOnFromItsCursor() {
    Reply reply = gateway.getAs(PAID, "/room/reel?limit=51&cursor=abc");

    assertThat(reply.json().path("items").size()).isEqualTo(2);
    assertThat(reply.json().path("cursor").asText()).isEqualTo("next");
    assertThat(reply.json().path("hasMore").asBoolean()).isTrue();
    assertThat(heard(BrowseReel.class).limit()).isEqualTo(50);
    assertThat(heard(BrowseReel.class).cursor()).isEqualTo("abc");
  }

  @Test
  void theHistoryIsOpenToUnpaidUsersAndShowsMessagesAsTheyWere() {
    Reply reply = gateway.getAs(UNPAID, "/room/history?before=1770091506789&limit=3");

    JsonNode entry = reply.json().path("history").get(0);
    assertThat(entry.path("duration").asInt()).isEqualTo(61);
    assertThat(entry.path("messages").get(0).path("text").asText()).isEqualTo("1 < 2 > 0");
    assertThat(entry.path("messages").get(1).path("type").asText()).isEqualTo("social");
    assertThat(entry.path("messages").get(2).path("from").asText()).isEqualTo("system");
    assertThat(heard(GetHistory.class).before()).isEqualTo(Instant.ofEpochMilli(1770091506789L));
    assertThat(heard(GetHistory.class).limit()).isEqualTo(3);
  }

  @Test
  void whoWishesToTalkAgainLearnsWhetherTheOtherDoesToo() {
    UUID room = UUID.randomUUID();
    String body = "{\"roomId\":\"" + room + "\"}";
    services.wishOutcome = WishOutcome.AGREED;

    Reply agreed = gateway.postAs(UNPAID, "/room/again", body);
    Reply nonsense = gateway.postAs(UNPAID, "/room/again", "{\"roomId\":\"nonsense\"}");
    services.wishOutcome = WishOutcome.NO_SUCH_CALL;
    Reply unknown = gateway.postAs(UNPAID, "/room/again", body);

    assertThat(agreed.json().path("agreed").asBoolean()).isTrue();
    assertThat(heard(Wish.class).roomId()).isEqualTo(room);
    assertThat(nonsense.status()).isEqualTo(400);
    assertThat(nonsense.error()).contains("roomId");
    assertThat(unknown.status()).isEqualTo(404);
  }

  @Test
  void oneCallOrAllAreDeletedFromTheOwnHistory() {
    UUID room = UUID.randomUUID();

    Reply one = gateway.send("DELETE", "/room/history/" + room, null, "Authorization", UNPAID);
    assertThat(one.json().path("deleted").asInt()).isEqualTo(1);
    assertThat(heard(DeleteHistory.class))
        .isEqualTo(new DeleteHistory(services.sessionOf(UNPAID).userId(), room));

    Reply all = gateway.send("DELETE", "/room/history", null, "Authorization", UNPAID);
    assertThat(all.json().path("deleted").asInt()).isEqualTo(7);
    assertThat(gateway.send("DELETE", "/room/history/x", null, "Authorization", UNPAID).status())
        .isEqualTo(400);
  }

  @Test
  void theRoomKnowsTheOwnTalkTime() {
    assertThat(gateway.getAs(UNPAID, "/room/me").json().path("timerTotal").asLong()).isEqualTo(120);
  }

  @Test
  void whoHasPaidNeedsNotEarnHisCode() {
    services.account =
        FakeServices.account(
            PaidStatus.PAID, false, new OwnCode("MYCODE0123456789", 3, 4, 1, "user"));

    JsonNode status = gateway.getAs(PAID, "/payment/status").json();

    assertThat(status.path("qrUnlocked").asBoolean()).isTrue();
    assertThat(status.path("myInviteCode").asText()).isEqualTo("MYCODE0123456789");
    assertThat(status.path("inviteCodeUsesRemaining").asInt()).isEqualTo(3);
    assertThat(status.path("myCodeInfo").path("maxUses").asInt()).isEqualTo(4);
    assertThat(status.path("paidAt").asLong()).isEqualTo(THEN.toEpochMilli());
  }

  @Test
  void aGraceUserHasNoCodeYet() {
    services.account = FakeServices.account(PaidStatus.QR_GRACE_PERIOD, false, null);

    JsonNode status = gateway.getAs(PAID, "/payment/status").json();

    assertThat(status.path("qrUnlocked").asBoolean()).isFalse();
    assertThat(status.path("myCodeInfo").isNull()).isTrue();
    assertThat(status.path("inviteCodeUsesRemaining").asInt()).isZero();
    assertThat(status.has("paidAt")).isFalse();
  }

  @Test
  void turnCredentialsAreForTheCallerAndKeptNowhere() {
    Reply reply = gateway.getAs(UNPAID, "/turn/credentials");

    assertThat(reply.json().path("iceServers").get(0).has("username")).isFalse();
    assertThat(reply.json().path("iceServers").get(1).path("credential").asText())
        .isEqualTo("secret");
    assertThat(reply.json().path("expiresAt").asLong()).isEqualTo(THEN.toEpochMilli());
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(heard(GetIceServers.class).userId()).isEqualTo(services.sessionOf(UNPAID).userId());
  }

  @Test
  void turnStatusSaysWhichProvidersCanBeAsked() {
    JsonNode status = gateway.getAs(PAID, "/turn/status").json();

    assertThat(status.path("coturn").asBoolean()).isTrue();
    assertThat(status.path("cloudflare").asBoolean()).isFalse();
    assertThat(status.path("twilio").asBoolean()).isTrue();
    assertThat(status.path("timestamp").asLong()).isPositive();
  }

  @Test
  void theLiveCountIsAskedForAtMostOnceASecond() {
    int first = gateway.get("/stats/live").json().path("onlineUsers").asInt();
    for (int i = 0; i < 20; i++) {
      gateway.get("/stats/live");
    }

    assertThat(first).isEqualTo(41);
    assertThat(services.counts.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void healthIsTrueAndKeepsItsFormats() {
    gateway.getAs(PAID, "/user/me");
    gateway.getAs(PAID, "/user/me");

    Reply reply = gateway.get("/health");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("status").asText()).isEqualTo("ok");
    assertThat(reply.json().path("memory").path("rss").asText()).matches("\\d+\\.\\d\\d MB");
    assertThat(reply.json().path("memory").path("usage").asText()).matches("\\d+\\.\\d%");
    assertThat(reply.json().path("connections").path("avgPerUser").asText()).isEqualTo("0.00");
    JsonNode cached = reply.json().path("cache").path("sessions");
    assertThat(cached.path("size").asInt()).isEqualTo(1);
    assertThat(cached.path("maxSize").asInt()).isEqualTo(20_000);
    assertThat(cached.path("hits").asInt()).isEqualTo(1);
    assertThat(cached.path("hitRate").asText()).isEqualTo("50.0%");
    assertThat(reply.json().path("services").path("user").path("status").asText())
        .isEqualTo("ready");
  }

  @Test
  void aServiceThatIsNotReadyDegradesHealthWithinASecond() {
    assertThat(gateway.get("/health").status()).isEqualTo(200);
    services.health.put("user", new Health(false, Map.of("postgresql", "not connected")));

    TestGateway.until("health is degraded", () -> gateway.get("/health").status() == 503);

    Reply reply = gateway.get("/health");
    assertThat(reply.json().path("status").asText()).isEqualTo("degraded");
    assertThat(reply.json().path("services").path("user").path("status").asText())
        .isEqualTo("not ready");
    assertThat(gateway.get("/").json().path("databases").path("postgresql").asText())
        .isEqualTo("not connected");
  }

  @Test
  void theRootTellsTheRealState() {
    JsonNode root = gateway.get("/").json();

    assertThat(root.path("version").asText()).isEqualTo("1.0.0");
    assertThat(root.path("status").asText()).isEqualTo("running");
    assertThat(root.path("environment").asText()).isEqualTo("development");
    assertThat(root.path("databases").path("postgresql").asText()).isEqualTo("connected");
    assertThat(root.path("databases").path("redis").asText()).isEqualTo("not configured");
  }

  @Test
  void aHeadRequestIsAnsweredLikeAGetWithoutItsBody() {
    Reply reply = gateway.send("HEAD", "/stats/live", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().body()).isEmpty();
  }
}
