package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How often one may ask, on the wire. */
@ExtendWith(VertxExtension.class)
abstract class RateLimitSuite {

  /** Settings that say where requests are counted. */
  abstract String[] counting();

  private TestGateway start(Vertx vertx, String... settings) {
    return TestGateway.start(
        vertx, Stream.of(settings, counting()).flatMap(Stream::of).toArray(String[]::new));
  }

  private static final String LOGIN = "{\"email\":\"Anna@example.org\",\"password\":\"guess\"}";
  private static final String APPEAL =
      "{\"email\":\"anna@example.org\",\"password\":\"guess\",\"text\":\"No\"}";
  private static final String GUEST = "{\"name\":\"A\",\"gender\":\"male\"}";

  private static TestGateway refusingLogins(TestGateway gateway) {
    gateway.services.logIn = asked -> LoggedIn.refused();
    return gateway;
  }

  private static long logins(TestGateway gateway) {
    return gateway.services.heard.stream().filter(LogIn.class::isInstance).count();
  }

  @Test
  void theSeventhWrongPasswordIsNotEvenTried(Vertx vertx) {
    TestGateway gateway = refusingLogins(start(vertx));
    for (int left = 5; left >= 0; left--) {
      Reply wrong = gateway.post("/auth/login", LOGIN);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.header("ratelimit-policy")).isEqualTo("6;w=600");
      assertThat(wrong.header("ratelimit-limit")).isEqualTo("6");
      assertThat(wrong.header("ratelimit-remaining")).isEqualTo(String.valueOf(left));
    }

    Reply seventh = gateway.post("/auth/login", LOGIN);

    assertThat(seventh.status()).isEqualTo(429);
    assertThat(seventh.error()).contains("Too many");
    assertThat(seventh.json().path("message").asText()).isNotEmpty();
    assertThat(seventh.json().path("retryAfter").asInt()).isBetween(590, 600);
    assertThat(seventh.header("retry-after")).isEqualTo(seventh.header("ratelimit-reset"));
    assertThat(seventh.header("ratelimit-remaining")).isEqualTo("0");
    assertThat(logins(gateway)).isEqualTo(6);
  }

  @Test
  void passwordsGuessedByAppealsCountLikeThoseOfLogIns(Vertx vertx) {
    TestGateway gateway = refusingLogins(start(vertx, "TRUSTED_PROXY_HOPS", "1"));
    gateway.services.moderation.appeal = AppealOutcome.REFUSED;
    for (int i = 0; i < 3; i++) {
      assertThat(gateway.post("/auth/login", LOGIN, "X-Forwarded-For", "192.0.2." + i).status())
          .isEqualTo(401);
      assertThat(
              gateway.post("/auth/appeal", APPEAL, "X-Forwarded-For", "198.51.100." + i).status())
          .isEqualTo(401);
    }

    assertThat(gateway.post("/auth/appeal", APPEAL, "X-Forwarded-For", "203.0.113.1").status())
        .isEqualTo(429);
    assertThat(gateway.post("/auth/login", LOGIN, "X-Forwarded-For", "203.0.113.2").status())
        .isEqualTo(429);
  }

  @Test
  void misshapenAttemptsCountToo(Vertx vertx) {
    TestGateway gateway = start(vertx);
    for (int i = 0; i < 3; i++) {
      assertThat(gateway.post("/auth/login", "{").status()).isEqualTo(400);
      assertThat(gateway.post("/auth/guest", "{\"name\":5}").status()).isEqualTo(400);
    }

    assertThat(gateway.post("/auth/login", "{").status()).isEqualTo(429);
    assertThat(gateway.post("/auth/login", LOGIN).status()).isEqualTo(429);
  }

  @Test
  void successesDoNotCount(Vertx vertx) {
    TestGateway gateway = start(vertx);

    for (int i = 0; i < 20; i++) {
      Reply reply = gateway.post("/auth/login", LOGIN);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("ratelimit-remaining")).isEqualTo("6");
    }
  }

  @Test
  void oneAccountIsProtectedAgainstManyAddresses(Vertx vertx) {
    TestGateway gateway = refusingLogins(start(vertx, "TRUSTED_PROXY_HOPS", "1"));
    for (int i = 0; i < 6; i++) {
      gateway.post("/auth/login", LOGIN, "X-Forwarded-For", "203.0.113." + i);
    }

    Reply sameAccount =
        gateway.post(
            "/auth/login", LOGIN.replace("Anna", " aNNA"), "X-Forwarded-For", "203.0.113.99");
    Reply otherAccount =
        gateway.post(
            "/auth/login", LOGIN.replace("Anna", "Bert"), "X-Forwarded-For", "203.0.113.99");

    assertThat(sameAccount.status()).isEqualTo(429);
    assertThat(otherAccount.status()).isEqualTo(401);
  }

  @Test
  void aForgedHeaderIsNoWayAroundTheLimit(Vertx vertx) {
    TestGateway gateway = refusingLogins(start(vertx, "TRUSTED_PROXY_HOPS", "1"));
    for (int i = 0; i < 6; i++) {
      gateway.post(
          "/auth/login",
          LOGIN.replace("Anna", "user" + i),
          "X-Forwarded-For",
          "10.0.0." + i + ", 203.0.113.7");
    }

    Reply seventh =
        gateway.post(
            "/auth/login",
            LOGIN.replace("Anna", "user7"),
            "X-Forwarded-For",
            "10.0.0.7, 203.0.113.7");

    assertThat(seventh.status()).isEqualTo(429);
  }

  @Test
  void anOutageUsesUpNobodysAttempts(Vertx vertx) {
    TestGateway gateway = start(vertx);
    gateway.services.down = true;
    for (int i = 0; i < 10; i++) {
      assertThat(gateway.post("/auth/login", LOGIN).status()).isEqualTo(503);
    }
    gateway.services.down = false;

    assertThat(gateway.post("/auth/login", LOGIN).status()).isEqualTo(200);
  }

  @Test
  void resetsAreLimitedByAddressAndByAccount(Vertx vertx) {
    TestGateway gateway =
        start(vertx, "TRUSTED_PROXY_HOPS", "1", "GATEWAY_LIMIT_RESETS_PER_HOUR", "3");
    for (int i = 0; i < 3; i++) {
      assertThat(reset(gateway, "anna@example.org", "203.0.113." + i).status()).isEqualTo(200);
      assertThat(reset(gateway, "user" + i + "@example.org", "203.0.113.9").status())
          .isEqualTo(200);
    }

    Reply sameAccount = reset(gateway, " ANNA@example.org", "203.0.113.50");
    Reply sameAddress = reset(gateway, "another@example.org", "203.0.113.9");
    Reply neither = reset(gateway, "another@example.org", "203.0.113.50");

    assertThat(sameAccount.status()).isEqualTo(429);
    assertThat(sameAccount.header("retry-after")).isNotNull();
    assertThat(sameAddress.status()).isEqualTo(429);
    assertThat(neither.status()).as("a refusal uses nothing up").isEqualTo(200);
    assertThat(neither.header("ratelimit-remaining")).isEqualTo("2");
  }

  private static Reply reset(TestGateway gateway, String email, String address) {
    return gateway.post(
        "/auth/password/reset-request",
        "{\"email\":\"" + email + "\"}",
        "X-Forwarded-For",
        address);
  }

  @Test
  void whoCannotLogInAnyMoreCanStillAskForAReset(Vertx vertx) {
    TestGateway gateway = refusingLogins(start(vertx, "TRUSTED_PROXY_HOPS", "1"));
    for (int i = 0; i < 7; i++) {
      gateway.post("/auth/login", LOGIN, "X-Forwarded-For", "203.0.113." + i);
    }

    assertThat(reset(gateway, "anna@example.org", "203.0.113.99").status()).isEqualTo(200);
  }

  @Test
  void aStolenTokenIsGoodForSixGuessesAtThePassword(Vertx vertx) {
    TestGateway gateway = start(vertx, "TRUSTED_PROXY_HOPS", "1");
    gateway.services.changeOutcome = ChangeOutcome.PASSWORD_WRONG;
    gateway.services.deletionOutcome = DeletionOutcome.PASSWORD_WRONG;
    for (int i = 0; i < 3; i++) {
      assertThat(change(gateway, "203.0.113." + i).status()).isEqualTo(403);
      assertThat(delete(gateway, "203.0.113." + i).status()).isEqualTo(403);
    }

    assertThat(change(gateway, "203.0.113.99").status()).isEqualTo(429);
    assertThat(delete(gateway, "203.0.113.99").status()).isEqualTo(429);
  }

  private static Reply change(TestGateway gateway, String address) {
    return gateway.post(
        "/auth/password/change",
        "{\"currentPassword\":\"a guess\",\"newPassword\":\"12345678\"}",
        "Authorization",
        PAID,
        "X-Forwarded-For",
        address);
  }

  private static Reply delete(TestGateway gateway, String address) {
    return gateway.send(
        "DELETE",
        "/user/me",
        "{\"currentPassword\":\"a guess\"}",
        "Authorization",
        PAID,
        "X-Forwarded-For",
        address);
  }

  @Test
  void theEleventhGuestOfAnHourIsRefused(Vertx vertx) {
    TestGateway gateway = start(vertx);
    for (int i = 0; i < 10; i++) {
      assertThat(gateway.post("/auth/guest", GUEST).status()).isEqualTo(200);
    }

    Reply eleventh = gateway.post("/auth/guest", GUEST);

    assertThat(eleventh.status()).isEqualTo(429);
    assertThat(eleventh.header("ratelimit-policy")).isEqualTo("10;w=3600");
    assertThat(
            gateway
                .management("/health/ready")
                .json()
                .path("details")
                .path("limits.guests.refusals")
                .asText())
        .isEqualTo("1");
  }

  @Test
  void zeroMeansNoLimit(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_GUESTS_PER_HOUR", "0");

    for (int i = 0; i < 30; i++) {
      assertThat(gateway.post("/auth/guest", GUEST).status()).isEqualTo(200);
    }
  }

  @Test
  void usersBehindOneAddressDoNotShareALimit(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_LIMIT_API_PER_MINUTE", "3");
    for (int i = 0; i < 3; i++) {
      assertThat(gateway.getAs(PAID, "/room/queue").status()).isEqualTo(200);
    }

    Reply fourth = gateway.getAs(PAID, "/user/me");
    Reply other = gateway.getAs(UNPAID, "/user/me");

    assertThat(fourth.status()).isEqualTo(429);
    assertThat(fourth.json().path("retryAfterMinutes").asInt()).isEqualTo(1);
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("ratelimit-remaining")).isEqualTo("2");
  }

  @Test
  void turnHasALimitOfItsOwn(Vertx vertx) {
    TestGateway gateway = start(vertx);
    for (int i = 0; i < 30; i++) {
      assertThat(gateway.getAs(PAID, "/turn/credentials").status()).isEqualTo(200);
    }

    assertThat(gateway.getAs(PAID, "/turn/status").status()).isEqualTo(429);
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(200);
  }

  @Test
  void aFloodOfInventedTokensIsNotLookedUpWithoutEnd(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_LIMIT_API_PER_MINUTE", "10");
    gateway.getAs(PAID, "/user/me");

    for (int i = 0; i < 50; i++) {
      gateway.getAs("invented-" + i, "/user/me");
    }

    assertThat(gateway.services.authentications.get()).isLessThanOrEqualTo(11);
    assertThat(gateway.getAs("invented", "/user/me").status()).isEqualTo(429);
    // Others behind the same address go on.
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(200);
  }

  @Test
  void unlimitedRoutesCarryNoHeaders(Vertx vertx) {
    Reply reply = start(vertx).get("/stats/live");

    assertThat(reply.header("ratelimit-limit")).isNull();
  }
}
