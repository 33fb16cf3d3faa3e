package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutCreated;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.payment.StripeStandIn.Asked;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to pay on, asked of a stand-in of Stripe. */
class CheckoutTest {

  private static final StripeStandIn stripe = new StripeStandIn();

  @RegisterExtension
  static final UserStage stage =
      new UserStage(
          stripe.settings(
              "FRONTEND_URL", "https://sky.example/",
              "USER_STRIPE_TIMEOUT_MILLIS", "1500",
              "USER_STRIPE_REQUESTS_MAX", "10"));

  private UUID ada;

  @AfterAll
  static void close() {
    stripe.close();
  }

  @BeforeEach
  void somebodyWhoHasNotPaid() {
    stripe.works();
    stripe.asked.clear();
    ada = stage.user("Ada");
  }

  private static Future<CheckoutCreated> ask(UUID userId) {
    return stage.paying().checkouts().create(new CreateCheckout(userId));
  }

  @CanIgnoreReturnValue
  private static CheckoutCreated asked(UUID userId) {
    return UserStage.await(ask(userId));
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE));
  }

  private static long attemptsOf(UUID userId) {
    return stage.count("SELECT count(*) FROM checkouts WHERE user_id = $1", userId);
  }

  @Test
  void stripeIsToldThePriceTheUserAndWhereToSendHim() {
    CheckoutCreated created = asked(ada);

    assertThat(created.outcome()).isEqualTo(CheckoutOutcome.OPEN);
    assertThat(created.url()).isEqualTo(stripe.base() + "/pay/" + created.sessionId());
    Asked asked = stripe.asked.get(0);
    assertThat(asked.attempt()).isNotEmpty();
    assertThat(asked.form())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("mode", "payment"),
                Map.entry("payment_method_types[0]", "card"),
                Map.entry("client_reference_id", ada.toString()),
                Map.entry("metadata[userId]", ada.toString()),
                Map.entry("metadata[priceCents]", "50"),
                Map.entry("line_items[0][quantity]", "1"),
                Map.entry("line_items[0][price_data][currency]", "usd"),
                Map.entry("line_items[0][price_data][unit_amount]", "50"),
                Map.entry("line_items[0][price_data][product_data][name]", "Napalm Sky access"),
                Map.entry(
                    "success_url",
                    "https://sky.example/payment-success?session_id={CHECKOUT_SESSION_ID}"),
                Map.entry("cancel_url", "https://sky.example/onboarding")));
  }

  @Test
  void whoeverClicksManyTimesAtOnceGetsOnePage() {
    List<Future<CheckoutCreated>> clicks = IntStream.range(0, 8).mapToObj(i -> ask(ada)).toList();
    UserStage.await(Future.join(clicks));

    assertThat(clicks).extracting(click -> click.result().sessionId()).hasSize(8);
    assertThat(clicks.stream().map(click -> click.result().sessionId()).distinct()).hasSize(1);
  }

  @Test
  void whoeverComesBackBeforePayingIsSentToTheSamePage() {
    CheckoutCreated first = asked(ada);

    CheckoutCreated second = asked(ada);

    assertThat(second).isEqualTo(first);
    assertThat(stripe.asked).extracting(Asked::method).containsExactly("POST", "GET");
  }

  @Test
  void anExpiredPageIsReplaced() {
    CheckoutCreated first = asked(ada);
    stripe.change(first.sessionId(), new JsonObject().put("status", "expired").put("url", null));

    CheckoutCreated second = asked(ada);

    assertThat(second.outcome()).isEqualTo(CheckoutOutcome.OPEN);
    assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
    assertThat(attemptsOf(ada)).isEqualTo(1);
  }

  @Test
  void aPageOfAnotherAccountOfStripeIsReplaced() {
    asked(ada);
    stage.sql(
        "UPDATE checkouts SET checkout_session_id = 'cs_live_elsewhere' WHERE user_id = $1", ada);

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.OPEN);
  }

  @Test
  void whoeverHasPaidWithoutOurKnowingItIsNotAskedToPayAgain() {
    CheckoutCreated page = asked(ada);
    stripe.pay(page.sessionId());

    CheckoutCreated again = asked(ada);

    assertThat(again.outcome()).isEqualTo(CheckoutOutcome.HAS_ACCESS);
    assertThat(again.url()).isNull();
    assertThat(UserStage.await(stage.profiles().get(new GetAccount(ada))).account().paidStatus())
        .isEqualTo(PaidStatus.PAID);
    assertThat(attemptsOf(ada)).isZero();
  }

  @Test
  void aPageThatWasPaidWithTooLittleIsReplaced() {
    CheckoutCreated page = asked(ada);
    stripe.pay(page.sessionId());
    stripe.change(page.sessionId(), new JsonObject().put("amount_total", 1));

    CheckoutCreated again = asked(ada);

    assertThat(again.outcome()).isEqualTo(CheckoutOutcome.OPEN);
    assertThat(again.sessionId()).isNotEqualTo(page.sessionId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"paid", "qr_verified"})
  void whoeverNeedNotPayIsNotSentToStripe(String status) {
    stage.sql("UPDATE users SET paid_status = $2 WHERE user_id = $1", ada, status);

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.HAS_ACCESS);
    assertThat(stripe.asked).isEmpty();
  }

  @Test
  void whoeverIsInHisGracePeriodMayPay() {
    stage.sql("UPDATE users SET paid_status = 'qr_grace_period' WHERE user_id = $1", ada);

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.OPEN);
  }

  @Test
  void nobodyPaysForAnAccountThatIsGone() {
    assertThat(asked(UUID.randomUUID()).outcome()).isEqualTo(CheckoutOutcome.USER_GONE);
  }

  @Test
  void whenStripeIsSilentTheNextClickAsksForTheSamePage() {
    stripe.isSilent();
    assertUnavailable(() -> asked(ada));
    stripe.works();

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.OPEN);

    assertThat(stripe.asked.get(0).attempt()).isEqualTo(stripe.asked.get(1).attempt());
    assertThat(stage.stripe().pending()).isZero();
  }

  @Test
  void anAttemptThatStripeHasForgottenGetsAnotherName() {
    stripe.isSilent();
    assertUnavailable(() -> asked(ada));
    stripe.works();
    stage.timers.advance(Duration.ofHours(24));

    asked(ada);

    assertThat(stripe.asked.get(0).attempt()).isNotEqualTo(stripe.asked.get(1).attempt());
  }

  @Test
  void aFaultOfStripeIsNotRepeatedUnderTheSameName() {
    stripe.refuses(500);
    assertUnavailable(() -> asked(ada));
    stripe.works();

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.OPEN);
    assertThat(stripe.asked.get(0).attempt()).isNotEqualTo(stripe.asked.get(1).attempt());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403})
  void aRefusalOfStripeIsAnOutcome(int status) {
    stripe.refuses(status);

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.REFUSED);
    assertThat(attemptsOf(ada)).isZero();
  }

  @Test
  void aRefusalToShowAKnownPageIsAnOutcomeAndThePageIsKept() {
    asked(ada);
    stripe.refuses(401);

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.REFUSED);
    assertThat(attemptsOf(ada)).isEqualTo(1);
    stripe.refuses(500);
    assertUnavailable(() -> asked(ada));
    assertThat(attemptsOf(ada)).isEqualTo(1);
  }

  @Test
  void stripesRateLimitIsTemporary() {
    stripe.refuses(429);

    assertUnavailable(() -> asked(ada));
    assertThat(attemptsOf(ada)).isEqualTo(1);
  }

  @Test
  void whenStripeIsAtWorkOnTheSameAttemptWeWaitForIt() {
    AtomicInteger times = new AtomicInteger();
    stripe.fails(
        exchange -> {
          boolean busy = times.incrementAndGet() < 3;
          if (busy) {
            StripeStandIn.answer(exchange, 409, "{\"error\":{\"type\":\"idempotency_error\"}}");
          }
          return busy;
        });

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.OPEN);
    assertThat(times).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "null", "[]", "{}", "{\"id\":5}", "{\"id\":\"a/b\"}"})
  void nonsenseFromStripeIsNoPage(String body) {
    stripe.fails(
        exchange -> {
          StripeStandIn.answer(exchange, 200, body);
          return true;
        });

    assertThat(asked(ada).outcome()).isEqualTo(CheckoutOutcome.REFUSED);
  }

  @Test
  void anEndlessAnswerIsCutOff() {
    stripe.fails(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = new byte[64 * 1024];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(part);
          }
          return true;
        });

    assertUnavailable(() -> asked(ada));
  }

  @Test
  void moreRequestsThanMayBeUnderWayAreRefusedAsOverloaded() {
    List<UUID> users = IntStream.range(0, 11).mapToObj(i -> stage.user("U" + i)).toList();
    stripe.isSilent();

    List<Future<CheckoutCreated>> asked = users.stream().map(CheckoutTest::ask).toList();
    Future<?> all = Future.join(asked);
    assertThatThrownBy(() -> UserStage.await(all)).isInstanceOf(ServiceFailure.class);

    assertThat(asked.stream().map(one -> ((ServiceFailure) one.cause()).code()))
        .contains(Code.OVERLOADED)
        .contains(Code.UNAVAILABLE);
    assertThat(stage.stripe().pending()).isZero();
  }
}
