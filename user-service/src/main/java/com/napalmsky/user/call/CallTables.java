package com.napalmsky.user.call;

import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements by which a call is recorded, each inside the caller's transaction. */
final class CallTables {

  private static final String CLAIM =
      "INSERT INTO finished_calls (room_id, session_id, first_id, second_id, started_at, ended_at,"
          + " duration_seconds, reason, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
          + " ON CONFLICT (room_id) DO NOTHING";
  private static final String RECORDED = "SELECT * FROM finished_calls WHERE room_id = $1";
  private static final String FINISH =
      "UPDATE finished_calls SET cooldown_expiry = $2, first_unlocked = $3, second_unlocked = $4"
          + " WHERE room_id = $1";
  // Always in the order of the ids: calls A–B and B–A that end together would otherwise each hold
  // one row and wait for the other's.
  private static final String HOLD =
      "SELECT "
          + Member.COLUMNS
          + " FROM users u WHERE u.user_id IN ($1, $2) ORDER BY u.user_id FOR NO KEY UPDATE OF u";
  private static final String MEMBERS =
      "SELECT " + Member.COLUMNS + " FROM users u WHERE u.user_id IN ($1, $2)";
  private static final String HISTORY =
      "INSERT INTO chat_history (session_id, user_id, partner_id, partner_name, room_id,"
          + " started_at, duration, messages) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
  private static final String CREDIT =
      "INSERT INTO session_completions (user_id, partner_id, day, room_id, duration_seconds,"
          + " created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
  private static final String UPDATE =
      "UPDATE users SET timer_total_seconds = $2, session_count = $3, last_sessions = $4,"
          + " successful_sessions = $5, paid_status = $6, qr_unlocked = qr_unlocked OR $7,"
          + " qr_unlocked_at = CASE WHEN $7 THEN coalesce(qr_unlocked_at, $8)"
          + " ELSE qr_unlocked_at END, updated_at = $8 WHERE user_id = $1";

  private CallTables() {}

  /** Whether this transaction is the one that records the call; waits for another that tries. */
  static Future<Boolean> claim(SqlConnection tx, RecordCall call, Instant now) {
    return tx.preparedQuery(CLAIM)
        .execute(
            Tuple.of(
                call.roomId(),
                call.sessionId(),
                call.firstId(),
                call.secondId(),
                SqlTime.of(call.startedAt()),
                SqlTime.of(call.endedAt()),
                call.durationSeconds(),
                call.reason().wire(),
                SqlTime.of(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<Row> recorded(SqlConnection tx, UUID roomId) {
    return tx.preparedQuery(RECORDED).execute(Tuple.of(roomId)).map(rows -> rows.iterator().next());
  }

  static Future<Void> finish(
      SqlConnection tx,
      UUID roomId,
      Instant cooldownExpiry,
      boolean firstUnlocked,
      boolean secondUnlocked) {
    return tx.preparedQuery(FINISH)
        .execute(Tuple.of(roomId, SqlTime.of(cooldownExpiry), firstUnlocked, secondUnlocked))
        .mapEmpty();
  }

  /** Those of two members who still exist, held until the commit. */
  static Future<Map<UUID, Member>> hold(SqlConnection tx, UUID first, UUID second, Instant now) {
    return members(tx, HOLD, first, second, now);
  }

  /** Those of two members who still exist. */
  static Future<Map<UUID, Member>> members(SqlConnection tx, UUID first, UUID second, Instant now) {
    return members(tx, MEMBERS, first, second, now);
  }

  private static Future<Map<UUID, Member>> members(
      SqlConnection tx, String query, UUID first, UUID second, Instant now) {
    return tx.preparedQuery(query)
        .execute(Tuple.of(first, second))
        .map(
            rows -> {
              Map<UUID, Member> members = new LinkedHashMap<>();
              rows.forEach(row -> members.put(row.getUUID("user_id"), Member.of(row, now)));
              return members;
            });
  }

  static Future<Void> history(
      SqlConnection tx, RecordCall call, UUID userId, UUID partnerId, String partnerName) {
    JsonArray messages = Messages.json(call.messages());
    return tx.preparedQuery(HISTORY)
        .execute(
            Tuple.of(
                call.sessionId(),
                userId,
                partnerId,
                partnerName,
                call.roomId(),
                SqlTime.of(call.startedAt()),
                call.durationSeconds(),
                messages))
        .mapEmpty();
  }

  /** Whether the call counted: one for each partner and day does. */
  static Future<Boolean> credit(SqlConnection tx, RecordCall call, UUID userId, UUID partnerId) {
    return tx.preparedQuery(CREDIT)
        .execute(
            Tuple.from(
                List.of(
                    userId,
                    partnerId,
                    call.endedAt().atOffset(ZoneOffset.UTC).toLocalDate(),
                    call.roomId(),
                    call.durationSeconds(),
                    SqlTime.of(call.endedAt()))))
        .map(rows -> rows.rowCount() == 1);
  }

  static Future<Void> update(SqlConnection tx, Member member, Instant now) {
    return tx.preparedQuery(UPDATE)
        .execute(
            Tuple.of(
                member.userId(),
                member.metrics().timerTotalSeconds(),
                member.metrics().sessionCount(),
                PersonRow.json(member.metrics().lastSessions()),
                member.credits(),
                member.paidStatus().wire(),
                member.unlocked(),
                SqlTime.of(now)))
        .mapEmpty();
  }
}
