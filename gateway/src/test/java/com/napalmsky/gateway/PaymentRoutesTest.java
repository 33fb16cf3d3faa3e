package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying, on the wire. */
@ExtendWith(VertxExtension.class)
class PaymentRoutesTest {

  private static final String SIGNATURE = "t=1,v1=00,v1=ff";

  private TestGateway gateway;
  private FakeServices services;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx, "GATEWAY_WEBHOOK_MAX_BYTES", "2048");
    services = gateway.services;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  private Reply webhook(String body, String contentType) {
    return gateway.send(
        "POST",
        "/payment/webhook",
        body,
        "Content-Type",
        contentType,
        "Stripe-Signature",
        SIGNATURE);
  }

  @Test
  void aPageToPayOnIsForTheCallerWhateverHeSends() {
    Reply reply =
        gateway.post(
            "/payment/create-checkout",
            "{\"userId\":\"someone else\"}",
            "Authorization",
            UNPAID,
            "Origin",
            "http://localhost:3000");

    assertThat(reply.text())
        .isEqualTo("{\"checkoutUrl\":\"https://pay.example/cs_1\",\"sessionId\":\"cs_1\"}");
    assertThat(heard(CreateCheckout.class))
        .isEqualTo(new CreateCheckout(services.sessionOf(UNPAID).userId()));
  }

  @ParameterizedTest
  @CsvSource({"HAS_ACCESS, 400", "USER_GONE, 404", "NOT_CONFIGURED, 503", "REFUSED, 500"})
  void whoeverGetsNoPageIsToldWhy(CheckoutOutcome outcome, int status) {
    services.payments.checkout = outcome;

    Reply reply = gateway.postAs(UNPAID, "/payment/create-checkout", "");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.error()).isNotEmpty();
  }

  @Test
  void withoutAKeyTheTextSaysSo() {
    services.payments.checkout = CheckoutOutcome.NOT_CONFIGURED;

    Reply reply = gateway.postAs(UNPAID, "/payment/create-checkout", "");

    assertThat(reply.error()).isEqualTo("Payments are not set up on this server");
    assertThat(reply.header("retry-after")).isNull();
  }

  @Test
  void theBytesOfAWebhookPassUnchangedWhateverTheyAre() throws Exception {
    String body = "{\n  \"id\" : \"evt_1\",\r\n\t\"é😀\": [1,2 ,3]\n}\n";

    Reply reply = webhook(body, "application/json; charset=utf-8");

    assertThat(reply.text()).isEqualTo("{\"received\":true}");
    ReceiveWebhook heard = heard(ReceiveWebhook.class);
    assertThat(heard.bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8));
    assertThat(heard.signature()).isEqualTo(SIGNATURE);
  }

  @Test
  void bytesThatAreNoTextPassToo() {
    String body = "\u0000\u00ff\u00fe\u0080{";

    String answer =
        gateway.raw(
            "POST /payment/webhook HTTP/1.1\r\nHost: x\r\nStripe-Signature: "
                + SIGNATURE
                + "\r\nContent-Length: 5\r\n\r\n"
                + body);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(heard(ReceiveWebhook.class).bytes())
        .isEqualTo(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/octet-stream"})
  void aWebhookMayCallItsBodyWhatItLikes(String contentType) {
    assertThat(webhook("{", contentType).status()).isEqualTo(200);
    assertThat(heard(ReceiveWebhook.class).bytes()).isEqualTo(new byte[] {'{'});
  }

  @Test
  void anEmptyWebhookIsNoFault() {
    assertThat(webhook("", "application/json").status()).isEqualTo(200);
    assertThat(heard(ReceiveWebhook.class).bytes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNATURE_REFUSED, 400",
    "UNREADABLE, 400",
    "NOT_CONFIGURED, 500",
  })
  void aWebhookThatIsRefusedIsAnsweredInText(WebhookOutcome outcome, int status) {
    services.payments.webhook = outcome;

    Reply reply = webhook("{}", "application/json");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.text()).isNotEmpty();
  }

  @Test
  void aWebhookWithoutASignatureReachesNoService() {
    Reply reply = gateway.post("/payment/webhook", "{}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("Stripe-Signature");
    assertThat(services.heard).isEmpty();
  }

  @Test
  void aWebhookBeyondItsBoundIsRefusedAndOneUpToItIsRead() {
    assertThat(webhook("x".repeat(2048), "application/json").status()).isEqualTo(200);
    assertThat(webhook("x".repeat(2049), "application/json").status()).isEqualTo(413);
  }

  @Test
  void stripeIsAskedToComeAgainWhileTheServiceIsAway() {
    services.down = true;

    assertThat(webhook("{}", "application/json").status()).isEqualTo(503);
  }

  @Test
  void whoeverReadsThatHeHasPaidFindsTheDoorOpenBeforeItIsAnnounced() {
    assertThat(gateway.getAs(UNPAID, "/room/queue").status()).isEqualTo(402);
    services.sessions.put(
        TokenHash.of(UNPAID),
        new Authenticated(Verdict.ACTIVE, FakeServices.session(PaidStatus.PAID)));

    assertThat(gateway.getAs(UNPAID, "/payment/status").json().path("paidStatus").asText())
        .isEqualTo("paid");

    assertThat(gateway.getAs(UNPAID, "/room/queue").status()).isEqualTo(200);
  }

  @Test
  void readingTheStatusDoesNotCostTheCache() {
    gateway.getAs(PAID, "/payment/status");
    int asked = services.authentications.get();

    gateway.getAs(PAID, "/payment/status");
    gateway.getAs(PAID, "/room/queue");

    assertThat(services.authentications.get()).isEqualTo(asked);
  }
}
