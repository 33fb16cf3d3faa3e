package com.napalmsky.gateway.http.account;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Refusal;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Coming in: sign-up, link and log-in. */
public final class AuthRoutes {

  private final Bus bus;
  private final SessionCache sessions;

  public AuthRoutes(Bus bus, SessionCache sessions) {
    this.bus = bus;
    this.sessions = sessions;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/auth/guest", Access.OPEN, Limit.AUTH_FAILURES, Limit.GUESTS)
            .reading(AuthForms.Guest::read)
            .answeredBy(this::signUp),
        Operation.post("/auth/link", Access.SESSION, Limit.AUTH_FAILURES)
            .reading(AuthForms.Link::read)
            .tokenIn(AuthForms.Link::token)
            // The new address is the attacker's to choose; what he guesses at is the session's
            // password.
            .countedBy(link -> TokenHash.of(link.token()))
            .answeredBy(this::link),
        Operation.post("/auth/login", Access.OPEN, Limit.AUTH_FAILURES)
            .reading(AuthForms.LogIn::read)
            .countedBy(AuthForms.LogIn::account)
            .answeredBy(this::logIn));
  }

  private Future<Answer> signUp(Caller caller, AuthForms.Guest form) {
    SignUp request =
        new SignUp(
            form.name(), form.gender(), form.referralCode(), form.inviteCode(), caller.origin());
    return bus.request(UserContract.SIGN_UP, request)
        .compose(
            signedUp ->
                isAvailable(signedUp.introducedTo())
                    .map(targetOnline -> signedUp(form, signedUp, targetOnline)));
  }

  private Answer signedUp(AuthForms.Guest form, SignedUp signedUp, boolean targetOnline) {
    Session session = signedUp.session();
    String token = signedUp.token();
    if (signedUp.outcome() != SignUpOutcome.SIGNED_UP || session == null || token == null) {
      throw new Refusal(
          Answer.error(
              403,
              "This access code is unknown, deactivated or used up",
              out -> out.writeBooleanField("requiresPayment", true)));
    }
    sessions.remember(token, session);
    Person target = signedUp.introducedTo();
    return Answer.ok(
        out -> {
          out.writeStringField("userId", session.userId().toString());
          out.writeStringField("sessionToken", token);
          out.writeStringField("accountType", "guest");
          out.writeBooleanField("wasReferred", target != null);
          JsonText.optional(out, "introducedTo", target == null ? null : target.name());
          if (target == null) {
            out.writeNullField("targetUser");
          } else {
            out.writeObjectFieldStart("targetUser");
            JsonText.person(out, target);
            out.writeEndObject();
          }
          out.writeBooleanField("targetOnline", targetOnline);
          JsonText.nullable(out, "referralCode", form.referralCode());
          JsonText.nullable(out, "inviteCodeUsed", signedUp.inviteCodeUsed());
          out.writeStringField("paidStatus", session.paidStatus().wire());
          out.writeBooleanField("requiresPayment", !session.paidStatus().hasAccess());
        });
  }

  private Future<Boolean> isAvailable(@Nullable Person target) {
    if (target == null) {
      return Future.succeededFuture(false);
    }
    // The account exists by now: that nobody knows where the other one is must not hide it.
    return bus.request(
            PresenceContract.LOCATE, new PresenceContract.Locate(List.of(target.userId())))
        .map(
            located ->
                located.locations().stream()
                    .anyMatch(location -> location.state() == PresenceState.AVAILABLE))
        .otherwise(false);
  }

  private Future<Answer> link(Caller caller, AuthForms.Link form) {
    String hash = TokenHash.of(form.token());
    UserContract.Link request =
        new UserContract.Link(hash, form.email(), form.password(), form.currentPassword());
    return bus.request(UserContract.LINK, request)
        .map(
            linked ->
                switch (linked.outcome()) {
                  case LINKED -> {
                    sessions.forget(hash);
                    yield Answer.ok(
                        out -> {
                          out.writeBooleanField("success", true);
                          out.writeStringField("accountType", "permanent");
                        });
                  }
                  case SESSION_REFUSED -> Answer.error(401, "Invalid or expired session");
                  case USER_GONE -> Answer.error(404, "This account does not exist any more");
                  case EMAIL_INVALID -> Answer.error(400, "email must be an e-mail address");
                  case PASSWORD_INVALID ->
                      Answer.error(400, "password must have 8 to 128 characters");
                  case EMAIL_TAKEN -> Answer.error(409, "This e-mail address is already in use");
                  case ALREADY_PERMANENT ->
                      Answer.error(409, "This account is permanent; its password is needed");
                });
  }

  private Future<Answer> logIn(Caller caller, AuthForms.LogIn form) {
    return bus.request(
            UserContract.LOG_IN,
            new UserContract.LogIn(form.email(), form.password(), caller.origin()))
        .map(this::loggedIn);
  }

  private Answer loggedIn(LoggedIn loggedIn) {
    if (loggedIn.outcome() == LogInOutcome.BANNED) {
      return Answer.error(
          403,
          "Your account is suspended",
          out -> {
            out.writeBooleanField("banned", true);
            out.writeStringField("banStatus", loggedIn.banStatus().wire());
            out.writeStringField("message", "Your account was banned after reports of others");
            ReviewStatus reviewStatus = loggedIn.reviewStatus();
            JsonText.optional(
                out, "reviewStatus", reviewStatus == null ? null : reviewStatus.wire());
          });
    }
    Session session = loggedIn.session();
    String token = loggedIn.token();
    if (loggedIn.outcome() != LogInOutcome.LOGGED_IN || session == null || token == null) {
      return Answer.error(401, "Invalid credentials");
    }
    // The announcement is on its way; whoever gets this answer must not find an old token working.
    sessions.forgetUser(session.userId());
    Person person = session.person();
    return Answer.ok(
        out -> {
          out.writeStringField("userId", session.userId().toString());
          out.writeStringField("sessionToken", token);
          out.writeBooleanField("sessionInvalidated", loggedIn.displaced() > 0);
          out.writeNumberField("invalidatedCount", loggedIn.displaced());
          out.writeStringField("accountType", "permanent");
          out.writeObjectFieldStart("user");
          out.writeStringField("name", person.name());
          JsonText.nullable(out, "email", loggedIn.email());
          JsonText.optional(out, "selfieUrl", person.selfieUrl());
          JsonText.optional(out, "videoUrl", person.videoUrl());
          out.writeEndObject();
        });
  }
}
