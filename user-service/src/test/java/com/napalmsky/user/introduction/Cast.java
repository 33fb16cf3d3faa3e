package com.napalmsky.user.introduction;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetIntroductions;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.Newcomer;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.IntroductionContract.RemoveIntroduction;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** What people do in these tests. */
final class Cast {

  private final UserStage stage;

  Cast(UserStage stage) {
    this.stage = stage;
  }

  MadeLink make(UUID maker, UUID target) {
    return UserStage.await(stage.introductionLinks().make(new MakeLink(maker, target)));
  }

  String link(UUID maker, UUID target) {
    return make(maker, target).code();
  }

  /** A newcomer who signs up with a new link. */
  @CanIgnoreReturnValue
  UUID introduced(String name, UUID maker, UUID target) {
    return stage.signUp(name, link(maker, target), null).session().userId();
  }

  @CanIgnoreReturnValue
  FollowedLink follow(UUID follower, String code) {
    return UserStage.await(stage.introductions().follow(new FollowLink(code, follower)));
  }

  List<Newcomer> newcomers(UUID target) {
    return UserStage.await(stage.introductions().get(new GetIntroductions(target))).newcomers();
  }

  boolean remove(UUID target, UUID newcomer) {
    return UserStage.await(stage.introductions().remove(new RemoveIntroduction(target, newcomer)))
        .known();
  }

  List<Notification> unread(UUID target) {
    return UserStage.await(
            stage.introductionNotifications().get(new GetNotifications(target, true)))
        .notifications();
  }

  /** Stores a selfie or a video as an upload does. */
  Future<List<Notification>> store(UUID user, String column) {
    Notifications notifications = stage.introductionNotifications();
    return stage
        .database()
        .transaction(
            tx ->
                tx.preparedQuery("UPDATE users SET " + column + " = 'x' WHERE user_id = $1")
                    .execute(Tuple.of(user))
                    .compose(stored -> notifications.profileStored(tx, user)))
        .map(
            made -> {
              notifications.announce(made);
              return made;
            });
  }

  @CanIgnoreReturnValue
  List<Notification> selfie(UUID user) {
    return UserStage.await(store(user, "selfie_url"));
  }

  @CanIgnoreReturnValue
  List<Notification> video(UUID user) {
    return UserStage.await(store(user, "video_url"));
  }

  void completeProfile(UUID user) {
    selfie(user);
    video(user);
  }

  void block(UUID one, UUID other) {
    stage.sql(
        "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, now())",
        one,
        other);
  }

  void report(UUID reporter, UUID reported) {
    stage.sql(
        "INSERT INTO reports (report_id, reported_user_id, reporter_user_id, reason, created_at)"
            + " VALUES ($1, $2, $3, 'rude', now())",
        UUID.randomUUID(),
        reported,
        reporter);
  }

  void ban(UUID user, String status) {
    stage.sql("UPDATE users SET ban_status = $2 WHERE user_id = $1", user, status);
  }

  void banUntil(UUID user, Instant end) {
    stage.sql(
        "UPDATE users SET ban_status = 'temporary', banned_until = $2 WHERE user_id = $1",
        user,
        end.atOffset(ZoneOffset.UTC));
  }

  void delete(UUID user) {
    stage.sql("DELETE FROM users WHERE user_id = $1", user);
  }
}
