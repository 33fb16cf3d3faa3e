package com.napalmsky.user.introduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.IntroductionContract.FindLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FoundLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetLinks;
import com.napalmsky.shared.contract.user.IntroductionContract.Link;
import com.napalmsky.shared.contract.user.IntroductionContract.MadeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokeLink;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntroductionLinksTest {

  private static final FoundLink NOWHERE = new FoundLink(null, null);

  @RegisterExtension static final UserStage stage = new UserStage();

  private final Cast cast = new Cast(stage);
  private UUID maker;
  private UUID target;

  @BeforeEach
  void people() {
    maker = stage.user("Maker");
    target = stage.user("Target");
  }

  private static FoundLink find(String code, UUID viewer) {
    return UserStage.await(stage.introductionLinks().find(new FindLink(code, viewer)));
  }

  private static boolean revoke(UUID user, String code) {
    return UserStage.await(stage.introductionLinks().revoke(new RevokeLink(user, code))).known();
  }

  private static List<Link> links(UUID user) {
    return UserStage.await(stage.introductionLinks().list(new GetLinks(user))).links();
  }

  @Test
  void aLinkHasTenCharactersAndLeadsToItsTarget() {
    MadeLink made = cast.make(maker, target);

    assertThat(made.outcome()).isEqualTo(MakeOutcome.MADE);
    assertThat(made.targetName()).isEqualTo("Target");
    assertThat(made.code()).matches("[A-Z0-9]{10}");
    assertThat(find(made.code(), null).target().userId()).isEqualTo(target);
    assertThat(find(made.code(), null).introducedBy()).isEqualTo("Maker");
  }

  @Test
  void codesUseAllLettersAndAreNeverTheSame() {
    LinkCodes codes = new LinkCodes();
    Set<Integer> letters = new HashSet<>();
    Set<String> different = new HashSet<>();

    for (int i = 0; i < 1000; i++) {
      String code = codes.next();
      different.add(code);
      code.chars().forEach(letters::add);
    }

    assertThat(different).hasSize(1000).allMatch(LinkCodes::isCode);
    assertThat(letters).hasSize(36);
  }

  @Test
  void nobodyMakesALinkToHimself() {
    assertThatThrownBy(() -> cast.make(maker, maker))
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
  }

  @Test
  void whoIsUnknownBannedOrHiddenIsOneAndTheSameNobody() {
    UUID banned = stage.user("Banned");
    UUID blocked = stage.user("Blocked");
    UUID blocking = stage.user("Blocking");
    UUID reported = stage.user("Reported");
    UUID reporting = stage.user("Reporting");
    cast.ban(banned, "temporary");
    cast.block(maker, blocked);
    cast.block(blocking, maker);
    cast.report(maker, reported);
    cast.report(reporting, maker);

    assertThat(List.of(UUID.randomUUID(), banned, blocked, blocking, reported, reporting))
        .extracting(person -> cast.make(maker, person))
        .containsOnly(new MadeLink(MakeOutcome.NO_SUCH_PERSON, null, null, null));
  }

  @Test
  void aMakerWhoIsGoneMakesNoLink() {
    cast.delete(maker);

    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.NO_SUCH_PERSON);
  }

  @Test
  void whoWasVindicatedCanBeIntroducedTo() {
    cast.ban(target, "vindicated");

    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.MADE);
  }

  @Test
  void aBanThatRanOutIsNone() {
    String code = cast.link(maker, target);
    cast.banUntil(target, stage.timers.now().plus(Duration.ofDays(1)));
    assertThat(find(code, null)).isEqualTo(NOWHERE);

    stage.timers.advance(Duration.ofDays(1));

    assertThat(find(code, null)).isNotEqualTo(NOWHERE);
    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.MADE);
  }

  @Test
  void aLinkEndsAfterThirtyDays() {
    String code = cast.link(maker, target);

    stage.timers.advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(find(code, null)).isNotEqualTo(NOWHERE);
    assertThat(links(target)).hasSize(1);
    stage.timers.advance(Duration.ofSeconds(1));

    assertThat(find(code, null)).isEqualTo(NOWHERE);
    assertThat(links(target)).isEmpty();
    assertThat(stage.signUp("Late", code, null).introducedTo()).isNull();
  }

  @Test
  void twentyLinksADayAndThenTheTimeOfTheNext() {
    MadeLink first = cast.make(maker, target);
    stage.timers.advance(Duration.ofHours(1));
    for (int i = 1; i < 20; i++) {
      assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.MADE);
    }

    MadeLink tooMany = cast.make(maker, target);

    assertThat(first.outcome()).isEqualTo(MakeOutcome.MADE);
    assertThat(tooMany)
        .isEqualTo(
            new MadeLink(
                MakeOutcome.TOO_MANY, null, null, stage.timers.now().plus(Duration.ofHours(23))));
    assertThat(cast.make(target, maker).outcome()).isEqualTo(MakeOutcome.MADE);
    stage.timers.advance(Duration.ofHours(23));
    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.MADE);
    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.TOO_MANY);
  }

  @Test
  void linksMadeAtTheSameTimeAreCountedOneByOne() {
    List<Future<MadeLink>> attempts =
        IntStream.range(0, 40)
            .mapToObj(i -> stage.introductionLinks().make(new MakeLink(maker, target)))
            .toList();
    UserStage.await(Future.join(attempts));

    assertThat(attempts)
        .extracting(attempt -> attempt.result().outcome())
        .filteredOn(outcome -> outcome == MakeOutcome.MADE)
        .hasSize(20);
    assertThat(stage.count("SELECT count(*) FROM referral_codes WHERE created_by = $1", maker))
        .isEqualTo(20);
  }

  @Test
  void aRevokedLinkStillCountsForTheDay() {
    for (int i = 0; i < 20; i++) {
      assertThat(revoke(maker, cast.link(maker, target))).isTrue();
    }

    assertThat(cast.make(maker, target).outcome()).isEqualTo(MakeOutcome.TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void makerAndTargetCanEndALinkAsOftenAsTheyLike(boolean byTarget) {
    String code = cast.link(maker, target);
    UUID who = byTarget ? target : maker;

    assertThat(revoke(who, code)).isTrue();
    assertThat(revoke(who, code)).isTrue();

    assertThat(find(code, null)).isEqualTo(NOWHERE);
    assertThat(links(maker)).isEmpty();
    assertThat(stage.signUp("Late", code, null).introducedTo()).isNull();
  }

  @Test
  void strangersCannotEndALink() {
    String code = cast.link(maker, target);

    assertThat(revoke(stage.user("Eve"), code)).isFalse();
    assertThat(revoke(target, "AAAAAAAAAA")).isFalse();
    assertThat(revoke(target, "no code\0")).isFalse();

    assertThat(find(code, null)).isNotEqualTo(NOWHERE);
  }

  @Test
  void makerAndTargetSeeTheLinkAndNobodyElseDoes() {
    String code = cast.link(maker, target);
    stage.timers.advance(Duration.ofMinutes(1));
    String back = cast.link(target, maker);

    Link link =
        new Link(
            code,
            maker,
            "Maker",
            target,
            "Target",
            stage.timers.now().minus(Duration.ofMinutes(1)),
            stage.timers.now().plus(Duration.ofDays(30)).minus(Duration.ofMinutes(1)));
    assertThat(links(target)).extracting(Link::code).containsExactly(back, code);
    assertThat(links(maker)).contains(link);
    assertThat(links(stage.user("Eve"))).isEmpty();
  }

  @Test
  void aLinkOfSomebodyBannedOrHiddenLeadsNowhere() {
    String code = cast.link(maker, target);

    cast.ban(target, "permanent");
    assertThat(find(code, null)).isEqualTo(NOWHERE);
    cast.ban(target, "none");
    cast.ban(maker, "temporary");
    assertThat(find(code, null)).isEqualTo(NOWHERE);
    cast.ban(maker, "none");
    assertThat(find(code, null)).isNotEqualTo(NOWHERE);
    cast.block(target, maker);

    assertThat(find(code, null)).isEqualTo(NOWHERE);
    assertThat(links(maker)).isEmpty();
    assertThat(stage.signUp("Late", code, null).introducedTo()).isNull();
  }

  @Test
  void forWhomTheTargetHidesALinkLeadsNowhere() {
    String code = cast.link(maker, target);
    UUID blocked = stage.user("Blocked");
    UUID reporting = stage.user("Reporting");
    cast.block(target, blocked);
    cast.report(reporting, target);

    assertThat(find(code, blocked)).isEqualTo(NOWHERE);
    assertThat(find(code, reporting)).isEqualTo(NOWHERE);
    assertThat(find(code, stage.user("Viewer")).target().userId()).isEqualTo(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAAAAAAAA", "aaaaaaaaaa", "AAAAAAAAA", "AAAAAAAAAAA", "'; DROP\0"})
  void whatIsNoCodeLeadsNowhere(String code) {
    assertThat(find(code, null)).isEqualTo(NOWHERE);
  }

  @Test
  void linksGoWithTheirMakerAndTheirTarget() {
    String made = cast.link(maker, target);
    String leading = cast.link(stage.user("Other"), maker);

    cast.delete(maker);

    assertThat(find(made, null)).isEqualTo(NOWHERE);
    assertThat(find(leading, null)).isEqualTo(NOWHERE);
  }

  @Test
  void aSweepDeletesLinksThatRanOutAndNoOthers() {
    String old = cast.link(maker, target);
    stage.timers.advance(Duration.ofDays(1));
    String young = cast.link(maker, target);
    stage.timers.advance(Duration.ofDays(29));

    stage.sweep();

    assertThat(stage.count("SELECT count(*) FROM referral_codes WHERE code = $1", old)).isZero();
    assertThat(find(young, null)).isNotEqualTo(NOWHERE);
  }

  @Test
  void linksAreThereAfterARestart() {
    String code = cast.link(maker, target);

    stage.restart();

    assertThat(find(code, null).target().userId()).isEqualTo(target);
    assertThat(links(target)).hasSize(1);
  }
}
