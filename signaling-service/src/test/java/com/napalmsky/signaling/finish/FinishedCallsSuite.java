package com.napalmsky.signaling.finish;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every queue of finished calls must do. */
abstract class FinishedCallsSuite {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  /** An empty queue. */
  abstract FinishedCalls queue(int most, int mostAside);

  @Test
  void whatWaitsIsClaimedOldestFirstAndAsItWasAdded() {
    var queue = queue(10, 10);
    var first = add(queue, NOW);
    var second = add(queue, NOW);
    var third = add(queue, NOW);

    assertThat(got(queue.claim(2, NOW, LATER))).containsExactly(first, second);
    assertThat(got(queue.claim(2, NOW, LATER))).containsExactly(third);
    assertThat(got(queue.claim(2, NOW, LATER))).isEmpty();
    assertThat(got(queue.size())).isEqualTo(3);
  }

  @Test
  void aClaimLapses() {
    var queue = queue(10, 10);
    var call = add(queue, LATER);

    assertThat(got(queue.claim(1, LATER.minusMillis(1), LATER))).isEmpty();
    assertThat(got(queue.claim(1, LATER, LATER.plusSeconds(60)))).containsExactly(call);
  }

  @Test
  void aPostponedCallIsClaimedAtItsTime() {
    var queue = queue(10, 10);
    var call = add(queue, LATER);

    got(queue.postpone(call.roomId(), NOW.plusSeconds(1)));

    assertThat(got(queue.claim(1, NOW, LATER))).isEmpty();
    assertThat(got(queue.claim(1, NOW.plusSeconds(1), LATER))).containsExactly(call);
  }

  @Test
  void aRemovedCallIsGone() {
    var queue = queue(10, 10);
    var call = add(queue, NOW);

    got(queue.remove(call.roomId()));
    got(queue.remove(call.roomId()));
    got(queue.postpone(call.roomId(), NOW));

    assertThat(got(queue.size())).isZero();
    assertThat(got(queue.claim(1, LATER, LATER))).isEmpty();
  }

  @Test
  void aRoomWaitsOnce() {
    var queue = queue(10, 10);
    var call = add(queue, NOW);

    assertThat(got(queue.add(call, NOW))).isTrue();

    assertThat(got(queue.size())).isEqualTo(1);
    assertThat(got(queue.claim(5, NOW, LATER))).containsExactly(call);
  }

  @Test
  void aFullQueueRefusesNewCallsOnly() {
    var queue = queue(2, 10);
    var first = add(queue, NOW);
    add(queue, NOW);

    assertThat(got(queue.add(call(), NOW))).isFalse();
    assertThat(got(queue.add(first, NOW))).isTrue();
    assertThat(got(queue.size())).isEqualTo(2);

    got(queue.remove(first.roomId()));
    assertThat(got(queue.add(call(), NOW))).isTrue();
    assertThat(queue.bound()).isEqualTo(2);
  }

  @Test
  void whatIsSetAsideNoLongerWaitsAndIsBounded() {
    var queue = queue(10, 2);
    for (int i = 0; i < 3; i++) {
      var call = add(queue, NOW);
      got(queue.setAside(call.roomId()));
      got(queue.setAside(call.roomId()));
    }

    assertThat(got(queue.size())).isZero();
    assertThat(got(queue.asideSize())).isEqualTo(2);
    assertThat(got(queue.claim(5, LATER, LATER))).isEmpty();
  }

  @CanIgnoreReturnValue
  private static RecordCall add(FinishedCalls queue, Instant claimedUntil) {
    RecordCall call = call();
    assertThat(got(queue.add(call, claimedUntil))).isTrue();
    return call;
  }

  static RecordCall call() {
    UUID first = UUID.randomUUID();
    return new RecordCall(
        UUID.randomUUID(),
        "session-" + UUID.randomUUID(),
        first,
        UUID.randomUUID(),
        NOW,
        NOW.plusSeconds(90),
        60,
        EndReason.LEFT,
        List.of(new CallMessage(first, NOW, "hello", null)));
  }

  @CanIgnoreReturnValue
  static <T> T got(Future<T> future) {
    var done = new CountDownLatch(1);
    future.onComplete(any -> done.countDown());
    try {
      assertThat(done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS))
          .as("the store answers within %s", LIMIT)
          .isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    assertThat(future.cause()).isNull();
    return future.result();
  }
}
