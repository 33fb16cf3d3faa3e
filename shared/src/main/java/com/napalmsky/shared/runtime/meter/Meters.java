package com.napalmsky.shared.runtime.meter;

import com.napalmsky.shared.bus.Addresses;
import com.napalmsky.shared.runtime.Settings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of a process. Numbers are named once, when the process is put together, and read when
 * somebody asks; several under one name, as of several event loops, are added up. Safe from any
 * thread, and so must be what is read; a count that is a little old does no harm.
 *
 * <p>Names are Prometheus' own: {@code napalmsky_<service>_<thing>}, to which counters get {@code
 * _total} and timers {@code _seconds}. What each means is told in {@code docs/metrics.md}.
 */
public final class Meters {

  public static final String ENABLED = "METRICS_ENABLED";

  private static final String SIZE = "napalmsky_structure_size";
  private static final String STRUCTURE = "structure";

  private static final Duration[] TIME_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(60)
  };

  private final MeterRegistry registry;
  private final Map<String, List<LongSupplier>> parts = new ConcurrentHashMap<>();

  private Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Those that nobody can read, and that cost nothing. */
  public static Meters none() {
    return new Meters(new CompositeMeterRegistry());
  }

  /** Whether the settings want any. */
  public static boolean wanted(Settings settings) {
    return settings.flag(ENABLED, true);
  }

  /** Those that Prometheus can read, if they are wanted. */
  public static Meters of(boolean wanted) {
    if (!wanted) {
      return none();
    }
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    SortedSet<String> known = Addresses.known();
    registry
        .config()
        .meterFilter(MeterFilter.replaceTagValues("address", address -> named(known, address)));
    new FileDescriptorMetrics().bindTo(registry);
    Meters meters = new Meters(registry);
    meters.gauge(
        "napalmsky_process_resident_bytes",
        "Memory of the machine that the process occupies",
        ResidentSet::bytes);
    return meters;
  }

  /** Whether somebody can read them. */
  public boolean exported() {
    return registry instanceof PrometheusMeterRegistry;
  }

  /** Everything as text. Takes a few milliseconds, and so belongs on no event loop. */
  public String scrape() {
    return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
  }

  /** Has Vert.x count as well, if anybody can read it. */
  public void prepare(VertxOptions options) {
    if (exported()) {
      options.setMetricsOptions(
          new MicrometerMetricsOptions()
              .setEnabled(true)
              .setJvmMetricsEnabled(true)
              .setNettyMetricsEnabled(true)
              // Neither peers nor methods, which clients may invent: each value is kept for good.
              .setLabels(
                  EnumSet.of(
                      Label.HTTP_ROUTE,
                      Label.HTTP_CODE,
                      Label.EB_ADDRESS,
                      Label.EB_SIDE,
                      Label.EB_FAILURE,
                      Label.POOL_TYPE,
                      Label.POOL_NAME))
              .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET)
              .addDisabledMetricsCategory(MetricsDomain.VERTICLES));
    }
  }

  /** The builder of a Vert.x whose options were {@linkplain #prepare prepared}. */
  public VertxBuilder counting(VertxBuilder builder) {
    return exported() ? builder.withMetrics(new MicrometerMetricsFactory(registry)) : builder;
  }

  /** A number that only grows. */
  public void counter(String name, String help, LongSupplier number) {
    count(name, help, Tags.empty(), number);
  }

  /** A number that only grows, for each constant. */
  public <E extends Enum<E>> void counters(
      String name, String help, String label, Class<E> values, ToLongFunction<E> number) {
    for (E value : values.getEnumConstants()) {
      count(name, help, Tags.of(label, word(value)), () -> number.applyAsLong(value));
    }
  }

  /** A number that goes up and down. */
  public void gauge(String name, String help, LongSupplier number) {
    gauge(name, help, Tags.empty(), number);
  }

  /** A number that goes up and down, for each constant. */
  public <E extends Enum<E>> void gauges(
      String name, String help, String label, Class<E> values, ToLongFunction<E> number) {
    for (E value : values.getEnumConstants()) {
      gauge(name, help, Tags.of(label, word(value)), () -> number.applyAsLong(value));
    }
  }

  /**
   * Something in memory that has a bound.
   *
   * @param name of the code's choosing, never of a user's
   */
  public void structure(String name, long bound, LongSupplier size) {
    Tags tags = Tags.of(STRUCTURE, name);
    gauge(SIZE, "How much a bounded structure holds", tags, size);
    gauge("napalmsky_structure_bound", "How much it may hold", tags, () -> bound);
  }

  /** What a number that goes up and down is now; nothing where no part of the process named it. */
  public OptionalLong gauged(String name) {
    return now(name + Tags.empty());
  }

  /** How much a bounded structure holds now; nothing where no part of the process named it. */
  public OptionalLong held(String structure) {
    return now(SIZE + Tags.of(STRUCTURE, structure));
  }

  private OptionalLong now(String key) {
    List<LongSupplier> numbers = parts.get(key);
    return numbers == null ? OptionalLong.empty() : OptionalLong.of((long) sum(numbers));
  }

  /** What a bounded structure has let go of because it was full. */
  public void evictions(String name, LongSupplier number) {
    count(
        "napalmsky_structure_evictions",
        "What a bounded structure let go of or turned away because it was full",
        Tags.of(STRUCTURE, name),
        number);
  }

  /** How well a cache serves. */
  public void cache(String name, LongSupplier hits, LongSupplier misses) {
    Tags tags = Tags.of("cache", name);
    count("napalmsky_cache_hits", "Questions that a cache answered", tags, hits);
    count("napalmsky_cache_misses", "Questions that it could not answer", tags, misses);
  }

  /** Takes how long something took; buckets from 0.1 s to 60 s. */
  public Consumer<Duration> timer(String name, String help) {
    Timer timer =
        Timer.builder(name)
            .description(help)
            .serviceLevelObjectives(TIME_BUCKETS)
            .register(registry);
    return timer::record;
  }

  private void count(String name, String help, Tags tags, LongSupplier number) {
    List<LongSupplier> all = add(name, tags, number);
    if (all.size() == 1) {
      var unused =
          FunctionCounter.builder(name, all, Meters::sum)
              .description(help)
              .tags(tags)
              .register(registry);
    }
  }

  private void gauge(String name, String help, Tags tags, LongSupplier number) {
    List<LongSupplier> all = add(name, tags, number);
    if (all.size() == 1) {
      var unused =
          Gauge.builder(name, all, Meters::sum)
              .description(help)
              .tags(tags)
              .strongReference(true)
              .register(registry);
    }
  }

  private List<LongSupplier> add(String name, Tags tags, LongSupplier number) {
    List<LongSupplier> all =
        parts.computeIfAbsent(name + tags, fresh -> new CopyOnWriteArrayList<>());
    all.add(number);
    return all;
  }

  private static double sum(List<LongSupplier> numbers) {
    double sum = 0;
    for (LongSupplier number : numbers) {
      sum += number.getAsLong();
    }
    return sum;
  }

  /** Addresses of single instances are counted under what all of them have in common. */
  private static String named(SortedSet<String> known, String address) {
    if (known.contains(address)) {
      return address;
    }
    SortedSet<String> before = known.headSet(address);
    // The longest that it begins with is the last before it: dots sort below letters and digits.
    return !before.isEmpty() && address.startsWith(before.last() + ".") ? before.last() : "other";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
