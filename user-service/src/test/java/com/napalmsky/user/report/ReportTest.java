package com.napalmsky.user.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.ReportContract;
import com.napalmsky.shared.contract.user.ReportContract.ListReports;
import com.napalmsky.shared.contract.user.ReportContract.Report;
import com.napalmsky.shared.contract.user.ReportContract.ReportEntry;
import com.napalmsky.shared.contract.user.ReportContract.ReportOutcome;
import com.napalmsky.shared.contract.user.ReportContract.Reported;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private final ModerationStage moderation = new ModerationStage(stage);

  @BeforeEach
  void nobodyIsInACall() {
    OtherServices.empty(stage);
    stage.forgetAnnouncements();
  }

  private List<UUID> hiddenFrom(UUID viewer) {
    return UserStage.await(stage.overlays().get(new GetOverlay(viewer))).hidden();
  }

  private long reportsOf(UUID reported) {
    return stage.count("SELECT count(*) FROM reports WHERE reported_user_id = $1", reported);
  }

  @Test
  void aReportIsTakenFromWhoMetTheReportedUserAndHidesBothFromEachOther() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    UUID room = moderation.met(ada, ben);

    Reported answer = moderation.report(ada, ben);

    assertThat(answer.outcome()).isEqualTo(ReportOutcome.TAKEN);
    assertThat(answer.reportId()).isNotNull();
    assertThat(answer.reportCount()).isEqualTo(1);
    assertThat(answer.autoBanned()).isFalse();
    assertThat(hiddenFrom(ada)).containsExactly(ben);
    assertThat(hiddenFrom(ben)).containsExactly(ada);
    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(ada, ben)));
    assertThat(stage.announced(PairHidden.class)).containsExactly(new PairHidden(ada, ben));
    assertThat(
            stage.sql(
                "SELECT room_id, reporter_ip FROM reports WHERE report_id = $1", answer.reportId()))
        .extracting(row -> row.getUUID("room_id"), row -> row.getString("reporter_ip"))
        .containsExactly(tuple(room, ModerationStage.REPORTER_IP));
  }

  @Test
  void strangersCannotBeReported() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");

    assertThat(moderation.report(ada, ben).outcome()).isEqualTo(ReportOutcome.NO_SHARED_CALL);

    assertThat(reportsOf(ben)).isZero();
    assertThat(hiddenFrom(ben)).isEmpty();
    assertThat(stage.announced(PairHidden.class)).isEmpty();
  }

  @Test
  void aCallOfMoreThanSevenDaysAgoIsForgotten() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    UUID cleo = stage.user("Cleo");
    UUID old = moderation.met(ada, ben, Duration.ofDays(7));
    moderation.met(ada, cleo, Duration.ofDays(7).minusMillis(1));

    assertThat(moderation.report(ada, ben).outcome()).isEqualTo(ReportOutcome.NO_SHARED_CALL);
    assertThat(
            moderation
                .report(new Report(ada, ben, "", old, false, ModerationStage.REPORTER_IP))
                .outcome())
        .isEqualTo(ReportOutcome.NO_SHARED_CALL);
    assertThat(moderation.report(ada, cleo).outcome()).isEqualTo(ReportOutcome.TAKEN);
  }

  @Test
  void nobodyReportsHimselfOrNobody() {
    UUID ada = stage.user("Ada");

    assertThat(moderation.report(ada, ada).outcome()).isEqualTo(ReportOutcome.SELF);
    assertThat(moderation.report(ada, UUID.randomUUID()).outcome())
        .isEqualTo(ReportOutcome.UNKNOWN_USER);
    assertThat(moderation.report(new Report(ada, null, "", null, false, "192.0.2.1")).outcome())
        .isEqualTo(ReportOutcome.UNKNOWN_USER);
  }

  @Test
  void aForgedRoomIsRefusedAlsoWhenTheTwoHaveMet() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    UUID eve = stage.user("Eve");
    UUID own = moderation.met(ada, ben);
    UUID ofOthers = moderation.met(ben, eve);

    for (UUID forged : List.of(ofOthers, UUID.randomUUID())) {
      assertThat(moderation.report(new Report(ada, ben, "", forged, false, "192.0.2.1")).outcome())
          .isEqualTo(ReportOutcome.NOT_THIS_CALL);
    }
    assertThat(reportsOf(ben)).isZero();

    assertThat(moderation.report(new Report(ada, ben, "", own, false, "192.0.2.1")).outcome())
        .isEqualTo(ReportOutcome.TAKEN);
  }

  @Test
  void aSecondReportOfAPairChangesNothing() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    moderation.met(ada, ben);
    moderation.report(ada, ben);

    Reported again = moderation.report(ada, ben);

    assertThat(again.outcome()).isEqualTo(ReportOutcome.ALREADY_REPORTED);
    assertThat(again.reportId()).isNull();
    assertThat(reportsOf(ben)).isEqualTo(1);
  }

  @Test
  void ofReportsOfOnePairInParallelOneIsTaken() {
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    moderation.met(ada, ben);

    List<Future<Reported>> answers =
        Stream.generate(() -> stage.reports().report(moderation.reportOf(ada, ben)))
            .limit(8)
            .toList();
    UserStage.await(Future.join(answers));

    assertThat(answers.stream().map(answer -> answer.result().outcome()))
        .containsOnlyOnce(ReportOutcome.TAKEN)
        .filteredOn(outcome -> outcome == ReportOutcome.ALREADY_REPORTED)
        .hasSize(7);
    assertThat(reportsOf(ben)).isEqualTo(1);
  }

  @Test
  void theFourthReporterBansAndIsToldSo() {
    UUID ben = stage.user("Ben");
    for (int i = 1; i <= 3; i++) {
      assertThat(moderation.reportedByAnother(ben).autoBanned()).isFalse();
    }
    assertThat(moderation.status(ben)).isEqualTo(BanStatus.NONE);

    Reported fourth = moderation.reportedByAnother(ben);

    assertThat(fourth.autoBanned()).isTrue();
    assertThat(fourth.reportCount()).isEqualTo(4);
    BanRecord record = moderation.check(ben).record();
    assertThat(record.status()).isEqualTo(BanStatus.TEMPORARY);
    assertThat(record.reviewStatus()).isEqualTo(ReviewStatus.PENDING);
    assertThat(record.until()).isNull();
    assertThat(record.reportCount()).isEqualTo(4);
    assertThat(record.ipAddresses()).containsExactly(UserStage.ORIGIN.ip());
    assertThat(moderation.announcedOf(ben))
        .containsExactly(new BanChanged(ben, BanStatus.TEMPORARY, null, stage.timers.now()));
    assertThat(moderation.audited(ben.toString()))
        .extracting(row -> row.getString("action"), row -> row.getUUID("actor_id"))
        .containsExactly(tuple("ban.applied", null));
  }

  @Test
  void aFifthReporterChangesNothingOfTheBan() {
    UUID ben = moderation.banned("Ben");
    stage.forgetAnnouncements();

    Reported fifth = moderation.reportedByAnother(ben);

    assertThat(fifth.outcome()).isEqualTo(ReportOutcome.TAKEN);
    assertThat(fifth.autoBanned()).isFalse();
    assertThat(moderation.announcedOf(ben)).isEmpty();
    assertThat(moderation.check(ben).record().reportCount()).isEqualTo(4);
  }

  @Test
  void eightReportersInParallelMakeOneBanAndOneOfThemIsTold() {
    UUID ben = stage.user("Ben");

    List<Reported> answers = moderation.reportedAtOnce(ben, 8);

    assertThat(ModerationStage.taken(answers)).isEqualTo(8);
    assertThat(answers).filteredOn(Reported::autoBanned).hasSize(1);
    assertThat(moderation.announcedOf(ben)).hasSize(1);
    assertThat(moderation.audited(ben.toString())).hasSize(1);
    assertThat(moderation.check(ben).record().reportCount()).isEqualTo(4);
  }

  @Test
  void anAdminIsNotBannedByReports() {
    UUID admin = moderation.admin().userId();

    moderation.ban(admin);

    assertThat(moderation.status(admin)).isEqualTo(BanStatus.NONE);
    assertThat(reportsOf(admin)).isEqualTo(4);
  }

  @Test
  void afterAVindicationOnlyNewerReportsCount() {
    UUID ben = moderation.banned("Ben");
    moderation.review(ben, Decision.VINDICATED, null, moderation.admin());
    stage.timers.advance(Duration.ofSeconds(1));

    Reported fifth = moderation.reportedByAnother(ben);
    assertThat(fifth.reportCount()).isEqualTo(1);
    moderation.reportedByAnother(ben);
    moderation.reportedByAnother(ben);
    assertThat(moderation.status(ben)).isEqualTo(BanStatus.VINDICATED);
    assertThat(moderation.reportedByAnother(ben).autoBanned()).isTrue();
  }

  @Test
  void whoeverReportedWronglyWeighsHalfAndThenNothing() {
    List<UUID> reporters = Stream.generate(() -> stage.user("Reporter")).limit(4).toList();
    List<UUID> others = Stream.generate(() -> stage.user("Other")).limit(4).toList();

    // Never wrong before: four of them ban.
    assertThat(lastOf(reporters, vindicated("One", reporters)).autoBanned()).isTrue();
    // Wrong once: they weigh a half each, so four of them are worth two.
    UUID two = stage.user("Two");
    assertThat(all(reporters, two)).noneMatch(Reported::autoBanned);
    assertThat(all(others.subList(0, 1), two)).noneMatch(Reported::autoBanned);
    assertThat(all(others.subList(1, 2), two)).allMatch(Reported::autoBanned);
    moderation.review(two, Decision.VINDICATED, null, moderation.admin());
    // Wrong twice: they weigh nothing.
    UUID three = stage.user("Three");
    assertThat(all(reporters, three)).noneMatch(Reported::autoBanned);
    assertThat(all(others.subList(2, 4), three)).noneMatch(Reported::autoBanned);
    assertThat(moderation.status(three)).isEqualTo(BanStatus.NONE);
    assertThat(
            stage.sql("SELECT reports_vindicated FROM users WHERE user_id = $1", reporters.get(0)))
        .extracting(row -> row.getInteger(0))
        .containsExactly(2);
  }

  private List<Reported> all(List<UUID> reporters, UUID reported) {
    return reporters.stream()
        .map(
            reporter -> {
              moderation.met(reporter, reported);
              return moderation.report(reporter, reported);
            })
        .toList();
  }

  private Reported lastOf(List<UUID> reporters, List<Reported> answers) {
    return answers.get(reporters.size() - 1);
  }

  private List<Reported> vindicated(String name, List<UUID> reporters) {
    UUID reported = stage.user(name);
    List<Reported> answers = all(reporters, reported);
    moderation.review(reported, Decision.VINDICATED, null, moderation.admin());
    return answers;
  }

  @Test
  void adminsReadAllReportsNewestFirstInPages() {
    UUID ben = stage.user("Ben");
    UUID ada = stage.user("Ada");
    for (int i = 0; i < 3; i++) {
      stage.timers.advance(Duration.ofSeconds(1));
      moderation.reportedByAnother(ben);
    }
    // In the same moment as the last: an instant alone would lose one of the two.
    moderation.met(ada, ben);
    moderation.report(new Report(ada, ben, "shouts", null, false, "192.0.2.9"));

    ReportContract.Reports first = list(ben, null, null, 2);
    ReportContract.Reports second = list(ben, null, first.next(), 2);

    assertThat(Stream.concat(first.reports().stream(), second.reports().stream()))
        .extracting(ReportEntry::reportId)
        .doesNotHaveDuplicates()
        .hasSize(4);
    assertThat(first.reports().get(0).at()).isEqualTo(first.reports().get(1).at());
    assertThat(first.reports().get(1).at()).isAfter(second.reports().get(0).at());
    assertThat(second.next()).isNull();
    assertThat(list(null, ada, null, 10).reports())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.reported().userId()).isEqualTo(ben);
              assertThat(report.reporterName()).isEqualTo("Ada");
              assertThat(report.reporterIp()).isEqualTo("192.0.2.9");
              assertThat(report.reason()).isEqualTo("shouts");
            });
    assertThat(list(ben, null, new Cursor(second.reports().get(0).at(), null), 10).reports())
        .hasSize(1);
  }

  private static ReportContract.Reports list(
      UUID reported, UUID reporter, Cursor before, int limit) {
    return UserStage.await(
        stage.reports().list(new ListReports(reported, reporter, before, limit)));
  }
}
