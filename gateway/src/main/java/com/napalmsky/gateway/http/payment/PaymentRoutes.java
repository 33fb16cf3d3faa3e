package com.napalmsky.gateway.http.payment;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.OwnCode;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;

/** {@code /payment/*}. */
public final class PaymentRoutes {

  private final Bus bus;

  public PaymentRoutes(Bus bus) {
    this.bus = bus;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/payment/status", Access.SESSION, Limit.PAYMENT).answeredBy(this::status));
  }

  private Future<Answer> status(Caller caller) {
    return bus.request(UserContract.GET_ACCOUNT, new GetAccount(caller.userId()))
        .map(
            got -> {
              Account account = got.account();
              if (account == null) {
                throw Refusal.of(404, "This account does not exist any more");
              }
              return Answer.ok(out -> write(out, account));
            });
  }

  private static void write(JsonGenerator out, Account account) throws IOException {
    OwnCode code = account.myInviteCode();
    out.writeStringField("paidStatus", account.paidStatus().wire());
    JsonText.optionalTime(out, "paidAt", account.paidAt());
    JsonText.optional(out, "myInviteCode", code == null ? null : code.code());
    out.writeNumberField("inviteCodeUsesRemaining", code == null ? 0 : code.usesRemaining());
    if (code == null) {
      out.writeNullField("myCodeInfo");
    } else {
      out.writeObjectFieldStart("myCodeInfo");
      out.writeStringField("code", code.code());
      out.writeNumberField("usesRemaining", code.usesRemaining());
      out.writeNumberField("maxUses", code.maxUses());
      out.writeNumberField("totalUsed", code.totalUsed());
      out.writeStringField("type", code.type());
      out.writeEndObject();
    }
    JsonText.optional(out, "inviteCodeUsed", account.inviteCodeUsed());
    // Who has paid need not earn his code with calls.
    out.writeBooleanField(
        "qrUnlocked", account.qrUnlocked() || account.paidStatus() == PaidStatus.PAID);
    out.writeNumberField("successfulSessions", account.successfulSessions());
    JsonText.optionalTime(out, "qrUnlockedAt", account.qrUnlockedAt());
  }
}
