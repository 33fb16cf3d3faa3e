package com.napalmsky.user.account;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.AccountContract.AccountDeleted;
import com.napalmsky.shared.contract.user.AccountContract.DeleteAccount;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.profile.PersonRow;
import com.napalmsky.user.session.Owners;
import com.napalmsky.user.session.Owners.Owner;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/**
 * Deletes accounts, at once and for good. Safe from any context.
 *
 * <p>With the row of a user goes what refers to it; see the foreign keys. What others keep of him
 * loses his name: their histories, and introductions and codes he made, which stay good.
 */
public final class Deletions {

  // Two people who blocked, reported and met each other share many rows. Deleted at the same time,
  // each would hold some of them and wait for the others.
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('napalmsky.delete-account'))";
  // Before anything is read: whatever changes the user meanwhile comes wholly before, or not at
  // all.
  private static final String HOLD = "SELECT 1 FROM users WHERE user_id = $1 FOR UPDATE";
  private static final String TAKE_NAME_AWAY =
      "UPDATE chat_history SET partner_name = $2 WHERE partner_id = $1";
  private static final String SESSIONS =
      "SELECT session_id FROM sessions WHERE user_id = $1 AND state = 'active'";
  // Those who see in the lobby by whom somebody was introduced to them.
  private static final String VIEWERS =
      "SELECT DISTINCT target_id FROM introductions WHERE introduced_by = $1 LIMIT 1000";
  // That two people met is nobody's any more once both are gone; after the row of the user is.
  private static final String CALLS_OF_NOBODY =
      "DELETE FROM finished_calls WHERE"
          + " (first_id = $1 AND NOT EXISTS (SELECT FROM users WHERE user_id = second_id))"
          + " OR (second_id = $1 AND NOT EXISTS (SELECT FROM users WHERE user_id = first_id))";
  private static final String DELETE = "DELETE FROM users WHERE user_id = $1";

  /**
   * What a transaction came to.
   *
   * @param sessions that went with the account
   * @param viewers whose lobby still has his name
   */
  private record Deleted(DeletionOutcome outcome, List<UUID> sessions, List<UUID> viewers) {}

  private final Database database;
  private final Bus bus;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Owners owners;

  public Deletions(Database database, Bus bus, Sessions sessions, Passwords passwords) {
    this.database = database;
    this.bus = bus;
    this.sessions = sessions;
    this.passwords = passwords;
    this.owners = new Owners(sessions);
  }

  /** Deletes the account behind a session, whose password is asked for if it has one. */
  public Future<AccountDeleted> delete(DeleteAccount request) {
    return database
        .read(connection -> owners.find(connection, request.tokenHash()))
        .compose(
            found ->
                found
                    .map(owner -> delete(owner, request))
                    .orElseGet(() -> outcome(DeletionOutcome.SESSION_REFUSED)))
        .map(AccountDeleted::new);
  }

  private Future<DeletionOutcome> delete(Owner owner, DeleteAccount request) {
    String hash = owner.passwordHash();
    if (hash == null) {
      return delete(owner, request.tokenHash());
    }
    if (request.currentPassword() == null) {
      return outcome(DeletionOutcome.PASSWORD_NEEDED);
    }
    return passwords
        .matches(request.currentPassword(), hash)
        .compose(
            right ->
                right
                    ? delete(owner, request.tokenHash())
                    : outcome(DeletionOutcome.PASSWORD_WRONG));
  }

  private Future<DeletionOutcome> delete(Owner seen, String tokenHash) {
    return database
        .transaction(tx -> delete(tx, seen, tokenHash))
        .map(
            deleted -> {
              sessions.announce(seen.userId(), deleted.sessions(), SessionEnd.DELETED);
              if (!deleted.viewers().isEmpty()) {
                bus.publish(UserContract.OVERLAY_CHANGED, new OverlayChanged(deleted.viewers()));
              }
              return deleted.outcome();
            });
  }

  private Future<Deleted> delete(SqlConnection tx, Owner seen, String tokenHash) {
    return tx.query(ONE_AT_A_TIME)
        .execute()
        .compose(alone -> tx.preparedQuery(HOLD).execute(Tuple.of(seen.userId())))
        .compose(held -> owners.hold(tx, tokenHash))
        .compose(
            held ->
                held.map(owner -> delete(tx, seen, owner))
                    .orElseGet(() -> nothing(DeletionOutcome.SESSION_REFUSED)));
  }

  private Future<Deleted> delete(SqlConnection tx, Owner seen, Owner owner) {
    if (!owner.stillHas(seen.passwordHash())) {
      return nothing(
          seen.passwordHash() == null
              ? DeletionOutcome.PASSWORD_NEEDED
              : DeletionOutcome.PASSWORD_WRONG);
    }
    UUID userId = owner.userId();
    Future<List<UUID>> ended = ids(tx, SESSIONS, userId);
    Future<List<UUID>> viewers = ids(tx, VIEWERS, userId);
    return Future.join(ended, viewers)
        .compose(
            known -> tx.preparedQuery(TAKE_NAME_AWAY).execute(Tuple.of(userId, PersonRow.NOBODY)))
        .compose(nameless -> tx.preparedQuery(DELETE).execute(Tuple.of(userId)))
        .compose(gone -> tx.preparedQuery(CALLS_OF_NOBODY).execute(Tuple.of(userId)))
        .map(gone -> new Deleted(DeletionOutcome.DELETED, ended.result(), viewers.result()));
  }

  private static Future<List<UUID>> ids(SqlConnection tx, String query, UUID userId) {
    return tx.preparedQuery(query)
        .execute(Tuple.of(userId))
        .map(rows -> Rows.all(rows, row -> row.getUUID(0)));
  }

  private static Future<DeletionOutcome> outcome(DeletionOutcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private static Future<Deleted> nothing(DeletionOutcome outcome) {
    return Future.succeededFuture(new Deleted(outcome, List.of(), List.of()));
  }
}
