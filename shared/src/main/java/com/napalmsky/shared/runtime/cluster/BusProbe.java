package com.napalmsky.shared.runtime.cluster;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.NodeContract;
import com.napalmsky.shared.bus.NodeContract.Echo;
import com.napalmsky.shared.bus.NodeContract.Echoed;
import com.napalmsky.shared.bus.NodeContract.Leaving;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether this process is still heard: it asks one other process after another to ask it
 * back. After a cut network, or a pause that made the others give it up, a process can stay without
 * registrations for ever while all of its own calls seem to work; starting again is the cure. One
 * that was left with the smaller side of a cut counts as not heard, too.
 *
 * <p>Confined to the context that called {@link #start}, but for {@link #hears}.
 */
final class BusProbe {

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /** A pause, a slow answer and some delay fit in. */
  private static final Duration LATEST_ANSWER = Duration.ofSeconds(8);

  private static final Logger LOG = LoggerFactory.getLogger(BusProbe.class);

  private final String self;
  private final Supplier<List<String>> nodes;
  private final Bus bus;
  private final Timers timers;
  private final Sides sides = new Sides();
  private final Duration deafAfter;
  private final Runnable onDeaf;
  private final RandomGenerator random;
  private volatile boolean hears = true;
  private volatile @Nullable Instant heard;
  private @Nullable Cancellable timer;

  /**
   * @param self name of this process
   * @param nodes names of all processes, this one included
   * @param deafAfter so long without an answer, from anybody, and {@code onDeaf} is run, once
   */
  BusProbe(
      String self,
      Supplier<List<String>> nodes,
      Bus bus,
      Timers timers,
      Duration deafAfter,
      Runnable onDeaf,
      RandomGenerator random) {
    this.self = self;
    this.nodes = nodes;
    this.bus = bus;
    this.timers = timers;
    this.deafAfter = deafAfter;
    this.onDeaf = onDeaf;
    this.random = random;
  }

  /** Answers others; see {@link NodeContract#ECHO}. */
  Future<Echoed> echo(Echo request) {
    String backTo = request.backTo();
    return backTo == null
        ? Future.succeededFuture(new Echoed())
        : bus.request(NodeContract.ECHO.at(backTo).within(ANSWER_WITHIN), new Echo(null));
  }

  /** Somebody goes in order; see {@link NodeContract#LEAVING}. */
  void leaving(Leaving leaving) {
    sides.leaving(leaving.node());
  }

  void start() {
    heard = timers.now();
    again();
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
    }
  }

  /**
   * Whether the last question was answered, not long ago: one that stood still for a while does not
   * know yet. Safe from any thread.
   */
  boolean hears() {
    Instant last = heard;
    return hears
        && (last == null || Duration.between(last, timers.now()).compareTo(LATEST_ANSWER) <= 0);
  }

  private void again() {
    timer = timers.after(EVERY, this::ask);
  }

  private void ask() {
    List<String> present = nodes.get();
    if (sides.isSmaller(present, timers.now())) {
      silent("more processes were lost at once than are left");
      return;
    }
    List<String> others = present.stream().filter(node -> !node.equals(self)).toList();
    if (others.isEmpty()) {
      // Nobody there to be deaf to.
      answered();
      return;
    }
    String peer = others.get(random.nextInt(others.size()));
    bus.request(NodeContract.ECHO.at(peer).within(ANSWER_WITHIN.multipliedBy(2)), new Echo(self))
        .onComplete(echoed -> answered(), cause -> silent(peer + ": " + cause));
  }

  private void answered() {
    heard = timers.now();
    hears = true;
    again();
  }

  private void silent(String why) {
    Duration since = Duration.between(heard, timers.now());
    LOG.warn("not heard over the bus sinceSeconds={} cause={}", since.toSeconds(), why);
    hears = false;
    if (since.compareTo(deafAfter) >= 0) {
      onDeaf.run();
      return;
    }
    again();
  }
}
