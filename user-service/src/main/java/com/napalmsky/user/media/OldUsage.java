package com.napalmsky.user.media;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.retention.Chore;
import com.napalmsky.user.retention.ExpiredRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Deletes what users sent on days that are over: {@link Quotas} only ask for today. */
public final class OldUsage implements Chore {

  private static final String FORGET = ExpiredRows.deletion("media_usage", "day < $1");

  private final Database database;
  private final Timers timers;

  public OldUsage(Database database, Timers timers) {
    this.database = database;
    this.timers = timers;
  }

  @Override
  public String name() {
    return "upload-counts";
  }

  @Override
  public Future<Integer> portion(int most) {
    // An upload that began before midnight is settled with the day it began on.
    LocalDate yesterday = LocalDate.ofInstant(timers.now(), ZoneOffset.UTC).minusDays(1);
    return database
        .read(connection -> connection.preparedQuery(FORGET).execute(Tuple.of(yesterday, most)))
        .map(rows -> rows.rowCount());
  }
}
