package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gateways that presence gave up a moment ago, and when each was seen last: a socket that is
 * found gone with its gateway is lost since then, and not since somebody noticed.
 *
 * <p>Remembered for a while, because the calls of an owner that died with a gateway are adopted
 * after that was told. A gateway that says anything is not lost after all. Bounded; confined to the
 * context of its instance.
 */
final class LostGateways {

  /** Longer than it takes to adopt a call and to find out that nobody answers for a socket. */
  private static final Duration REMEMBERED = Duration.ofSeconds(20);

  private static final int MOST = 1_000;

  private record Lost(Instant lastSeen, Instant toldAt) {}

  private final Timers timers;
  private final Map<String, Lost> lost = new LinkedHashMap<>();

  LostGateways(Timers timers) {
    this.timers = timers;
  }

  /** Presence has given a gateway up. */
  void add(GatewayLost event) {
    lost.remove(event.gateway());
    lost.values().removeIf(this::isLongAgo);
    if (lost.size() < MOST) {
      lost.put(event.gateway(), new Lost(event.lastSeen(), timers.now()));
    }
  }

  /** The gateway of a socket has said something. */
  void alive(SocketRef socket) {
    if (!lost.isEmpty()) {
      lost.remove(socket.gateway());
    }
  }

  /** When the gateway of a socket was seen last; null when it is not known to be lost. */
  @Nullable Instant lastSeen(SocketRef socket) {
    Lost known = lost.isEmpty() ? null : lost.get(socket.gateway());
    return known == null || isLongAgo(known) ? null : known.lastSeen();
  }

  private boolean isLongAgo(Lost known) {
    return known.toldAt().plus(REMEMBERED).isBefore(timers.now());
  }
}
