package com.napalmsky.matchmaking.browse;

import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.overlay.ViewerOverlay;
import com.napalmsky.matchmaking.pool.Mixing;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.Pooled;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /room/queue}: a page of the people who are available. */
public final class Lobby {

  /** The most people in one answer. */
  public static final int LONGEST_PAGE = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);

  private final Pool pool;
  private final Overlays overlays;
  private final Function<UUID, Future<Optional<Person>>> waitingFor;
  private final Timers timers;

  /**
   * @param waitingFor whom a viewer has invited and not heard from yet
   */
  public Lobby(
      Pool pool,
      Overlays overlays,
      Function<UUID, Future<Optional<Person>>> waitingFor,
      Timers timers) {
    this.pool = pool;
    this.overlays = overlays;
    this.waitingFor = waitingFor;
    this.timers = timers;
  }

  /**
   * A page for a viewer: who was introduced to him first, then those who follow him in the ring.
   * Whom he has invited is always in it. Without user-service nobody is marked or left out.
   */
  public Future<Page> browse(Browse asked) {
    UUID viewerId = asked.viewerId();
    int limit = Math.max(1, Math.min(asked.limit(), LONGEST_PAGE));
    return overlays
        .of(viewerId)
        .otherwise(cause -> without(viewerId, cause))
        .compose(
            overlay ->
                waitingFor
                    .apply(viewerId)
                    .otherwise(cause -> nobody(viewerId, cause))
                    .map(invited -> page(viewerId, limit, overlay, invited.orElse(null))));
  }

  static ViewerOverlay without(UUID viewerId, Throwable cause) {
    LOG.debug("answering without an overlay viewer={}", shortened(viewerId), cause);
    return ViewerOverlay.NONE;
  }

  private static Optional<Person> nobody(UUID viewerId, Throwable cause) {
    LOG.debug("answering without the pending invite viewer={}", shortened(viewerId), cause);
    return Optional.empty();
  }

  private static String shortened(UUID id) {
    return id.toString().substring(0, 8);
  }

  private Page page(UUID viewerId, int limit, ViewerOverlay overlay, @Nullable Person invited) {
    Map<UUID, Pooled> chosen = new LinkedHashMap<>(limit * 2);
    for (UUID introduced : overlay.introducers().keySet()) {
      Pooled pooled = pool.get(introduced);
      if (pooled != null && chosen.size() < limit && visible(viewerId, introduced, overlay)) {
        chosen.put(introduced, pooled);
      }
    }
    Iterator<Pooled> walk = pool.walk(pool.hash(viewerId), null);
    while (chosen.size() < limit && walk.hasNext()) {
      Pooled pooled = walk.next();
      UUID userId = pooled.place().id();
      if (visible(viewerId, userId, overlay)) {
        chosen.putIfAbsent(userId, pooled);
      }
    }
    if (invited != null && !chosen.containsKey(invited.userId())) {
      // His card carries the viewer's waiting screen, so that it must not vanish under it.
      if (chosen.size() == limit) {
        chosen.remove(List.copyOf(chosen.keySet()).get(limit - 1));
      }
      chosen.put(invited.userId(), pool.known(invited));
    }
    return answer(viewerId, overlay, chosen);
  }

  private static boolean visible(UUID viewerId, UUID userId, ViewerOverlay overlay) {
    return !userId.equals(viewerId) && !overlay.hides(userId);
  }

  private Page answer(UUID viewerId, ViewerOverlay overlay, Map<UUID, Pooled> chosen) {
    Instant now = timers.now();
    int total = totalFor(viewerId, overlay);
    Candidate[] candidates = new Candidate[chosen.size()];
    long version = Mixing.mix(total, chosen.size());
    int at = 0;
    for (Map.Entry<UUID, Pooled> entry : chosen.entrySet()) {
      Instant cooldown = overlay.cooldown(entry.getKey(), now);
      String introducer = overlay.introducers().get(entry.getKey());
      candidates[at++] = candidate(entry.getValue(), cooldown, introducer);
      version = Mixing.mix(version, entry.getValue().fingerprint());
      version = Mixing.mix(version, cooldown == null ? 0 : cooldown.toEpochMilli());
      version = Mixing.mix(version, introducer == null ? 0 : Mixing.of(introducer));
    }
    return new Page(List.of(candidates), total, version);
  }

  private static Candidate candidate(
      Pooled pooled, @Nullable Instant cooldown, @Nullable String introducer) {
    return cooldown == null && introducer == null
        ? pooled.candidate()
        : new Candidate(pooled.person(), cooldown, introducer != null, introducer);
  }

  private int totalFor(UUID viewerId, ViewerOverlay overlay) {
    int total = pool.size();
    if (pool.contains(viewerId)) {
      total--;
    }
    for (UUID hidden : overlay.hidden()) {
      if (!hidden.equals(viewerId) && pool.contains(hidden)) {
        total--;
      }
    }
    return total;
  }
}
