package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stripe announces, and what becomes of it. */
class WebhookTest {

  private static final StripeStandIn stripe = new StripeStandIn();

  @RegisterExtension static final UserStage stage = new UserStage(stripe.settings());

  private UUID ada;
  private String checkout;

  @AfterAll
  static void close() {
    stripe.close();
  }

  @BeforeEach
  void somebodyWantsToPay() {
    ada = stage.user("Ada");
    checkout =
        UserStage.await(stage.paying().checkouts().create(new CreateCheckout(ada))).sessionId();
    stage.forgetAnnouncements();
  }

  private static Future<WebhookOutcome> send(String body) {
    return send(body, StripeStandIn.signature(body, stage.timers.now()));
  }

  private static Future<WebhookOutcome> send(String body, String signature) {
    return stage
        .paying()
        .webhooks()
        .receive(ReceiveWebhook.of(body.getBytes(StandardCharsets.UTF_8), signature))
        .map(received -> received.outcome());
  }

  @CanIgnoreReturnValue
  private static WebhookOutcome sent(String body) {
    return UserStage.await(send(body));
  }

  private static Account account(UUID userId) {
    return UserStage.await(stage.profiles().get(new GetAccount(userId))).account();
  }

  private static List<Row> recorded(String eventBody) {
    return stage.sql(
        "SELECT * FROM stripe_events WHERE event_id = $1",
        new JsonObject(eventBody).getString("id"));
  }

  private static long codesOf(UUID userId) {
    return stage.count("SELECT count(*) FROM invite_codes WHERE created_by = $1", userId);
  }

  @Test
  void aPaidCheckoutGivesAccessAndOneCodeAndTellsAll() {
    String event = stripe.completed(stripe.pay(checkout));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

    Account account = account(ada);
    assertThat(account.paidStatus()).isEqualTo(PaidStatus.PAID);
    assertThat(account.paidAt()).isEqualTo(stage.timers.now());
    assertThat(account.qrUnlocked()).isTrue();
    assertThat(account.qrUnlockedAt()).isEqualTo(stage.timers.now());
    assertThat(account.myInviteCode().usesRemaining()).isEqualTo(4);
    assertThat(stage.announced(AccountChanged.class))
        .containsExactly(new AccountChanged(account.person(), PaidStatus.PAID, BanStatus.NONE));
    Row row = recorded(event).get(0);
    assertThat(row.getString("outcome")).isEqualTo("granted");
    assertThat(row.getUUID("user_id")).isEqualTo(ada);
    assertThat(row.getInteger("amount_cents")).isEqualTo(50);
    assertThat(row.getString("currency")).isEqualTo("usd");
    assertThat(row.getString("payment_intent")).isEqualTo("pi_" + checkout);
    assertThat(
            stage.sql("SELECT payment_id FROM users WHERE user_id = $1", ada).get(0).getString(0))
        .isEqualTo("pi_" + checkout);
  }

  @Test
  void theSameEventFiftyTimesAtOnceGivesAccessAndACodeOnce() {
    String event = stripe.completed(stripe.pay(checkout));

    List<Future<WebhookOutcome>> deliveries =
        IntStream.range(0, 50).mapToObj(i -> send(event)).toList();
    UserStage.await(Future.join(deliveries));

    assertThat(deliveries)
        .extracting(Future::result)
        .containsOnly(WebhookOutcome.RECEIVED)
        .hasSize(50);
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.PAID);
    assertThat(codesOf(ada)).isEqualTo(1);
    assertThat(recorded(event)).hasSize(1);
  }

  @Test
  void fiftyEventsOfOneCheckoutAtOnceGiveAccessAndACodeOnce() {
    JsonObject paid = stripe.pay(checkout);

    List<Future<WebhookOutcome>> deliveries =
        IntStream.range(0, 50).mapToObj(i -> send(stripe.completed(paid))).toList();
    UserStage.await(Future.join(deliveries));

    assertThat(deliveries).extracting(Future::result).containsOnly(WebhookOutcome.RECEIVED);
    assertThat(codesOf(ada)).isEqualTo(1);
    assertThat(
            stage.count(
                "SELECT count(*) FROM stripe_events WHERE checkout_session_id = $1", checkout))
        .isEqualTo(1);
  }

  @Test
  void aReplayLaterChangesNothingAndRefillsNoCode() {
    String event = stripe.completed(stripe.pay(checkout));
    sent(event);
    String code = account(ada).myInviteCode().code();
    stage.signUp("Guest", null, code);
    Account before = account(ada);
    stage.timers.advance(Duration.ofMinutes(4));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

    assertThat(account(ada)).isEqualTo(before);
    assertThat(before.myInviteCode().usesRemaining()).isEqualTo(3);
  }

  @Test
  void aReplayOfOldBytesIsRefused() {
    String event = stripe.completed(stripe.pay(checkout));
    String signature = StripeStandIn.signature(event, stage.timers.now());
    stage.timers.advance(Duration.ofSeconds(301));

    WebhookOutcome outcome = UserStage.await(send(event, signature));

    assertThat(outcome).isEqualTo(WebhookOutcome.SIGNATURE_REFUSED);
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
  }

  @Test
  void aForgedEventIsRefusedAndRecordedNowhere() {
    String event = stripe.completed(stripe.pay(checkout));
    String forged =
        "t="
            + stage.timers.now().getEpochSecond()
            + ",v1="
            + StripeStandIn.hash(event, stage.timers.now(), "whsec_guessed");

    assertThat(UserStage.await(send(event, forged))).isEqualTo(WebhookOutcome.SIGNATURE_REFUSED);
    assertThat(UserStage.await(send(event + " ", signatureOf(event))))
        .isEqualTo(WebhookOutcome.SIGNATURE_REFUSED);
    assertThat(recorded(event)).isEmpty();
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
  }

  private static String signatureOf(String event) {
    return StripeStandIn.signature(event, stage.timers.now());
  }

  @ParameterizedTest
  @CsvSource({
    "amount_total, 49, too_little",
    "amount_total, 0, too_little",
    "amount_total, , too_little",
    "currency, eur, wrong_currency",
    "currency, , wrong_currency"
  })
  void moneyThatIsNotThePriceIsRecordedAndOpensNothing(String field, String value, String outcome) {
    Object said = value == null || field.equals("currency") ? value : Integer.valueOf(value);
    stripe.pay(checkout);
    String event = stripe.completed(stripe.change(checkout, new JsonObject().put(field, said)));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
    assertThat(codesOf(ada)).isZero();
    assertThat(recorded(event).get(0).getString("outcome")).isEqualTo(outcome);
    assertThat(recorded(event).get(0).getUUID("user_id")).isEqualTo(ada);
    assertThat(stage.announced(AccountChanged.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unpaid", "no_payment_required", "something new"})
  void aCheckoutWithoutMoneyOpensNothing(String paymentStatus) {
    String event =
        stripe.completed(
            stripe.change(
                checkout,
                new JsonObject().put("status", "complete").put("payment_status", paymentStatus)));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
    assertThat(recorded(event).get(0).getString("outcome")).isEqualTo("unpaid");
  }

  @Test
  void moneyThatArrivesLaterOpensTheDoorThen() {
    sent(stripe.completed(stripe.change(checkout, new JsonObject().put("status", "complete"))));
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);

    String event = stripe.event("checkout.session.async_payment_succeeded", stripe.pay(checkout));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.PAID);
    assertThat(codesOf(ada)).isEqualTo(1);
  }

  @Test
  void moreThanThePriceIsEnough() {
    stripe.pay(checkout);
    sent(stripe.completed(stripe.change(checkout, new JsonObject().put("amount_total", 500))));

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.PAID);
  }

  @Test
  void aPageThatWasOpenKeepsThePriceItWasMadeWith() {
    stripe.pay(checkout);
    JsonObject cheaper =
        stripe.change(
            checkout,
            new JsonObject()
                .put("amount_total", 20)
                .put(
                    "metadata",
                    new JsonObject().put("userId", ada.toString()).put("priceCents", "20")));

    sent(stripe.completed(cheaper));

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.PAID);
  }

  @Test
  void moneyOfNobodyWeKnowIsRecordedAndNotAskedForAgain() {
    UUID nobody = UUID.randomUUID();
    for (String reference : new String[] {nobody.toString(), "shop-order-17", "1-1-1-1-1", null}) {
      String event = stripe.completed(stripe.strange(reference));

      assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

      Row row = recorded(event).get(0);
      assertThat(row.getString("outcome")).isEqualTo("unknown_user");
      assertThat(row.getUUID("user_id")).isNull();
      assertThat(row.getString("reference")).isEqualTo(reference);
      assertThat(row.getInteger("amount_cents")).isEqualTo(50);
    }
  }

  @Test
  void whoeverIsNamedInTheMetadataOnlyIsThePayer() {
    JsonObject paid =
        stripe.strange(null).put("metadata", new JsonObject().put("userId", ada.toString()));

    sent(stripe.completed(paid));

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.PAID);
  }

  @Test
  void twoNamesForOnePayerAreNoName() {
    UUID ben = stage.user("Ben");
    JsonObject paid =
        stripe
            .strange(ben.toString())
            .put("metadata", new JsonObject().put("userId", ada.toString()));

    String event = stripe.completed(paid);

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);
    assertThat(recorded(event).get(0).getString("outcome")).isEqualTo("unknown_user");
    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
    assertThat(account(ben).paidStatus()).isEqualTo(PaidStatus.UNPAID);
  }

  @Test
  void thePaymentOfADeletedUserIsKept() {
    String event = stripe.completed(stripe.pay(checkout));
    sent(event);

    stage.sql("DELETE FROM users WHERE user_id = $1", ada);

    assertThat(recorded(event).get(0).getUUID("user_id")).isNull();
    assertThat(recorded(event).get(0).getString("reference")).isEqualTo(ada.toString());
    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);
  }

  @Test
  void aSecondPaymentIsRecordedAsOne() {
    sent(stripe.completed(stripe.pay(checkout)));
    Account before = account(ada);
    stage.timers.advance(Duration.ofDays(1));

    String second = stripe.completed(stripe.strange(ada.toString()));
    sent(second);

    assertThat(recorded(second).get(0).getString("outcome")).isEqualTo("already_paid");
    assertThat(account(ada)).isEqualTo(before);
  }

  @Test
  void whoeverHasPaidKeepsTheCodeHeHadEarned() {
    stage.sql(
        "UPDATE users SET paid_status = 'qr_verified', qr_unlocked = true, qr_unlocked_at = $2"
            + " WHERE user_id = $1",
        ada,
        stage.timers.now().minusSeconds(60).atOffset(java.time.ZoneOffset.UTC));
    stage.code("EARNEDEARNED0001", 4);
    stage.sql(
        "UPDATE invite_codes SET created_by = $1, uses_remaining = 1 WHERE code = 'EARNEDEARNED0001'",
        ada);

    sent(stripe.completed(stripe.pay(checkout)));

    Account account = account(ada);
    assertThat(account.paidStatus()).isEqualTo(PaidStatus.PAID);
    assertThat(account.myInviteCode().code()).isEqualTo("EARNEDEARNED0001");
    assertThat(account.myInviteCode().usesRemaining()).isEqualTo(1);
    assertThat(account.qrUnlockedAt()).isEqualTo(stage.timers.now().minusSeconds(60));
  }

  @Test
  void aBannedPayerHasPaidAndStaysBanned() {
    stage.sql("UPDATE users SET ban_status = 'temporary' WHERE user_id = $1", ada);

    sent(stripe.completed(stripe.pay(checkout)));

    assertThat(stage.announced(AccountChanged.class))
        .extracting(AccountChanged::paidStatus, AccountChanged::banStatus)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(PaidStatus.PAID, BanStatus.TEMPORARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment_intent.succeeded",
        "checkout.session.expired",
        "checkout.session.async_payment_failed",
        "charge.refunded",
        "something.new"
      })
  void whatWeDoNotKnowIsReceivedAndChangesNothing(String type) {
    String event = stripe.event(type, stripe.pay(checkout));

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);

    assertThat(account(ada).paidStatus()).isEqualTo(PaidStatus.UNPAID);
    assertThat(recorded(event)).isEmpty();
  }

  @Test
  void whatStripeNeverSendsIsUnreadableEvenWhenSigned() {
    String paid = "\"type\":\"checkout.session.completed\"";
    List<String> bodies =
        List.of(
            "",
            "null",
            "[]",
            "7",
            "{",
            "{}",
            "{\"id\":5,\"type\":\"x\"}",
            "{\"id\":\"evt 1\",\"type\":\"x\"}",
            "{\"id\":\"evt_1\"," + paid + "}",
            "{\"id\":\"evt_1\"," + paid + ",\"data\":[]}",
            "{\"id\":\"evt_1\"," + paid + ",\"data\":{\"object\":5}}",
            "{\"id\":\"evt_1\"," + paid + ",\"data\":{\"object\":{}}}",
            "{\"id\":\"evt_1\"," + paid + ",\"data\":{\"object\":{\"id\":\"cs/../x\"}}}",
            "{\"id\":\"evt_1\"," + paid + ",\"data\":{\"object\":{\"id\":\"cs\",\"status\":5}}}",
            "{\"id\":\"evt_1\","
                + paid
                + ",\"data\":{\"object\":{\"id\":\"cs\",\"amount_total\":\"50\"}}}",
            "{\"id\":\"evt_1\","
                + paid
                + ",\"data\":{\"object\":{\"id\":\"cs\",\"amount_total\":99999999999}}}");

    assertThat(bodies.stream().map(WebhookTest::sent)).containsOnly(WebhookOutcome.UNREADABLE);
  }

  @Test
  void bytesThatAreNoTextAreUnreadable() {
    byte[] body = {(byte) 0xff, (byte) 0xfe, 0, 1};
    // The stand-in signs text; the hash over these bytes is that of no text.
    ReceiveWebhook webhook = ReceiveWebhook.of(body, signatureOf("{}"));

    assertThat(UserStage.await(stage.paying().webhooks().receive(webhook)).outcome())
        .isEqualTo(WebhookOutcome.SIGNATURE_REFUSED);
    assertThat(webhook.bytes()).isEqualTo(body);
  }

  @Test
  void oddMetadataDoesNoHarm() {
    for (Object odd : new Object[] {new JsonArray(), "text", 5, null}) {
      UUID user = stage.user("Odd");
      JsonObject paid = stripe.strange(user.toString()).put("metadata", odd);

      assertThat(sent(stripe.completed(paid))).isEqualTo(WebhookOutcome.RECEIVED);

      assertThat(account(user).paidStatus()).isEqualTo(PaidStatus.PAID);
    }
  }

  @Test
  void anExpandedPaymentIsKnownByItsId() {
    JsonObject paid =
        stripe.strange(ada.toString()).put("payment_intent", new JsonObject().put("id", "pi_77"));

    sent(stripe.completed(paid));

    assertThat(
            stage.sql("SELECT payment_id FROM users WHERE user_id = $1", ada).get(0).getString(0))
        .isEqualTo("pi_77");
  }

  @Test
  void aPaymentSurvivesARestart() {
    String event = stripe.completed(stripe.pay(checkout));
    sent(event);
    Account before = account(ada);

    stage.restart();

    assertThat(sent(event)).isEqualTo(WebhookOutcome.RECEIVED);
    assertThat(account(ada)).isEqualTo(before);
    assertThat(codesOf(ada)).isEqualTo(1);
  }
}
