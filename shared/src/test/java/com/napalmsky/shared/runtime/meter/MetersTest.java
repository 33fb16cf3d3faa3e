package com.napalmsky.shared.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MetersTest {

  private enum Colour {
    RED,
    DARK_BLUE
  }

  private final Meters meters = Meters.of(true);

  @Test
  void numbersOfSeveralPartsUnderOneNameAreAddedUp() {
    meters.gauge("napalmsky_test_things", "Things", () -> 2);
    meters.gauge("napalmsky_test_things", "Things", () -> 3);
    meters.counter("napalmsky_test_events", "Events", () -> 10);
    meters.counter("napalmsky_test_events", "Events", () -> 20);

    assertThat(meters.scrape())
        .contains("\nnapalmsky_test_things 5.0\n")
        .contains("\nnapalmsky_test_events_total 30.0\n")
        .contains("# HELP napalmsky_test_things Things");
  }

  @Test
  void aLabelHasTheConstantsOfItsEnum() {
    Counts<Colour> counts = new Counts<>(Colour.class);
    meters.counters("napalmsky_test_seen", "Seen", "colour", Colour.class, counts::total);

    counts.count(Colour.DARK_BLUE);

    assertThat(meters.scrape())
        .contains("napalmsky_test_seen_total{colour=\"dark_blue\"} 1.0")
        .contains("napalmsky_test_seen_total{colour=\"red\"} 0.0");
  }

  @Test
  void aBoundedStructureTellsSizeBoundAndWhatItLetGoOf() {
    meters.structure("calls", 100, () -> 7);
    meters.evictions("calls", () -> 1);

    assertThat(meters.scrape())
        .contains("napalmsky_structure_size{structure=\"calls\"} 7.0")
        .contains("napalmsky_structure_bound{structure=\"calls\"} 100.0")
        .contains("napalmsky_structure_evictions_total{structure=\"calls\"} 1.0");
  }

  @Test
  void aTimerHasBuckets() {
    meters.timer("napalmsky_test_took", "Took").accept(Duration.ofSeconds(3));

    assertThat(meters.scrape())
        .contains("napalmsky_test_took_seconds_bucket{le=\"2.0\"} 0")
        .contains("napalmsky_test_took_seconds_bucket{le=\"5.0\"} 1")
        .contains("napalmsky_test_took_seconds_sum 3.0");
  }

  @Test
  void whenTheyAreNotWantedNothingIsShownAndVertxCountsNothing() {
    Meters none = Meters.of(Meters.wanted(new Settings(Map.of("METRICS_ENABLED", "false"))));
    VertxOptions options = new VertxOptions();

    none.gauge("napalmsky_test_things", "Things", () -> 2);
    none.timer("napalmsky_test_took", "Took").accept(Duration.ofSeconds(3));
    none.prepare(options);

    assertThat(none.exported()).isFalse();
    assertThat(none.scrape()).isEmpty();
    assertThat(options.getMetricsOptions().isEnabled()).isFalse();
    assertThat(Meters.wanted(new Settings(Map.of()))).isTrue();
    assertThatThrownBy(() -> Meters.wanted(new Settings(Map.of("METRICS_ENABLED", "perhaps"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("METRICS_ENABLED");
  }

  @Test
  void whatHasToBeAskedForIsAskedAgainAndStaysWhenTheAnswerFails() {
    ManualTimers timers = new ManualTimers();
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<Future<Integer>> answer = new AtomicReference<>(Future.succeededFuture(3));
    Sampled<Integer> sampled =
        new Sampled<>(
            timers,
            0,
            () -> {
              asked.incrementAndGet();
              return answer.get();
            });

    sampled.begin();
    assertThat(sampled.latest()).isEqualTo(3);
    answer.set(Future.failedFuture("away"));
    timers.advance(Duration.ofSeconds(5));
    assertThat(sampled.latest()).isEqualTo(3);
    answer.set(Future.succeededFuture(4));
    timers.advance(Duration.ofSeconds(5));

    assertThat(sampled.latest()).isEqualTo(4);
    sampled.stop();
    timers.advance(Duration.ofSeconds(50));
    assertThat(asked).hasValue(3);
  }

  @Test
  void theProcessTellsWhatItOccupies() {
    assertThat(ResidentSet.bytes()).isGreaterThan(1_000_000);
  }
}
