package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.GetPaymentStatus;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who has paid asks for his status before Stripe's webhook arrives. */
class LateWebhookTest {

  private static final StripeStandIn stripe = new StripeStandIn();

  @RegisterExtension
  static final UserStage stage =
      new UserStage(stripe.settings("USER_STRIPE_LOOKUP_TIMEOUT_MILLIS", "500"));

  private UUID ada;
  private String checkout;

  @AfterAll
  static void close() {
    stripe.close();
  }

  @BeforeEach
  void somebodyOnThePage() {
    stripe.works();
    ada = stage.user("Ada");
    checkout =
        UserStage.await(stage.paying().checkouts().create(new CreateCheckout(ada))).sessionId();
    stripe.asked.clear();
    stage.forgetAnnouncements();
  }

  private static Future<GotAccount> ask(UUID userId) {
    return stage.paying().statuses().get(new GetPaymentStatus(userId));
  }

  @CanIgnoreReturnValue
  private Account status() {
    return UserStage.await(ask(ada)).account();
  }

  @Test
  void stripeIsAskedAndItsAnswerOpensTheDoor() {
    stripe.pay(checkout);

    Account account = status();

    assertThat(account.paidStatus()).isEqualTo(PaidStatus.PAID);
    assertThat(account.qrUnlocked()).isTrue();
    assertThat(account.myInviteCode()).isNotNull();
    assertThat(stage.announced(AccountChanged.class)).hasSize(1);
  }

  @Test
  void theWebhookThatComesAfterwardsChangesNothing() {
    String event = stripe.completed(stripe.pay(checkout));
    Account before = status();

    UserStage.await(
        stage
            .paying()
            .webhooks()
            .receive(
                ReceiveWebhook.of(
                    event.getBytes(StandardCharsets.UTF_8),
                    StripeStandIn.signature(event, stage.timers.now()))));

    assertThat(status()).isEqualTo(before);
    assertThat(
            stage.count(
                "SELECT count(*) FROM stripe_events WHERE checkout_session_id = $1", checkout))
        .isEqualTo(1);
  }

  @Test
  void manyQuestionsAtOnceAreOneQuestionToStripe() {
    stripe.pay(checkout);

    List<Future<GotAccount>> asked = IntStream.range(0, 50).mapToObj(i -> ask(ada)).toList();
    UserStage.await(Future.join(asked));

    assertThat(stripe.asked).hasSize(1);
    assertThat(stage.count("SELECT count(*) FROM invite_codes WHERE created_by = $1", ada))
        .isEqualTo(1);
  }

  @Test
  void stripeIsNotAskedAgainBeforeThePauseIsOver() {
    status();
    stage.timers.advance(Duration.ofSeconds(9));
    status();
    assertThat(stripe.asked).hasSize(1);

    stage.timers.advance(Duration.ofSeconds(1));
    status();

    assertThat(stripe.asked).hasSize(2);
  }

  @Test
  void nobodyAsksForWhomThereIsNothingToKnow() {
    UUID neverPaid = stage.user("Never");
    UserStage.await(ask(neverPaid));
    stripe.pay(checkout);
    status();
    stripe.asked.clear();
    stage.timers.advance(Duration.ofHours(1));

    status();

    assertThat(stripe.asked).isEmpty();
  }

  @Test
  void anExpiredPageIsForgotten() {
    stripe.change(checkout, new JsonObject().put("status", "expired"));
    status();
    stage.timers.advance(Duration.ofHours(1));

    status();

    assertThat(stripe.asked).hasSize(1);
  }

  @Test
  void aPageThatStripeDoesNotKnowIsForgotten() {
    stage.sql("UPDATE checkouts SET checkout_session_id = 'cs_gone' WHERE user_id = $1", ada);
    status();
    stage.timers.advance(Duration.ofHours(1));

    status();

    assertThat(stripe.asked).hasSize(1);
  }

  @Test
  void aPageOnWhichMoneyIsUnderWayIsAskedAboutAgain() {
    stripe.change(checkout, new JsonObject().put("status", "complete"));
    assertThat(status().paidStatus()).isEqualTo(PaidStatus.UNPAID);
    stripe.pay(checkout);
    stage.timers.advance(Duration.ofSeconds(10));

    assertThat(status().paidStatus()).isEqualTo(PaidStatus.PAID);
  }

  @Test
  void whenStripeFailsTheStatusIsToldAllTheSame() {
    stripe.pay(checkout);
    stripe.isSilent();
    assertThat(status().paidStatus()).isEqualTo(PaidStatus.UNPAID);
    for (int status : new int[] {400, 401, 404, 409, 429, 500, 503}) {
      stripe.refuses(status);
      stage.timers.advance(Duration.ofSeconds(10));
      assertThat(status().paidStatus()).isEqualTo(PaidStatus.UNPAID);
    }
    assertThat(stage.stripe().pending()).isZero();
  }

  @Test
  void moneyThatIsNotThePriceOpensNothingHereEither() {
    stripe.pay(checkout);
    stripe.change(checkout, new JsonObject().put("currency", "eur"));

    assertThat(status().paidStatus()).isEqualTo(PaidStatus.UNPAID);

    assertThat(
            stage
                .sql("SELECT outcome FROM stripe_events WHERE checkout_session_id = $1", checkout)
                .get(0)
                .getString(0))
        .isEqualTo("wrong_currency");
  }

  @Test
  void anUnknownUserHasNoStatus() {
    assertThat(UserStage.await(ask(UUID.randomUUID())).account()).isNull();
  }
}
