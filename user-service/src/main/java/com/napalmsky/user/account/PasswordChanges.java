package com.napalmsky.user.account;

import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.PasswordChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.reset.ResetTokens;
import com.napalmsky.user.session.Owners;
import com.napalmsky.user.session.Owners.Owner;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Gives an account another password. Safe from any context. */
public final class PasswordChanges {

  private static final String STORE =
      "UPDATE users SET password_hash = $2, updated_at = $3 WHERE user_id = $1";

  /**
   * What a transaction came to.
   *
   * @param displaced sessions it has ended
   */
  private record Stored(ChangeOutcome outcome, List<UUID> displaced) {}

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final ResetTokens resets;
  private final Owners owners;

  public PasswordChanges(
      Database database,
      Timers timers,
      Sessions sessions,
      Passwords passwords,
      ResetTokens resets) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.resets = resets;
    this.owners = new Owners(sessions);
  }

  /** Stores the new password, ends all other sessions and voids what was mailed for a reset. */
  public Future<PasswordChanged> change(ChangePassword request) {
    return database
        .read(connection -> owners.find(connection, request.tokenHash()))
        .compose(
            found ->
                found
                    .map(owner -> change(owner, request))
                    .orElseGet(() -> outcome(ChangeOutcome.SESSION_REFUSED)))
        .map(PasswordChanged::new);
  }

  private Future<ChangeOutcome> change(Owner owner, ChangePassword request) {
    String old = owner.passwordHash();
    if (old == null) {
      return outcome(ChangeOutcome.NO_PASSWORD);
    }
    if (!Passwords.acceptable(request.newPassword())) {
      return outcome(ChangeOutcome.PASSWORD_INVALID);
    }
    return passwords
        .matches(request.currentPassword(), old)
        .compose(
            right ->
                right
                    ? passwords
                        .hash(request.newPassword())
                        .compose(hash -> store(owner, request.tokenHash(), hash))
                    : outcome(ChangeOutcome.PASSWORD_WRONG));
  }

  private Future<ChangeOutcome> store(Owner seen, String tokenHash, String hash) {
    return database
        .transaction(
            tx ->
                owners
                    .hold(tx, tokenHash)
                    .compose(
                        held ->
                            held.map(owner -> store(tx, owner, seen, hash))
                                .orElseGet(() -> nothing(ChangeOutcome.SESSION_REFUSED))))
        .map(
            stored -> {
              sessions.announce(seen.userId(), stored.displaced(), SessionEnd.NEW_LOGIN);
              return stored.outcome();
            });
  }

  private Future<Stored> store(SqlConnection tx, Owner owner, Owner seen, String hash) {
    if (!owner.stillHas(seen.passwordHash())) {
      // Another change was faster; what was given is not the current password any more.
      return nothing(ChangeOutcome.PASSWORD_WRONG);
    }
    return tx.preparedQuery(STORE)
        .execute(Tuple.of(owner.userId(), hash, SqlTime.of(timers.now())))
        .compose(stored -> resets.voidAll(tx, owner.userId()))
        .compose(voided -> sessions.displaceOthers(tx, owner.userId(), owner.sessionId()))
        .map(displaced -> new Stored(ChangeOutcome.CHANGED, displaced));
  }

  private static Future<ChangeOutcome> outcome(ChangeOutcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private static Future<Stored> nothing(ChangeOutcome outcome) {
    return Future.succeededFuture(new Stored(outcome, List.of()));
  }
}
