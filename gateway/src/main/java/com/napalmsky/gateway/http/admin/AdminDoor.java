package com.napalmsky.gateway.http.admin;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.Inbound;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.LogInAdmin;
import com.napalmsky.shared.contract.user.AdminContract.LogOutAdmin;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /admin/login}, {@code POST /admin/logout}, {@code GET /admin/verify}. */
public final class AdminDoor {

  private static final int LONGEST_USERNAME = 100;
  private static final int LONGEST_PASSWORD = 1000;

  private final Bus bus;
  private final SessionCache sessions;
  private final Timers timers;

  public AdminDoor(Bus bus, SessionCache sessions, Timers timers) {
    this.bus = bus;
    this.sessions = sessions;
    this.timers = timers;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.post("/admin/login", Access.OPEN, Limit.AUTH_FAILURES)
            .reading(Credentials::read)
            .countedBy(Credentials::account)
            .answeredBy(this::logIn),
        Operation.post("/admin/logout", Access.OPEN, Limit.AUTH_FAILURES).answeredBy(this::logOut),
        Operation.get("/admin/verify", Access.OPEN, Limit.AUTH_FAILURES).answeredBy(this::verify));
  }

  private record Credentials(String username, String password) {

    static Credentials read(Inbound inbound) {
      return new Credentials(
          inbound.body().text("username", LONGEST_USERNAME).strip(),
          inbound.body().text("password", LONGEST_PASSWORD));
    }

    /** Apart from people's e-mail addresses, which are counted by the same limit. */
    String account() {
      return "admin:" + username.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return "Credentials[]";
    }
  }

  private Future<Answer> logIn(Caller caller, Credentials form) {
    return bus.request(
            AdminContract.LOG_IN, new LogInAdmin(form.username(), form.password(), caller.origin()))
        .map(this::loggedIn);
  }

  private Answer loggedIn(AdminLoggedIn reply) {
    String token = reply.token();
    String username = reply.username();
    return switch (reply.outcome()) {
      case LOGGED_IN ->
          Answer.ok(
              out -> {
                out.writeStringField("adminToken", token);
                out.writeStringField("username", username);
              });
      case REFUSED -> Answer.error(401, "Invalid credentials");
      case LOCKED -> locked(reply.lockedUntil());
    };
  }

  private Answer locked(@Nullable Instant until) {
    Duration left = until == null ? Duration.ZERO : Duration.between(timers.now(), until);
    long seconds = Math.max(1, (left.toMillis() + 999) / 1000);
    return Answer.error(
            429,
            "Too many wrong passwords",
            out -> {
              out.writeStringField("message", "This name is locked for a while");
              out.writeNumberField("retryAfter", seconds);
              out.writeNumberField("retryAfterMinutes", (seconds + 59) / 60);
            })
        .with(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
  }

  /** Succeeds in any case: without a session there is nothing to end. */
  private Future<Answer> logOut(Caller caller) {
    String token = caller.inbound().token();
    if (token == null) {
      return Future.succeededFuture(done());
    }
    String hash = TokenHash.of(token);
    return bus.request(AdminContract.LOG_OUT, new LogOutAdmin(hash, caller.inbound().ip()))
        .map(
            loggedOut -> {
              sessions.forget(hash);
              return done();
            });
  }

  private static Answer done() {
    return Answer.ok(out -> out.writeBooleanField("success", true));
  }

  private Future<Answer> verify(Caller caller) {
    String token = caller.inbound().token();
    return token == null
        ? Future.succeededFuture(invalid())
        : sessions.authenticate(token).map(AdminDoor::verified);
  }

  private static Answer verified(Authenticated verdict) {
    Session session = verdict.session();
    if (verdict.verdict() != Verdict.ACTIVE || session == null || !session.admin()) {
      return invalid();
    }
    return Answer.ok(
        out -> {
          out.writeBooleanField("valid", true);
          out.writeStringField("username", session.person().name());
        });
  }

  private static Answer invalid() {
    return Answer.json(401, out -> out.writeBooleanField("valid", false));
  }
}
