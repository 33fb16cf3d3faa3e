package com.napalmsky.user.ban;

import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.AppealOutcome;
import com.napalmsky.shared.contract.user.BanContract.AppealSignedOut;
import com.napalmsky.shared.contract.user.BanContract.Appealed;
import com.napalmsky.user.credential.EmailAddress;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/**
 * Takes appeals of banned people who have no session any more, and get none by a log-in. Safe from
 * any context.
 */
public final class SignedOutAppeals {

  private static final String FIND =
      "SELECT u.user_id, u.password_hash FROM users u WHERE lower(u.email) = lower($1)";

  private static final Appealed REFUSED = new Appealed(AppealOutcome.REFUSED);

  private final Database database;
  private final Passwords passwords;
  private final BanInquiries inquiries;

  public SignedOutAppeals(Database database, Passwords passwords, BanInquiries inquiries) {
    this.database = database;
    this.passwords = passwords;
    this.inquiries = inquiries;
  }

  /**
   * Takes what a banned user says to his ban, once, however often he came with a session. An
   * unknown address, an account without a password and a wrong password give one answer after one
   * length of time.
   */
  public Future<Appealed> appeal(AppealSignedOut request) {
    return find(request.email())
        .compose(
            found ->
                passwords
                    .matches(
                        request.password(),
                        found.map(row -> row.getString("password_hash")).orElse(null))
                    .compose(
                        right ->
                            found
                                .filter(row -> right)
                                .map(row -> new Appeal(row.getUUID("user_id"), request.text()))
                                .map(inquiries::appeal)
                                .orElseGet(() -> Future.succeededFuture(REFUSED))));
  }

  private Future<Optional<Row>> find(String typed) {
    return EmailAddress.of(typed)
        .map(
            address ->
                database.read(
                    connection ->
                        connection
                            .preparedQuery(FIND)
                            .execute(Tuple.of(address.text()))
                            .map(Rows::first)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }
}
