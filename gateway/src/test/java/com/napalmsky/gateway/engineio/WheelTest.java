package com.napalmsky.gateway.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WheelTest {

  private final ManualTimers timers = new ManualTimers();
  private final Wheel wheel = new Wheel(timers, Duration.ofMillis(10));
  private final List<String> fired = new ArrayList<>();

  @Test
  void deadlinesFallDueInOrderAndOnce() {
    var unused1 = wheel.after(Duration.ofMillis(300), () -> fired.add("late"));
    var unused2 = wheel.after(Duration.ofMillis(100), () -> fired.add("early"));

    timers.advance(Duration.ofMillis(150));
    assertThat(fired).containsExactly("early");

    timers.advance(Duration.ofSeconds(60));
    assertThat(fired).containsExactly("early", "late");
  }

  @Test
  void aDeadlineIsNeverLateAndAtMostOneTickEarly() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      Duration delay = Duration.ofMillis(20 + random.nextInt(90_000));
      Instant asked = timers.now();
      var unused =
          wheel.after(
              delay,
              () -> {
                Duration took = Duration.between(asked, timers.now());
                assertThat(took).isBetween(delay.minusMillis(20), delay.plusMillis(1));
                fired.add("x");
              });
      timers.advance(Duration.ofMillis(random.nextInt(50)));
    }
    timers.advance(Duration.ofSeconds(100));

    assertThat(fired).hasSize(500);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aCancelledDeadlineDoesNotFire() {
    Wheel.Entry entry = wheel.after(Duration.ofMillis(50), () -> fired.add("x"));

    wheel.cancel(entry);
    wheel.cancel(entry);
    timers.advance(Duration.ofSeconds(1));

    assertThat(fired).isEmpty();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aMovedDeadlineFiresAtItsNewTimeOnly() {
    Wheel.Entry entry = wheel.after(Duration.ofMillis(50), () -> fired.add("x"));

    wheel.schedule(entry, Duration.ofMillis(500));
    timers.advance(Duration.ofMillis(400));
    assertThat(fired).isEmpty();

    timers.advance(Duration.ofMillis(200));
    assertThat(fired).containsExactly("x");
  }

  @Test
  void anActionMaySetAndCallOffDeadlinesOfTheSameTick() {
    List<Wheel.Entry> others = new ArrayList<>();
    others.add(
        wheel.after(
            Duration.ofMillis(50),
            () -> {
              fired.add("first");
              wheel.cancel(others.get(1));
              wheel.schedule(others.get(0), Duration.ofMillis(10));
              others.get(0);
              wheel.cancel(others.get(0));
            }));
    others.add(wheel.after(Duration.ofMillis(50), () -> fired.add("second")));
    others.add(wheel.after(Duration.ofMillis(50), () -> fired.add("third")));

    timers.advance(Duration.ofSeconds(1));

    assertThat(fired).containsExactly("first", "third");
  }

  @Test
  void aFaultyActionDoesNotKeepOthersFromFiring() {
    var unused1 =
        wheel.after(
            Duration.ofMillis(50),
            () -> {
              throw new IllegalStateException("on purpose");
            });
    var unused2 = wheel.after(Duration.ofMillis(50), () -> fired.add("next"));

    timers.advance(Duration.ofMillis(100));

    assertThat(fired).containsExactly("next");
  }

  @Test
  void aMachineThatStoodStillDoesNotLoseEverybodyAtOnce() {
    JumpingTimers jumping = new JumpingTimers();
    Wheel own = new Wheel(jumping, Duration.ofMillis(100));
    var unused = own.after(Duration.ofSeconds(60), () -> fired.add("timed out"));

    jumping.jump(Duration.ofHours(1));
    own.catchUp();

    assertThat(fired).isEmpty();
    jumping.jump(Duration.ofSeconds(4));
    own.catchUp();
    assertThat(fired).isEmpty();
  }

  @Test
  void aClockThatIsSetBackDelaysNothingForLong() {
    JumpingTimers jumping = new JumpingTimers();
    Wheel own = new Wheel(jumping, Duration.ofMillis(100));
    var unused = own.after(Duration.ofSeconds(4), () -> fired.add("due"));

    jumping.jump(Duration.ofHours(-1));
    own.catchUp();
    jumping.jump(Duration.ofMillis(4_100));
    own.catchUp();

    assertThat(fired).containsExactly("due");
  }

  @Test
  void nothingTicksWhenNothingWaits() {
    var unused = wheel.after(Duration.ofMillis(50), () -> {});

    timers.advance(Duration.ofSeconds(1));

    assertThat(timers.pending()).isZero();
  }

  /** A clock without timers. */
  private static final class JumpingTimers implements com.napalmsky.shared.runtime.Timers {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void jump(Duration span) {
      now = now.plus(span);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Cancellable after(Duration delay, Runnable action) {
      return () -> {};
    }
  }
}
