package com.napalmsky.matchmaking.browse;

import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.matchmaking.overlay.OverlaySettings;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.PoolSettings;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LobbyTest {

  private final World world = new World();
  private final Pool pool =
      new Pool(
          world.bus,
          world.timers,
          new PoolSettings(10_000, Duration.ofSeconds(1), 1_000, Duration.ofSeconds(30)));
  private final Overlays overlays =
      new Overlays(
          world.bus,
          world.timers,
          new OverlaySettings(1_000, Duration.ofMinutes(10), Duration.ofMinutes(10)));
  private final Map<UUID, Person> invited = new HashMap<>();
  private final Lobby lobby =
      new Lobby(
          pool,
          overlays,
          viewer -> Future.succeededFuture(Optional.ofNullable(invited.get(viewer))),
          world.timers);
  private final UUID ann = world.available("Ann");

  @BeforeEach
  void begin() {
    world.subscribe(PresenceContract.CHANGED, pool::apply);
    pool.begin();
  }

  @Test
  void aViewerSeesEverybodyButHimself() {
    UUID bob = world.available("Bob");
    UUID cid = world.available("Cid");

    Page page = browse(ann, 100);

    assertThat(ids(page)).containsExactlyInAnyOrder(bob, cid);
    assertThat(page.totalAvailable()).isEqualTo(2);
  }

  @Test
  void whoIsHiddenIsNeitherShownNorCounted() {
    UUID bob = world.available("Bob");
    UUID cid = world.available("Cid");
    UUID away = world.account("Dan");
    world.hidden.put(ann, List.of(bob, away));

    Page page = browse(ann, 100);

    assertThat(ids(page)).containsExactly(cid);
    assertThat(page.totalAvailable()).isEqualTo(1);
  }

  @Test
  void aPairWithACooldownStaysInAndIsMarkedUntilItIsOver() {
    UUID bob = world.available("Bob");
    Instant until = world.timers.now().plusSeconds(60);
    world.cooldown(ann, bob, until);

    assertThat(only(browse(ann, 100)).cooldownExpiry()).isEqualTo(until);

    world.timers.advance(Duration.ofSeconds(60));
    assertThat(only(browse(ann, 100)).cooldownExpiry()).isNull();
  }

  @Test
  void introducedPeopleComeFirstAndOnlyWhenAvailable() {
    IntStream.range(0, 50).forEach(at -> world.available("P" + at));
    UUID friend = world.available("Friend");
    UUID absent = world.account("Absent");
    world.introductions.put(
        ann, List.of(new Introduction(friend, "Cid"), new Introduction(absent, "Cid")));

    Page page = browse(ann, 10);

    Candidate first = page.candidates().get(0);
    assertThat(first.person().userId()).isEqualTo(friend);
    assertThat(first.introducedToViewer()).isTrue();
    assertThat(first.introducedBy()).isEqualTo("Cid");
    assertThat(page.candidates().subList(1, 10)).noneMatch(Candidate::introducedToViewer);
    assertThat(ids(page)).doesNotContain(absent).doesNotHaveDuplicates();
  }

  @Test
  void aPageHoldsBetweenOneAndTwoHundredPeople() {
    IntStream.range(0, 300).forEach(at -> world.available("P" + at));

    assertThat(browse(ann, -5).candidates()).hasSize(1);
    assertThat(browse(ann, 1_000).candidates()).hasSize(200);
    assertThat(browse(ann, 1_000).totalAvailable()).isEqualTo(300);
  }

  @Test
  void whoWasInvitedStaysEvenWhenHeIsGone() {
    IntStream.range(0, 20).forEach(at -> world.available("P" + at));
    UUID bob = world.available("Bob");
    invited.put(ann, world.person(bob));
    world.move(bob, ONLINE);

    Page page = browse(ann, 10);

    assertThat(ids(page)).hasSize(10).contains(bob);
    assertThat(page.totalAvailable()).isEqualTo(20);
  }

  @Test
  void whoWasInvitedStaysEvenWhenIntroductionsFillThePage() {
    List<Introduction> many =
        IntStream.range(0, 5)
            .mapToObj(at -> new Introduction(world.available("P" + at), "Cid"))
            .toList();
    world.introductions.put(ann, many);
    UUID bob = world.account("Bob");
    invited.put(ann, world.person(bob));

    assertThat(ids(browse(ann, 5))).hasSize(5).contains(bob);
  }

  @Test
  void whoWasInvitedAndIsInThePageAlreadyIsThereOnce() {
    UUID bob = world.available("Bob");
    world.available("Cid");
    List<UUID> before = ids(browse(ann, 10));
    invited.put(ann, world.person(bob));

    assertThat(ids(browse(ann, 10))).isEqualTo(before);
  }

  @Test
  void aSampleIsStableBetweenPollsAndDiffersBetweenViewers() {
    List<UUID> people = IntStream.range(0, 500).mapToObj(at -> world.available("P" + at)).toList();
    Set<Set<UUID>> samples = new HashSet<>();

    for (UUID viewer : people.subList(0, 50)) {
      assertThat(ids(browse(viewer, 20))).isEqualTo(ids(browse(viewer, 20)));
      samples.add(Set.copyOf(ids(browse(viewer, 20))));
    }

    assertThat(samples).hasSizeGreaterThan(45);
  }

  @Test
  void everybodyIsShownAboutEquallyOften() {
    List<UUID> people =
        IntStream.range(0, 1_000).mapToObj(at -> world.available("P" + at)).toList();
    Map<UUID, Integer> shown = new HashMap<>();

    people.forEach(
        viewer -> ids(browse(viewer, 30)).forEach(seen -> shown.merge(seen, 1, Integer::sum)));

    assertThat(people).allMatch(id -> Math.abs(shown.getOrDefault(id, 0) - 30) <= 1);
  }

  @Test
  void theVersionChangesWithEverythingInTheAnswerAndWithNothingElse() {
    UUID bob = world.available("Bob");
    UUID cid = world.available("Cid");
    Set<Long> versions = new HashSet<>();
    versions.add(browse(ann, 2).version());
    assertThat(versions.add(browse(ann, 2).version())).isFalse();

    UUID dan = world.available("Dan");
    assertThat(versions.add(browse(ann, 2).version())).as("one more is available").isTrue();

    overlays.cooldownStarted(new CooldownStarted(ann, bob, world.timers.now().plusSeconds(60)));
    overlays.cooldownStarted(new CooldownStarted(ann, cid, world.timers.now().plusSeconds(60)));
    overlays.cooldownStarted(new CooldownStarted(ann, dan, world.timers.now().plusSeconds(60)));
    assertThat(versions.add(browse(ann, 2).version())).as("a cooldown runs").isTrue();

    world.timers.advance(Duration.ofSeconds(60));
    assertThat(versions.add(browse(ann, 2).version())).as("it is over").isFalse();

    world.move(dan, ONLINE);
    world.rename(bob, "Robert");
    assertThat(versions.add(browse(ann, 2).version())).as("another name").isTrue();
  }

  @Test
  void withoutUserServiceNobodyIsMarkedOrLeftOut() {
    UUID bob = world.available("Bob");
    world.hidden.put(ann, List.of(bob));
    Future<Page> before = lobbyWithout().browse(new Browse(ann, 10));

    assertThat(before.succeeded()).isTrue();
    assertThat(ids(before.result())).containsExactly(bob);
    world.serve(
        UserContract.GET_OVERLAY,
        asked ->
            Future.succeededFuture(new UserContract.Overlay(List.of(), List.of(bob), List.of())));
    assertThat(ids(browse(ann, 10))).as("nothing of it was kept").isEmpty();
  }

  @Test
  void withoutTheInviteStoreAPageIsStillAnswered() {
    UUID bob = world.available("Bob");
    Lobby deaf =
        new Lobby(
            pool,
            overlays,
            viewer -> Future.failedFuture(ServiceFailure.unavailable("store")),
            world.timers);

    assertThat(ids(deaf.browse(new Browse(ann, 10)).result())).containsExactly(bob);
  }

  private Lobby lobbyWithout() {
    world.silence(UserContract.GET_OVERLAY);
    return lobby;
  }

  private Page browse(UUID viewer, int limit) {
    return lobby.browse(new Browse(viewer, limit)).result();
  }

  private static Candidate only(Page page) {
    assertThat(page.candidates()).hasSize(1);
    return page.candidates().get(0);
  }

  private static List<UUID> ids(Page page) {
    return page.candidates().stream().map(one -> one.person().userId()).toList();
  }
}
