package com.napalmsky.presence.directory;

import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was heard of bans lately: a gateway that has not heard of one yet must not bring the user
 * back. Forgotten five minutes after user-service has stopped to repeat it, which together is
 * longer than a gateway believes a session by default that it cannot ask about.
 *
 * <p>Confined to the context that uses it.
 */
final class Barred {

  private static final Duration MEMORY = Duration.ofMinutes(5);

  private record Heard(BanChanged change, Instant at) {}

  private final Timers timers;
  private final int most;

  /** In the order in which they were heard last. */
  private final LinkedHashMap<UUID, Heard> heard = new LinkedHashMap<>();

  /**
   * @param most users of whom something is remembered; those not heard of for longest go first
   */
  Barred(Timers timers, int most) {
    this.timers = timers;
    this.most = most;
  }

  /**
   * Takes notice of what holds of a user's ban.
   *
   * @return whether he is kept out now
   */
  boolean heard(BanChanged change) {
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

  boolean contains(UUID userId) {
    Heard known = heard.get(userId);
    Instant now = timers.now();
    return known != null && known.at().plus(MEMORY).isAfter(now) && known.change().banned(now);
  }

  int size() {
    return heard.size();
  }

  private void forgetBefore(Instant limit) {
    Iterator<Map.Entry<UUID, Heard>> oldestFirst = heard.entrySet().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().getValue().at().isAfter(limit)) {
      oldestFirst.remove();
    }
  }
}
