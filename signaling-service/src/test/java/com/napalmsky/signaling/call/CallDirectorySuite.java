package com.napalmsky.signaling.call;

import static com.napalmsky.signaling.call.Snapshots.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.signaling.call.CallDirectory.Adopted;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every directory of calls must do. */
abstract class CallDirectorySuite {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Instant DUE = NOW.plusSeconds(60);
  private static final Instant LEASED = NOW.plusSeconds(3);

  private final UUID room = UUID.randomUUID();

  /** An empty directory. */
  abstract CallDirectory directory(int most);

  @Test
  void theFirstClaimHolds() {
    var directory = directory(10);

    assertThat(claim(directory, room, "a")).isEqualTo(new Holder("a", 1));
    assertThat(claim(directory, room, "b")).isEqualTo(new Holder("a", 1));
    assertThat(claim(directory, room, "a")).isEqualTo(new Holder("a", 1));
    assertThat(holder(directory)).isEqualTo(new Holder("a", 1));
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void anUnknownRoomHasNoOwner() {
    assertThat(got(directory(10).find(room, NOW))).isNull();
  }

  @Test
  void aTombstoneIsFoundButDoesNotRun() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");

    assertThat(bury(directory, holder)).isTrue();
    assertThat(bury(directory, holder)).isTrue();

    assertThat(holder(directory)).isEqualTo(holder);
    assertThat(claim(directory, room, "b")).isEqualTo(holder);
    assertThat(got(directory.running())).isZero();
  }

  @Test
  void aCallThatIsOverIsNotMadeToRunByALateWrite() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");
    bury(directory, holder);

    assertThat(got(directory.save(Snapshots.of(room), holder, 9, DUE))).isTrue();

    assertThat(got(directory.running())).isZero();
    assertThat(got(directory.adopt(room, holder, "b")).tombstone())
        .isEqualTo(Snapshots.tombstone(room));
  }

  @Test
  void aRemovedRoomIsForgotten() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");
    bury(directory, holder);

    got(directory.remove(room, holder));
    got(directory.remove(room, holder));

    assertThat(got(directory.find(room, NOW))).isNull();
    assertThat(got(directory.running())).isZero();
    assertThat(claim(directory, room, "b")).isEqualTo(new Holder("b", 1));
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void aRunningCallCanBeRemoved() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");

    got(directory.remove(room, holder));

    assertThat(got(directory.find(room, NOW))).isNull();
    assertThat(got(directory.running())).isZero();
  }

  @Test
  void aFullDirectoryRefusesNewRoomsOnly() {
    var directory = directory(2);
    claim(directory, room, "a");
    UUID second = UUID.randomUUID();
    var holder = claim(directory, second, "a");
    UUID third = UUID.randomUUID();

    var refused = directory.claim(Snapshots.of(third), "a", DUE);

    assertThat(settled(refused).cause()).isInstanceOf(ServiceFailure.class);
    assertThat(((ServiceFailure) refused.cause()).code()).isEqualTo(Code.OVERLOADED);
    assertThat(claim(directory, room, "b")).isEqualTo(new Holder("a", 1));
    got(directory.remove(second, holder));
    assertThat(claim(directory, third, "a")).isEqualTo(new Holder("a", 1));
  }

  @Test
  void anOwnerLivesWhileItsLeaseStands() {
    var directory = directory(10);
    claim(directory, room, "a");

    assertThat(got(directory.find(room, NOW)).live()).isFalse();
    assertThat(got(directory.hold("a", NOW, LEASED))).isFalse();
    assertThat(got(directory.find(room, NOW)).live()).isTrue();
    assertThat(got(directory.hold("a", NOW.plusSeconds(1), LEASED))).isTrue();
    assertThat(got(directory.find(room, LEASED)).live()).isFalse();
    assertThat(got(directory.hold("a", LEASED, LEASED.plusSeconds(3)))).isFalse();
    got(directory.leave("a"));
    assertThat(got(directory.find(room, NOW)).live()).isFalse();
  }

  @Test
  void othersAreThoseWhoseLeaseStands() {
    var directory = directory(10);
    got(directory.hold("a", NOW, LEASED));
    got(directory.hold("b", NOW, LEASED));
    got(directory.hold("c", NOW, NOW.plusSeconds(1)));

    assertThat(got(directory.others("a", NOW))).isEqualTo(2);
    assertThat(got(directory.others("a", NOW.plusSeconds(2)))).isEqualTo(1);
    got(directory.leave("b"));
    assertThat(got(directory.others("a", NOW))).isEqualTo(1);
  }

  @Test
  void aCallIsAdoptedAsItWasWrittenLast() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");
    var later = Snapshots.in(room, new CallState.Ended(EndReason.LEFT, NOW, 60));
    got(directory.save(later, holder, 2, DUE));
    got(directory.save(Snapshots.in(room, new CallState.Active()), holder, 1, DUE));

    var adopted = got(directory.adopt(room, holder, "b"));

    assertThat(adopted).isEqualTo(new Adopted(room, new Holder("b", 2), later, null));
    assertThat(holder(directory)).isEqualTo(new Holder("b", 2));
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void ofTwoWhoAdoptOneDoes() {
    var directory = directory(10);
    var holder = claim(directory, room, "a");

    assertThat(got(directory.adopt(room, holder, "b"))).isNotNull();

    assertThat(got(directory.adopt(room, holder, "c"))).isNull();
    assertThat(got(directory.adopt(UUID.randomUUID(), holder, "c"))).isNull();
    assertThat(holder(directory)).isEqualTo(new Holder("b", 2));
  }

  @Test
  void whoWasReplacedIsRefusedWhateverItSays() {
    var directory = directory(10);
    var before = claim(directory, room, "a");
    var after = got(directory.adopt(room, before, "b")).holder();
    var again = got(directory.adopt(room, after, "a")).holder();

    for (Holder replaced : List.of(before, after)) {
      assertThat(got(directory.save(Snapshots.of(room), replaced, 99, DUE))).isFalse();
      assertThat(bury(directory, replaced)).isFalse();
      got(directory.remove(room, replaced));
    }

    assertThat(holder(directory)).isEqualTo(again);
    assertThat(got(directory.save(Snapshots.of(room), again, 1, DUE))).isTrue();
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void whatTheStoreLostIsPutInAgain() {
    var directory = directory(1);
    claim(directory, UUID.randomUUID(), "a");
    var holder = new Holder("a", 4);

    assertThat(got(directory.save(Snapshots.of(room), holder, 7, DUE))).isTrue();

    assertThat(holder(directory)).isEqualTo(holder);
    assertThat(got(directory.running())).isEqualTo(2);
    assertThat(got(directory.adopt(room, holder, "b")).call()).isEqualTo(Snapshots.of(room));
  }

  @Test
  void anEndIsWrittenEvenWhenTheStoreLostTheCall() {
    var directory = directory(10);
    var holder = new Holder("a", 4);

    assertThat(bury(directory, holder)).isTrue();

    assertThat(holder(directory)).isEqualTo(holder);
    assertThat(got(directory.running())).isZero();
  }

  @Test
  void theCallsOfALostOwnerAreAdoptedInBatchesAndNoOthers() {
    var directory = directory(100);
    got(directory.hold("dead", NOW, LEASED));
    got(directory.hold("alive", NOW, LEASED.plusSeconds(60)));
    got(directory.hold("me", NOW, LEASED.plusSeconds(60)));
    Set<UUID> lost = new HashSet<>();
    for (int i = 0; i < 7; i++) {
      UUID one = UUID.randomUUID();
      lost.add(one);
      claim(directory, one, "dead");
      claim(directory, UUID.randomUUID(), "alive");
    }
    var over = claim(directory, room, "dead");
    bury(directory, over);

    assertThat(got(directory.adoptLost("me", NOW, NOW, 5))).isEmpty();
    List<Adopted> adopted = new ArrayList<>(got(directory.adoptLost("me", LEASED, NOW, 5)));
    assertThat(adopted).hasSize(5);
    adopted.addAll(got(directory.adoptLost("me", LEASED, NOW, 5)));

    assertThat(adopted).extracting(Adopted::roomId).containsExactlyInAnyOrderElementsOf(lost);
    assertThat(adopted)
        .allSatisfy(
            one -> {
              assertThat(one.holder()).isEqualTo(new Holder("me", 2));
              assertThat(one.call()).isEqualTo(Snapshots.of(one.roomId()));
            });
    assertThat(got(directory.adoptLost("me", LEASED, NOW, 5))).isEmpty();
    assertThat(got(directory.running())).isEqualTo(14);
    assertThat(got(directory.others("me", LEASED))).isEqualTo(1);
  }

  @Test
  void whatIsAdoptedOnceMoreIsWhatWasHeldLast() {
    var directory = directory(10);
    got(directory.hold("a", NOW, LEASED));
    claim(directory, room, "a");
    got(directory.hold("b", NOW, LEASED.plusSeconds(3)));
    got(directory.adoptLost("b", LEASED, NOW, 5));

    assertThat(got(directory.adoptLost("c", LEASED, NOW, 5))).isEmpty();
    var adopted = got(directory.adoptLost("c", LEASED.plusSeconds(3), NOW, 5));

    assertThat(adopted).extracting(Adopted::holder).containsExactly(new Holder("c", 3));
  }

  @Test
  void aCallThatIsOverdueIsAdoptedWhateverItsOwnersLeaseSays() {
    var directory = directory(10);
    got(directory.hold("a", NOW, NOW.plusSeconds(600)));
    var holder = claim(directory, room, "a");
    got(directory.save(Snapshots.of(room), holder, 1, NOW.plusSeconds(90)));

    assertThat(got(directory.adoptLost("b", NOW, NOW.plusSeconds(90), 5))).isEmpty();
    var adopted = got(directory.adoptLost("b", NOW, NOW.plusSeconds(91), 5));

    assertThat(adopted).extracting(Adopted::roomId).containsExactly(room);
  }

  @Test
  void theHoldersOfManyAreKnownAtOnce() {
    var directory = directory(10);
    var first = claim(directory, room, "a");
    UUID other = UUID.randomUUID();
    var second = claim(directory, other, "b");

    assertThat(got(directory.holders(List.of(room, other, UUID.randomUUID()))))
        .isEqualTo(Map.of(room, first, other, second));
    assertThat(got(directory.holders(List.of()))).isEmpty();
  }

  @CanIgnoreReturnValue
  private static Holder claim(CallDirectory directory, UUID roomId, String owner) {
    return got(directory.claim(Snapshots.of(roomId), owner, DUE));
  }

  @CanIgnoreReturnValue
  private boolean bury(CallDirectory directory, Holder holder) {
    return got(directory.bury(room, holder, Snapshots.tombstone(room), KEPT));
  }

  private Holder holder(CallDirectory directory) {
    return got(directory.find(room, NOW)).holder();
  }

  @CanIgnoreReturnValue
  static <T> T got(Future<T> future) {
    Future<T> done = settled(future);
    assertThat(done.cause()).isNull();
    return done.result();
  }

  private static <T> Future<T> settled(Future<T> future) {
    var done = new CountDownLatch(1);
    future.onComplete(any -> done.countDown());
    try {
      assertThat(done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
          .as("the store answers within %s", LIMIT)
          .isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return future;
  }
}
