package com.napalmsky.user.introduction;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.IntroductionContract.FindLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FoundLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetLinks;
import com.napalmsky.shared.contract.user.IntroductionContract.Link;
import com.napalmsky.shared.contract.user.IntroductionContract.Links;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokedLink;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import com.napalmsky.user.profile.Visibility;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Links that lead to somebody. Safe from any context.
 *
 * <pre>
 *   LEADS ──revoked by maker or target──► DEAD
 *     └────time───────────────────────────►┘
 * </pre>
 *
 * A link also leads nowhere while its maker or target is banned or one of them hides from the
 * other.
 */
public final class IntroductionLinks {

  private static final Duration DAY = Duration.ofDays(1);

  private static final String LEADING =
      " FROM referral_codes r JOIN users u ON u.user_id = r.target_id"
          + " JOIN users m ON m.user_id = r.created_by"
          + " WHERE r.revoked_at IS NULL AND r.expires_at > $2 AND "
          + Visibility.notBanned("u", "$2")
          + " AND "
          + Visibility.notBanned("m", "$2")
          + " AND "
          + Visibility.notHidden("r.created_by", "r.target_id");
  private static final String FIND =
      "SELECT r.code, r.created_by, m.name AS maker_name, "
          + PersonRow.COLUMNS
          + LEADING
          + " AND r.code = $1 AND "
          + Visibility.notHidden("$3::uuid", "r.target_id");
  private static final String LIST =
      "SELECT r.code, r.created_by, m.name AS maker_name, r.target_id, u.name AS target_name,"
          + " r.created_at, r.expires_at"
          + LEADING
          + " AND (r.created_by = $1 OR r.target_id = $1)"
          + " ORDER BY r.created_at DESC, r.code LIMIT $3";

  // Held until the commit: links that one user makes at the same time are counted one by one.
  private static final String HOLD_MAKER =
      "SELECT 1 FROM users WHERE user_id = $1 FOR NO KEY UPDATE";
  private static final String TARGET =
      "SELECT u.name FROM users u WHERE u.user_id = $2 AND "
          + Visibility.notBanned("u", "$3")
          + " AND "
          + Visibility.notHidden("$1::uuid", "u.user_id");
  private static final String LAST_THAT_COUNTS =
      "SELECT created_at FROM referral_codes WHERE created_by = $1 AND created_at > $2"
          + " ORDER BY created_at DESC OFFSET $3 LIMIT 1";
  private static final String STORE =
      "INSERT INTO referral_codes (code, created_by, target_id, created_at, expires_at)"
          + " VALUES ($1, $2, $3, $4, $5)";
  private static final String REVOKE =
      "UPDATE referral_codes SET revoked_at = coalesce(revoked_at, $3)"
          + " WHERE code = $2 AND (created_by = $1 OR target_id = $1)";

  private static final MadeLink NO_SUCH_PERSON =
      new MadeLink(MakeOutcome.NO_SUCH_PERSON, null, null, null);

  /**
   * A link that leads somewhere.
   *
   * @param target to whom
   */
  public record Leading(String code, Person target, UUID makerId, String makerName) {}

  private final Database database;
  private final Timers timers;
  private final IntroductionRules rules;
  private final LinkCodes codes = new LinkCodes();

  public IntroductionLinks(Database database, Timers timers, IntroductionRules rules) {
    this.database = database;
    this.timers = timers;
    this.rules = rules;
  }

  /** Makes a link. */
  public Future<MadeLink> make(MakeLink request) {
    if (request.makerId().equals(request.targetId())) {
      return Future.failedFuture(ServiceFailure.invalid("a link leads to somebody else"));
    }
    return database
        .transaction(tx -> make(tx, request))
        .recover(
            cause ->
                // Deleted between the look and the insert.
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(NO_SUCH_PERSON)
                    : Future.failedFuture(cause));
  }

  private Future<MadeLink> make(SqlConnection tx, MakeLink request) {
    return tx.preparedQuery(HOLD_MAKER)
        .execute(Tuple.of(request.makerId()))
        .compose(
            held ->
                held.size() == 0
                    ? Future.succeededFuture(Optional.<Row>empty())
                    : tx.preparedQuery(TARGET)
                        .execute(
                            Tuple.of(
                                request.makerId(), request.targetId(), SqlTime.of(timers.now())))
                        .map(Rows::first))
        .compose(
            target ->
                target
                    .map(row -> makeUnlessTooMany(tx, request, row.getString("name")))
                    .orElseGet(() -> Future.succeededFuture(NO_SUCH_PERSON)));
  }

  private Future<MadeLink> makeUnlessTooMany(SqlConnection tx, MakeLink request, String name) {
    Instant now = timers.now();
    Tuple counted =
        Tuple.of(request.makerId(), SqlTime.of(now.minus(DAY)), (long) rules.linksPerDay() - 1);
    return tx.preparedQuery(LAST_THAT_COUNTS)
        .execute(counted)
        .compose(
            rows ->
                Rows.first(rows)
                    .map(row -> SqlTime.instant(row, "created_at").plus(DAY))
                    .map(at -> new MadeLink(MakeOutcome.TOO_MANY, null, null, at))
                    .map(Future::succeededFuture)
                    .orElseGet(() -> store(tx, request, name, now)));
  }

  private Future<MadeLink> store(SqlConnection tx, MakeLink request, String name, Instant now) {
    String code = codes.next();
    return tx.preparedQuery(STORE)
        .execute(
            Tuple.of(
                code,
                request.makerId(),
                request.targetId(),
                SqlTime.of(now),
                SqlTime.of(now.plus(rules.linkLife()))))
        .map(stored -> new MadeLink(MakeOutcome.MADE, code, name, null));
  }

  /** Says where a link leads. */
  public Future<FoundLink> find(FindLink request) {
    return database.read(
        connection ->
            leading(connection, request.code(), request.viewerId())
                .map(
                    found ->
                        found
                            .map(link -> new FoundLink(link.target(), link.makerName()))
                            .orElseGet(() -> new FoundLink(null, null))));
  }

  /**
   * Where a link leads, on the caller's connection. Empty when there is no such link, or it leads
   * nowhere.
   *
   * @param viewerId who follows it, or null for somebody who is no user yet
   */
  public Future<Optional<Leading>> leading(
      SqlConnection connection, @Nullable String code, @Nullable UUID viewerId) {
    if (code == null || !LinkCodes.isCode(code)) {
      return Future.succeededFuture(Optional.empty());
    }
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(code, SqlTime.of(timers.now()), viewerId))
        .map(rows -> Rows.first(rows).map(IntroductionLinks::leading));
  }

  private static Leading leading(Row row) {
    return new Leading(
        row.getString("code"),
        PersonRow.person(row),
        row.getUUID("created_by"),
        row.getString("maker_name"));
  }

  /** The links that a user made, and those that lead to him. */
  public Future<Links> list(GetLinks request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(LIST)
                .execute(Tuple.of(request.userId(), SqlTime.of(timers.now()), rules.most()))
                .map(rows -> new Links(Rows.all(rows, IntroductionLinks::link))));
  }

  private static Link link(Row row) {
    return new Link(
        row.getString("code"),
        row.getUUID("created_by"),
        row.getString("maker_name"),
        row.getUUID("target_id"),
        row.getString("target_name"),
        SqlTime.instant(row, "created_at"),
        SqlTime.instant(row, "expires_at"));
  }

  /** Ends a link for its maker or its target. */
  public Future<RevokedLink> revoke(RevokeLink request) {
    if (!LinkCodes.isCode(request.code())) {
      return Future.succeededFuture(new RevokedLink(false));
    }
    return database.read(
        connection ->
            connection
                .preparedQuery(REVOKE)
                .execute(Tuple.of(request.userId(), request.code(), SqlTime.of(timers.now())))
                .map(rows -> new RevokedLink(rows.rowCount() > 0)));
  }
}
