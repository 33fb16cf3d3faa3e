package com.napalmsky.importold.people;

import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Outcome;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an old account may use.
 *
 * @param unlockedAt since when his own code works; null when it does not
 */
record Access(String paidStatus, @Nullable Instant paidAt, @Nullable Instant unlockedAt) {

  private static final Set<String> STATUSES =
      Set.of("unpaid", "paid", "qr_verified", "qr_grace_period");

  /**
   * Reads it.
   *
   * @param createdAt stands in for times that were not kept
   */
  static Access of(OldRow row, Instant createdAt, Outcome outcome) {
    String status = status(row, outcome);
    Instant paidAt = row.instant("paid_at").orElse(null);
    boolean unlocked =
        switch (status) {
          // Both had a working code in the old system, whether or not it says so.
          case "paid", "qr_verified" -> true;
          // The old server gave it out at once; here it is earned.
          case "qr_grace_period" -> false;
          default -> row.flag("qr_unlocked").orElse(false);
        };
    Instant since = row.instant("qr_unlocked_at").orElse(paidAt == null ? createdAt : paidAt);
    return new Access(status, paidAt, unlocked ? since : null);
  }

  private static String status(OldRow row, Outcome outcome) {
    String status = row.word("paid_status").orElse("unpaid");
    if (!STATUSES.contains(status)) {
      outcome.changed("unpaid now: the payment status was no known word");
      return "unpaid";
    }
    // The fourth call made "verified" of everybody, also of who had paid.
    if (status.equals("qr_verified") && row.word("payment_id").isPresent()) {
      outcome.changed("paid again: a call had made 'qr_verified' of it");
      return "paid";
    }
    return status;
  }
}
