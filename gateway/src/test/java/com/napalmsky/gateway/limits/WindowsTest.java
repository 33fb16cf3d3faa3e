package com.napalmsky.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WindowsTest {

  private final ManualTimers timers = new ManualTimers();

  private Windows limits(int most, int mostKeys) {
    return new Windows(timers, Map.of(Limit.API, most), mostKeys);
  }

  private static void take(Windows limits, Limit limit, String owner) {
    assertThat(limits.take(limit, owner).limit()).isEqualTo(limit);
  }

  @Test
  void aWindowBeginsWithItsFirstRequestAndDoesNotSlide() {
    Windows limits = limits(2, 100);
    assertThat(limits.take(Limit.API, "a").remaining()).isEqualTo(1);
    timers.advance(Duration.ofSeconds(59));
    assertThat(limits.take(Limit.API, "a").remaining()).isZero();
    Allowance third = limits.take(Limit.API, "a");
    timers.advance(Duration.ofSeconds(1));

    Allowance afterwards = limits.take(Limit.API, "a");

    assertThat(third.exceeded()).isTrue();
    assertThat(third.resetSeconds()).isEqualTo(1);
    assertThat(afterwards.exceeded()).isFalse();
    assertThat(afterwards.resetSeconds()).isEqualTo(60);
  }

  @Test
  void lookingUsesNothingUp() {
    Windows limits = limits(1, 100);
    for (int i = 0; i < 5; i++) {
      assertThat(limits.look(Limit.API, "a").remaining()).isEqualTo(1);
    }

    assertThat(limits.take(Limit.API, "a").exceeded()).isFalse();
    assertThat(limits.look(Limit.API, "a").exceeded()).isTrue();
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    Windows limits = limits(1, 100);
    take(limits, Limit.API, "a");

    assertThat(limits.giveBack(Limit.API, "a").remaining()).isEqualTo(1);
    assertThat(limits.take(Limit.API, "a").exceeded()).isFalse();
    assertThat(limits.take(Limit.API, "a").exceeded()).isTrue();
  }

  @Test
  void keysAndLimitsAreCountedApart() {
    Windows limits = new Windows(timers, Map.of(Limit.API, 1, Limit.TURN, 1), 100);
    take(limits, Limit.API, "a");

    assertThat(limits.take(Limit.API, "b").exceeded()).isFalse();
    assertThat(limits.take(Limit.TURN, "a").exceeded()).isFalse();
    assertThat(limits.take(Limit.API, "a").exceeded()).isTrue();
    assertThat(limits.refusals()).containsEntry(Limit.API, 1L).containsEntry(Limit.TURN, 0L);
  }

  @Test
  void zeroMeansNoLimit() {
    Windows limits = limits(0, 100);

    for (int i = 0; i < 1000; i++) {
      assertThat(limits.take(Limit.API, "a").exceeded()).isFalse();
    }
    assertThat(limits.take(Limit.API, "a").limited()).isFalse();
    assertThat(limits.keys()).isZero();
  }

  @Test
  void aFloodOfAddressesTakesNoMoreRoomThanTheBound() {
    Windows limits = limits(5, 1_000);

    for (int i = 0; i < 100_000; i++) {
      take(limits, Limit.API, "address-" + i);
    }

    assertThat(limits.keys()).isLessThanOrEqualTo(1_000);
    assertThat(limits.evictions()).isGreaterThan(0);
  }

  @Test
  void windowsThatAreOverLeaveNothingBehind() {
    Windows limits = limits(5, 1_000);
    for (int i = 0; i < 500; i++) {
      take(limits, Limit.API, "address-" + i);
    }
    timers.advance(Duration.ofHours(2));

    for (int i = 0; i < 300; i++) {
      take(limits, Limit.API, "later");
    }

    assertThat(limits.keys()).isLessThan(500);
  }

  @Test
  void manyThreadsTogetherGetNoMoreThanTheLimit() throws InterruptedException {
    Windows limits = limits(100, 1_000);
    AtomicInteger granted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 1000; n++) {
                  if (!limits.take(Limit.API, "a").exceeded()) {
                    granted.incrementAndGet();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(granted).hasValue(100);
  }

  @Test
  void theTighterAllowanceIsTheOneThatIsTold() {
    Allowance wide = new Allowance(Limit.API, 10, 9, 1, false);
    Allowance narrow = new Allowance(Limit.API, 5, 2, 1, false);
    Allowance spent = new Allowance(Limit.API, 50, 0, 1, true);
    Allowance none = new Allowance(Limit.API, 0, Integer.MAX_VALUE, 1, false);

    assertThat(wide.tighter(narrow)).isEqualTo(narrow);
    assertThat(narrow.tighter(wide)).isEqualTo(narrow);
    assertThat(narrow.tighter(spent)).isEqualTo(spent);
    assertThat(spent.tighter(narrow)).isEqualTo(spent);
    assertThat(none.tighter(wide)).isEqualTo(wide);
    assertThat(wide.tighter(none)).isEqualTo(wide);
  }

  @Test
  void everyLimitHasItsOwnNameAndSetting() {
    Set<String> ids = new TreeSet<>();
    Set<String> settings = new TreeSet<>();
    for (Limit limit : Limit.values()) {
      ids.add(limit.id());
      settings.add(limit.setting());
    }

    assertThat(ids).hasSameSizeAs(Limit.values());
    assertThat(settings).hasSameSizeAs(Limit.values()).allMatch(s -> s.startsWith("GATEWAY_"));
  }
}
