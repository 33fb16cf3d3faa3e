package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ADMIN;
import static com.napalmsky.gateway.FakeServices.BANNED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.napalmsky.gateway.ApiDescription.Documented;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.limits.Windows;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The file and the code say the same: the routes are equal, and every documented status is really
 * answered. That each answer has the documented fields is checked by {@link TestGateway} on all
 * answers of all tests.
 */
class OpenApiTest {

  private static final Map<String, String> GOOD =
      Map.ofEntries(
          entry("/auth/guest", "{\"name\":\"A\",\"gender\":\"male\"}"),
          entry("/auth/login", "{\"email\":\"a@b.c\",\"password\":\"12345678\"}"),
          entry(
              "/auth/link",
              "{\"sessionToken\":\"" + PAID + "\",\"email\":\"a@b.c\",\"password\":\"12345678\"}"),
          entry("/auth/logout", ""),
          entry("/admin/login", "{\"username\":\"root\",\"password\":\"12345678\"}"),
          entry("/admin/logout", ""),
          entry("/auth/logout-everywhere", "{\"keepCurrent\":true}"),
          entry(
              "/auth/password/change", "{\"currentPassword\":\"1\",\"newPassword\":\"12345678\"}"),
          entry("/auth/password/reset-request", "{\"email\":\"a@b.c\"}"),
          entry("/auth/password/reset", "{\"token\":\"t\",\"newPassword\":\"12345678\"}"),
          entry("/user/me", "{\"socials\":{\"discord\":\"a\"}}"),
          entry(
              "/referral/generate", "{\"targetUserId\":\"11111111-1111-1111-1111-111111111111\"}"),
          entry("/referral/direct-match", "{\"referralCode\":\"MEETANNA42\"}"),
          entry("/report/user", "{\"reportedUserId\":\"11111111-1111-1111-1111-111111111111\"}"),
          entry("/report/appeal", "{\"text\":\"I was not\"}"),
          entry(
              "/auth/appeal",
              "{\"email\":\"a@b.c\",\"password\":\"12345678\",\"text\":\"I was not\"}"),
          entry("/report/review/{userId}", "{\"decision\":\"permanent\"}"),
          entry("/report/unban/{userId}", ""),
          entry("/report/ip-bans", "{\"ip\":\"192.0.2.0/24\",\"reason\":\"Sells things\"}"),
          entry("/room/again", "{\"roomId\":\"11111111-1111-1111-1111-111111111111\"}"),
          entry("/user/blocks", "{\"userId\":\"11111111-1111-1111-1111-111111111111\"}"),
          entry("/payment/create-checkout", ""),
          entry("/payment/webhook", "{}"),
          entry("/payment/apply-code", "{\"inviteCode\":\"" + FakePayments.CODE + "\"}"),
          entry("/payment/validate-code", "{\"code\":\"" + FakePayments.CODE + "\"}"),
          entry("/payment/admin/generate-code", "{\"label\":\"Flyer\"}"),
          entry("/payment/admin/deactivate-code", "{\"code\":\"" + FakePayments.CODE + "\"}"),
          entry("/admin/users/{userId}/role", "{\"role\":\"admin\"}"),
          entry("/admin/calls/{roomId}/end", "{}"),
          entry("/admin/announcements", "{\"text\":\"Back at eight\"}"));

  private static final Pattern MODERATION =
      Pattern.compile("/report/(all|pending|bans|stats|review|unban|ip-bans|check-ip).*");

  @Test
  void theRoutesOfTheCodeAreTheRoutesOfTheFile() {
    ManualTimers timers = new ManualTimers();
    LocalBus bus = new LocalBus();
    GatewayConfig config = TestGateway.config();
    GatewayShare share =
        new GatewayShare(
            config,
            timers,
            new SessionCache(bus, timers, config.sessions(), () -> Runnable::run),
            new Windows(timers, config.limits(), config.mostLimitKeys()),
            NoSockets.factory(),
            (viewer, people, hidden) -> {},
            "",
            new MemoryGuard(config.memory()));

    TreeSet<String> routes = new TreeSet<>();
    PublicApi.operations(bus, null, share)
        .forEach(one -> routes.add(one.method() + " " + one.path()));

    assertThat(routes).isEqualTo(new ApiDescription().operations());
    assertThat(new ApiDescription().version()).isEqualTo("3.1.0");
  }

  @TestFactory
  Stream<DynamicTest> everyDocumentedStatusIsAnswered() {
    return new ApiDescription()
        .answers().stream().map(one -> dynamicTest(one.toString(), () -> assertAnswered(one)));
  }

  private static void assertAnswered(Documented one) {
    Vertx vertx = Vertx.vertx();
    try {
      assertThat(provoke(one, vertx).status()).isEqualTo(one.status());
    } finally {
      TestGateway.await(vertx.close());
    }
  }

  private static Reply provoke(Documented one, Vertx vertx) {
    TestGateway gateway =
        one.status() == 429
            ? TestGateway.start(
                vertx,
                "GATEWAY_LIMIT_API_PER_MINUTE",
                "1",
                "GATEWAY_LIMIT_PAYMENT_PER_HOUR",
                "1",
                "GATEWAY_LIMIT_VISITORS_PER_MINUTE",
                "1",
                "GATEWAY_LIMIT_TURN_PER_HOUR",
                "1",
                "GATEWAY_LIMIT_REPORT_PER_HOUR",
                "1",
                "GATEWAY_LIMIT_AUTH_FAILURES",
                "1")
            : TestGateway.start(vertx);
    FakeServices services = gateway.services;
    if (one.path().startsWith("/media/") || one.path().startsWith("/uploads/")) {
      return MediaSteps.provoke(one.path(), one.status(), gateway);
    }
    switch (one.status()) {
      case 304 -> {
        String tag = ask(gateway, one, PAID).header("etag");
        return gateway.getAs(PAID, one.path(), "If-None-Match", tag);
      }
      case 400 -> {
        if (one.path().contains("{")) {
          return gateway.send(
              one.method(),
              one.path().replaceAll("\\{\\w+}", "x".repeat(200)),
              null,
              "Authorization",
              PAID);
        }
        return one.method().equals("GET")
            ? gateway.getAs(welcome(one), one.path() + "?limit=none")
            : refusable(gateway, one);
      }
      case 401 -> {
        services.logIn = asked -> LoggedIn.refused();
        services.moderation.appeal = AppealOutcome.REFUSED;
        services.linkOutcome = LinkOutcome.SESSION_REFUSED;
        services.adminLoggedIn =
            new AdminLoggedIn(AdminLogInOutcome.REFUSED, null, null, null, null);
        return ask(gateway, one, null);
      }
      case 402 -> {
        return ask(gateway, one, UNPAID);
      }
      case 403 -> {
        services.payments.state = CodeState.INACTIVE;
        services.signUp = asked -> new SignedUp(SignUpOutcome.CODE_REFUSED, null, null, null, null);
        services.logIn = asked -> LoggedIn.banned(BanStatus.PERMANENT, ReviewStatus.REVIEWED_BAN);
        return ask(gateway, one, BANNED);
      }
      case 404 -> {
        services.accountGone = true;
        services.linkOutcome = LinkOutcome.USER_GONE;
        services.introductions.nothing();
        services.payments.nothing();
        services.sessionFound = false;
        services.wishOutcome = WishOutcome.NO_SUCH_CALL;
        services.admins.nothing();
        services.moderation.nothing();
        return ask(gateway, one, welcome(one));
      }
      case 409 -> {
        services.linkOutcome = LinkOutcome.EMAIL_TAKEN;
        services.changeOutcome = ChangeOutcome.NO_PASSWORD;
        services.admins.conflict();
        services.moderation.conflict();
        return ask(gateway, one, welcome(one));
      }
      case 410 -> {
        services.resetOutcome = ResetOutcome.TOKEN_OVER;
        return ask(gateway, one, welcome(one));
      }
      case 429 -> {
        services.deletionOutcome = DeletionOutcome.PASSWORD_WRONG;
        if (one.path().equals("/admin/verify")) {
          return List.of(ask(gateway, one, "nobody's"), ask(gateway, one, "nobody's")).get(1);
        }
        return one.path().startsWith("/auth/") || one.path().startsWith("/admin/log")
            ? List.of(refusable(gateway, one), refusable(gateway, one)).get(1)
            : List.of(ask(gateway, one, welcome(one)), ask(gateway, one, welcome(one))).get(1);
      }
      case 500 -> {
        services.payments.checkout = CheckoutOutcome.REFUSED;
        services.payments.webhook = WebhookOutcome.NOT_CONFIGURED;
        return ask(gateway, one, welcome(one));
      }
      case 503 -> {
        services.down = true;
        services.health.put("user", new Health(false, Map.of()));
        return ask(gateway, one, welcome(one));
      }
      default -> {
        return ask(gateway, one, welcome(one));
      }
    }
  }

  /** The token of somebody who may do this. */
  private static String welcome(Documented one) {
    return one.path().contains("/admin/") || MODERATION.matcher(one.path()).matches()
        ? ADMIN
        : PAID;
  }

  private static String segment(Documented one) {
    if (one.path().startsWith("/payment/")) {
      return FakePayments.CODE;
    }
    return one.path().endsWith("{ip}") ? "192.0.2.1" : "11111111-1111-1111-1111-111111111111";
  }

  private static String path(Documented one) {
    return one.path().replace("{id}", "44444444-4444-4444-4444-444444444444");
  }

  private static Reply refusable(TestGateway gateway, Documented one) {
    return gateway.send(
        one.method(), path(one), "{", "Content-Type", "application/json", "Authorization", PAID);
  }

  private static Reply ask(TestGateway gateway, Documented one, String token) {
    String body = one.method().equals("GET") ? null : GOOD.get(one.path());
    if (body != null && token != null) {
      body = body.replace(PAID, token);
    }
    String path = one.path().replaceAll("\\{\\w+}", segment(one));
    return token == null
        ? gateway.send(one.method(), path, body, "Content-Type", "application/json")
        : gateway.send(
            one.method(),
            path,
            body,
            "Content-Type",
            "application/json",
            "Stripe-Signature",
            "t=1,v1=00",
            "Authorization",
            "Bearer " + token);
  }
}
