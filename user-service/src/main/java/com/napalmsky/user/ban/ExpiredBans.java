package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.retention.Chore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Writes down that temporary bans ran out. Nobody has to wait for it: see {@link Bans}. */
public final class ExpiredBans implements Chore {

  private static final String END =
      "WITH due AS (SELECT user_id FROM users"
          + " WHERE ban_status = 'temporary' AND banned_until <= $1"
          + " LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),"
          + " ended AS (UPDATE users u SET ban_status = 'none', banned_at = NULL,"
          + " banned_reason = NULL, banned_until = NULL, review_status = NULL,"
          + " ban_changed_at = $1, updated_at = $1 FROM due WHERE u.user_id = due.user_id"
          + " RETURNING u.user_id),"
          + " closed AS (UPDATE ban_records b SET ban_status = 'none',"
          + " counted_since = coalesce(b.until, $1) FROM ended WHERE b.user_id = ended.user_id)"
          + " SELECT user_id FROM ended";

  private final Database database;
  private final Timers timers;
  private final Bans bans;

  public ExpiredBans(Database database, Timers timers, Bans bans) {
    this.database = database;
    this.timers = timers;
    this.bans = bans;
  }

  @Override
  public String name() {
    return "bans";
  }

  @Override
  public Future<Integer> portion(int most) {
    Instant now = timers.now();
    return database
        .read(connection -> connection.preparedQuery(END).execute(Tuple.of(SqlTime.of(now), most)))
        .map(
            rows -> {
              List<UUID> ended = Rows.all(rows, row -> row.getUUID("user_id"));
              ended.forEach(
                  userId -> bans.announce(new BanChanged(userId, BanStatus.NONE, null, now)));
              return ended.size();
            });
  }
}
