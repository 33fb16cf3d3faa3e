package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakePayments.CODE;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How often codes may be tried, and other bounds, each with settings of its own. */
@ExtendWith(VertxExtension.class)
abstract class CodeLimitsSuite {

  /** Settings that say where requests are counted. */
  abstract String[] counting();

  private TestGateway start(Vertx vertx, String... settings) {
    return TestGateway.start(
        vertx, Stream.of(settings, counting()).flatMap(Stream::of).toArray(String[]::new));
  }

  private static final String APPLY = "{\"inviteCode\":\"" + CODE + "\"}";
  private static final String VALIDATE = "{\"code\":\"" + CODE + "\"}";

  @Test
  void anotherAddressIsNoWayAroundAUsersLimit(Vertx vertx) {
    TestGateway gateway = start(vertx, "TRUSTED_PROXY_HOPS", "1");
    gateway.services.payments.applied = ApplyOutcome.UNKNOWN;
    for (int i = 0; i < 5; i++) {
      assertThat(applyFrom(gateway, "203.0.113." + i, UNPAID).status()).isEqualTo(403);
    }

    Reply sixth = applyFrom(gateway, "203.0.113.99", UNPAID);
    Reply other = applyFrom(gateway, "203.0.113.99", PAID);

    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.json().path("retryAfter").asLong()).isGreaterThan(3_000_000L);
    assertThat(other.status()).isEqualTo(403);
  }

  @Test
  void zeroMeansNoLimitAndNothingIsSaidOfOne(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_LIMIT_CODE_GUESSES_PER_HOUR", "0");
    gateway.services.payments.state = CodeState.UNKNOWN;
    for (int i = 0; i < 20; i++) {
      Reply wrong = gateway.post("/payment/validate-code", VALIDATE);
      assertThat(wrong.status()).isEqualTo(404);
      assertThat(wrong.json().has("attemptsRemaining")).isFalse();
    }
  }

  @Test
  void imagesAreKeptWithinTheirBound(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_QR_IMAGES_MAX", "3");
    for (int i = 0; i < 9; i++) {
      assertThat(gateway.get("/payment/qr/AAAABBBBCCCC000" + i).status()).isEqualTo(200);
    }

    JsonNode details = gateway.management("/health/ready").json().path("details");
    assertThat(details.path("qr-images.size").asText()).isEqualTo("3");
    assertThat(details.path("qr-images.max").asText()).isEqualTo("3");
    assertThat(details.path("qr-images.evictions").asText()).isEqualTo("6");
  }

  @Test
  void visitorsAreLimitedByAddress(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_LIMIT_VISITORS_PER_MINUTE", "2");
    gateway.get("/payment/qr/" + CODE);
    gateway.get("/payment/qr/" + CODE);

    Reply third = gateway.get("/payment/qr/" + CODE);

    assertThat(third.status()).isEqualTo(429);
    assertThat(third.json().path("retryAfter").asInt()).isBetween(1, 60);
  }

  private static Reply applyFrom(TestGateway gateway, String address, String token) {
    return gateway.post(
        "/payment/apply-code", APPLY, "X-Forwarded-For", address, "Authorization", token);
  }

  @Test
  void webhooksUseUpNobodysLimit(Vertx vertx) {
    TestGateway gateway = start(vertx, "GATEWAY_LIMIT_PAYMENT_PER_HOUR", "1");
    for (int i = 0; i < 20; i++) {
      Reply reply = gateway.post("/payment/webhook", "{}", "Stripe-Signature", "t=1,v1=00");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("ratelimit-limit")).isNull();
    }

    assertThat(gateway.getAs(PAID, "/payment/status").status()).isEqualTo(200);
    assertThat(gateway.getAs(PAID, "/payment/status").status()).isEqualTo(429);
  }
}
