package com.napalmsky.user.reset;

import com.napalmsky.shared.contract.user.AccountContract.PasswordReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetPassword;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.reset.ResetTokens.Found;
import com.napalmsky.user.session.Owners;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets new passwords for those who hold a mailed token. Safe from any context. */
public final class PasswordResets {

  private static final String STORE =
      "UPDATE users SET password_hash = $2, updated_at = $3 WHERE user_id = $1";

  private static final Future<PasswordReset> UNKNOWN = refused(ResetOutcome.TOKEN_UNKNOWN);
  private static final Future<PasswordReset> OVER = refused(ResetOutcome.TOKEN_OVER);
  private static final Future<PasswordReset> INVALID = refused(ResetOutcome.PASSWORD_INVALID);

  private final Database database;
  private final Timers timers;
  private final Sessions sessions;
  private final Passwords passwords;
  private final ResetTokens tokens;

  public PasswordResets(
      Database database,
      Timers timers,
      Sessions sessions,
      Passwords passwords,
      ResetTokens tokens) {
    this.database = database;
    this.timers = timers;
    this.sessions = sessions;
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /** Stores a new password, uses the token up, and ends every session of the user. */
  public Future<PasswordReset> reset(ResetPassword request) {
    if (!Passwords.acceptable(request.newPassword())) {
      return INVALID;
    }
    return database
        .read(connection -> tokens.find(connection, request.tokenHash()))
        // Looked at before a password is hashed for it, which is what costs.
        .compose(found -> found.map(token -> reset(request, token)).orElse(UNKNOWN));
  }

  private Future<PasswordReset> reset(ResetPassword request, Found token) {
    if (!token.good()) {
      return OVER;
    }
    return passwords
        .hash(request.newPassword())
        .compose(
            hash ->
                database.transaction(tx -> store(tx, request.tokenHash(), token.userId(), hash)))
        .compose(done -> done.map(ended -> announced(token.userId(), ended)).orElse(OVER));
  }

  private Future<Optional<List<UUID>>> store(
      SqlConnection tx, String tokenHash, UUID userId, String hash) {
    return Owners.hold(tx, userId)
        .compose(held -> tokens.use(tx, tokenHash))
        .compose(
            used ->
                used
                    ? store(tx, userId, hash).map(Optional::of)
                    // Used by somebody faster, or voided while the password was hashed.
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<List<UUID>> store(SqlConnection tx, UUID userId, String hash) {
    return tx.preparedQuery(STORE)
        .execute(Tuple.of(userId, hash, SqlTime.of(timers.now())))
        .compose(stored -> tokens.voidAll(tx, userId))
        .compose(voided -> sessions.logOutAll(tx, userId, Optional.empty()));
  }

  private Future<PasswordReset> announced(UUID userId, List<UUID> ended) {
    sessions.announce(userId, ended, SessionEnd.LOGGED_OUT);
    return Future.succeededFuture(new PasswordReset(ResetOutcome.RESET, userId));
  }

  private static Future<PasswordReset> refused(ResetOutcome outcome) {
    return Future.succeededFuture(new PasswordReset(outcome, null));
  }
}
