package com.napalmsky.matchmaking.pool;

import com.napalmsky.matchmaking.pool.Offsets.Arrival;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Iterator;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people who are available, as far as this instance knows.
 *
 * <pre>
 *   WAITING --snapshot read--> LIVE --gap, new epoch, backlog full--> RESYNCHRONISING
 *                                ^----------------snapshot read-----------------'
 * </pre>
 *
 * <p>While it resynchronises it goes on answering from what it has. Confined to the context that
 * created it.
 */
public final class Pool {

  /** How far the pool can be believed. */
  public enum Standing {
    /** Nothing was read yet: nobody is known. */
    WAITING,
    LIVE,
    /** Something was missed; the pool is being read anew. */
    RESYNCHRONISING
  }

  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  private static final int PAGE = 1_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A reading of the whole snapshot, and what was announced meanwhile. */
  private static final class Reading {
    final TreeMap<Long, Changed> backlog = new TreeMap<>();
    @Nullable StreamPosition from;
    @Nullable Ring ring;
    @Nullable UUID after;
    boolean strangers;
    int failures;
  }

  private final Bus bus;
  private final Timers timers;
  private final PoolSettings settings;
  private final Promise<Void> live = Promise.promise();
  private Consumer<Changed> listener = change -> {};
  private Ring ring;
  private String epoch = "";
  private @Nullable Offsets offsets;
  private @Nullable Reading reading;
  private Timers.@Nullable Cancellable gapTimer;
  private Timers.@Nullable Cancellable retryTimer;
  private Timers.@Nullable Cancellable checkTimer;
  private long resyncs;
  private long reordered;
  private long refusedBefore;

  public Pool(Bus bus, Timers timers, PoolSettings settings) {
    this.bus = bus;
    this.timers = timers;
    this.settings = settings;
    this.ring = new Ring(settings.max(), 0);
  }

  /**
   * @param listener is told of each change, after it was applied, unless a newer one of the same
   *     user is known already
   */
  public void listen(Consumer<Changed> listener) {
    this.listener = listener;
  }

  /** Succeeds when everybody was read for the first time. */
  public Future<Void> live() {
    return live.future();
  }

  /** Begins to read; called once, when {@link #apply} is subscribed to the stream. */
  public void begin() {
    read();
    checkLater();
  }

  /** Ends all timers. */
  public void stop() {
    reading = null;
    cancelTimers();
    if (checkTimer != null) {
      checkTimer.cancel();
    }
  }

  /** Takes a change of the stream. */
  public void apply(Changed change) {
    if (reading != null) {
      remember(reading, change);
    }
    if (offsets == null || arrived(offsets, change)) {
      listener.accept(change);
    }
  }

  /** Where somebody stands in the ring, whether or not he is in the pool. */
  public long hash(UUID userId) {
    return ring.hash(userId);
  }

  /** Somebody in the pool, or null. */
  public @Nullable Pooled get(UUID userId) {
    return ring.get(userId);
  }

  /** Somebody as the pool has him, or as the caller knows him when he is not in the pool. */
  public Pooled known(Person person) {
    UUID userId = person.userId();
    Pooled pooled = ring.get(userId);
    return pooled == null ? Pooled.of(person, new Place(hash(userId), userId)) : pooled;
  }

  public boolean contains(UUID userId) {
    return ring.get(userId) != null;
  }

  public int size() {
    return ring.size();
  }

  /**
   * Goes once around the ring. The walk ends with the present event: it must not be kept.
   *
   * @param start hash to begin at and to end before
   * @param after where an earlier walk from the same start stopped, or null to begin
   */
  public Iterator<Pooled> walk(long start, @Nullable Place after) {
    return ring.walk(start, after);
  }

  /** Names the order of the ring: a place means nothing under another one. */
  public String epoch() {
    return epoch;
  }

  public Standing standing() {
    if (offsets == null) {
      return Standing.WAITING;
    }
    return reading == null ? Standing.LIVE : Standing.RESYNCHRONISING;
  }

  /** How often the pool had to be read anew. */
  public long resyncs() {
    return resyncs;
  }

  /** How many changes arrived after a later one. */
  public long reordered() {
    return reordered;
  }

  /** How often somebody found no room. */
  public long overflows() {
    return refusedBefore + ring.refused();
  }

  /** How many changes wait for an earlier one or for the end of a reading. */
  public int backlog() {
    return (offsets == null ? 0 : offsets.waiting())
        + (reading == null ? 0 : reading.backlog.size());
  }

  /** Returns whether the change is the newest known of its user. */
  private boolean arrived(Offsets known, Changed change) {
    StreamPosition position = change.position();
    if (!position.epoch().equals(epoch)) {
      resync("epoch");
      return true;
    }
    boolean late = position.offset() < known.highest();
    Arrival arrival = known.arrive(change.userId(), position.offset());
    if (arrival == Arrival.REPEATED) {
      return false;
    }
    if (late) {
      reordered++;
    }
    if (arrival == Arrival.NEWEST) {
      put(ring, change);
      makeUpForRefusals();
    }
    watchGap();
    return arrival == Arrival.NEWEST;
  }

  private static void put(Ring into, Changed change) {
    Person person = change.person();
    if (change.to() == PresenceState.AVAILABLE && person != null) {
      into.put(person);
    } else {
      into.remove(change.userId());
    }
  }

  private void makeUpForRefusals() {
    // Who found no room is announced by nobody again: read when there is some.
    if (ring.refused() > 0 && ring.size() < settings.max() * 9L / 10) {
      resync("room");
    }
  }

  private void watchGap() {
    Offsets known = offsets;
    if (known == null || reading != null) {
      return;
    }
    if (known.waiting() > settings.backlogMax()) {
      resync("backlog");
    } else if (known.gap() && gapTimer == null) {
      long missing = known.highest();
      gapTimer = timers.after(settings.gap(), () -> gapOver(known, missing));
    }
  }

  private void gapOver(Offsets known, long missing) {
    gapTimer = null;
    if (known.completeTo(missing)) {
      // This gap was closed, but another may have opened since.
      watchGap();
    } else {
      resync("gap");
    }
  }

  private void resync(String reason) {
    if (reading == null) {
      resyncs++;
      LOG.info("pool is read anew reason={} size={}", reason, ring.size());
      read();
    }
  }

  private void read() {
    cancelTimers();
    Reading begun = new Reading();
    reading = begun;
    readPage(begun);
  }

  private void readPage(Reading under) {
    bus.request(PresenceContract.SNAPSHOT, new Snapshot(under.after, PAGE))
        .onComplete(page -> pageRead(under, page), cause -> pageFailed(under, cause));
  }

  private void pageFailed(Reading under, Throwable cause) {
    if (under != reading) {
      return;
    }
    Duration pause = pause(under.failures++);
    LOG.info("presence gives no snapshot, trying again pauseMillis={}", pause.toMillis(), cause);
    retryTimer = timers.after(pause, () -> readPage(under));
  }

  private void cancelTimers() {
    if (gapTimer != null) {
      gapTimer.cancel();
      gapTimer = null;
    }
    if (retryTimer != null) {
      retryTimer.cancel();
      retryTimer = null;
    }
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 6));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void pageRead(Reading under, SnapshotPage page) {
    if (under != reading) {
      return;
    }
    under.failures = 0;
    StreamPosition from = under.from;
    Ring fresh = under.ring;
    if (from == null || fresh == null) {
      from = page.position();
      under.from = from;
      fresh = new Ring(settings.max(), Mixing.of(from.epoch()));
      under.ring = fresh;
    }
    if (!page.position().epoch().equals(from.epoch())) {
      // Presence began from nothing between two pages.
      resyncs++;
      read();
      return;
    }
    page.available().forEach(fresh::put);
    if (page.more() && !page.available().isEmpty()) {
      under.after = page.available().get(page.available().size() - 1).userId();
      readPage(under);
    } else {
      finish(under, from, fresh);
    }
  }

  /** What was announced since before the first page is newer than any page, or contained in it. */
  private void finish(Reading under, StreamPosition from, Ring fresh) {
    Offsets known = new Offsets(from.offset());
    for (Changed heard : under.backlog.values()) {
      if (!heard.position().epoch().equals(from.epoch())) {
        under.strangers = true;
      } else if (known.arrive(heard.userId(), heard.position().offset()) == Arrival.NEWEST) {
        put(fresh, heard);
      }
    }
    refusedBefore += ring.refused();
    ring = fresh;
    epoch = from.epoch();
    offsets = known;
    reading = null;
    LOG.info("pool is live size={} offset={}", ring.size(), known.highest());
    live.tryComplete();
    if (under.strangers) {
      resync("epoch");
    } else {
      watchGap();
    }
  }

  private void remember(Reading under, Changed change) {
    StreamPosition position = change.position();
    Changed other = under.backlog.put(position.offset(), change);
    if (other != null && !other.position().epoch().equals(position.epoch())) {
      under.strangers = true;
    }
    if (under.backlog.size() > settings.backlogMax()) {
      LOG.warn("pool could not be read in time, beginning again backlog={}", under.backlog.size());
      resyncs++;
      read();
    }
  }

  private void checkLater() {
    checkTimer = timers.after(settings.check(), this::check);
  }

  /** Nothing that follows would show that the newest changes were lost, so presence is asked. */
  private void check() {
    checkLater();
    if (reading == null) {
      bus.request(PresenceContract.SNAPSHOT, new Snapshot(null, 1))
          .onComplete(
              page -> compare(page.position()),
              cause -> LOG.debug("presence could not be asked for its position", cause));
    }
  }

  private void compare(StreamPosition theirs) {
    Offsets known = offsets;
    if (reading != null || known == null) {
      return;
    }
    if (!theirs.epoch().equals(epoch)) {
      resync("epoch");
      return;
    }
    known.expect(theirs.offset());
    watchGap();
  }
}
