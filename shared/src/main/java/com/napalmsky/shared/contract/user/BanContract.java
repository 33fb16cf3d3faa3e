package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bans of users and what becomes of them. See {@code docs/contracts/moderation.md}. */
public final class BanContract {

  private BanContract() {}

  /** An appeal has at most so many characters. */
  public static final int LONGEST_APPEAL = 2_000;

  /** What was decided about a ban. */
  public enum ReviewStatus {
    PENDING,
    REVIEWED_BAN,
    REVIEWED_VINDICATE;

    /** The word on the wire and in the database. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The latest ban of a user.
   *
   * @param status as it is now: {@link BanStatus#NONE} for one that was lifted or ran out
   * @param until when a temporary ban ends, null for not by itself
   * @param reportCount reports that counted when it was applied
   * @param reviewedAt null until it was decided on, like {@code reviewedBy} and {@code
   *     reviewReason}; {@code reviewedBy} also when that admin's account is gone
   * @param appeal what the banned user says to it, null for nothing
   * @param ipAddresses the user came from lately; for admins only
   */
  public record BanRecord(
      Person person,
      BanStatus status,
      Instant bannedAt,
      String reason,
      @Nullable Instant until,
      int reportCount,
      ReviewStatus reviewStatus,
      @Nullable Instant reviewedAt,
      @Nullable UUID reviewedBy,
      @Nullable String reviewReason,
      @Nullable String appeal,
      @Nullable Instant appealedAt,
      List<String> ipAddresses) {
    public BanRecord {
      ipAddresses = List.copyOf(ipAddresses);
    }

    @Override
    public String toString() {
      return "BanRecord[status=" + status + "]";
    }
  }

  /** {@code GET /report/check-ban}. */
  public record CheckBan(UUID userId) {}

  /**
   * @param status null when there is no such user
   * @param record null when he was never banned
   */
  public record BanChecked(@Nullable BanStatus status, @Nullable BanRecord record) {}

  /**
   * {@code POST /report/appeal}. Once for each ban.
   *
   * @param text 1 to {@link #LONGEST_APPEAL} characters
   */
  public record Appeal(UUID userId, String text) {
    @Override
    public String toString() {
      return "Appeal[]";
    }
  }

  /**
   * {@code POST /auth/appeal}: the same from somebody without a session, to whom a log-in is
   * refused.
   *
   * @param text 1 to {@link #LONGEST_APPEAL} characters
   */
  public record AppealSignedOut(String email, String password, String text) {
    @Override
    public String toString() {
      return "AppealSignedOut[]";
    }
  }

  /** How an appeal ended. */
  public enum AppealOutcome {
    APPEALED,
    NOT_BANNED,
    /** There is an appeal against this ban already; it stays as it is. */
    ALREADY_APPEALED,
    /** Of one without a session: unknown address, wrong password or guest account. */
    REFUSED
  }

  public record Appealed(AppealOutcome outcome) {}

  /** {@code GET /report/blacklist}: permanent bans that an admin has confirmed, newest first. */
  public record ListBlacklist(@Nullable Cursor before, int limit) {}

  /**
   * @param selfieUrl null unless media are shown, like {@code videoUrl}
   */
  public record BlacklistEntry(
      String name,
      @Nullable String selfieUrl,
      @Nullable String videoUrl,
      Instant bannedAt,
      String reason,
      int reportCount) {}

  /**
   * @param updatedAt when the newest of them was decided on, null for an empty page
   * @param next where the next page begins, null when there is none
   */
  public record Blacklist(
      List<BlacklistEntry> entries, @Nullable Instant updatedAt, @Nullable Cursor next) {
    public Blacklist {
      entries = List.copyOf(entries);
    }
  }

  /**
   * {@code GET /report/pending}, for admins: bans in force that nobody has decided on, newest
   * first.
   *
   * @param appealedOnly only those with an appeal
   */
  public record ListPending(boolean appealedOnly, @Nullable Cursor before, int limit) {}

  /**
   * @param reports of the banned user, newest first, at most fifty
   */
  public record PendingCase(BanRecord ban, List<ReportEntry> reports) {
    public PendingCase {
      reports = List.copyOf(reports);
    }
  }

  /**
   * @param next where the next page begins, null when there is none
   */
  public record PendingCases(List<PendingCase> cases, @Nullable Cursor next) {
    public PendingCases {
      cases = List.copyOf(cases);
    }
  }

  /**
   * {@code GET /report/bans}, for admins: the latest ban of everybody who was ever banned, newest
   * first.
   *
   * @param status only those that stand so now, or null
   * @param review only those on which this was decided, or null
   * @param limit brought into 1–200
   */
  public record ListBans(
      @Nullable BanStatus status,
      @Nullable ReviewStatus review,
      @Nullable Cursor before,
      int limit) {}

  /**
   * @param next where the next page begins, null when there is none
   */
  public record BansListed(List<BanRecord> bans, @Nullable Cursor next) {
    public BansListed {
      bans = List.copyOf(bans);
    }
  }

  /** What an admin can make of a ban. */
  public enum Decision {
    PERMANENT,
    /** The ban was right and ends at a time. */
    TEMPORARY,
    /** The ban was wrong: it ends, and who reported counts for less from now on. */
    VINDICATED;

    /** The word on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * {@code POST /report/review/{userId}}. Written to the audit log in the same transaction.
   *
   * @param until set for {@link Decision#TEMPORARY} alone; in the future
   * @param reason at most {@link ReportContract#LONGEST_REASON} characters, may be empty
   */
  public record Review(
      UUID userId, Decision decision, @Nullable Instant until, String reason, Actor actor) {}

  /** {@code POST /report/unban/{userId}}: the ban ends, and the reports are not called wrong. */
  public record LiftBan(UUID userId, String reason, Actor actor) {}

  /** How a review or the lifting of a ban ended. */
  public enum ReviewOutcome {
    DECIDED,
    UNKNOWN_USER,
    /** No ban is in force; nothing was changed. */
    NOT_BANNED,
    /** That is what was decided before; nothing was changed. */
    AS_BEFORE
  }

  public record Reviewed(ReviewOutcome outcome) {}

  /** {@code GET /report/stats}. */
  public record CountModeration() {}

  /**
   * @param bans users with a ban record, whatever became of it
   * @param pendingReviews bans in force that nobody has decided on
   * @param appeals those of them with an appeal
   */
  public record ModerationCounted(
      int reports,
      int bans,
      int pendingReviews,
      int appeals,
      int permanentBans,
      int temporaryBans,
      int vindicated,
      int ipBans) {}

  /**
   * What holds of a user's ban now. Announced after the commit and again and again for some
   * minutes, so that who missed it hears of it; receivers act on it whether or not it is news.
   *
   * @param until when a temporary ban ends, null for not by itself
   * @param changedAt a fact with an earlier time than one heard before is out of date
   */
  public record BanChanged(
      UUID userId, BanStatus status, @Nullable Instant until, Instant changedAt) {

    /** Whether the user is kept out at this time. */
    public boolean banned(Instant now) {
      return status.banned() && (until == null || until.isAfter(now));
    }
  }

  // As that of a log-in.
  private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(15);
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<CheckBan, BanChecked> CHECK_BAN =
      Endpoint.of("user.v1.check-ban", CheckBan.class, BanChecked.class);
  public static final Endpoint<Appeal, Appealed> APPEAL =
      Endpoint.of("user.v1.appeal", Appeal.class, Appealed.class);
  public static final Endpoint<AppealSignedOut, Appealed> APPEAL_SIGNED_OUT =
      Endpoint.of("user.v1.appeal-signed-out", AppealSignedOut.class, Appealed.class)
          .within(PASSWORD_LIMIT);
  public static final Endpoint<ListBlacklist, Blacklist> LIST_BLACKLIST =
      Endpoint.of("user.v1.list-blacklist", ListBlacklist.class, Blacklist.class);
  public static final Endpoint<ListPending, PendingCases> LIST_PENDING =
      Endpoint.of("user.v1.list-pending-bans", ListPending.class, PendingCases.class);
  public static final Endpoint<ListBans, BansListed> LIST_BANS =
      Endpoint.of("user.v1.list-bans", ListBans.class, BansListed.class);
  public static final Endpoint<Review, Reviewed> REVIEW =
      Endpoint.of("user.v1.review-ban", Review.class, Reviewed.class).within(TRANSACTION_LIMIT);
  public static final Endpoint<LiftBan, Reviewed> LIFT_BAN =
      Endpoint.of("user.v1.lift-ban", LiftBan.class, Reviewed.class).within(TRANSACTION_LIMIT);
  public static final Endpoint<CountModeration, ModerationCounted> COUNT =
      Endpoint.of("user.v1.count-moderation", CountModeration.class, ModerationCounted.class);

  public static final Topic<BanChanged> BAN_CHANGED =
      new Topic<>("user.v1.ban-changed", BanChanged.class);
}
