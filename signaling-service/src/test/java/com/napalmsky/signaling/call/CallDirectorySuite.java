package com.napalmsky.signaling.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every directory of calls must do. */
abstract class CallDirectorySuite {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final UUID room = UUID.randomUUID();

  /** An empty directory. */
  abstract CallDirectory directory(int most);

  @Test
  void theFirstClaimHolds() {
    var directory = directory(10);

    assertThat(got(directory.claim(room, "a"))).isEqualTo("a");
    assertThat(got(directory.claim(room, "b"))).isEqualTo("a");
    assertThat(got(directory.claim(room, "a"))).isEqualTo("a");
    assertThat(got(directory.ownerOf(room))).isEqualTo("a");
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void anUnknownRoomHasNoOwner() {
    assertThat(got(directory(10).ownerOf(room))).isNull();
  }

  @Test
  void aTombstoneIsFoundButDoesNotRun() {
    var directory = directory(10);
    got(directory.claim(room, "a"));

    got(directory.ended(room, "a"));
    got(directory.ended(room, "a"));

    assertThat(got(directory.ownerOf(room))).isEqualTo("a");
    assertThat(got(directory.claim(room, "b"))).isEqualTo("a");
    assertThat(got(directory.running())).isZero();
  }

  @Test
  void aRemovedRoomIsForgotten() {
    var directory = directory(10);
    got(directory.claim(room, "a"));
    got(directory.ended(room, "a"));

    got(directory.remove(room, "a"));
    got(directory.remove(room, "a"));

    assertThat(got(directory.ownerOf(room))).isNull();
    assertThat(got(directory.running())).isZero();
    assertThat(got(directory.claim(room, "b"))).isEqualTo("b");
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void aRunningCallCanBeRemoved() {
    var directory = directory(10);
    got(directory.claim(room, "a"));

    got(directory.remove(room, "a"));

    assertThat(got(directory.ownerOf(room))).isNull();
    assertThat(got(directory.running())).isZero();
  }

  @Test
  void onlyTheOwnerIsListenedTo() {
    var directory = directory(10);
    got(directory.claim(room, "a"));

    got(directory.ended(room, "b"));
    got(directory.remove(room, "b"));

    assertThat(got(directory.ownerOf(room))).isEqualTo("a");
    assertThat(got(directory.running())).isEqualTo(1);
  }

  @Test
  void aFullDirectoryRefusesNewRoomsOnly() {
    var directory = directory(2);
    got(directory.claim(room, "a"));
    UUID second = UUID.randomUUID();
    got(directory.claim(second, "a"));
    UUID third = UUID.randomUUID();

    var refused = directory.claim(third, "a");

    assertThat(settled(refused).cause()).isInstanceOf(ServiceFailure.class);
    assertThat(((ServiceFailure) refused.cause()).code()).isEqualTo(Code.OVERLOADED);
    assertThat(got(directory.claim(room, "b"))).isEqualTo("a");
    got(directory.remove(second, "a"));
    assertThat(got(directory.claim(third, "a"))).isEqualTo("a");
  }

  @CanIgnoreReturnValue
  private static <T> T got(Future<T> future) {
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
