package com.napalmsky.user;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.BanChecked;
import com.napalmsky.shared.contract.user.BanContract.CheckBan;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.LiftBan;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What the tests of reports, bans and reviews do again and again. */
public final class ModerationStage {

  public static final String REPORTER_IP = "192.0.2.77";

  private final UserStage stage;

  public ModerationStage(UserStage stage) {
    this.stage = stage;
  }

  /** Has two people have had a call that ended a moment ago. */
  @CanIgnoreReturnValue
  public UUID met(UUID one, UUID other) {
    return met(one, other, Duration.ofMinutes(1));
  }

  /** Has two people have had a call that ended so long ago. */
  @CanIgnoreReturnValue
  public UUID met(UUID one, UUID other, Duration ago) {
    UUID room = UUID.randomUUID();
    stage.sql(
        "INSERT INTO finished_calls (room_id, session_id, first_id, second_id, started_at,"
            + " ended_at, duration_seconds, reason, recorded_at)"
            + " VALUES ($1, 'x', $2, $3, $4, $4, 60, 'left', $4)",
        room,
        one,
        other,
        stage.timers.now().minus(ago).atOffset(ZoneOffset.UTC));
    return room;
  }

  public Report reportOf(UUID reporter, UUID reported) {
    return new Report(reporter, reported, "rude", null, false, REPORTER_IP);
  }

  @CanIgnoreReturnValue
  public Reported report(UUID reporter, UUID reported) {
    return report(reportOf(reporter, reported));
  }

  @CanIgnoreReturnValue
  public Reported report(Report report) {
    return UserStage.await(stage.reports().report(report));
  }

  /** Has somebody new meet and report a user. */
  @CanIgnoreReturnValue
  public Reported reportedByAnother(UUID reported) {
    UUID reporter = stage.user("Reporter");
    met(reporter, reported);
    return report(reporter, reported);
  }

  /** Has several people report a user at the same time. */
  public List<Reported> reportedAtOnce(UUID reported, int reporters) {
    List<Report> reports =
        java.util.stream.IntStream.range(0, reporters)
            .mapToObj(
                number -> {
                  UUID reporter = stage.user("Reporter");
                  met(reporter, reported);
                  return reportOf(reporter, reported);
                })
            .toList();
    List<Future<Reported>> answers =
        reports.stream().map(report -> stage.reports().report(report)).toList();
    UserStage.await(Future.join(answers));
    return answers.stream().map(Future::result).toList();
  }

  /** A user with a ban by four reports. */
  @CanIgnoreReturnValue
  public UUID banned(String name) {
    UUID user = stage.user(name);
    ban(user);
    return user;
  }

  /** Has four people report a user. */
  public void ban(UUID user) {
    for (int i = 0; i < 4; i++) {
      reportedByAnother(user);
    }
  }

  public Actor admin() {
    UUID admin = stage.user("Admin");
    stage.sql("UPDATE users SET role = 'admin' WHERE user_id = $1", admin);
    return new Actor(admin, "198.51.100.1");
  }

  @CanIgnoreReturnValue
  public ReviewOutcome review(UUID userId, Decision decision, Instant until, Actor actor) {
    return UserStage.await(
            stage.reviews().review(new Review(userId, decision, until, "because", actor)))
        .outcome();
  }

  @CanIgnoreReturnValue
  public ReviewOutcome lift(UUID userId, Actor actor) {
    return UserStage.await(stage.reviews().lift(new LiftBan(userId, "enough", actor))).outcome();
  }

  public BanChecked check(UUID userId) {
    return UserStage.await(stage.banInquiries().check(new CheckBan(userId)));
  }

  public BanStatus status(UUID userId) {
    return check(userId).status();
  }

  /** What was announced of a user's ban, in order. */
  public List<BanChanged> announcedOf(UUID userId) {
    return stage.announced(BanChanged.class).stream()
        .filter(change -> change.userId().equals(userId))
        .toList();
  }

  /** Entries of the audit log about somebody or something, oldest first. */
  public List<Row> audited(String subject) {
    return stage.sql("SELECT * FROM audit_log WHERE subject = $1 ORDER BY entry_id", subject);
  }

  public static long taken(List<Reported> answers) {
    return answers.stream().filter(answer -> answer.outcome() == ReportOutcome.TAKEN).count();
  }
}
