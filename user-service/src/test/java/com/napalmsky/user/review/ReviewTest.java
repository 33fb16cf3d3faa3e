package com.napalmsky.user.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.BanContract.Appeal;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanContract.BanRecord;
import com.napalmsky.shared.contract.user.BanContract.BansListed;
import com.napalmsky.shared.contract.user.BanContract.CountModeration;
import com.napalmsky.shared.contract.user.BanContract.Decision;
import com.napalmsky.shared.contract.user.BanContract.ListBans;
import com.napalmsky.shared.contract.user.BanContract.ListPending;
import com.napalmsky.shared.contract.user.BanContract.ModerationCounted;
import com.napalmsky.shared.contract.user.BanContract.PendingCase;
import com.napalmsky.shared.contract.user.BanContract.PendingCases;
import com.napalmsky.shared.contract.user.BanContract.Review;
import com.napalmsky.shared.contract.user.BanContract.ReviewOutcome;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import com.napalmsky.shared.contract.user.BanContract.Reviewed;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReviewTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private final ModerationStage moderation = new ModerationStage(stage);
  private Actor admin;

  @BeforeEach
  void anAdmin() {
    OtherServices.empty(stage);
    admin = moderation.admin();
  }

  private PendingCases pending(boolean appealedOnly, Cursor before, int limit) {
    return UserStage.await(stage.cases().pending(new ListPending(appealedOnly, before, limit)));
  }

  private List<UUID> pending() {
    return pending(false, null, 200).cases().stream()
        .map(one -> one.ban().person().userId())
        .toList();
  }

  private void appeal(UUID user) {
    assertThat(UserStage.await(stage.banInquiries().appeal(new Appeal(user, "no"))).outcome())
        .isNotNull();
  }

  @Test
  void aConfirmedBanIsPermanentReasonedAndInTheAuditLog() {
    UUID ben = moderation.banned("Ben");
    stage.forgetAnnouncements();

    assertThat(moderation.review(ben, Decision.PERMANENT, null, admin))
        .isEqualTo(ReviewOutcome.DECIDED);

    BanRecord record = moderation.check(ben).record();
    assertThat(record.status()).isEqualTo(BanStatus.PERMANENT);
    assertThat(record.reviewStatus()).isEqualTo(ReviewStatus.REVIEWED_BAN);
    assertThat(record.reviewedBy()).isEqualTo(admin.userId());
    assertThat(record.reviewedAt()).isEqualTo(stage.timers.now());
    assertThat(record.reviewReason()).isEqualTo("because");
    assertThat(moderation.announcedOf(ben))
        .containsExactly(new BanChanged(ben, BanStatus.PERMANENT, null, stage.timers.now()));
    assertThat(moderation.audited(ben.toString()))
        .extracting(
            row -> row.getString("action"),
            row -> row.getUUID("actor_id"),
            row -> row.getString("actor_ip"),
            row -> row.getJsonObject("details"))
        .contains(
            tuple(
                "ban.reviewed",
                admin.userId(),
                admin.ip(),
                new JsonObject().put("decision", "permanent").put("reason", "because")));
  }

  @Test
  void aDecisionThatIsRefusedIsWrittenDownWithTheReason() {
    UUID nobody = UUID.randomUUID();
    UUID ben = moderation.banned("Ben");
    assertDecided(ben, Decision.PERMANENT, null);
    assertThat(moderation.review(ben, Decision.PERMANENT, null, admin))
        .isEqualTo(ReviewOutcome.AS_BEFORE);
    assertThat(moderation.lift(ben, admin)).isEqualTo(ReviewOutcome.DECIDED);
    assertThat(moderation.review(ben, Decision.VINDICATED, null, admin))
        .isEqualTo(ReviewOutcome.NOT_BANNED);
    assertThat(moderation.lift(ben, admin)).isEqualTo(ReviewOutcome.NOT_BANNED);
    assertThat(moderation.lift(nobody, admin)).isEqualTo(ReviewOutcome.UNKNOWN_USER);

    assertThat(refused(ben))
        .containsExactly(
            tuple("ban.review-refused", admin.userId(), "permanent", "as_before"),
            tuple("ban.review-refused", admin.userId(), "vindicated", "not_banned"),
            tuple("ban.lift-refused", admin.userId(), null, "not_banned"));
    assertThat(refused(nobody))
        .containsExactly(tuple("ban.lift-refused", admin.userId(), null, "unknown_user"));
  }

  private List<Tuple> refused(UUID user) {
    return moderation.audited(user.toString()).stream()
        .filter(row -> row.getString("action").endsWith("-refused"))
        .map(
            row ->
                tuple(
                    row.getString("action"),
                    row.getUUID("actor_id"),
                    row.getJsonObject("details").getString("decision"),
                    row.getJsonObject("details").getString("because")))
        .toList();
  }

  @Test
  void allBansAreListedByWhatHoldsNowAndWhatWasDecided() {
    UUID waiting = moderation.banned("Waiting");
    UUID confirmed = moderation.banned("Confirmed");
    UUID right = moderation.banned("Right");
    UUID lifted = moderation.banned("Lifted");
    UUID ranOut = moderation.banned("Ran out");
    assertDecided(confirmed, Decision.PERMANENT, null);
    assertDecided(right, Decision.VINDICATED, null);
    assertDecided(ranOut, Decision.TEMPORARY, stage.timers.now().plusSeconds(60));
    assertThat(moderation.lift(lifted, admin)).isEqualTo(ReviewOutcome.DECIDED);
    stage.timers.advance(Duration.ofSeconds(60));

    assertThat(bans(null, null)).contains(waiting, confirmed, right, lifted, ranOut);
    assertThat(bans(BanStatus.TEMPORARY, ReviewStatus.PENDING))
        .contains(waiting)
        .doesNotContain(confirmed, right, lifted, ranOut);
    assertThat(bans(BanStatus.PERMANENT, ReviewStatus.REVIEWED_BAN))
        .contains(confirmed)
        .doesNotContain(waiting, right, lifted, ranOut);
    assertThat(bans(BanStatus.NONE, null))
        .contains(lifted, ranOut)
        .doesNotContain(waiting, confirmed, right);
    assertThat(bans(null, ReviewStatus.REVIEWED_VINDICATE))
        .contains(right)
        .doesNotContain(waiting, confirmed, lifted, ranOut);
  }

  private void assertDecided(UUID user, Decision decision, Instant until) {
    assertThat(moderation.review(user, decision, until, admin)).isEqualTo(ReviewOutcome.DECIDED);
  }

  /** All of them, in pages of two. */
  private static List<UUID> bans(BanStatus status, ReviewStatus review) {
    List<UUID> all = new ArrayList<>();
    Cursor next = null;
    do {
      BansListed page = UserStage.await(stage.cases().list(new ListBans(status, review, next, 2)));
      page.bans().forEach(ban -> all.add(ban.person().userId()));
      next = page.next();
    } while (next != null);
    assertThat(all).doesNotHaveDuplicates();
    return all;
  }

  @Test
  void aVindicatedUserIsFreeAtOnce() {
    UUID ben = moderation.banned("Ben");
    stage.forgetAnnouncements();

    assertThat(moderation.review(ben, Decision.VINDICATED, null, admin))
        .isEqualTo(ReviewOutcome.DECIDED);

    assertThat(moderation.status(ben)).isEqualTo(BanStatus.VINDICATED);
    assertThat(moderation.check(ben).record().reviewStatus())
        .isEqualTo(ReviewStatus.REVIEWED_VINDICATE);
    assertThat(moderation.announcedOf(ben))
        .extracting(BanChanged::status)
        .containsExactly(BanStatus.VINDICATED);
    assertThat(pending()).doesNotContain(ben);
  }

  @Test
  void aDecisionCanGiveABanAnEnd() {
    UUID ben = moderation.banned("Ben");
    Instant until = stage.timers.now().plus(Duration.ofDays(3));

    assertThat(moderation.review(ben, Decision.TEMPORARY, until, admin))
        .isEqualTo(ReviewOutcome.DECIDED);

    assertThat(moderation.check(ben).record().until()).isEqualTo(until);
    assertThat(pending()).doesNotContain(ben);
    stage.timers.advance(Duration.ofDays(3));
    assertThat(moderation.status(ben)).isEqualTo(BanStatus.NONE);
  }

  @Test
  void anEndBelongsToATemporaryBanAndLiesInTheFuture() {
    UUID ben = moderation.banned("Ben");
    Instant now = stage.timers.now();

    for (Review wrong :
        List.of(
            new Review(ben, Decision.TEMPORARY, null, "", admin),
            new Review(ben, Decision.TEMPORARY, now, "", admin),
            new Review(ben, Decision.PERMANENT, now.plusSeconds(9), "", admin))) {
      assertThatThrownBy(() -> UserStage.await(stage.reviews().review(wrong)))
          .isInstanceOfSatisfying(
              ServiceFailure.class,
              failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
    }
    assertThat(moderation.check(ben).record().reviewStatus()).isEqualTo(ReviewStatus.PENDING);
  }

  @Test
  void whoIsNotBannedIsNotTouched() {
    UUID ada = stage.user("Ada");
    UUID ben = moderation.banned("Ben");
    moderation.review(ben, Decision.VINDICATED, null, admin);
    stage.forgetAnnouncements();

    for (Decision decision : List.of(Decision.PERMANENT, Decision.VINDICATED)) {
      assertThat(moderation.review(ada, decision, null, admin)).isEqualTo(ReviewOutcome.NOT_BANNED);
      assertThat(moderation.review(ben, decision, null, admin)).isEqualTo(ReviewOutcome.NOT_BANNED);
      assertThat(moderation.review(UUID.randomUUID(), decision, null, admin))
          .isEqualTo(ReviewOutcome.UNKNOWN_USER);
    }
    assertThat(moderation.lift(ada, admin)).isEqualTo(ReviewOutcome.NOT_BANNED);

    assertThat(moderation.status(ada)).isEqualTo(BanStatus.NONE);
    assertThat(moderation.status(ben)).isEqualTo(BanStatus.VINDICATED);
    assertThat(done(ada)).isEmpty();
    assertThat(done(ben)).containsExactly("ban.applied", "ban.reviewed");
    assertThat(stage.announced(BanChanged.class)).isEmpty();
  }

  @Test
  void whatWasDecidedIsNotDecidedAgainButMayBeDecidedOtherwise() {
    UUID ben = moderation.banned("Ben");
    moderation.review(ben, Decision.PERMANENT, null, admin);

    assertThat(moderation.review(ben, Decision.PERMANENT, null, admin))
        .isEqualTo(ReviewOutcome.AS_BEFORE);
    assertThat(done(ben)).containsExactly("ban.applied", "ban.reviewed");
    assertThat(moderation.review(ben, Decision.VINDICATED, null, admin))
        .isEqualTo(ReviewOutcome.DECIDED);
  }

  /** What was done to somebody, without what was refused. */
  private List<String> done(UUID user) {
    return moderation.audited(user.toString()).stream()
        .map(row -> row.getString("action"))
        .filter(action -> !action.endsWith("-refused"))
        .toList();
  }

  @Test
  void ofDecisionsInParallelEachIsMadeOnWhatTheOneBeforeLeft() {
    UUID ben = moderation.banned("Ben");

    List<Future<Reviewed>> answers =
        Stream.generate(
                () ->
                    stage
                        .reviews()
                        .review(new Review(ben, Decision.VINDICATED, null, "because", admin)))
            .limit(6)
            .toList();
    UserStage.await(Future.join(answers));

    assertThat(answers.stream().map(answer -> answer.result().outcome()))
        .containsOnlyOnce(ReviewOutcome.DECIDED);
    assertThat(
            stage.count(
                "SELECT max(reports_vindicated)::bigint FROM users WHERE user_id IN"
                    + " (SELECT reporter_user_id FROM reports WHERE reported_user_id = $1)",
                ben))
        .isEqualTo(1);
  }

  @Test
  void liftingABanCallsNobodysReportWrong() {
    UUID ben = moderation.banned("Ben");
    stage.forgetAnnouncements();

    assertThat(moderation.lift(ben, admin)).isEqualTo(ReviewOutcome.DECIDED);

    assertThat(moderation.status(ben)).isEqualTo(BanStatus.NONE);
    assertThat(moderation.announcedOf(ben))
        .extracting(BanChanged::status)
        .containsExactly(BanStatus.NONE);
    assertThat(moderation.audited(ben.toString()))
        .extracting(row -> row.getString("action"))
        .containsExactly("ban.applied", "ban.lifted");
    assertThat(
            stage.count(
                "SELECT sum(reports_vindicated) FROM users WHERE user_id IN"
                    + " (SELECT reporter_user_id FROM reports WHERE reported_user_id = $1)",
                ben))
        .isZero();
    stage.timers.advance(Duration.ofSeconds(1));
    assertThat(moderation.reportedByAnother(ben).autoBanned()).isFalse();
  }

  @Test
  void whatWaitsForADecisionIsListedWithItsReportsNewestFirst() {
    stage.timers.advance(Duration.ofSeconds(1));
    UUID first = moderation.banned("First");
    stage.timers.advance(Duration.ofSeconds(1));
    UUID second = moderation.banned("Second");
    moderation.reportedByAnother(second);

    PendingCases page = pending(false, null, 1);

    assertThat(page.cases())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.ban().person().userId()).isEqualTo(second);
              assertThat(one.reports()).hasSize(5);
            });
    assertThat(pending(false, page.next(), 200).cases())
        .extracting(one -> one.ban().person().userId())
        .startsWith(first);
  }

  @Test
  void anAppealIsShownAndOpensADecidedCaseAgain() {
    UUID quiet = moderation.banned("Quiet");
    UUID ben = moderation.banned("Ben");
    moderation.review(ben, Decision.PERMANENT, null, admin);
    assertThat(pending()).contains(quiet).doesNotContain(ben);
    stage.timers.advance(Duration.ofSeconds(1));

    appeal(ben);

    assertThat(pending()).contains(ben);
    List<PendingCase> appealed = pending(true, null, 200).cases();
    assertThat(appealed)
        .filteredOn(one -> one.ban().person().userId().equals(ben))
        .singleElement()
        .satisfies(one -> assertThat(one.ban().appeal()).isEqualTo("no"));
    assertThat(appealed).extracting(one -> one.ban().person().userId()).doesNotContain(quiet);
    stage.timers.advance(Duration.ofSeconds(1));
    assertThat(moderation.review(ben, Decision.PERMANENT, null, admin))
        .isEqualTo(ReviewOutcome.DECIDED);
    assertThat(pending()).doesNotContain(ben);
  }

  @Test
  void everythingIsCounted() {
    ModerationCounted before = UserStage.await(stage.cases().count(new CountModeration()));
    moderation.banned("Pending");
    appeal(moderation.banned("Appealed"));
    moderation.review(moderation.banned("Permanent"), Decision.PERMANENT, null, admin);
    moderation.review(moderation.banned("Vindicated"), Decision.VINDICATED, null, admin);

    ModerationCounted after = UserStage.await(stage.cases().count(new CountModeration()));

    assertThat(after)
        .isEqualTo(
            new ModerationCounted(
                before.reports() + 16,
                before.bans() + 4,
                before.pendingReviews() + 2,
                before.appeals() + 1,
                before.permanentBans() + 1,
                before.temporaryBans() + 2,
                before.vindicated() + 1,
                before.ipBans()));
  }
}
