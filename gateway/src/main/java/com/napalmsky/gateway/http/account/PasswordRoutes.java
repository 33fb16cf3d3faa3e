package com.napalmsky.gateway.http.account;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AccountContract;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.RequestReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetPassword;
import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** {@code /auth/password/*}. */
public final class PasswordRoutes {

  private static final String INVALID = "newPassword must have 8 to 128 characters";

  private final Bus bus;
  private final SessionCache sessions;

  public PasswordRoutes(Bus bus, SessionCache sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/auth/password/change", Access.SESSION, Limit.AUTH_FAILURES)
            .reading(PasswordForms.Change::read)
            .countedBy(PasswordForms.Change::tokenHash)
            .answeredBy(this::change),
        Operation.post(
                "/auth/password/reset-request", Access.OPEN, Limit.AUTH_FAILURES, Limit.RESETS)
            .reading(PasswordForms.Request::read)
            .countedBy(PasswordForms.Request::account)
            .answeredBy(this::request),
        Operation.post("/auth/password/reset", Access.OPEN, Limit.AUTH_FAILURES)
            .reading(PasswordForms.Reset::read)
            .answeredBy(this::reset));
  }

  private Future<Answer> change(Caller caller, PasswordForms.Change form) {
    ChangePassword request =
        new ChangePassword(caller.tokenHash(), form.currentPassword(), form.newPassword());
    return bus.request(AccountContract.CHANGE_PASSWORD, request)
        .map(
            changed ->
                switch (changed.outcome()) {
                  case CHANGED -> {
                    // The announcement is on its way; the others must not be found working.
                    sessions.forgetUser(caller.userId());
                    yield success();
                  }
                  case SESSION_REFUSED -> Answer.error(401, "Invalid or expired session");
                  case NO_PASSWORD ->
                      Answer.error(409, "A guest has no password; link an e-mail address first");
                  case PASSWORD_INVALID -> Answer.error(400, INVALID);
                  case PASSWORD_WRONG -> Answer.error(403, "currentPassword is wrong");
                });
  }

  private Future<Answer> request(Caller caller, PasswordForms.Request form) {
    return bus.request(AccountContract.REQUEST_RESET, new RequestReset(form.email()))
        .map(
            requested ->
                switch (requested.outcome()) {
                  case ACCEPTED ->
                      Answer.ok(
                          out -> {
                            out.writeBooleanField("success", true);
                            out.writeStringField(
                                "message",
                                "If there is an account with this e-mail address, a link is on its"
                                    + " way to it");
                          });
                  case EMAIL_INVALID -> Answer.error(400, "email must be an e-mail address");
                });
  }

  private Future<Answer> reset(Caller caller, PasswordForms.Reset form) {
    return bus.request(
            AccountContract.RESET_PASSWORD,
            new ResetPassword(TokenHash.of(form.token()), form.newPassword()))
        .map(
            reset ->
                switch (reset.outcome()) {
                  case RESET -> {
                    UUID userId = reset.userId();
                    if (userId != null) {
                      sessions.forgetUser(userId);
                    }
                    yield success();
                  }
                  case TOKEN_UNKNOWN ->
                      Answer.error(400, "token is not one of ours; please open the link again");
                  case TOKEN_OVER ->
                      Answer.error(
                          410,
                          "This link was used already or is too old; please ask for a new one");
                  case PASSWORD_INVALID -> Answer.error(400, INVALID);
                });
  }

  private static Answer success() {
    return Answer.ok(out -> out.writeBooleanField("success", true));
  }
}
