package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what becomes of requests that are not as they should be. */
@ExtendWith(VertxExtension.class)
class GuardTest {

  private TestGateway gateway;
  private FakeServices services;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx, "GATEWAY_LIMIT_AUTH_FAILURES", "0");
    services = gateway.services;
  }

  static Stream<String> guarded() {
    return Stream.of(
        "/user/me",
        "/room/queue",
        "/room/reel",
        "/room/history",
        "/room/me",
        "/payment/status",
        "/referral/target-status/MEETANNA42",
        "/referral/links",
        "/referral/notifications",
        "/referral/my-introductions",
        "/user/blocks",
        "/turn/credentials",
        "/turn/status");
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void nobodyGetsInWithoutASession(String path) {
    Reply none = gateway.get(path);
    Reply unknown = gateway.getAs("invented", path);
    Reply tooLong = gateway.getAs("x".repeat(300), path);

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.json().size()).isEqualTo(1);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.error()).contains("Invalid or expired session");
    assertThat(unknown.json().has("sessionInvalidated")).isFalse();
    assertThat(tooLong.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void aDisplacedSessionIsToldWhy(String path) {
    Reply reply = gateway.getAs(DISPLACED, path);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.error()).contains("Invalid or expired session");
    assertThat(reply.json().path("sessionInvalidated").asBoolean()).isTrue();
    assertThat(reply.json().path("message").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void aBannedUserIsToldSo(String path) {
    Reply reply = gateway.getAs(BANNED, path);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).contains("suspended");
    assertThat(reply.json().path("banned").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/room/queue", "/room/reel"})
  void onlyWhoHasAccessMeetsPeople(String path) {
    Reply reply = gateway.getAs(UNPAID, path);

    assertThat(reply.status()).isEqualTo(402);
    assertThat(reply.json().path("requiresPayment").asBoolean()).isTrue();
    assertThat(reply.json().path("message").asText()).isNotEmpty();
  }

  @Test
  void aBannedUserMayAskWhyAndAppeal() {
    assertThat(gateway.getAs(BANNED, "/report/check-ban").status()).isEqualTo(200);
    assertThat(gateway.postAs(BANNED, "/report/appeal", "{\"text\":\"No\"}").status())
        .isEqualTo(200);
    assertThat(gateway.getAs(BANNED, "/report/blacklist").status()).isEqualTo(200);
    assertThat(gateway.getAs(DISPLACED, "/report/check-ban").status()).isEqualTo(401);
    assertThat(gateway.getAs("invented", "/report/check-ban").status()).isEqualTo(401);
    assertThat(gateway.get("/report/check-ban").status()).isEqualTo(401);
  }

  @Test
  void aBannedUserMayStillSignOut() {
    assertThat(gateway.postAs(BANNED, "/auth/logout", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", ""})
  void theWordBearerMayBeLeftOut(String word) {
    assertThat(gateway.get("/user/me", "Authorization", word + PAID).status()).isEqualTo(200);
  }

  @Test
  void aSessionEndedByANewLoginIsRefusedAtOnceAndAgainAfterwards() {
    Session session = services.sessionOf(PAID);
    assertThat(gateway.getAs(PAID, "/room/queue").status()).isEqualTo(200);
    int asked = services.authentications.get();

    // user-service itself still says ACTIVE: only the event can be what ends it.
    services.announceEnd(session, SessionEnd.NEW_LOGIN);

    TestGateway.until(
        "the token is refused", () -> gateway.getAs(PAID, "/room/queue").status() == 401);
    Reply reply = gateway.getAs(PAID, "/user/me");
    assertThat(reply.json().path("sessionInvalidated").asBoolean()).isTrue();
    assertThat(services.authentications.get()).isEqualTo(asked);
  }

  @Test
  void whoeverGotTheAnswerToALoginFindsTheOldTokenRefused() {
    for (int i = 0; i < 100; i++) {
      String token = "old-token-" + i;
      Session old = services.admit(token, FakeServices.session(PaidStatus.PAID));
      services.logIn = asked -> displacing(token, old);
      assertThat(gateway.getAs(token, "/user/me").status()).isEqualTo(200);

      gateway.post("/auth/login", "{\"email\":\"a@b.c\",\"password\":\"12345678\"}");

      assertThat(gateway.getAs(token, "/user/me").status()).isEqualTo(401);
    }
  }

  /** Commits the displacement; its announcement is still on its way. */
  private LoggedIn displacing(String token, Session old) {
    services.sessions.put(TokenHash.of(token), new Authenticated(Verdict.DISPLACED, null));
    return new LoggedIn(
        LogInOutcome.LOGGED_IN, "new-" + token, old, "a@b.c", 1, BanStatus.NONE, null);
  }

  @Test
  void aServiceThatIsDownAnswers503WithARetryHint() {
    gateway.getAs(PAID, "/user/me");
    services.down = true;

    for (String path : guarded().toList()) {
      Reply reply = gateway.getAs(PAID, path);
      assertThat(reply.status()).as(path).isEqualTo(503);
      assertThat(reply.header("retry-after")).as(path).matches("[1-9]\\d*");
    }
    assertThat(
            gateway.post("/auth/login", "{\"email\":\"a@b.c\",\"password\":\"12345678\"}").status())
        .isEqualTo(503);
    assertThat(gateway.getAs("unknown here", "/user/me").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/auth/guest|{\"name\":123,\"gender\":\"male\"}|name",
        "/auth/guest|{\"name\":\"  \",\"gender\":\"male\"}|name",
        "/auth/guest|{\"gender\":\"male\"}|name",
        "/auth/guest|{\"name\":null,\"gender\":\"male\"}|name",
        "/auth/guest|{\"name\":\"a\\u0000b\",\"gender\":\"male\"}|name",
        "/auth/guest|{\"name\":\"a\\u001bb\",\"gender\":\"male\"}|name",
        "/auth/guest|{\"name\":\"A\"}|gender",
        "/auth/guest|{\"name\":\"A\",\"gender\":\"robot\"}|gender",
        "/auth/guest|{\"name\":\"A\",\"gender\":{}}|gender",
        "/auth/guest|{\"name\":\"A\",\"gender\":\"male\",\"inviteCode\":5}|inviteCode",
        "/auth/guest|{\"name\":\"A\",\"gender\":\"male\",\"inviteCode\":\"SHORT\"}|inviteCode",
        "/auth/guest|{\"name\":\"A\",\"gender\":\"male\",\"referralCode\":[]}|referralCode",
        "/auth/login|{\"email\":\"a@b.c\",\"password\":5}|password",
        "/auth/login|{\"email\":\"a@b.c\"}|password",
        "/auth/login|{\"email\":true,\"password\":\"x\"}|email",
        "/auth/link|{\"sessionToken\":\"t\",\"email\":\"a@b.c\",\"password\":12345678}|password",
        "/auth/link|{\"email\":\"a@b.c\",\"password\":\"12345678\"}|sessionToken",
        "/auth/link|{\"sessionToken\":{},\"email\":\"a@b.c\",\"password\":\"1\"}|sessionToken",
        "/auth/login||email",
        "/auth/login|{}|email",
      })
  void aFieldThatDoesNotFitIsNamed(String path, String body, String field) {
    Reply reply = gateway.post(path, body == null ? "" : body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"text\"", "null", "7", "{\"a\":1} x", "{'a':1}", "\u0001"})
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    for (String path : new String[] {"/auth/guest", "/auth/link", "/auth/login", "/auth/logout"}) {
      Reply reply = gateway.postAs(PAID, path, body);
      assertThat(reply.status()).as(path).isEqualTo(400);
      assertThat(reply.error()).as(path).contains("JSON");
    }
    assertThat(gateway.putAs(PAID, "/user/me", body).status()).isEqualTo(400);
  }

  @Test
  void deepNestingIsRefusedWithoutHarm() {
    assertThat(gateway.post("/auth/login", "[".repeat(50_000)).status()).isEqualTo(400);
    assertThat(gateway.post("/auth/login", "{\"a\":".repeat(15_000)).status()).isEqualTo(400);
  }

  @Test
  void socialsMustBeAnObject() {
    Reply reply = gateway.putAs(PAID, "/user/me", "{\"socials\":\"me\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("socials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/room/queue?limit=x",
        "/room/queue?limit=0",
        "/room/queue?limit=-5",
        "/room/queue?limit=1.5",
        "/room/reel?limit=",
        "/room/history?limit=a",
        "/room/history?before=yesterday",
        "/room/history?before=99999999999999999"
      })
  void aQueryThatDoesNotFitIsRefused(String path) {
    Reply reply = gateway.getAs(PAID, path);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).matches("(limit|before) .*");
  }

  @Test
  void aBodyOfAMegabyteIsRefusedAndTheGatewayLivesOn() {
    String body = "{\"name\":\"" + "x".repeat(1_000_000) + "\"}";

    String answer =
        gateway.raw(
            "POST /auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413").contains("{\"error\":");
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(200);
  }

  @Test
  void aChunkedBodyOfAMegabyteIsRefused() {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

    String answer =
        gateway.raw(
            "POST /auth/guest HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(7));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("{\"error\":");
  }

  @Test
  void aBodyUpToTheLimitIsRead() {
    String body =
        "{\"password\":\"x\",\"email\":\"a@b.c\",\"more\":\"" + "x".repeat(100_000) + "\"}";

    assertThat(gateway.post("/auth/login", body).status()).isEqualTo(200);
  }

  @Test
  void onlyJsonIsUnderstood() {
    Reply reply =
        gateway.send(
            "POST",
            "/auth/login",
            "email=a&password=b",
            "Content-Type",
            "application/x-www-form-urlencoded");

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.error()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/room", "/room/queue/x", "/socket.io/?EIO=4", "/admin"})
  void anUnknownPathIs404InJson(String path) {
    Reply reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).isNotEmpty();
  }

  @Test
  void anotherMethodIs405WithTheAllowedOnes() {
    Reply delete = gateway.send("DELETE", "/room/me", null);
    Reply get = gateway.get("/auth/login");
    Reply options = gateway.send("OPTIONS", "/room/me", null);

    assertThat(delete.status()).isEqualTo(405);
    assertThat(delete.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(delete.error()).isNotEmpty();
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.header("allow")).isEqualTo("OPTIONS, POST");
    assertThat(options.status()).isEqualTo(204);
  }

  @Test
  void anEndlessAddressIsRefusedInJson() {
    String answer = gateway.raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.. 414 .*").contains("{\"error\":", "nosniff");
  }

  @Test
  void endlessHeadersAreRefusedInJson() {
    String answer =
        gateway.raw("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(9_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431").contains("{\"error\":", "nosniff");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/room/%zz", "/%", "/room/queue?limit=%zz", "/?%"})
  void brokenEscapesDoNoHarm(String target) {
    String answer =
        gateway.raw(
            "GET " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + PAID + "\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (200|400|404) .*").contains("nosniff");
  }

  @Test
  void aFaultOfOursSaysNothingOfItself() {
    services.signUp =
        asked -> {
          throw new IllegalStateException("secret detail");
        };

    Reply reply = gateway.post("/auth/guest", "{\"name\":\"A\",\"gender\":\"male\"}");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void accessThatWasJustPaidForOpensTheDoor() {
    Session unpaid = services.sessionOf(UNPAID);
    assertThat(gateway.getAs(UNPAID, "/room/queue").status()).isEqualTo(402);

    services
        .bus()
        .publish(
            UserContract.ACCOUNT_CHANGED,
            new AccountChanged(unpaid.person(), PaidStatus.QR_GRACE_PERIOD, BanStatus.NONE));

    TestGateway.until(
        "the door is open", () -> gateway.getAs(UNPAID, "/room/queue").status() == 200);
  }
}
