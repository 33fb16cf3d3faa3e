package com.napalmsky.matchmaking.browse;

import com.napalmsky.matchmaking.browse.ReelCursor.Position;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.overlay.ViewerOverlay;
import com.napalmsky.matchmaking.pool.Place;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.Pooled;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ReelPage;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * {@code GET /room/reel}: everybody who can be called now, a page at a time, nobody twice.
 *
 * <p>A reel is one walk around the ring from a random place; its cursor says how far it came.
 */
public final class Reel {

  /** The most people in one answer. */
  public static final int LONGEST_PAGE = 50;

  private final Pool pool;
  private final Overlays overlays;
  private final Timers timers;
  private final RandomGenerator random;
  private final ReelCursor cursors;

  public Reel(
      Pool pool, Overlays overlays, Timers timers, RandomGenerator random, ReelSettings settings) {
    this.pool = pool;
    this.overlays = overlays;
    this.timers = timers;
    this.random = random;
    this.cursors = new ReelCursor(settings);
  }

  /** The next page of a viewer's reel, without those he may not see or may not call now. */
  public Future<ReelPage> browse(BrowseReel asked) {
    int limit = Math.max(1, Math.min(asked.limit(), LONGEST_PAGE));
    return overlays
        .of(asked.viewerId())
        .otherwise(cause -> Lobby.without(asked.viewerId(), cause))
        .map(overlay -> page(asked, limit, overlay));
  }

  private ReelPage page(BrowseReel asked, int limit, ViewerOverlay overlay) {
    UUID viewerId = asked.viewerId();
    Instant now = timers.now();
    Optional<Position> from = cursors.read(asked.cursor(), viewerId, pool.epoch(), now);
    long start = from.map(Position::start).orElseGet(random::nextLong);
    Place last = from.map(Position::last).orElse(null);
    Iterator<Pooled> walk = pool.walk(start, last);
    List<Person> people = new ArrayList<>(limit);
    boolean more = false;
    while (walk.hasNext()) {
      Pooled next = walk.next();
      if (!callable(viewerId, next.place().id(), overlay, now)) {
        continue;
      }
      if (people.size() == limit) {
        more = true;
        break;
      }
      people.add(next.person());
      last = next.place();
    }
    Place reached = last == null ? Place.before(start) : last;
    String cursor = cursors.write(new Position(start, reached), viewerId, pool.epoch(), now);
    return new ReelPage(people, cursor, more);
  }

  private static boolean callable(UUID viewerId, UUID userId, ViewerOverlay overlay, Instant now) {
    return !userId.equals(viewerId)
        && !overlay.hides(userId)
        && overlay.cooldown(userId, now) == null;
  }
}
