package com.napalmsky.user.introduction;

import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows introduction links. Safe from any context. */
public final class Introductions {

  private static final Pattern CODE = Pattern.compile("[A-Z0-9]{10}");
  private static final String FOLLOW =
      "SELECT r.code, r.created_by, "
          + PersonRow.COLUMNS
          + " FROM referral_codes r JOIN users u ON u.user_id = r.target_id"
          + " WHERE r.code = $1 AND r.revoked_at IS NULL AND r.expires_at > $2"
          + " AND u.ban_status IN ('none', 'vindicated')";

  /**
   * Whom a link introduces a newcomer to.
   *
   * @param introducer who made the link
   */
  public record Link(String code, Person target, UUID introducer) {}

  private final Timers timers;

  public Introductions(Timers timers) {
    this.timers = timers;
  }

  /** Empty when there is no such link, or none that still leads anywhere. */
  public Future<Optional<Link>> follow(SqlConnection connection, @Nullable String code) {
    if (code == null || !CODE.matcher(code).matches()) {
      return Future.succeededFuture(Optional.empty());
    }
    return connection
        .preparedQuery(FOLLOW)
        .execute(Tuple.of(code, SqlTime.of(timers.now())))
        .map(
            rows ->
                Rows.first(rows)
                    .map(
                        row ->
                            new Link(
                                row.getString("code"),
                                PersonRow.person(row),
                                row.getUUID("created_by"))));
  }
}
