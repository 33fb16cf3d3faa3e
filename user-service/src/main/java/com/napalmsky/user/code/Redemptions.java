package com.napalmsky.user.code;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.CodeContract.ApplyCode;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.CodeApplied;
import com.napalmsky.shared.contract.user.CodeContract.CodeState;
import com.napalmsky.shared.contract.user.CodeContract.CodeType;
import com.napalmsky.shared.contract.user.CodeContract.CodeValidated;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Rows;
import com.napalmsky.user.database.SqlTime;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody in who has an account already and comes with a code. Safe from any context.
 *
 * <pre>
 *   unpaid ──code──► qr_grace_period
 * </pre>
 *
 * <p>The user's row is held throughout: a payment at the same time either comes first, and then no
 * use is taken, or finds him in his grace period.
 */
public final class Redemptions {

  private static final String HOLD =
      "SELECT "
          + PersonRow.COLUMNS
          + ", u.paid_status, u.successful_sessions, "
          + PersonRow.BAN
          + " FROM users u WHERE u.user_id = $1 FOR NO KEY UPDATE OF u";
  private static final String GRANT =
      "UPDATE users SET paid_status = $2, invite_code_used = $3, updated_at = $4"
          + " WHERE user_id = $1";

  /**
   * @param changed what to tell all, or null
   */
  private record Result(CodeApplied reply, @Nullable AccountChanged changed) {}

  private final Database database;
  private final Bus bus;
  private final Timers timers;
  private final AccessCodes codes;
  private final int creditsToUnlock;

  /**
   * @param creditsToUnlock calls until the newcomer's own code is unlocked
   */
  public Redemptions(
      Database database, Bus bus, Timers timers, AccessCodes codes, int creditsToUnlock) {
    this.database = database;
    this.bus = bus;
    this.timers = timers;
    this.codes = codes;
    this.creditsToUnlock = creditsToUnlock;
  }

  /** Takes a use of the code and begins the grace period: both or nothing. */
  public Future<CodeApplied> apply(ApplyCode request) {
    if (!AccessCodes.wellFormed(request.code())) {
      return Future.succeededFuture(new CodeApplied(ApplyOutcome.UNKNOWN, PaidStatus.UNPAID, 0));
    }
    return database
        .transaction(tx -> apply(tx, request))
        .map(
            result -> {
              if (result.changed() != null) {
                bus.publish(UserContract.ACCOUNT_CHANGED, result.changed());
              }
              return result.reply();
            });
  }

  private Future<Result> apply(SqlConnection tx, ApplyCode request) {
    return tx.preparedQuery(HOLD)
        .execute(Tuple.of(request.userId()))
        .compose(
            rows ->
                Rows.first(rows)
                    .map(user -> apply(tx, request, user))
                    .orElseGet(() -> refused(ApplyOutcome.USER_GONE, null)));
  }

  private Future<Result> apply(SqlConnection tx, ApplyCode request, Row user) {
    PaidStatus before = PersonRow.paidStatus(user);
    if (before.hasAccess()) {
      return refused(ApplyOutcome.HAS_ACCESS, before);
    }
    return codes
        .take(tx, request.code(), request.userId())
        .compose(
            taken ->
                taken
                    ? grant(tx, request, user)
                    : CodeRow.find(tx, request.code(), timers.now())
                        .compose(
                            found ->
                                refused(
                                    found
                                        .map(code -> whyNot(code, request))
                                        .orElse(ApplyOutcome.UNKNOWN),
                                    before)));
  }

  private static ApplyOutcome whyNot(CodeRow code, ApplyCode request) {
    if (code.type() == CodeType.USER && request.userId().equals(code.maker())) {
      return ApplyOutcome.OWN_CODE;
    }
    // Read after the refusal: it may have been given back its use by now, but he was refused.
    return code.state() == CodeState.USED_UP ? ApplyOutcome.USED_UP : ApplyOutcome.INACTIVE;
  }

  private Future<Result> grant(SqlConnection tx, ApplyCode request, Row user) {
    PaidStatus after = PaidStatus.QR_GRACE_PERIOD;
    int needed = Math.max(1, creditsToUnlock - user.getInteger("successful_sessions"));
    return tx.preparedQuery(GRANT)
        .execute(Tuple.of(request.userId(), after.wire(), request.code(), SqlTime.of(timers.now())))
        .map(
            granted ->
                new Result(
                    new CodeApplied(ApplyOutcome.APPLIED, after, needed),
                    new AccountChanged(
                        PersonRow.person(user), after, PersonRow.banStatus(user, timers.now()))));
  }

  private static Future<Result> refused(ApplyOutcome outcome, @Nullable PaidStatus status) {
    return Future.succeededFuture(new Result(new CodeApplied(outcome, status, 0), null));
  }

  /** Says what a code is worth, without using it. */
  public Future<CodeValidated> validate(ValidateCode request) {
    if (!AccessCodes.wellFormed(request.code())) {
      return Future.succeededFuture(unknown());
    }
    return database
        .read(connection -> CodeRow.find(connection, request.code(), timers.now()))
        .map(
            found ->
                found
                    .map(
                        code ->
                            new CodeValidated(
                                code.state(), code.type(), code.usesRemaining(), code.createdBy()))
                    .orElseGet(Redemptions::unknown));
  }

  private static CodeValidated unknown() {
    return new CodeValidated(CodeState.UNKNOWN, null, 0, null);
  }
}
