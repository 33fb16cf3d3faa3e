package com.napalmsky.user.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.GetPaymentStatus;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.user.UserStage;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation without Stripe. */
class NotConfiguredTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  @Test
  void nobodyCanPayAndEverythingElseIsAsAlways() {
    UUID ada = stage.user("Ada");

    assertThat(
            UserStage.await(stage.paying().checkouts().create(new CreateCheckout(ada))).outcome())
        .isEqualTo(CheckoutOutcome.NOT_CONFIGURED);
    assertThat(
            UserStage.await(
                    stage.paying().webhooks().receive(ReceiveWebhook.of(new byte[2], "t=1,v1=00")))
                .outcome())
        .isEqualTo(WebhookOutcome.NOT_CONFIGURED);
    assertThat(
            UserStage.await(stage.paying().statuses().get(new GetPaymentStatus(ada)))
                .account()
                .paidStatus())
        .isEqualTo(PaidStatus.UNPAID);
  }
}
