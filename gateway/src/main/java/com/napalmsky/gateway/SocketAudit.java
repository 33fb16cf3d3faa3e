package com.napalmsky.gateway;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceContract.ListHeld;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares now and then what presence believes of this process with what is so, one page after the
 * other. A goodbye that was given up in a long outage would leave a ghost for as long as the
 * process lives; a socket that presence could not be told of would be invisible.
 *
 * <p>Confined to one context.
 */
final class SocketAudit {

  static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(SocketAudit.class);
  private static final int PAGE = 500;

  private final String gateway;
  private final Bus bus;
  private final Timers timers;
  private final Function<List<SocketRef>, Future<List<SocketRef>>> absent;
  private final Runnable makeUp;
  private Timers.@Nullable Cancellable timer;
  private boolean stopped;

  /**
   * @param absent finds out which of these sockets are not here
   * @param makeUp has presence know the sockets that it could not be told of
   */
  SocketAudit(
      String gateway,
      Bus bus,
      Timers timers,
      Function<List<SocketRef>, Future<List<SocketRef>>> absent,
      Runnable makeUp) {
    this.gateway = gateway;
    this.bus = bus;
    this.timers = timers;
    this.absent = absent;
    this.makeUp = makeUp;
  }

  void begin() {
    if (!stopped) {
      timer = timers.after(INTERVAL, () -> page(null));
    }
  }

  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void page(@Nullable UUID after) {
    bus.request(PresenceContract.LIST_HELD, new ListHeld(gateway, after, PAGE))
        .compose(page -> compare(page).map(page))
        .onComplete(
            page -> {
              if (page.more() && !page.holdings().isEmpty() && !stopped) {
                page(page.holdings().get(page.holdings().size() - 1).userId());
              } else {
                makeUp.run();
                begin();
              }
            },
            cause -> {
              LOG.debug("sockets could not be compared cause={}", cause.toString());
              begin();
            });
  }

  private Future<?> compare(HeldPage page) {
    List<SocketRef> all =
        page.holdings().stream().flatMap(holding -> holding.sockets().stream()).toList();
    return absent.apply(all).compose(gone -> sayGoodbye(page.holdings(), gone));
  }

  private Future<?> sayGoodbye(List<Holding> holdings, List<SocketRef> gone) {
    Set<SocketRef> absentOnes = new HashSet<>(gone);
    List<Future<?>> said = new ArrayList<>();
    for (Holding holding : holdings) {
      for (SocketRef socket : holding.sockets()) {
        if (absentOnes.contains(socket)) {
          said.add(
              bus.request(PresenceContract.DISCONNECT, new Disconnect(holding.userId(), socket)));
        }
      }
    }
    if (!said.isEmpty()) {
      LOG.info("presence is told of sockets that are gone sockets={}", said.size());
    }
    return Future.join(said);
  }
}
