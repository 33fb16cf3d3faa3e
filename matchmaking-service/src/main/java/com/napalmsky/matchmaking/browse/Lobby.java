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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    List<Pooled> chosen = new ArrayList<>(limit);
    for (UUID introduced : overlay.introducers().keySet()) {
      Pooled pooled = pool.get(introduced);
      if (pooled != null && chosen.size() < limit && visible(viewerId, introduced, overlay)) {
        chosen.add(pooled);
      }
    }
    Iterator<Pooled> walk = pool.walk(pool.hash(viewerId), null);
    while (chosen.size() < limit && walk.hasNext()) {
      Pooled pooled = walk.next();
      UUID userId = pooled.place().id();
      // As long as there is room, whoever was introduced is in the page already.
      if (visible(viewerId, userId, overlay) && !overlay.introducers().containsKey(userId)) {
        chosen.add(pooled);
      }
    }
    if (invited != null) {
      keep(invited, chosen, limit);
    }
    return answer(viewerId, overlay, chosen);
  }

  /** His card carries the viewer's waiting screen, so that it must not vanish under it. */
  private void keep(Person invited, List<Pooled> chosen, int limit) {
    for (Pooled pooled : chosen) {
      if (pooled.place().id().equals(invited.userId())) {
        return;
      }
    }
    if (chosen.size() == limit) {
      chosen.remove(limit - 1);
    }
    chosen.add(pool.known(invited));
  }

  private static boolean visible(UUID viewerId, UUID userId, ViewerOverlay overlay) {
    return !userId.equals(viewerId) && !overlay.hides(userId);
  }

  private Page answer(UUID viewerId, ViewerOverlay overlay, List<Pooled> chosen) {
    Instant now = timers.now();
    int total = totalFor(viewerId, overlay);
    Candidate[] candidates = new Candidate[chosen.size()];
    long version = Mixing.mix(total, chosen.size());
    for (int at = 0; at < candidates.length; at++) {
      Pooled pooled = chosen.get(at);
      Instant cooldown = overlay.cooldown(pooled.place().id(), now);
      String introducer = overlay.introducers().get(pooled.place().id());
      candidates[at] = candidate(pooled, cooldown, introducer);
      version = Mixing.mix(version, pooled.fingerprint());
      version = Mixing.mix(version, cooldown == null ? 0 : cooldown.toEpochMilli());
      version = Mixing.mix(version, introducer == null ? 0 : Mixing.of(introducer));
    }
    return new Page(List.of(candidates), total, version, overlay.firstHidden());
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
