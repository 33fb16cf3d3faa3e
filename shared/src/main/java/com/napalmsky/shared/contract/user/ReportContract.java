package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reports of one user about another. See {@code docs/contracts/moderation.md}. */
public final class ReportContract {

  private ReportContract() {}

  /** A reason has at most so many characters. */
  public static final int LONGEST_REASON = 1_000;

  /**
   * {@code POST /report/user}.
   *
   * @param reportedId null when what the client sent is no id of anybody
   * @param reason at most {@link #LONGEST_REASON} characters, may be empty
   * @param roomId of the call it is about, or null for the running or the last one of the two
   * @param endCall whether a running call of the two ends at once
   * @param ip the reporter's address
   */
  public record Report(
      UUID reporterId,
      @Nullable UUID reportedId,
      String reason,
      @Nullable UUID roomId,
      boolean endCall,
      String ip) {

    @Override
    public String toString() {
      return "Report[]";
    }
  }

  /** How a report ended. Nothing is stored unless it was taken. */
  public enum ReportOutcome {
    TAKEN,
    /** This reporter has reported this user before. */
    ALREADY_REPORTED,
    SELF,
    UNKNOWN_USER,
    /** The two are in no call and were in none of late. */
    NO_SHARED_CALL,
    /** The room that was named is no call of these two. */
    NOT_THIS_CALL
  }

  /**
   * @param reportId set when taken
   * @param reportCount reports of the reported user that count now
   * @param autoBanned whether this very report banned him
   * @param callEnded whether it ended a running call
   */
  public record Reported(
      ReportOutcome outcome,
      @Nullable UUID reportId,
      int reportCount,
      boolean autoBanned,
      boolean callEnded) {}

  /**
   * {@code GET /report/all}, for admins: newest first.
   *
   * @param reportedId only reports of this user, or null
   * @param reporterId only reports by this user, or null
   */
  public record ListReports(
      @Nullable UUID reportedId, @Nullable UUID reporterId, @Nullable Cursor before, int limit) {}

  /**
   * A report as admins see it.
   *
   * @param reporterIp null when it was not kept
   * @param roomId of the call it is about, null when imported without one
   */
  public record ReportEntry(
      UUID reportId,
      Person reported,
      UUID reporterId,
      String reporterName,
      @Nullable String reporterIp,
      String reason,
      Instant at,
      @Nullable UUID roomId) {

    @Override
    public String toString() {
      return "ReportEntry[reportId=" + reportId + "]";
    }
  }

  /**
   * @param next where the next page begins, null when there is none
   */
  public record Reports(List<ReportEntry> reports, @Nullable Cursor next) {
    public Reports {
      reports = List.copyOf(reports);
    }
  }

  /** Who shares the call is asked of other services first, then the database. */
  private static final Duration REPORT_LIMIT = Duration.ofSeconds(15);

  public static final Endpoint<Report, Reported> REPORT =
      Endpoint.of("user.v1.report", Report.class, Reported.class).within(REPORT_LIMIT);
  public static final Endpoint<ListReports, Reports> LIST_REPORTS =
      Endpoint.of("user.v1.list-reports", ListReports.class, Reports.class);
}
