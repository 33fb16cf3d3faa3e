package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Traffic;
import com.napalmsky.shared.bus.TrafficContract;
import com.napalmsky.shared.bus.TrafficContract.Gauge;
import com.napalmsky.shared.bus.TrafficContract.Measured;
import com.napalmsky.shared.bus.TrafficContract.Noted;
import com.napalmsky.shared.bus.TrafficContract.Watched;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What crosses the bus, told once a second to whoever watches.
 *
 * <p>A process with watchers says each second that it has some, which is a lease of {@link #LEASE}
 * on the measuring of all processes. Each that holds such a lease measures and sends what it
 * measured to the process that asked. When the last lease has run out it stops, and from then on
 * its bus is as if nobody had ever watched.
 *
 * <p>Confined to one context.
 */
final class BusTail {

  static final Duration EVERY = Duration.ofSeconds(1);

  /** Survives the loss of some messages; a watcher's process that dies costs no longer. */
  static final Duration LEASE = Duration.ofSeconds(4);

  /** Lines in a row that a watcher may leave unread. */
  static final int MOST_UNREAD = 3;

  private static final Duration SEND_WITHIN = Duration.ofSeconds(1);

  /** Clocks of two processes do not tick together: what came early waits for the next line. */
  private static final int MOST_EARLY = 2;

  /** More processes than a cluster of ours has. */
  private static final int MOST_NODES = 256;

  private static final Logger LOG = LoggerFactory.getLogger(BusTail.class);

  private final String self;
  private final Traffic traffic;
  private final Supplier<List<Gauge>> gauges;
  private final Bus bus;
  private final Timers timers;
  private final int mostWatchers;
  private final Map<String, Instant> leases = new HashMap<>();
  private final List<Watching> watching = new ArrayList<>();
  private final Map<String, Deque<Measured>> arrived = new TreeMap<>();
  private @Nullable Cancellable tick;
  private Instant since = Instant.EPOCH;

  /** As they were a second ago: who is asked may take a moment. */

  /** Somebody who is told. */
  interface Watcher {

    /**
     * Is given a line.
     *
     * @return false, and it is lost, when an earlier one has not been read yet
     */
    boolean take(Buffer line);

    /** Will be told nothing more. */
    void dropped();
  }

  private static final class Watching {

    private final TailFilter filter;
    private final Watcher watcher;
    private int unread;

    Watching(TailFilter filter, Watcher watcher) {
      this.filter = filter;
      this.watcher = watcher;
    }
  }

  /**
   * @param self name of this process, as watchers see it
   * @param gauges what watchers see at a glance; asked only while somebody watches
   * @param mostWatchers how many may watch here at once
   */
  BusTail(
      String self,
      Traffic traffic,
      Supplier<List<Gauge>> gauges,
      Bus bus,
      Timers timers,
      int mostWatchers) {
    this.self = self;
    this.traffic = traffic;
    this.gauges = gauges;
    this.bus = bus;
    this.timers = timers;
    this.mostWatchers = mostWatchers;
  }

  /** Somebody watches, somewhere; see {@link TrafficContract#WATCHED}. */
  void watched(Watched watched) {
    if (leases.size() < MOST_NODES || leases.containsKey(watched.by())) {
      leases.put(watched.by(), timers.now().plus(LEASE));
      begin();
    }
  }

  /** Another process has measured; see {@link TrafficContract#MEASURED}. */
  Future<Noted> measured(Measured second) {
    if (!watching.isEmpty()
        && (arrived.size() < MOST_NODES || arrived.containsKey(second.node()))) {
      Deque<Measured> ofNode = arrived.computeIfAbsent(second.node(), node -> new ArrayDeque<>());
      ofNode.add(second);
      if (ofNode.size() > MOST_EARLY) {
        ofNode.remove();
      }
    }
    return Future.succeededFuture(new Noted());
  }

  /**
   * Tells a watcher what passes the filter, from the next second on.
   *
   * @return ends it; null when too many watch already
   */
  @Nullable Cancellable follow(TailFilter filter, Watcher watcher) {
    if (watching.size() >= mostWatchers) {
      return null;
    }
    Watching one = new Watching(filter, watcher);
    watching.add(one);
    renew();
    return () -> watching.remove(one);
  }

  /** Ends all of it. */
  void stop() {
    if (tick != null) {
      tick.cancel();
      tick = null;
    }
    traffic.stop();
    List<Watching> all = List.copyOf(watching);
    watching.clear();
    all.forEach(one -> one.watcher.dropped());
  }

  private void renew() {
    bus.publish(TrafficContract.WATCHED, new Watched(self));
    watched(new Watched(self));
  }

  private void begin() {
    if (tick == null) {
      traffic.measure();
      since = timers.now();
      tick = timers.after(EVERY, this::second);
    }
  }

  private void second() {
    Instant now = timers.now();
    if (!watching.isEmpty()) {
      renew();
    }
    leases.values().removeIf(end -> !end.isAfter(now));
    if (leases.isEmpty()) {
      traffic.stop();
      arrived.clear();
      tick = null;
      return;
    }
    Measured own =
        new Measured(
            self,
            Math.max(1, Duration.between(since, now).toMillis()),
            traffic.take(),
            gauges.get());
    since = now;
    for (String watcher : leases.keySet()) {
      tell(watcher, own);
    }
    if (!watching.isEmpty()) {
      show(now);
    }
    tick = timers.after(EVERY, this::second);
  }

  private void tell(String watcher, Measured own) {
    Future<Noted> noted =
        watcher.equals(self)
            ? measured(own)
            : bus.request(TrafficContract.MEASURED.at(watcher).within(SEND_WITHIN), own);
    noted.onComplete(
        heard -> {},
        lost -> LOG.debug("traffic not told to {} cause={}", watcher, lost.toString()));
  }

  private void show(Instant now) {
    List<Measured> seconds = new ArrayList<>();
    arrived.values().forEach(ofNode -> seconds.add(ofNode.remove()));
    arrived.values().removeIf(Deque::isEmpty);
    Map<TailFilter, Buffer> lines = new HashMap<>();
    for (Iterator<Watching> all = watching.iterator(); all.hasNext(); ) {
      Watching one = all.next();
      Buffer line = lines.computeIfAbsent(one.filter, filter -> TailLine.of(now, seconds, filter));
      one.unread = one.watcher.take(line) ? 0 : one.unread + 1;
      if (one.unread >= MOST_UNREAD) {
        all.remove();
        LOG.info("a watcher of the bus does not read and is dropped");
        one.watcher.dropped();
      }
    }
  }
}
