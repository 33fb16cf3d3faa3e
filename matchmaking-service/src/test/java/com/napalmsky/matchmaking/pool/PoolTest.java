package com.napalmsky.matchmaking.pool;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.matchmaking.pool.Pool.Standing;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final World world = new World();
  private final List<Changed> heard = new ArrayList<>();
  private Pool pool = pool(1_000, 200);

  @Test
  void aPoolBeginsWithWhoeverIsAvailable() {
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");
    world.move(bob, ONLINE);

    begin();

    assertThat(pool.standing()).isEqualTo(Standing.LIVE);
    assertThat(pool.contains(ann)).isTrue();
    assertThat(pool.contains(bob)).isFalse();
    assertThat(pool.resyncs()).isZero();
  }

  @Test
  void aSnapshotOfManyPagesIsReadToItsEnd() {
    pool = pool(10_000, 200);
    IntStream.range(0, 2_500).forEach(at -> world.available("P" + at));

    begin();

    assertThat(pool.size()).isEqualTo(2_500);
    assertThat(world.bus.sent(Snapshot.class)).hasSize(3);
  }

  @Test
  void presenceThatIsNotThereYetIsAskedAgainWithGrowingPauses() {
    world.available("Ann");
    world.silence(PresenceContract.SNAPSHOT);
    begin();
    world.timers.advance(Duration.ofMillis(199));
    assertThat(world.bus.sent(Snapshot.class)).hasSize(1);

    world.timers.advance(Duration.ofSeconds(29));

    assertThat(pool.standing()).isEqualTo(Standing.WAITING);
    assertThat(world.bus.sent(Snapshot.class)).hasSizeBetween(8, 12);
    serveSnapshot(new World());
    world.timers.advance(Duration.ofSeconds(5));
    assertThat(pool.standing()).isEqualTo(Standing.LIVE);
  }

  @Test
  void changesComeAndGo() {
    begin();
    UUID ann = world.available("Ann");
    assertThat(pool.contains(ann)).isTrue();

    world.move(ann, GRACE);
    assertThat(pool.contains(ann)).isFalse();

    world.move(ann, AVAILABLE);
    assertThat(pool.contains(ann)).isTrue();

    world.move(ann, IN_CALL);
    assertThat(pool.contains(ann)).isFalse();
    assertThat(heard).extracting(Changed::to).containsExactly(AVAILABLE, GRACE, AVAILABLE, IN_CALL);
  }

  @Test
  void changesInAnyOrderLeadToTheSamePool() {
    for (int seed = 0; seed < 100; seed++) {
      World shuffled = new World();
      List<Runnable> late = new ArrayList<>();
      Pool other = new Pool(shuffled.bus, shuffled.timers, settings(1_000, 200));
      shuffled.subscribe(PresenceContract.CHANGED, other::apply);
      other.begin();
      shuffled.announceThrough(late::add);
      Random random = new Random(seed);
      List<UUID> people =
          IntStream.range(0, 10).mapToObj(at -> shuffled.available("P" + at)).toList();
      for (int step = 0; step < 60; step++) {
        UUID somebody = people.get(random.nextInt(people.size()));
        shuffled.move(somebody, shuffled.state(somebody) == AVAILABLE ? ONLINE : AVAILABLE);
      }
      Collections.shuffle(late, random);

      late.forEach(Runnable::run);

      assertThat(people)
          .as("seed %d", seed)
          .allMatch(id -> other.contains(id) == (shuffled.state(id) == AVAILABLE));
      shuffled.timers.advance(SECOND.multipliedBy(3));
      assertThat(other.resyncs()).isZero();
      assertThat(other.reordered()).isPositive();
    }
  }

  @Test
  void anOvertakenChangeIsNotPassedOn() {
    begin();
    UUID ann = world.available("Ann");
    Changed left = world.moveUnheard(ann, ONLINE);
    Changed back = world.moveUnheard(ann, AVAILABLE);
    heard.clear();

    pool.apply(back);
    pool.apply(left);
    pool.apply(back);

    assertThat(heard).containsExactly(back);
    assertThat(pool.contains(ann)).isTrue();
  }

  @Test
  void aGapThatClosesInTimeIsForgotten() {
    begin();
    UUID ann = world.available("Ann");
    Changed missing = world.moveUnheard(ann, ONLINE);
    world.available("Bob");
    world.timers.advance(SECOND.minusMillis(1));

    pool.apply(missing);
    world.timers.advance(SECOND);

    assertThat(pool.resyncs()).isZero();
    assertThat(pool.contains(ann)).isFalse();
  }

  @Test
  void aGapThatStaysOpenIsHealedByReadingAnew() {
    begin();
    UUID ann = world.available("Ann");
    Changed lost = world.moveUnheard(ann, ONLINE);
    world.available("Bob");
    assertThat(pool.contains(ann)).isTrue();

    world.timers.advance(SECOND);

    assertThat(lost.position().offset()).isEqualTo(2);
    assertThat(pool.resyncs()).isEqualTo(1);
    assertThat(pool.contains(ann)).isFalse();
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void aSecondGapIsNoticedAfterTheFirstWasClosed() {
    begin();
    UUID ann = world.available("Ann");
    Changed first = world.moveUnheard(ann, ONLINE);
    world.available("Bob");
    world.timers.advance(Duration.ofMillis(500));
    pool.apply(first);
    Changed second = world.moveUnheard(ann, AVAILABLE);
    world.available("Cid");

    world.timers.advance(Duration.ofSeconds(2));

    assertThat(second.position().offset()).isEqualTo(4);
    assertThat(pool.resyncs()).isEqualTo(1);
    assertThat(pool.contains(ann)).isTrue();
  }

  @Test
  void aLostLastChangeIsNoticedByTheRegularCheck() {
    begin();
    UUID ann = world.available("Ann");
    world.moveUnheard(ann, ONLINE);

    world.timers.advance(Duration.ofSeconds(32));

    assertThat(pool.resyncs()).isEqualTo(1);
    assertThat(pool.contains(ann)).isFalse();
  }

  @Test
  void aNewEpochIsReadAnew() {
    begin();
    UUID ann = world.available("Ann");
    world.newEpoch();
    String before = pool.epoch();

    UUID bob = world.available("Bob");

    assertThat(pool.resyncs()).isEqualTo(1);
    assertThat(pool.epoch()).isNotEqualTo(before);
    assertThat(pool.contains(ann)).isTrue();
    assertThat(pool.contains(bob)).isTrue();
    world.move(bob, ONLINE);
    assertThat(pool.contains(bob)).isFalse();
    assertThat(pool.resyncs()).isEqualTo(1);
  }

  @Test
  void changesDuringAReadingAreAppliedOnTop() {
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");
    world.move(bob, ONLINE);
    List<Promise<SnapshotPage>> pages = holdSnapshots();
    begin();
    SnapshotPage stale = new SnapshotPage(world.position(), List.of(world.person(ann)), false);
    world.move(ann, ONLINE);
    world.move(bob, AVAILABLE);

    pages.get(0).complete(stale);

    assertThat(pool.standing()).isEqualTo(Standing.LIVE);
    assertThat(pool.contains(ann)).isFalse();
    assertThat(pool.contains(bob)).isTrue();
    assertThat(pool.resyncs()).isZero();
  }

  @Test
  void aChangeThatTheSnapshotContainsIsNotAppliedAgain() {
    List<Promise<SnapshotPage>> pages = holdSnapshots();
    begin();
    UUID ann = world.available("Ann");
    world.move(ann, ONLINE);
    Changed last = world.moveUnheard(ann, AVAILABLE);

    pages.get(0).complete(new SnapshotPage(last.position(), List.of(world.person(ann)), false));

    assertThat(pool.contains(ann)).isTrue();
    pool.apply(last);
    assertThat(pool.backlog()).isZero();
  }

  @Test
  void presenceThatBeginsFromNothingBetweenTwoPagesIsReadFromTheStart() {
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");
    List<Promise<SnapshotPage>> pages = holdSnapshots();
    begin();
    pages.get(0).complete(new SnapshotPage(world.position(), List.of(world.person(ann)), true));
    world.newEpoch();
    pages.get(1).complete(new SnapshotPage(world.position(), List.of(world.person(bob)), false));

    pages.get(2).complete(new SnapshotPage(world.position(), List.of(world.person(bob)), false));

    assertThat(pool.contains(ann)).isFalse();
    assertThat(pool.contains(bob)).isTrue();
    assertThat(pool.epoch()).isEqualTo(world.position().epoch());
  }

  @Test
  void changesOfANewEpochDuringAReadingOfTheOldLeadToAnother() {
    UUID ann = world.available("Ann");
    List<Promise<SnapshotPage>> pages = holdSnapshots();
    begin();
    SnapshotPage old = new SnapshotPage(world.position(), List.of(world.person(ann)), false);
    world.newEpoch();
    UUID bob = world.available("Bob");
    pages.get(0).complete(old);

    pages.get(1).complete(new SnapshotPage(world.position(), List.of(world.person(bob)), false));

    assertThat(pool.standing()).isEqualTo(Standing.LIVE);
    assertThat(pool.contains(bob)).isTrue();
    assertThat(pool.contains(ann)).isFalse();
  }

  @Test
  void aPoolAnswersFromWhatItHasWhileItIsReadAnew() {
    UUID ann = world.available("Ann");
    begin();
    world.silence(PresenceContract.SNAPSHOT);
    world.newEpoch();

    world.available("Bob");

    assertThat(pool.standing()).isEqualTo(Standing.RESYNCHRONISING);
    assertThat(pool.contains(ann)).isTrue();
  }

  @Test
  void aBacklogThatGrowsTooLongEndsTheReading() {
    pool = pool(1_000, 5);
    List<Promise<SnapshotPage>> pages = holdSnapshots();
    begin();

    IntStream.range(0, 7).forEach(at -> world.available("P" + at));

    assertThat(pages).hasSize(2);
    assertThat(pool.backlog()).isLessThanOrEqualTo(5);
  }

  @Test
  void tooManyChangesBehindAMissingOneLeadToAReadingAtOnce() {
    pool = pool(1_000, 5);
    begin();
    UUID ann = world.available("Ann");
    world.moveUnheard(ann, ONLINE);

    IntStream.range(0, 7).forEach(at -> world.available("P" + at));

    assertThat(pool.resyncs()).isEqualTo(1);
    assertThat(pool.contains(ann)).isFalse();
    assertThat(pool.size()).isEqualTo(7);
  }

  @Test
  void whoFoundNoRoomIsTakenInWhenThereIsSome() {
    pool = pool(10, 200);
    begin();
    List<UUID> people = IntStream.range(0, 14).mapToObj(at -> world.available("P" + at)).toList();
    assertThat(pool.size()).isEqualTo(10);
    assertThat(pool.overflows()).isEqualTo(4);

    people.subList(0, 4).forEach(id -> world.move(id, ONLINE));

    assertThat(people.subList(4, 14)).allMatch(pool::contains);
  }

  @Test
  void aStoppedPoolHasNoTimers() {
    begin();
    UUID ann = world.available("Ann");
    world.moveUnheard(ann, ONLINE);
    world.available("Bob");

    pool.stop();

    assertThat(world.timers.pending()).isZero();
  }

  private void begin() {
    world.subscribe(PresenceContract.CHANGED, pool::apply);
    pool.listen(heard::add);
    pool.begin();
  }

  private List<Promise<SnapshotPage>> holdSnapshots() {
    List<Promise<SnapshotPage>> pages = new ArrayList<>();
    world.serve(
        PresenceContract.SNAPSHOT,
        asked -> {
          pages.add(Promise.promise());
          return pages.get(pages.size() - 1).future();
        });
    return pages;
  }

  private void serveSnapshot(World empty) {
    StreamPosition position = empty.position();
    world.serve(
        PresenceContract.SNAPSHOT,
        asked -> Future.succeededFuture(new SnapshotPage(position, List.of(), false)));
  }

  private Pool pool(int max, int backlogMax) {
    return new Pool(world.bus, world.timers, settings(max, backlogMax));
  }

  private static PoolSettings settings(int max, int backlogMax) {
    return new PoolSettings(max, SECOND, backlogMax, Duration.ofSeconds(30));
  }
}
