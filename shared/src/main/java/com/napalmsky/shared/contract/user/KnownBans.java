package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was heard of bans lately: whoever has not heard of one yet must not bring the user back.
 * Forgotten five minutes after user-service has stopped to repeat it, which together is longer than
 * a gateway by default believes a session that it cannot ask about.
 *
 * <p>Confined to the context that created it.
 */
public final class KnownBans {

  private static final Duration MEMORY = Duration.ofMinutes(5);

  private record Heard(BanChanged change, Instant at) {}

  private final Timers timers;
  private final int most;

  /** In the order in which they were heard last. */
  private final LinkedHashMap<UUID, Heard> heard = new LinkedHashMap<>();

  /**
   * @param most users of whom something is remembered; those not heard of for longest go first
   */
  public KnownBans(Timers timers, int most) {
    this.timers = timers;
    this.most = most;
  }

  /**
   * Takes notice of what holds of a user's ban.
   *
   * @return whether he is kept out now
   */
  public boolean heard(BanChanged change) {
    Instant now = timers.now();
    forgetBefore(now.minus(MEMORY));
    Heard known = heard.remove(change.userId());
    BanChanged newest =
        known != null && known.change().changedAt().isAfter(change.changedAt())
            ? known.change()
            : change;
    heard.put(change.userId(), new Heard(newest, now));
    if (heard.size() > most) {
      heard.remove(heard.keySet().iterator().next());
    }
    return newest.banned(now);
  }

  /** Whether a user is known to be kept out now. */
  public boolean contains(UUID userId) {
    Heard known = heard.get(userId);
    Instant now = timers.now();
    return known != null && known.at().plus(MEMORY).isAfter(now) && known.change().banned(now);
  }

  /** Users of whom something is remembered. */
  public int size() {
    return heard.size();
  }

  private void forgetBefore(Instant limit) {
    Iterator<Map.Entry<UUID, Heard>> oldestFirst = heard.entrySet().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().getValue().at().isAfter(limit)) {
      oldestFirst.remove();
    }
  }
}
