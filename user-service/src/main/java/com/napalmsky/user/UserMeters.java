package com.napalmsky.user;

import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.runtime.meter.Counts;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.payment.StripeApi;

/** Counts who comes in, and names what the service counts. Safe from any context. */
final class UserMeters {

  private enum Entry {
    SIGNED_UP,
    /** Without a code that works. */
    SIGN_UP_REFUSED,
    LOGGED_IN,
    LOG_IN_REFUSED,
    LOG_IN_BANNED
  }

  private final Counts<Entry> entries = new Counts<>(Entry.class);

  SignedUp signedUp(SignedUp answer) {
    entries.count(answer.token() == null ? Entry.SIGN_UP_REFUSED : Entry.SIGNED_UP);
    return answer;
  }

  LoggedIn loggedIn(LoggedIn answer) {
    entries.count(entry(answer.outcome()));
    return answer;
  }

  private static Entry entry(LogInOutcome outcome) {
    return switch (outcome) {
      case LOGGED_IN -> Entry.LOGGED_IN;
      case REFUSED -> Entry.LOG_IN_REFUSED;
      case BANNED -> Entry.LOG_IN_BANNED;
    };
  }

  void register(
      Meters meters,
      UserFeatures features,
      Database database,
      Passwords passwords,
      StripeApi stripe) {
    meters.counters(
        "napalmsky_user_sign_ins",
        "Who came in, or did not",
        "outcome",
        Entry.class,
        entries::total);
    meters.counters(
        "napalmsky_user_bans",
        "What was made of accounts",
        "status",
        BanStatus.class,
        features.moderation().bans()::decisions);
    meters.structure("postgresql_connections", database.poolMax(), database::poolSize);
    meters.structure("passwords", passwords.pendingMax(), passwords::pending);
    meters.structure("stripe_requests", stripe.pendingMax(), stripe::pending);
    meters.counter(
        "napalmsky_user_sweeps",
        "Sweeps that came to their end",
        features.sweep().counts()::sweeps);
    meters.counter(
        "napalmsky_user_sweep_failures",
        "Chores of a sweep that failed",
        features.sweep().counts()::failures);
    meters.gauge(
        "napalmsky_user_sweeper",
        "Whether this instance is the one that sweeps",
        () -> features.sweep().counts().elected() ? 1 : 0);
  }
}
