package com.napalmsky.user.review;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AuditAction;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.LiftBan;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanContract.Reviewed;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.ban.Bans;
import com.napalmsky.user.ban.Bans.Decided;
import com.napalmsky.user.ban.Standing;
import com.napalmsky.user.database.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides on bans. Safe from any context. */
public final class Reviews {

  private static final String REPORTERS =
      "SELECT r.reporter_user_id FROM reports r"
          + " LEFT JOIN ban_records b ON b.user_id = r.reported_user_id"
          + " WHERE r.reported_user_id = $1"
          + " AND r.created_at > coalesce(b.counted_since, '-infinity')";
  // Everybody at once and in the order of the ids, as the recording of calls holds its two.
  private static final String HOLD_ALL =
      "SELECT u.user_id FROM users u WHERE u.user_id = $1 OR u.user_id IN ("
          + REPORTERS
          + ") ORDER BY u.user_id FOR NO KEY UPDATE OF u";
  private static final String WEIGH_LESS =
      "UPDATE users SET reports_vindicated = reports_vindicated + 1 WHERE user_id IN ("
          + REPORTERS
          + ")";

  /** What is written to the audit log. */
  private record Deed(Actor actor, AuditAction action, UUID userId, Map<String, String> details) {}

  private record Result(ReviewOutcome outcome, Optional<BanChanged> change) {}

  private final Database database;
  private final Timers timers;
  private final Bans bans;
  private final AuditLog audit;

  public Reviews(Database database, Timers timers, Bans bans, AuditLog audit) {
    this.database = database;
    this.timers = timers;
    this.bans = bans;
    this.audit = audit;
  }

  /** Confirms a ban, gives it an end, or calls it wrong. */
  public Future<Reviewed> review(Review request) {
    Instant until = request.until();
    boolean timed = request.decision() == Decision.TEMPORARY;
    if (timed != (until != null) || (until != null && !until.isAfter(timers.now()))) {
      return Future.failedFuture(
          ServiceFailure.invalid("a temporary ban, and no other, has an end in the future"));
    }
    return announced(database.transaction(tx -> review(tx, request)));
  }

  private Future<Result> review(SqlConnection tx, Review request) {
    return holdReporters(tx, request)
        .compose(held -> bans.hold(tx, request.userId()))
        .compose(
            standing -> {
              ReviewOutcome refusal = refusal(standing, request);
              return refusal == null
                  ? decide(tx, request)
                  : refuse(
                      tx,
                      refusal,
                      new Deed(
                          request.actor(),
                          AuditAction.BAN_REVIEW_REFUSED,
                          request.userId(),
                          Map.of("decision", request.decision().wire())));
            });
  }

  private static Future<?> holdReporters(SqlConnection tx, Review request) {
    return request.decision() == Decision.VINDICATED
        ? tx.preparedQuery(HOLD_ALL).execute(Tuple.of(request.userId()))
        : Future.succeededFuture();
  }

  private Future<Result> decide(SqlConnection tx, Review request) {
    Future<?> weighed =
        request.decision() == Decision.VINDICATED
            ? tx.preparedQuery(WEIGH_LESS).execute(Tuple.of(request.userId()))
            : Future.succeededFuture();
    Deed deed =
        new Deed(request.actor(), AuditAction.BAN_REVIEWED, request.userId(), details(request));
    return weighed.compose(less -> decide(tx, decided(request), deed));
  }

  private static @Nullable ReviewOutcome refusal(Optional<Standing> found, Review request) {
    if (found.isEmpty()) {
      return ReviewOutcome.UNKNOWN_USER;
    }
    Standing standing = found.get();
    if (!standing.status().banned()) {
      return ReviewOutcome.NOT_BANNED;
    }
    boolean asBefore =
        !standing.open()
            && standing.review() == ReviewStatus.REVIEWED_BAN
            && standing.status() == status(request.decision())
            && Objects.equals(standing.until(), request.until());
    return asBefore ? ReviewOutcome.AS_BEFORE : null;
  }

  private static BanStatus status(Decision decision) {
    return switch (decision) {
      case PERMANENT -> BanStatus.PERMANENT;
      case TEMPORARY -> BanStatus.TEMPORARY;
      case VINDICATED -> BanStatus.VINDICATED;
    };
  }

  private static Decided decided(Review request) {
    return new Decided(
        status(request.decision()),
        request.until(),
        request.decision() == Decision.VINDICATED
            ? ReviewStatus.REVIEWED_VINDICATE
            : ReviewStatus.REVIEWED_BAN,
        request.actor().userId(),
        request.reason());
  }

  private static Map<String, String> details(Review request) {
    Map<String, String> details = new HashMap<>();
    details.put("decision", request.decision().wire());
    details.put("reason", request.reason());
    if (request.until() != null) {
      details.put("until", request.until().toString());
    }
    return details;
  }

  /** Ends a ban without calling it, or the reports that led to it, wrong. */
  public Future<Reviewed> lift(LiftBan request) {
    return announced(database.transaction(tx -> lift(tx, request)));
  }

  private Future<Result> lift(SqlConnection tx, LiftBan request) {
    Actor actor = request.actor();
    Decided decided =
        new Decided(
            BanStatus.NONE, null, ReviewStatus.REVIEWED_BAN, actor.userId(), request.reason());
    Deed deed =
        new Deed(
            actor, AuditAction.BAN_LIFTED, request.userId(), Map.of("reason", request.reason()));
    return bans.hold(tx, request.userId())
        .compose(
            standing -> {
              if (standing.isPresent() && standing.get().status().banned()) {
                return decide(tx, decided, deed);
              }
              return refuse(
                  tx,
                  standing.isEmpty() ? ReviewOutcome.UNKNOWN_USER : ReviewOutcome.NOT_BANNED,
                  new Deed(actor, AuditAction.BAN_LIFT_REFUSED, request.userId(), Map.of()));
            });
  }

  /** That somebody wanted to judge a person is written down, although nothing comes of it. */
  private Future<Result> refuse(SqlConnection tx, ReviewOutcome outcome, Deed wish) {
    Map<String, String> details = new HashMap<>(wish.details());
    details.put("because", outcome.name().toLowerCase(Locale.ROOT));
    return audit
        .write(tx, wish.actor(), wish.action(), wish.userId().toString(), details)
        .map(written -> new Result(outcome, Optional.empty()));
  }

  private Future<Result> decide(SqlConnection tx, Decided decided, Deed deed) {
    return bans.decide(tx, deed.userId(), decided)
        .compose(
            change ->
                audit
                    .write(
                        tx, deed.actor(), deed.action(), deed.userId().toString(), deed.details())
                    .map(written -> new Result(ReviewOutcome.DECIDED, Optional.of(change))));
  }

  private Future<Reviewed> announced(Future<Result> committed) {
    return committed.map(
        result -> {
          result.change().ifPresent(bans::announce);
          return new Reviewed(result.outcome());
        });
  }
}
