package com.napalmsky.user.profile;

import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.FindPerson;
import com.napalmsky.shared.contract.user.UserContract.FoundPerson;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import com.napalmsky.shared.contract.user.UserContract.OwnCode;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads profiles and keeps the part of them that their owner writes. Safe from any context. */
public final class Profiles {

  // The own code stays unseen until it is unlocked, whatever is stored.
  private static final String ACCOUNT =
      "SELECT "
          + PersonRow.COLUMNS
          + ", u.account_type, u.email, u.socials, u.created_at, u.timer_total_seconds,"
          + " u.session_count, u.last_sessions, u.streak_days, u.paid_status, u.paid_at,"
          + " u.qr_unlocked, u.qr_unlocked_at, u.successful_sessions, "
          + PersonRow.BAN
          + ", u.invite_code_used, c.code, c.uses_remaining, c.max_uses, c.total_used, c.type"
          + " FROM users u LEFT JOIN invite_codes c"
          + " ON c.created_by = u.user_id AND c.type = 'user' AND c.is_active AND u.qr_unlocked"
          + " WHERE u.user_id = $1";
  private static final String PERSON =
      "SELECT " + PersonRow.COLUMNS + " FROM users u WHERE u.user_id = $1";
  private static final String SAVE_SOCIALS =
      "UPDATE users SET socials = $2, updated_at = $3 WHERE user_id = $1";

  private final Database database;
  private final Timers timers;

  public Profiles(Database database, Timers timers) {
    this.database = database;
    this.timers = timers;
  }

  public Future<GotAccount> get(GetAccount request) {
    return database.read(
        connection ->
            connection.preparedQuery(ACCOUNT).execute(Tuple.of(request.userId())).map(this::got));
  }

  /** Stores what may be kept of the socials; an unknown user gets no account. */
  public Future<GotAccount> save(SaveSocials request) {
    JsonObject socials = new JsonObject();
    Socials.keep(request.socials()).forEach(socials::put);
    Tuple change = Tuple.of(request.userId(), socials, SqlTime.of(timers.now()));
    return database.read(
        connection ->
            connection
                .preparedQuery(SAVE_SOCIALS)
                .execute(change)
                .compose(
                    saved -> connection.preparedQuery(ACCOUNT).execute(Tuple.of(request.userId())))
                .map(this::got));
  }

  public Future<FoundPerson> find(FindPerson request) {
    return database.read(
        connection ->
            connection
                .preparedQuery(PERSON)
                .execute(Tuple.of(request.userId()))
                .map(
                    rows -> new FoundPerson(Rows.first(rows).map(PersonRow::person).orElse(null))));
  }

  private GotAccount got(RowSet<Row> rows) {
    return new GotAccount(Rows.first(rows).map(this::account).orElse(null));
  }

  private Account account(Row row) {
    return new Account(
        PersonRow.person(row),
        PersonRow.permanent(row),
        row.getString("email"),
        socials(row.getJsonObject("socials")),
        SqlTime.instant(row, "created_at"),
        PersonRow.metrics(row),
        row.getInteger("streak_days"),
        PersonRow.paidStatus(row),
        SqlTime.optionalInstant(row, "paid_at"),
        row.getBoolean("qr_unlocked"),
        SqlTime.optionalInstant(row, "qr_unlocked_at"),
        row.getInteger("successful_sessions"),
        PersonRow.banStatus(row, timers.now()),
        row.getString("invite_code_used"),
        ownCode(row));
  }

  // Imported rows may hold anything; only text is given out.
  private static Map<String, String> socials(JsonObject stored) {
    return stored.stream()
        .filter(entry -> entry.getValue() instanceof String)
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
  }

  private static @Nullable OwnCode ownCode(Row row) {
    String code = row.getString("code");
    return code == null
        ? null
        : new OwnCode(
            code,
            row.getInteger("uses_remaining"),
            row.getInteger("max_uses"),
            row.getInteger("total_used"),
            row.getString("type"));
  }
}
