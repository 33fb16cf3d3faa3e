package com.napalmsky.gateway;

import com.napalmsky.shared.contract.user.CodeContract;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.CodeApplied;
import com.napalmsky.shared.contract.user.CodeContract.CodeDeactivated;
import com.napalmsky.shared.contract.user.CodeContract.CodeGenerated;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodeValidated;
import com.napalmsky.shared.contract.user.CodeContract.CodesListed;
import com.napalmsky.shared.contract.user.CodeContract.ListedCode;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutCreated;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookReceived;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import io.vertx.core.Future;
import java.util.List;

/** Codes and payments of user-service, with answers that a test can replace. */
final class FakePayments {

  static final String CODE = "ABCDEFGH12345678";

  volatile ApplyOutcome applied = ApplyOutcome.APPLIED;
  volatile CodeState state = CodeState.USABLE;
  volatile CodeType type = CodeType.USER;
  volatile String generated = CODE;
  volatile boolean codeFound = true;
  volatile CodesListed codes =
      new CodesListed(
          List.of(
              new ListedCode(
                  CODE,
                  CodeType.ADMIN,
                  "Flyer",
                  FakeServices.THEN,
                  -1,
                  -1,
                  17,
                  true,
                  FakeServices.THEN.plusSeconds(60)),
              new ListedCode(
                  "0000000000000000",
                  CodeType.USER,
                  "Anna",
                  FakeServices.THEN,
                  4,
                  1,
                  3,
                  false,
                  null)),
          2,
          new Cursor(FakeServices.THEN, FakeServices.ANNA.userId()));
  volatile CheckoutOutcome checkout = CheckoutOutcome.OPEN;
  volatile WebhookOutcome webhook = WebhookOutcome.RECEIVED;

  /** Nothing that is asked for exists. */
  void nothing() {
    applied = ApplyOutcome.USER_GONE;
    state = CodeState.UNKNOWN;
    generated = null;
    codeFound = false;
    checkout = CheckoutOutcome.USER_GONE;
  }

  Future<?> serve(FakeServices services) {
    return Future.all(
        List.of(
            services.serve(
                CodeContract.APPLY_CODE,
                asked -> new CodeApplied(applied, PaidStatus.QR_GRACE_PERIOD, 4)),
            services.serve(CodeContract.VALIDATE_CODE, asked -> validated()),
            services.serve(CodeContract.GENERATE_CODE, asked -> new CodeGenerated(generated)),
            services.serve(CodeContract.LIST_CODES, asked -> codes),
            services.serve(CodeContract.DEACTIVATE_CODE, asked -> new CodeDeactivated(codeFound)),
            services.serve(PaymentContract.CREATE_CHECKOUT, asked -> created()),
            services.serve(PaymentContract.RECEIVE_WEBHOOK, asked -> new WebhookReceived(webhook)),
            services.serve(
                PaymentContract.PAYMENT_STATUS,
                asked -> new GotAccount(services.accountGone ? null : services.account))));
  }

  private CodeValidated validated() {
    return state == CodeState.UNKNOWN
        ? new CodeValidated(state, null, 0, null)
        : new CodeValidated(state, type, type == CodeType.ADMIN ? -1 : 3, "Anna");
  }

  private CheckoutCreated created() {
    return checkout == CheckoutOutcome.OPEN
        ? new CheckoutCreated(checkout, "https://pay.example/cs_1", "cs_1")
        : new CheckoutCreated(checkout, null, null);
  }
}
