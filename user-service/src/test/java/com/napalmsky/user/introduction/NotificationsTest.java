package com.napalmsky.user.introduction;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkRead;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.Notified;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotificationsTest {

  @RegisterExtension
  static final UserStage stage =
      new UserStage("USER_INTRODUCTION_LIST_MAX", "3", "USER_INTRODUCTION_LINKS_PER_DAY", "100");

  private final Cast cast = new Cast(stage);
  private UUID maker;
  private UUID target;

  @BeforeEach
  void people() {
    maker = stage.user("Maker");
    target = stage.user("Target");
    stage.forgetAnnouncements();
  }

  private static List<Notification> announced() {
    return stage.announced(Notified.class).stream().map(Notified::notification).toList();
  }

  private static void markRead(UUID user, UUID notification) {
    UserStage.await(stage.introductionNotifications().markRead(new MarkRead(user, notification)));
  }

  private static com.napalmsky.shared.contract.user.IntroductionContract.Notifications all(
      UUID user) {
    return UserStage.await(
        stage.introductionNotifications().get(new GetNotifications(user, false)));
  }

  @Test
  void theTargetIsToldWhenSelfieAndVideoAreThere() {
    UUID newcomer = cast.introduced("New", maker, target);
    assertThat(cast.selfie(newcomer)).isEmpty();
    assertThat(cast.unread(target)).isEmpty();

    List<Notification> made = cast.video(newcomer);

    assertThat(made).hasSize(1);
    assertThat(made.get(0))
        .isEqualTo(
            new Notification(
                made.get(0).id(),
                target,
                newcomer,
                "New",
                maker,
                "Maker",
                stage.timers.now(),
                false));
    assertThat(announced()).isEqualTo(made);
    assertThat(cast.unread(target)).isEqualTo(made);
  }

  @Test
  void whoeverComesFirstSelfieOrVideoTheOtherOneTells() {
    UUID newcomer = cast.introduced("New", maker, target);

    assertThat(cast.video(newcomer)).isEmpty();

    assertThat(cast.selfie(newcomer)).hasSize(1);
  }

  @Test
  void filmingAgainTellsNobodyAgain() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.completeProfile(newcomer);
    markRead(target, cast.unread(target).get(0).id());

    assertThat(cast.video(newcomer)).isEmpty();
    assertThat(cast.selfie(newcomer)).isEmpty();

    assertThat(announced()).hasSize(1);
    assertThat(cast.unread(target)).isEmpty();
  }

  @Test
  void ofManyUploadsAtTheSameTimeOneTells() {
    UUID newcomer = cast.introduced("New", maker, target);

    List<Future<List<Notification>>> uploads =
        IntStream.range(0, 40)
            .mapToObj(i -> cast.store(newcomer, i % 2 == 0 ? "selfie_url" : "video_url"))
            .toList();
    UserStage.await(Future.join(uploads));

    assertThat(announced()).hasSize(1);
    assertThat(cast.unread(target)).hasSize(1);
  }

  @Test
  void followingALinkWhileTheProfileIsCompletedTellsOnce() {
    List<UUID> followers = new ArrayList<>();
    List<Future<?>> steps = new ArrayList<>();
    String code = cast.link(maker, target);
    for (int i = 0; i < 30; i++) {
      UUID follower = stage.user("Follower " + i);
      cast.selfie(follower);
      followers.add(follower);
    }

    for (UUID follower : followers) {
      steps.add(stage.introductions().follow(new FollowLink(code, follower)));
      steps.add(cast.store(follower, "video_url"));
    }
    UserStage.await(Future.join(steps));

    assertThat(announced())
        .extracting(Notification::newcomerId)
        .containsExactlyInAnyOrderElementsOf(followers);
  }

  @Test
  void aRegisteredFollowerWithAProfileIsToldOfAtOnce() {
    UUID follower = stage.user("Follower");
    cast.completeProfile(follower);
    String code = cast.link(maker, target);

    cast.follow(follower, code);
    cast.follow(follower, code);

    assertThat(announced()).extracting(Notification::newcomerId).containsExactly(follower);
  }

  @Test
  void everybodyToWhomANewcomerWasIntroducedIsTold() {
    UUID second = stage.user("Second");
    UUID follower = stage.user("Follower");
    cast.follow(follower, cast.link(maker, target));
    cast.follow(follower, cast.link(maker, second));

    cast.completeProfile(follower);

    assertThat(announced())
        .extracting(Notification::forUserId)
        .containsExactlyInAnyOrder(target, second);
  }

  @Test
  void whoIsHiddenIsNotToldOfUntilHeIsHiddenNoMore() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.block(target, newcomer);

    cast.completeProfile(newcomer);

    assertThat(announced()).isEmpty();
    assertThat(cast.unread(target)).isEmpty();
    assertThat(all(target).unread()).isZero();
    stage.sql("DELETE FROM blocks WHERE blocker_id = $1", target);
    assertThat(cast.unread(target)).hasSize(1);
  }

  @Test
  void nobodyIsToldOfWhomHeReportedNorOfTheBanned() {
    UUID reported = cast.introduced("Reported", maker, target);
    UUID banned = cast.introduced("Banned", maker, target);
    cast.completeProfile(reported);
    cast.report(target, reported);
    cast.ban(banned, "temporary");
    stage.forgetAnnouncements();
    cast.completeProfile(banned);

    assertThat(announced()).isEmpty();
    assertThat(all(target).notifications()).isEmpty();
  }

  @Test
  void aNewcomerIsToldOfWhenHisBanHasRunOut() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.banUntil(newcomer, stage.timers.now().plus(Duration.ofDays(1)));
    cast.completeProfile(newcomer);
    assertThat(cast.unread(target)).isEmpty();
    assertThat(cast.newcomers(target)).isEmpty();

    stage.timers.advance(Duration.ofDays(1));

    assertThat(cast.unread(target)).hasSize(1);
    assertThat(cast.newcomers(target)).hasSize(1);
  }

  @Test
  void whoWasRemovedBeforeIsNeverToldOf() {
    UUID newcomer = cast.introduced("New", maker, target);
    assertThat(cast.remove(target, newcomer)).isTrue();

    cast.completeProfile(newcomer);

    assertThat(announced()).isEmpty();
    assertThat(all(target).notifications()).isEmpty();
  }

  @Test
  void aNotificationGoesWithTheIntroduction() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.completeProfile(newcomer);

    assertThat(cast.remove(target, newcomer)).isTrue();

    assertThat(all(target).notifications()).isEmpty();
    assertThat(cast.unread(target)).isEmpty();
  }

  @Test
  void aNotificationIsKeptUntilItsOwnUserReadIt() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.completeProfile(newcomer);
    UUID id = cast.unread(target).get(0).id();

    markRead(maker, id);
    markRead(newcomer, id);
    markRead(target, UUID.randomUUID());
    assertThat(cast.unread(target)).hasSize(1);
    markRead(target, id);
    markRead(target, id);

    assertThat(cast.unread(target)).isEmpty();
    assertThat(all(target).unread()).isZero();
    assertThat(all(target).notifications()).extracting(Notification::read).containsExactly(true);
  }

  @Test
  void whatIsNoNotificationYetCannotBeRead() {
    UUID newcomer = cast.introduced("New", maker, target);
    UUID id =
        stage
            .sql("SELECT introduction_id FROM introductions WHERE newcomer_id = $1", newcomer)
            .get(0)
            .getUUID(0);

    markRead(target, id);
    cast.completeProfile(newcomer);

    assertThat(cast.unread(target)).hasSize(1);
  }

  @Test
  void theListIsBoundedAndTheUnreadAreCountedInFull() {
    for (String name : List.of("One", "Two", "Three", "Four", "Five")) {
      stage.timers.advance(Duration.ofMinutes(1));
      cast.completeProfile(cast.introduced(name, maker, target));
    }
    markRead(target, cast.unread(target).get(1).id());

    assertThat(all(target).notifications())
        .extracting(Notification::newcomerName)
        .containsExactly("Five", "Four", "Three");
    assertThat(all(target).unread()).isEqualTo(4);
    assertThat(cast.unread(target))
        .extracting(Notification::newcomerName)
        .containsExactly("Five", "Three", "Two");
  }

  @Test
  void anIntroducerWhoIsDeletedIsNamedNoMore() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.completeProfile(newcomer);

    cast.delete(maker);

    assertThat(cast.unread(target))
        .extracting(Notification::introducedBy, Notification::introducedByName)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(null, "Deleted account"));
  }

  @Test
  void notificationsAreThereAfterARestart() {
    UUID newcomer = cast.introduced("New", maker, target);
    cast.completeProfile(newcomer);
    List<Notification> before = cast.unread(target);

    stage.restart();

    assertThat(before).hasSize(1);
    assertThat(cast.unread(target)).isEqualTo(before);
  }
}
