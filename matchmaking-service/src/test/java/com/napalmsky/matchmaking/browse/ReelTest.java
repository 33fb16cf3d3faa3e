package com.napalmsky.matchmaking.browse;

import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.matchmaking.overlay.OverlaySettings;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.PoolSettings;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ReelPage;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReelTest {

  private static final ReelSettings SETTINGS =
      new ReelSettings(Duration.ofMinutes(10), "a secret of all instances");

  private final World world = new World();
  private final Pool pool =
      new Pool(
          world.bus,
          world.timers,
          new PoolSettings(10_000, Duration.ofSeconds(1), 1_000, Duration.ofSeconds(30)));
  private final Reel reel = reel(7, SETTINGS);
  private final UUID ann = world.available("Ann");

  @BeforeEach
  void begin() {
    world.subscribe(PresenceContract.CHANGED, pool::apply);
    pool.begin();
  }

  @Test
  void aReelShowsEverybodyOnceAndThenEnds() {
    List<UUID> people = IntStream.range(0, 123).mapToObj(at -> world.available("P" + at)).toList();
    List<UUID> seen = new ArrayList<>();

    ReelPage page = browse(ann, 20, null);
    seen.addAll(ids(page));
    while (page.more()) {
      assertThat(page.people()).hasSize(20);
      page = browse(ann, 20, page.cursor());
      seen.addAll(ids(page));
    }

    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(people);
    assertThat(browse(ann, 20, page.cursor()).people()).isEmpty();
    assertThat(browse(ann, 20, page.cursor()).more()).isFalse();
  }

  @Test
  void peopleWhoComeAndGoMeanwhileAreNotShownTwice() {
    List<UUID> people = IntStream.range(0, 200).mapToObj(at -> world.available("P" + at)).toList();
    Random random = new Random(3);
    List<UUID> seen = new ArrayList<>();
    ReelPage page = browse(ann, 10, null);
    seen.addAll(ids(page));

    while (page.more()) {
      UUID somebody = people.get(random.nextInt(people.size()));
      world.move(somebody, ONLINE);
      world.available("New " + seen.size());
      page = browse(ann, 10, page.cursor());
      seen.addAll(ids(page));
    }

    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  void whoMayNotBeCalledIsLeftOut() {
    UUID bob = world.available("Bob");
    UUID cid = world.available("Cid");
    UUID dan = world.available("Dan");
    world.cooldown(ann, bob, world.timers.now().plusSeconds(60));
    world.hidden.put(ann, List.of(cid));

    assertThat(ids(browse(ann, 20, null))).containsExactly(dan);
  }

  @Test
  void moreIsSaidOnlyWhenSomebodyCallableFollows() {
    world.available("Bob");
    UUID cid = world.available("Cid");
    world.hidden.put(ann, List.of(cid));

    assertThat(browse(ann, 1, null).more()).isFalse();
  }

  @Test
  void aPageHoldsBetweenOneAndFiftyPeople() {
    IntStream.range(0, 100).forEach(at -> world.available("P" + at));

    assertThat(browse(ann, 0, null).people()).hasSize(1);
    assertThat(browse(ann, 1_000, null).people()).hasSize(50);
  }

  @Test
  void newReelsBeginAtDifferentPlaces() {
    IntStream.range(0, 100).forEach(at -> world.available("P" + at));
    Set<UUID> firsts = new HashSet<>();

    IntStream.range(0, 100).forEach(at -> firsts.add(ids(browse(ann, 1, null)).get(0)));

    assertThat(firsts).hasSizeGreaterThan(30);
  }

  @Test
  void aCursorIsBelievedOnEachInstanceThatKnowsTheSecret() {
    IntStream.range(0, 40).forEach(at -> world.available("P" + at));
    ReelPage first = browse(ann, 20, null);

    ReelPage second = reel(99, SETTINGS).browse(new BrowseReel(ann, 20, first.cursor())).result();

    assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void aCursorIsBelievedOnEachInstanceWithoutAnySecret() {
    ReelSettings open = new ReelSettings(Duration.ofMinutes(10), null);
    IntStream.range(0, 40).forEach(at -> world.available("P" + at));
    ReelPage first = reel(7, open).browse(new BrowseReel(ann, 20, null)).result();

    ReelPage second = reel(99, open).browse(new BrowseReel(ann, 20, first.cursor())).result();

    assertThat(ids(second)).hasSize(20).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void aCursorOfAnInstanceWithAnotherSecretBeginsAnew() {
    ReelSettings other = new ReelSettings(Duration.ofMinutes(10), "another secret than ours");
    IntStream.range(0, 40).forEach(at -> world.available("P" + at));
    ReelPage first = reel(7, other).browse(new BrowseReel(ann, 40, null)).result();

    assertThat(browse(ann, 40, first.cursor()).people()).hasSize(40);
  }

  @Test
  void aCursorThatIsNotOursOrNotThisViewersOrTooOldBeginsAnew() {
    IntStream.range(0, 40).forEach(at -> world.available("P" + at));
    UUID bob = world.available("Bob");
    String whole = browse(ann, 50, null).cursor();
    assertThat(browse(ann, 50, whole).people()).isEmpty();

    char other = whole.charAt(10) == 'A' ? 'B' : 'A';
    String forged = whole.substring(0, 10) + other + whole.substring(11);
    assertThat(browse(ann, 50, forged).people()).hasSize(41);
    assertThat(browse(ann, 50, "").people()).hasSize(41);
    assertThat(browse(ann, 50, "no cursor at all!").people()).hasSize(41);
    assertThat(browse(ann, 50, whole + whole).people()).hasSize(41);
    assertThat(browse(bob, 50, whole).people()).hasSize(41);
    assertThat(
            reel(1, new ReelSettings(Duration.ofMinutes(10), null))
                .browse(new BrowseReel(ann, 50, whole))
                .result()
                .people())
        .hasSize(41);

    world.timers.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(browse(ann, 50, whole).people()).isEmpty();
    world.timers.advance(Duration.ofMillis(1));
    assertThat(browse(ann, 50, whole).people()).hasSize(41);
  }

  @Test
  void aCursorOfAnotherEpochBeginsAnew() {
    IntStream.range(0, 40).forEach(at -> world.available("P" + at));
    String whole = browse(ann, 50, null).cursor();
    world.newEpoch();
    world.available("Bob");

    assertThat(browse(ann, 50, whole).people()).hasSize(41);
  }

  @Test
  void nobodyAvailableIsAnEmptyReel() {
    ReelPage page = browse(ann, 20, null);

    assertThat(page.people()).isEmpty();
    assertThat(page.more()).isFalse();
    assertThat(browse(ann, 20, page.cursor()).people()).isEmpty();
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(SETTINGS.toString()).doesNotContain("a secret of all instances");
  }

  private ReelPage browse(UUID viewer, int limit, String cursor) {
    return reel.browse(new BrowseReel(viewer, limit, cursor)).result();
  }

  private Reel reel(long seed, ReelSettings settings) {
    Overlays overlays =
        new Overlays(
            world.bus,
            world.timers,
            new OverlaySettings(1_000, Duration.ofMinutes(10), Duration.ofMinutes(10)));
    return new Reel(pool, overlays, world.timers, new Random(seed), settings);
  }

  private static List<UUID> ids(ReelPage page) {
    return page.people().stream().map(Person::userId).toList();
  }
}
