package com.napalmsky.user.report;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.ban.BanRows;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.retention.Chore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/** Forgets the addresses kept with old bans, unless somebody still has to decide on them. */
public final class OldAddresses implements Chore {

  private static final String ADDRESSES =
      "WITH old AS (SELECT o.user_id FROM ban_records o WHERE o.banned_at <= $1"
          + " AND o.ip_addresses <> '{}' AND NOT "
          + BanRows.openFor("o.user_id", "$2")
          + " LIMIT $3 FOR UPDATE OF o SKIP LOCKED)"
          + " UPDATE ban_records o SET ip_addresses = '{}' FROM old WHERE o.user_id = old.user_id";

  private final Database database;
  private final Timers timers;
  private final Duration age;

  /**
   * @param age from which on they are forgotten, counted from the ban
   */
  public OldAddresses(Database database, Timers timers, Duration age) {
    this.database = database;
    this.timers = timers;
    this.age = age;
  }

  @Override
  public String name() {
    return "ban-addresses";
  }

  @Override
  public Future<Integer> portion(int most) {
    Instant now = timers.now();
    Tuple which = Tuple.of(SqlTime.of(now.minus(age)), SqlTime.of(now), most);
    return database
        .read(connection -> connection.preparedQuery(ADDRESSES).execute(which))
        .map(rows -> rows.rowCount());
  }
}
