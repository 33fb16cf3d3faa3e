package com.napalmsky.user.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

  private static final SweepRules RULES =
      new SweepRules(Duration.ofHours(1), 10, Duration.ZERO, Duration.ofSeconds(15));

  /** The lock of all instances. */
  private static final class Seat {
    private Object taken = this;
    private boolean unreachable;

    void free() {
      taken = this;
    }

    Election forOne() {
      return new Election() {
        @Override
        public Future<Boolean> stand() {
          if (unreachable) {
            return Future.failedFuture("no answer");
          }
          if (taken == Seat.this) {
            taken = this;
          }
          return Future.succeededFuture(elected());
        }

        @Override
        public boolean elected() {
          return taken == this;
        }

        @Override
        public Future<Void> stepDown() {
          if (elected()) {
            free();
          }
          return Future.succeededFuture();
        }
      };
    }
  }

  private final ManualTimers timers = new ManualTimers();
  private final Seat seat = new Seat();
  private final FakeChore first = new FakeChore("rows", 15);
  private final FakeChore second = new FakeChore("rows", 15);
  private final Sweep firstSweep = new Sweep(List.of(first), timers, RULES);
  private final Housekeeping one = new Housekeeping(seat.forOne(), firstSweep, timers, RULES);
  private final Housekeeping other =
      new Housekeeping(seat.forOne(), new Sweep(List.of(second), timers, RULES), timers, RULES);

  @BeforeEach
  void twoInstancesAreStarted() {
    one.start();
    other.start();
  }

  private void lookAgain() {
    timers.advance(RULES.election());
  }

  @Test
  void oneOfTwoInstancesSweepsAndTheOtherStandsBy() {
    lookAgain();

    assertThat(first.portions()).isEqualTo(1);
    assertThat(second.portions()).isZero();
    assertThat(firstSweep.counts().elected()).isTrue();
  }

  @Test
  void nextItSweepsAfterThePause() {
    lookAgain();
    first.finish();
    first.finish();
    timers.advance(Duration.ofMinutes(59));
    assertThat(first.portions()).isEqualTo(2);

    timers.advance(Duration.ofMinutes(1));

    assertThat(first.portions()).isEqualTo(3);
    assertThat(second.portions()).isZero();
  }

  @Test
  void aSweepThatTakesLongerThanThePauseIsTheOnlyOne() {
    lookAgain();

    timers.advance(Duration.ofHours(3));

    assertThat(first.portions()).isEqualTo(1);
  }

  @Test
  void whenTheElectedOneIsGoneAnotherSweepsAtOnce() {
    lookAgain();
    var unused = one.stop();
    seat.free();

    lookAgain();

    assertThat(second.portions()).isEqualTo(1);
  }

  @Test
  void whoLostTheElectionEndsWithThePortionUnderWay() {
    lookAgain();
    seat.free();
    var unused = other.look();

    first.finish();

    assertThat(first.portions()).isEqualTo(1);
    assertThat(first.left()).isEqualTo(5);
    lookAgain();
    assertThat(firstSweep.counts().elected()).isFalse();
  }

  @Test
  void whileNobodyKnowsWhoIsElectedNobodyBeginsToSweep() {
    seat.unreachable = true;

    lookAgain();

    assertThat(first.portions() + second.portions()).isZero();
    seat.unreachable = false;
    lookAgain();
    assertThat(first.portions()).isEqualTo(1);
  }

  @Test
  void whoStopsLetsGoOnlyWhenItsPortionIsDone() {
    lookAgain();

    Future<Void> stopped = one.stop();
    lookAgain();
    assertThat(stopped.isComplete()).isFalse();
    assertThat(second.portions()).isZero();

    first.finish();
    assertThat(stopped.succeeded()).isTrue();
    lookAgain();
    assertThat(first.portions()).isEqualTo(1);
    assertThat(second.portions()).isEqualTo(1);
  }

  @Test
  void withAPauseOfZeroNothingIsEverSwept() {
    ManualTimers still = new ManualTimers();
    SweepRules never = new SweepRules(Duration.ZERO, 10, Duration.ZERO, Duration.ofSeconds(15));

    new Housekeeping(seat.forOne(), firstSweep, still, never).start();

    assertThat(still.pending()).isZero();
  }
}
