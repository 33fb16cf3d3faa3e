package com.napalmsky.user.introduction;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowedLink;
import com.napalmsky.shared.contract.user.IntroductionContract.Newcomer;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IntroductionsTest {

  private static final FollowedLink NO_SUCH_LINK =
      new FollowedLink(FollowOutcome.NO_SUCH_LINK, null, null, false);

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

  private static List<Introduction> overlay(UUID viewer) {
    return UserStage.await(stage.overlays().get(new GetOverlay(viewer))).introductions();
  }

  @Test
  void whoSignsUpByALinkIsIntroducedAndTheLobbyOfTheTargetIsTold() {
    UUID newcomer = cast.introduced("New", maker, target);

    assertThat(cast.newcomers(target))
        .extracting(one -> one.person().userId(), Newcomer::introducedBy, Newcomer::introducedAt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(newcomer, "Maker", stage.timers.now()));
    assertThat(overlay(target)).containsExactly(new Introduction(newcomer, "Maker"));
    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(target)));
  }

  @Test
  void whoIsRegisteredIsIntroducedOnceHoweverOftenHeFollows() {
    UUID follower = stage.user("Follower");
    String code = cast.link(maker, target);
    String other = cast.link(stage.user("Second"), target);

    List<Future<FollowedLink>> attempts =
        IntStream.range(0, 50)
            .mapToObj(i -> stage.introductions().follow(new FollowLink(code, follower)))
            .toList();
    UserStage.await(Future.join(attempts));
    FollowedLink again = cast.follow(follower, other);

    assertThat(attempts)
        .allSatisfy(
            attempt -> {
              assertThat(attempt.result().outcome()).isEqualTo(FollowOutcome.FOLLOWED);
              assertThat(attempt.result().target().userId()).isEqualTo(target);
              assertThat(attempt.result().introducedBy()).isEqualTo("Maker");
              assertThat(attempt.result().introduced()).isTrue();
            });
    assertThat(again.introducedBy()).isEqualTo("Second");
    assertThat(overlay(target)).containsExactly(new Introduction(follower, "Maker"));
    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(target)));
  }

  @Test
  void oneFollowerCanBeIntroducedToSeveralPeople() {
    UUID follower = stage.user("Follower");
    UUID second = stage.user("Second");

    cast.follow(follower, cast.link(maker, target));
    cast.follow(follower, cast.link(maker, second));

    assertThat(overlay(target)).containsExactly(new Introduction(follower, "Maker"));
    assertThat(overlay(second)).containsExactly(new Introduction(follower, "Maker"));
  }

  @Test
  void theMakerOfALinkIsNotIntroducedByIt() {
    FollowedLink followed = cast.follow(maker, cast.link(maker, target));

    assertThat(followed.outcome()).isEqualTo(FollowOutcome.FOLLOWED);
    assertThat(followed.introduced()).isFalse();
    assertThat(overlay(target)).isEmpty();

    cast.follow(maker, cast.link(stage.user("Other"), target));
    assertThat(cast.follow(maker, cast.link(maker, target)).introduced()).isTrue();
  }

  @Test
  void nobodyIsIntroducedToHimself() {
    assertThat(cast.follow(target, cast.link(maker, target)))
        .isEqualTo(new FollowedLink(FollowOutcome.OWN_LINK, null, null, false));
    assertThat(overlay(target)).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereForTheFollowerIsLikeNone() {
    String code = cast.link(maker, target);
    UUID blocked = stage.user("Blocked");
    UUID reported = stage.user("Reported");
    cast.block(blocked, target);
    cast.report(target, reported);

    assertThat(cast.follow(blocked, code)).isEqualTo(NO_SUCH_LINK);
    assertThat(cast.follow(reported, code)).isEqualTo(NO_SUCH_LINK);
    assertThat(cast.follow(maker, "AAAAAAAAAA")).isEqualTo(NO_SUCH_LINK);
    assertThat(cast.follow(UUID.randomUUID(), code)).isEqualTo(NO_SUCH_LINK);
    assertThat(overlay(target)).isEmpty();
    assertThat(stage.announced(OverlayChanged.class)).isEmpty();
  }

  @Test
  void whoWasRemovedIsGoneForGoodAndDoesNotLearnIt() {
    UUID newcomer = cast.introduced("New", maker, target);
    stage.forgetAnnouncements();

    assertThat(cast.remove(target, newcomer)).isTrue();
    assertThat(cast.remove(target, newcomer)).isTrue();

    assertThat(overlay(target)).isEmpty();
    assertThat(cast.newcomers(target)).isEmpty();
    assertThat(stage.announced(OverlayChanged.class)).contains(new OverlayChanged(List.of(target)));
    assertThat(cast.follow(newcomer, cast.link(maker, target)).introduced()).isTrue();
    assertThat(overlay(target)).isEmpty();
  }

  @Test
  void onlyTheTargetRemovesAnIntroduction() {
    UUID newcomer = cast.introduced("New", maker, target);

    assertThat(cast.remove(maker, newcomer)).isFalse();
    assertThat(cast.remove(newcomer, target)).isFalse();
    assertThat(cast.remove(target, maker)).isFalse();

    assertThat(overlay(target)).hasSize(1);
  }

  @Test
  void theNameOfAnIntroducerGoesWithHimAndTheIntroductionStays() {
    UUID newcomer = cast.introduced("New", maker, target);

    cast.delete(maker);

    assertThat(overlay(target)).containsExactly(new Introduction(newcomer, "Deleted account"));
    assertThat(cast.newcomers(target))
        .extracting(Newcomer::introducedBy)
        .containsExactly("Deleted account");
  }

  @Test
  void aNewcomerWhoIsDeletedIsIntroducedToNobody() {
    UUID newcomer = cast.introduced("New", maker, target);

    cast.delete(newcomer);

    assertThat(overlay(target)).isEmpty();
    assertThat(cast.newcomers(target)).isEmpty();
  }

  @Test
  void whoIsBannedOrHiddenIsNotListed() {
    UUID banned = cast.introduced("Banned", maker, target);
    UUID blocked = cast.introduced("Blocked", maker, target);
    UUID reported = cast.introduced("Reported", maker, target);
    cast.ban(banned, "permanent");
    cast.block(target, blocked);
    cast.report(target, reported);

    assertThat(cast.newcomers(target)).isEmpty();
  }

  @Test
  void theListIsBoundedAndTheNewestComeFirst() {
    cast.introduced("First", maker, target);
    for (String name : List.of("Second", "Third", "Fourth")) {
      stage.timers.advance(Duration.ofMinutes(1));
      cast.introduced(name, maker, target);
    }

    assertThat(cast.newcomers(target))
        .extracting(one -> one.person().name())
        .containsExactly("Fourth", "Third", "Second");
  }

  @Test
  void whoSignsUpWithARefusedCodeIsIntroducedToNobody() {
    SignedUp refused = stage.signUp("Refused", cast.link(maker, target), "NOSUCHCODENOSUCH");

    assertThat(refused.outcome()).isEqualTo(SignUpOutcome.CODE_REFUSED);
    assertThat(overlay(target)).isEmpty();
    assertThat(stage.announced(OverlayChanged.class)).isEmpty();
  }
}
