package com.napalmsky.user.block;

import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.BlockEntry;
import com.napalmsky.shared.contract.user.BlockContract.BlockOutcome;
import com.napalmsky.shared.contract.user.BlockContract.Blocked;
import com.napalmsky.shared.contract.user.BlockContract.ListBlocks;
import com.napalmsky.shared.contract.user.BlockContract.Unblock;
import com.napalmsky.shared.contract.user.BlockContract.Unblocked;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Page;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.encounter.Encounter.Kind;
import com.napalmsky.user.encounter.Encounters;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Blocks without a report. Safe from any context. */
public final class Blocks {

  /** The setting for how many people one user may block. */
  public static final String MOST = "USER_BLOCKS_MAX";

  private static final String BEFORE =
      "SELECT EXISTS (SELECT FROM users WHERE user_id = $2) AS known,"
          + " EXISTS (SELECT FROM blocks WHERE blocker_id = $1 AND blocked_id = $2) AS blocked,"
          + " (SELECT count(*) FROM blocks WHERE blocker_id = $1 AND NOT by_report) AS length";
  private static final String INSERT =
      "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, $3)"
          + " ON CONFLICT DO NOTHING";
  private static final String DELETE =
      "DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2 AND NOT by_report";
  private static final String LIST =
      "SELECT b.created_at AS blocked_at, "
          + PersonRow.COLUMNS
          + " FROM blocks b JOIN users u ON u.user_id = b.blocked_id"
          + " WHERE b.blocker_id = $1 AND NOT b.by_report"
          + " AND (b.created_at, b.blocked_id) < ($2, $3)"
          + " ORDER BY b.created_at DESC, b.blocked_id DESC LIMIT $4";

  private final Database database;
  private final Timers timers;
  private final Hiding hiding;
  private final Encounters encounters;
  private final int most;

  /**
   * @param most how many people one user may block
   */
  public Blocks(Database database, Timers timers, Hiding hiding, Encounters encounters, int most) {
    this.database = database;
    this.timers = timers;
    this.hiding = hiding;
    this.encounters = encounters;
    this.most = most;
  }

  /** Hides two people from each other. */
  public Future<Blocked> block(Block request) {
    UUID blocker = request.blockerId();
    UUID blocked = request.blockedId();
    if (blocked == null || blocked.equals(blocker)) {
      return refused(blocked == null ? BlockOutcome.UNKNOWN_USER : BlockOutcome.SELF);
    }
    return database
        .read(connection -> store(connection, blocker, blocked))
        .recover(
            cause ->
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(BlockOutcome.UNKNOWN_USER)
                    : Future.failedFuture(cause))
        .compose(
            outcome ->
                outcome == BlockOutcome.BLOCKED
                    ? hide(blocker, blocked, request.endCall())
                    : refused(outcome));
  }

  private Future<BlockOutcome> store(SqlConnection connection, UUID blocker, UUID blocked) {
    return connection
        .preparedQuery(BEFORE)
        .execute(Tuple.of(blocker, blocked))
        .compose(
            rows -> {
              Row before = rows.iterator().next();
              if (!before.getBoolean("known")) {
                return Future.succeededFuture(BlockOutcome.UNKNOWN_USER);
              }
              if (!before.getBoolean("blocked") && before.getLong("length") >= most) {
                return Future.succeededFuture(BlockOutcome.TOO_MANY);
              }
              return connection
                  .preparedQuery(INSERT)
                  .execute(Tuple.of(blocker, blocked, SqlTime.of(timers.now())))
                  .map(stored -> BlockOutcome.BLOCKED);
            });
  }

  /** Told also when it stood before, as the first telling may have been lost. */
  private Future<Blocked> hide(UUID blocker, UUID blocked, boolean endCall) {
    hiding.began(blocker, blocked);
    if (!endCall) {
      return Future.succeededFuture(new Blocked(BlockOutcome.BLOCKED, false));
    }
    return encounters
        .of(blocker, blocked, null)
        .compose(
            encounter -> {
              UUID room = encounter.roomId();
              return encounter.kind() == Kind.IN_CALL && room != null
                  ? encounters.end(room, EndReason.LEFT)
                  : Future.succeededFuture(false);
            })
        // The block stands whether or not anybody knows of a call.
        .otherwise(false)
        .map(ended -> new Blocked(BlockOutcome.BLOCKED, ended));
  }

  /** Takes a block back; what a report hides stays hidden. */
  public Future<Unblocked> unblock(Unblock request) {
    return database
        .read(
            connection ->
                connection
                    .preparedQuery(DELETE)
                    .execute(Tuple.of(request.blockerId(), request.blockedId())))
        .map(
            rows -> {
              // Also when it had ended before, as the first telling may have been lost.
              hiding.ended(request.blockerId(), request.blockedId());
              return new Unblocked(rows.rowCount() == 1);
            });
  }

  /** Whom a user has blocked, newest first. */
  public Future<BlockContract.Blocks> list(ListBlocks request) {
    int limit = Page.limit(request.limit());
    Cursor before = request.before();
    Tuple which = Tuple.of(request.blockerId(), Page.instant(before), Page.id(before), limit + 1);
    return database
        .read(connection -> connection.preparedQuery(LIST).execute(which))
        .map(rows -> Page.of(Rows.all(rows, Blocks::entry), limit, Blocks::place))
        .map(page -> new BlockContract.Blocks(page.entries(), page.next()));
  }

  private static BlockEntry entry(Row row) {
    return new BlockEntry(PersonRow.person(row), SqlTime.instant(row, "blocked_at"));
  }

  private static Cursor place(BlockEntry entry) {
    return new Cursor(entry.at(), entry.person().userId());
  }

  private static Future<Blocked> refused(BlockOutcome outcome) {
    return Future.succeededFuture(new Blocked(outcome, false));
  }
}
