package com.napalmsky.matchmaking.overlay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Overlay;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The overlays of the viewers who are looking now. Confined to the context that created it. */
public final class Overlays {

  private static final Logger LOG = LoggerFactory.getLogger(Overlays.class);

  // A page of the lobby waits for it, and does without it rather than be late itself.
  private static final Endpoint<GetOverlay, Overlay> GET =
      UserContract.GET_OVERLAY.within(Duration.ofSeconds(1));

  /** A request under way, and what was announced since it was sent. */
  private static final class Loading {
    final Promise<ViewerOverlay> promise = Promise.promise();
    final List<Cooldown> started = new ArrayList<>();
    boolean outdated;
  }

  private final Bus bus;
  private final Timers timers;
  private final OverlaySettings settings;
  private final Cache<UUID, ViewerOverlay> loaded;
  private final Map<UUID, Loading> loading = new HashMap<>();

  public Overlays(Bus bus, Timers timers, OverlaySettings settings) {
    this.bus = bus;
    this.timers = timers;
    this.settings = settings;
    loaded =
        Caffeine.newBuilder()
            .maximumWeight(settings.max())
            .weigher((UUID viewer, ViewerOverlay overlay) -> overlay.weight())
            .expireAfterAccess(settings.idle())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(timers.now().toEpochMilli()))
            .executor(Runnable::run)
            .build();
  }

  /** Keeps a quarter of what it may, or all of it again; who is forgotten is asked about anew. */
  public void keepLess(boolean less) {
    loaded
        .policy()
        .eviction()
        .ifPresent(
            bound -> bound.setMaximum(less ? Math.max(1, settings.max() / 4) : settings.max()));
  }

  /**
   * The overlay of a viewer, loaded when it is not there.
   *
   * @return fails when it is not there and user-service does not give it
   */
  public Future<ViewerOverlay> of(UUID viewerId) {
    ViewerOverlay known = loaded.getIfPresent(viewerId);
    if (known == null) {
      return load(viewerId);
    }
    if (!timers.now().isBefore(known.loadedAt().plus(settings.refresh()))) {
      load(viewerId)
          .onComplete(
              fresh -> {},
              cause -> LOG.debug("an overlay could not be refreshed, the old one stays", cause));
    }
    return Future.succeededFuture(known);
  }

  /** Takes note of a cooldown, for both of the pair. */
  public void cooldownStarted(CooldownStarted event) {
    started(event.first(), new Cooldown(event.second(), event.until()));
    started(event.second(), new Cooldown(event.first(), event.until()));
  }

  /** Forgets what was loaded before the change. */
  public void overlayChanged(OverlayChanged event) {
    for (UUID viewerId : event.viewerIds()) {
      loaded.invalidate(viewerId);
      Loading under = loading.get(viewerId);
      if (under != null) {
        under.outdated = true;
      }
    }
  }

  /** How many overlays are kept. */
  public long size() {
    loaded.cleanUp();
    return loaded.estimatedSize();
  }

  /** How many overlays are being loaded. */
  public int loading() {
    return loading.size();
  }

  private void started(UUID viewerId, Cooldown cooldown) {
    ViewerOverlay known = loaded.getIfPresent(viewerId);
    if (known != null) {
      loaded.put(viewerId, known.with(cooldown, timers.now()));
    }
    Loading under = loading.get(viewerId);
    if (under != null) {
      under.started.add(cooldown);
    }
  }

  private Future<ViewerOverlay> load(UUID viewerId) {
    Loading underWay = loading.get(viewerId);
    if (underWay != null) {
      return underWay.promise.future();
    }
    if (loading.size() >= settings.max()) {
      return Future.failedFuture(
          new ServiceFailure(ServiceFailure.Code.OVERLOADED, "too many overlays are being loaded"));
    }
    Loading begun = new Loading();
    loading.put(viewerId, begun);
    bus.request(GET, new GetOverlay(viewerId))
        .onComplete(
            overlay -> keep(viewerId, begun, overlay),
            cause -> {
              loading.remove(viewerId, begun);
              begun.promise.fail(cause);
            });
    return begun.promise.future();
  }

  private void keep(UUID viewerId, Loading under, Overlay answer) {
    ViewerOverlay overlay = ViewerOverlay.of(answer, timers.now());
    for (Cooldown cooldown : under.started) {
      overlay = overlay.with(cooldown, timers.now());
    }
    loading.remove(viewerId, under);
    if (!under.outdated) {
      loaded.put(viewerId, overlay);
    }
    under.promise.complete(overlay);
  }
}
