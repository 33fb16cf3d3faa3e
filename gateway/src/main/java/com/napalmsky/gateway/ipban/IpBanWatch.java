package com.napalmsky.gateway.ipban;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.IpBanContract;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.IpBanContract.ListIpBans;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the list of banned addresses: at the start, when it is announced to have changed, and every
 * now and then, for announcements that were lost. Deployed once.
 *
 * <p>While user-service does not answer, the last list holds.
 */
public final class IpBanWatch extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(IpBanWatch.class);
  private static final int PAGE = 1_000;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final BannedAddresses banned;
  private final Timers timers;
  private final Duration refresh;
  private final Runnable grown;
  private @Nullable TypedBus bus;
  private @Nullable Cancellable next;
  private boolean reading;
  private boolean again;
  private boolean stopped;

  /**
   * @param grown called when somebody is kept out who was not before
   */
  public IpBanWatch(BannedAddresses banned, Timers timers, Duration refresh, Runnable grown) {
    this.banned = banned;
    this.timers = timers;
    this.refresh = refresh;
    this.grown = grown;
  }

  /** Succeeds when the list was asked for once, whether or not it was answered. */
  @Override
  public Future<?> start() {
    TypedBus opened = new TypedBus(vertx);
    bus = opened;
    return opened
        .subscribe(IpBanContract.IP_BANS_CHANGED, changed -> readAnew())
        .compose(listening -> read(opened))
        .recover(cause -> opened.close().transform(closed -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  private void readAnew() {
    if (reading) {
      // What is being read may be from before the change.
      again = true;
    } else if (!stopped && bus != null) {
      var unused = read(bus);
    }
  }

  private Future<Void> read(TypedBus from) {
    if (next != null) {
      next.cancel();
    }
    reading = true;
    again = false;
    return page(from, null, new ArrayList<>())
        .transform(
            read -> {
              reading = false;
              if (read.succeeded()) {
                takeOver(read.result());
              } else {
                LOG.warn("banned addresses not read cause={}", read.cause().toString());
              }
              goOn(read.succeeded() ? refresh : RETRY);
              return Future.succeededFuture();
            });
  }

  private Future<List<IpBan>> page(TypedBus from, @Nullable Cursor before, List<IpBan> read) {
    return from.request(IpBanContract.LIST_IP_BANS, new ListIpBans(before, PAGE, null))
        .compose(
            page -> {
              read.addAll(page.bans());
              Cursor rest = page.next();
              return rest == null || read.size() > banned.most()
                  ? Future.succeededFuture(read)
                  : page(from, rest, read);
            });
  }

  private void takeOver(List<IpBan> list) {
    if (banned.replace(list)) {
      grown.run();
    }
  }

  private void goOn(Duration pause) {
    if (again) {
      readAnew();
    } else if (!stopped) {
      next = timers.after(pause, this::readAnew);
    }
  }
}
