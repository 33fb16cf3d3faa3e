package com.napalmsky.loadtest.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacerTest {

  private final DefaultEventLoop loop = new DefaultEventLoop();

  @AfterEach
  void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }

  @Test
  void operationsThatAStallDelayedKeepTheTimeTheyWereMeantFor() {
    List<Long> intended = new ArrayList<>();
    CountDownLatch stall = new CountDownLatch(1);
    long start = Clock.nanos();
    loop.execute(() -> await(stall));

    Future<Void> over = Pacer.run(loop, Schedule.lasting(start, 1_000, 0.05), intended::add);
    while (Clock.millisSince(start) < 60) {
      Thread.onSpinWait();
    }
    stall.countDown();

    assertThat(Clock.await(over, 5, () -> false, () -> {})).isTrue();
    assertThat(intended).hasSize(50).isSorted();
    assertThat(intended.get(49)).isEqualTo(start + 49_000_000);
  }

  @Test
  void anEmptyScheduleIsOverAtOnce() {
    Future<Void> over =
        Pacer.run(
            loop,
            Schedule.lasting(Clock.nanos(), 10, 0),
            intended -> {
              throw new AssertionError("nothing was due");
            });

    assertThat(Clock.await(over, 5, () -> false, () -> {})).isTrue();
    assertThat(over.succeeded()).isTrue();
  }

  @Test
  void waitingEndsWhenSomebodySaysStop() {
    Future<Void> never = io.vertx.core.Promise.<Void>promise().future();

    assertThat(Clock.await(never, 60, () -> true, () -> {})).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
