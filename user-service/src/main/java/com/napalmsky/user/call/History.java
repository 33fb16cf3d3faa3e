package com.napalmsky.user.call;

import com.napalmsky.shared.contract.user.HistoryContract.DeleteHistory;
import com.napalmsky.shared.contract.user.HistoryContract.HistoryDeleted;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What a user talked before. Safe from any context. */
public final class History {

  private static final int MOST = 100;
  private static final String PAGE =
      "SELECT session_id, room_id, partner_id, partner_name, started_at, duration, messages"
          + " FROM chat_history"
          + " WHERE user_id = $1 AND ($2::timestamptz IS NULL OR started_at < $2)"
          + " ORDER BY started_at DESC, session_id LIMIT $3";
  // The row of finished_calls stays, so that a call that is told again does not come back.
  private static final String DELETE =
      "DELETE FROM chat_history WHERE user_id = $1 AND ($2::uuid IS NULL OR room_id = $2)";

  private final Database database;

  public History(Database database) {
    this.database = database;
  }

  /** A page, newest first; of the wished length, but one entry at least and 100 at most. */
  public Future<UserContract.History> get(GetHistory request) {
    int limit = Math.min(MOST, Math.max(1, request.limit()));
    Tuple page =
        Tuple.of(
            request.userId(),
            request.before() == null ? null : SqlTime.of(request.before()),
            limit);
    return database
        .read(connection -> connection.preparedQuery(PAGE).execute(page))
        .map(rows -> new UserContract.History(Rows.all(rows, History::entry)));
  }

  /** Deletes one call, or all, from one member's view. */
  public Future<HistoryDeleted> delete(DeleteHistory request) {
    return database
        .read(
            connection ->
                connection
                    .preparedQuery(DELETE)
                    .execute(Tuple.of(request.userId(), request.roomId())))
        .map(rows -> new HistoryDeleted(rows.rowCount()));
  }

  private static HistoryEntry entry(Row row) {
    return new HistoryEntry(
        row.getString("session_id"),
        row.getUUID("room_id"),
        row.getUUID("partner_id"),
        row.getString("partner_name"),
        SqlTime.instant(row, "started_at"),
        row.getInteger("duration"),
        Messages.read(row.getJsonArray("messages")));
  }
}
