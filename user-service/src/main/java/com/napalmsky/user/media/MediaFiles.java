package com.napalmsky.user.media;

import com.napalmsky.shared.contract.media.MediaKind;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which files there are, and which of them a profile shows. */
final class MediaFiles {

  private static final String BEGIN =
      "INSERT INTO media_files (name, user_id, kind, bytes, created_at) VALUES ($1, $2, $3, $4, $5)";
  private static final String REPLACE =
      "UPDATE media_files SET state = 'replaced'"
          + " WHERE user_id = $1 AND kind = $2 AND state = 'current'";
  private static final String FINISH =
      "UPDATE media_files SET state = 'current'"
          + " WHERE name = $1 AND user_id = $2 AND state = 'pending'";
  private static final String UNWANTED =
      "SELECT name FROM media_files WHERE (user_id IS NULL OR state = 'replaced'"
          + " OR (state = 'pending' AND created_at <= $1)) AND name > $2 ORDER BY name LIMIT $3";
  private static final String FORGET = "DELETE FROM media_files WHERE name = ANY($1)";

  /**
   * A file is in a profile.
   *
   * @param account as it is now
   * @param introductions whose targets are to be told now
   */
  record Shown(AccountChanged account, List<Notification> introductions) {}

  private final Database database;
  private final Timers timers;
  private final Notifications introductions;

  MediaFiles(Database database, Timers timers, Notifications introductions) {
    this.database = database;
    this.timers = timers;
    this.introductions = introductions;
  }

  /**
   * Says that a file will be in the store.
   *
   * @return false when there is no such user
   */
  Future<Boolean> begin(MediaName name, UUID userId, MediaKind kind, long bytes) {
    Tuple row = Tuple.of(name.text(), userId, kind.wire(), bytes, SqlTime.of(timers.now()));
    return database
        .transaction(tx -> tx.preparedQuery(BEGIN).execute(row))
        .map(true)
        .recover(
            cause ->
                Database.namesAMissingRow(cause)
                    ? Future.succeededFuture(false)
                    : Future.failedFuture(cause));
  }

  /**
   * Puts a stored file into its owner's profile.
   *
   * @return empty when the owner, or the row of {@link #begin}, is gone
   */
  Future<Optional<Shown>> show(MediaName name, UUID userId, MediaKind kind, String address) {
    // The user first, as everybody who changes more than one row of his does.
    Tuple change = Tuple.of(userId, address, SqlTime.of(timers.now()));
    return database.transaction(
        tx ->
            tx.preparedQuery(profile(kind))
                .execute(change)
                .compose(
                    users ->
                        Rows.first(users)
                            .map(user -> replace(tx, name, userId, kind, user))
                            .orElse(Future.succeededFuture(Optional.empty()))));
  }

  private Future<Optional<Shown>> replace(
      SqlConnection tx, MediaName name, UUID userId, MediaKind kind, Row user) {
    return tx.preparedQuery(REPLACE)
        .execute(Tuple.of(userId, kind.wire()))
        .compose(replaced -> tx.preparedQuery(FINISH).execute(Tuple.of(name.text(), userId)))
        .compose(finished -> introduced(tx, userId, finished))
        .map(
            introduced ->
                Optional.of(
                    new Shown(
                        new AccountChanged(
                            PersonRow.person(user),
                            PersonRow.paidStatus(user),
                            PersonRow.banStatus(user, timers.now())),
                        introduced)));
  }

  private Future<List<Notification>> introduced(
      SqlConnection tx, UUID userId, RowSet<Row> finished) {
    return finished.rowCount() == 1
        ? introductions.profileStored(tx, userId)
        // Rolls the profile back. The purge took the row: this upload was away for an hour.
        : Future.failedFuture(new IllegalStateException("the file was purged before its time"));
  }

  private static String profile(MediaKind kind) {
    String column = column(kind);
    return "UPDATE users u SET "
        + column
        + " = $2, updated_at = $3 WHERE u.user_id = $1 RETURNING "
        + PersonRow.COLUMNS
        + ", u.paid_status, "
        + PersonRow.BAN;
  }

  /**
   * Files that nobody is to see: replaced, of a deleted account, or never finished.
   *
   * @param unfinishedSince what was begun later may still be finished
   * @param after in the order of names
   */
  Future<List<MediaName>> unwanted(Instant unfinishedSince, String after, int most) {
    Tuple which = Tuple.of(SqlTime.of(unfinishedSince), after, most);
    return database.read(
        connection -> connection.preparedQuery(UNWANTED).execute(which).map(MediaFiles::names));
  }

  /** Forgets files that are out of the store. */
  Future<Void> forget(List<MediaName> names) {
    Tuple which = Tuple.of(names.stream().map(MediaName::text).toArray(String[]::new));
    return database.read(connection -> connection.preparedQuery(FORGET).execute(which)).mapEmpty();
  }

  /**
   * Corrects the addresses of a portion of profiles after the base of all addresses was changed.
   *
   * @return how many were wrong
   */
  Future<Integer> readdress(MediaKind kind, String base, int most) {
    String column = column(kind);
    String right = "$1 || '/' || m.name";
    String statement =
        "UPDATE users SET "
            + column
            + " = wrong.address FROM (SELECT u.user_id, "
            + right
            + " AS address FROM media_files m JOIN users u USING (user_id)"
            + " WHERE m.kind = $2 AND m.state = 'current' AND u."
            + column
            + " <> "
            + right
            + " LIMIT $3) AS wrong WHERE users.user_id = wrong.user_id";
    return database
        .read(
            connection ->
                connection.preparedQuery(statement).execute(Tuple.of(base, kind.wire(), most)))
        .map(RowSet::rowCount);
  }

  private static String column(MediaKind kind) {
    return kind == MediaKind.SELFIE ? "selfie_url" : "video_url";
  }

  private static List<MediaName> names(RowSet<Row> rows) {
    return Rows.all(rows, row -> new MediaName(row.getString("name")));
  }
}
