package com.napalmsky.user.overlay;

import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import com.napalmsky.shared.contract.user.UserContract.Overlay;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What a viewer lays over the lobby. Safe from any context. */
public final class Overlays {

  /** The setting for the length of each list. */
  public static final String MOST = "USER_OVERLAY_MAX";

  // The longest first: what is cut off by the limit is what ends soonest.
  private static final String COOLDOWNS =
      "SELECT CASE WHEN user_id_1 = $1 THEN user_id_2 ELSE user_id_1 END AS other, expires_at"
          + " FROM cooldowns WHERE (user_id_1 = $1 OR user_id_2 = $1) AND expires_at > $2"
          + " ORDER BY expires_at DESC LIMIT $3";
  private static final String HIDDEN =
      "SELECT reported_user_id AS other FROM reports WHERE reporter_user_id = $1"
          + " UNION SELECT reporter_user_id FROM reports WHERE reported_user_id = $1"
          + " UNION SELECT blocked_id FROM blocks WHERE blocker_id = $1"
          + " UNION SELECT blocker_id FROM blocks WHERE blocked_id = $1 LIMIT $2";
  private static final String INTRODUCTIONS =
      "SELECT i.newcomer_id AS other, "
          + PersonRow.nameOrGone("b")
          + " AS name FROM introductions i LEFT JOIN users b ON b.user_id = i.introduced_by"
          + " WHERE i.target_id = $1 AND i.removed_at IS NULL ORDER BY i.introduced_at DESC LIMIT $2";

  private final Database database;
  private final Timers timers;
  private final int most;

  /**
   * @param most length of each list
   */
  public Overlays(Database database, Timers timers, int most) {
    this.database = database;
    this.timers = timers;
    this.most = most;
  }

  public Future<Overlay> get(GetOverlay request) {
    return database.read(connection -> get(connection, request.viewerId()));
  }

  private Future<Overlay> get(SqlConnection connection, UUID viewer) {
    Future<List<Cooldown>> cooldowns =
        list(
            connection,
            COOLDOWNS,
            Tuple.of(viewer, SqlTime.of(timers.now()), most),
            row -> new Cooldown(row.getUUID("other"), SqlTime.instant(row, "expires_at")));
    Future<List<UUID>> hidden =
        list(connection, HIDDEN, Tuple.of(viewer, most), row -> row.getUUID("other"));
    Future<List<Introduction>> introductions =
        list(
            connection,
            INTRODUCTIONS,
            Tuple.of(viewer, most),
            row -> new Introduction(row.getUUID("other"), row.getString("name")));
    return Future.join(cooldowns, hidden, introductions)
        .map(done -> new Overlay(cooldowns.result(), hidden.result(), introductions.result()));
  }

  private static <T> Future<List<T>> list(
      SqlConnection connection, String query, Tuple values, Function<Row, T> reader) {
    return connection.preparedQuery(query).execute(values).map(rows -> Rows.all(rows, reader));
  }
}
