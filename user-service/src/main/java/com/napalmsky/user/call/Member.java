package com.napalmsky.user.call;

import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.Metrics.PastSession;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.user.profile.PersonRow;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who took part in a call, and what calls have brought him so far.
 *
 * @param credits calls that counted towards the unlock
 * @param unlocked whether the call at hand unlocked his code
 */
record Member(
    Person person,
    PaidStatus paidStatus,
    BanStatus banStatus,
    Metrics metrics,
    int credits,
    boolean unlocked) {

  private static final int LAST_SESSIONS = 10;

  /** The columns that {@link #of} needs. */
  static final String COLUMNS =
      PersonRow.COLUMNS
          + ", u.paid_status, "
          + PersonRow.BAN
          + ", u.timer_total_seconds, u.session_count,"
          + " u.last_sessions, u.successful_sessions";

  static Member of(Row row, Instant now) {
    return new Member(
        PersonRow.person(row),
        PersonRow.paidStatus(row),
        PersonRow.banStatus(row, now),
        PersonRow.metrics(row),
        row.getInteger("successful_sessions"),
        false);
  }

  UUID userId() {
    return person.userId();
  }

  /** The same after one more call. */
  Member talked(Instant endedAt, int seconds) {
    List<PastSession> last = new ArrayList<>(metrics.lastSessions());
    last.add(new PastSession(endedAt, seconds));
    return new Member(
        person,
        paidStatus,
        banStatus,
        new Metrics(
            metrics.timerTotalSeconds() + seconds,
            metrics.sessionCount() + 1,
            last.subList(Math.max(0, last.size() - LAST_SESSIONS), last.size())),
        credits,
        unlocked);
  }

  /**
   * The same after one more credit. Only somebody in his grace period is verified by it: who has
   * paid would lose by it, and who never had access must not gain it.
   */
  Member credited(int creditsToUnlock) {
    boolean unlocks = paidStatus == PaidStatus.QR_GRACE_PERIOD && credits + 1 >= creditsToUnlock;
    return new Member(
        person,
        unlocks ? PaidStatus.QR_VERIFIED : paidStatus,
        banStatus,
        metrics,
        credits + 1,
        unlocks);
  }

  /** The same, of a call that is known to have unlocked his code before. */
  Member withUnlocked(boolean unlockedThen) {
    return new Member(person, paidStatus, banStatus, metrics, credits, unlockedThen);
  }

  AccountChanged changed() {
    return new AccountChanged(person, paidStatus, banStatus);
  }
}
