package com.napalmsky.gateway.http;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.limits.RateLimits;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The chain that every HTTP request passes, in this order: size and shape, rate, authenticated,
 * session active, not banned, access paid or admin. What comes after (whose thing it is, whether
 * its state allows it) belongs to the operation.
 *
 * <p>A request of the wrong shape is refused before anybody is asked about it, but a client that is
 * over its rate hears of the rate first.
 */
public final class Guard {

  private static final String DISPLACED =
      "Invalid or expired session: you have signed in somewhere else";

  private final SessionCache sessions;
  private final RateLimits limits;
  private final AdminRefusals adminRefusals;

  public Guard(SessionCache sessions, RateLimits limits, AdminRefusals adminRefusals) {
    this.sessions = sessions;
    this.limits = limits;
    this.adminRefusals = adminRefusals;
  }

  /** What was read of a request: the form, or why there is none. */
  private record Attempt<F>(@Nullable F form, @Nullable RuntimeException misshapen) {}

  /**
   * Lets a request in or refuses it.
   *
   * @return the answer in any case; never fails
   */
  public <F> Future<Answer> pass(Operation<F> operation, Inbound inbound) {
    Attempt<F> attempt = read(operation, inbound);
    F form = attempt.form();
    String account = form == null ? null : operation.account().apply(form);
    Budget budget = new Budget(limits, operation.limits(), inbound.ip(), account);
    return chain(operation, inbound, attempt, budget)
        .otherwise(cause -> Failures.answer(cause, operation.path()))
        .compose(budget::close);
  }

  private static <F> Attempt<F> read(Operation<F> operation, Inbound inbound) {
    try {
      return new Attempt<>(operation.form().apply(inbound), null);
    } catch (RuntimeException misshapen) {
      return new Attempt<>(null, misshapen);
    }
  }

  private <F> Future<Answer> chain(
      Operation<F> operation, Inbound inbound, Attempt<F> attempt, Budget budget) {
    return budget
        .open()
        .compose(open -> open ? opened(operation, inbound, attempt, budget) : tooMany(budget));
  }

  private <F> Future<Answer> opened(
      Operation<F> operation, Inbound inbound, Attempt<F> attempt, Budget budget) {
    F form = attempt.form();
    if (form == null) {
      return Future.failedFuture(
          attempt.misshapen() == null
              ? Refusal.of(400, "The request is not valid")
              : attempt.misshapen());
    }
    if (operation.access() == Access.OPEN) {
      return charged(budget, null)
          .compose(charged -> run(operation, new Caller(inbound, null), form));
    }
    String token = operation.token().of(inbound, form);
    if (token == null) {
      return charged(budget, null)
          .compose(
              charged ->
                  Future.failedFuture(Refusal.of(401, "Please sign in: no session was sent")));
    }
    return known(token, budget)
        .compose(known -> known ? sessions.authenticate(token) : tooMany(budget))
        .compose(
            verdict -> {
              if (operation.access() == Access.ADMIN && !admin(verdict)) {
                adminRefusals.note(operation, inbound, token);
              }
              return admit(operation, verdict, budget);
            })
        .compose(session -> run(operation, new Caller(inbound, session), form));
  }

  private static boolean admin(Authenticated verdict) {
    Session session = verdict.session();
    return verdict.verdict() == Verdict.ACTIVE
        && session != null
        && session.admin()
        && !session.banStatus().banned();
  }

  /** Whether a token is known here, or may be looked up. */
  private Future<Boolean> known(String token, Budget budget) {
    return sessions.knows(token) ? Future.succeededFuture(true) : budget.letsStrangersAsk();
  }

  private static Future<Void> charged(Budget budget, @Nullable UUID userId) {
    return budget.charge(userId).compose(room -> room ? Future.succeededFuture() : tooMany(budget));
  }

  private static Future<Session> admit(
      Operation<?> operation, Authenticated verdict, Budget budget) {
    Session session = verdict.session();
    return charged(budget, session == null ? null : session.userId())
        .compose(charged -> admit(operation, verdict, session));
  }

  private static Future<Session> admit(
      Operation<?> operation, Authenticated verdict, @Nullable Session session) {
    if (session == null || verdict.verdict() == Verdict.DISPLACED) {
      return Future.failedFuture(unauthenticated(verdict.verdict()));
    }
    boolean banned = verdict.verdict() == Verdict.BANNED || session.banStatus().banned();
    if (banned && operation.access() != Access.BANNED_TOO) {
      return Future.failedFuture(banned());
    }
    if (operation.access() == Access.PAID && !session.paidStatus().hasAccess()) {
      return Future.failedFuture(unpaid());
    }
    if (operation.access() == Access.ADMIN && !session.admin()) {
      return Future.failedFuture(Refusal.of(403, "This is for admins only"));
    }
    return Future.succeededFuture(session);
  }

  private static <F> Future<Answer> run(Operation<F> operation, Caller caller, F form) {
    try {
      return operation.verb().answer(caller, form);
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }

  private static <T> Future<T> tooMany(Budget budget) {
    return Future.failedFuture(new Refusal(budget.tooMany()));
  }

  private static Refusal unauthenticated(Verdict verdict) {
    if (verdict != Verdict.DISPLACED) {
      return Refusal.of(401, "Invalid or expired session");
    }
    return new Refusal(
        Answer.error(
            401,
            DISPLACED,
            out -> {
              out.writeBooleanField("sessionInvalidated", true);
              out.writeStringField("message", "You were signed out because of a newer sign-in");
            }));
  }

  private static Refusal banned() {
    return new Refusal(
        Answer.error(
            403,
            "Your account is suspended",
            out -> {
              out.writeBooleanField("banned", true);
              out.writeStringField("message", "Your account was banned after reports of others");
            }));
  }

  private static Refusal unpaid() {
    return new Refusal(
        Answer.error(
            402,
            "Payment required",
            out -> {
              out.writeStringField("message", "Pay once or use an access code to meet people");
              out.writeBooleanField("requiresPayment", true);
            }));
  }
}
