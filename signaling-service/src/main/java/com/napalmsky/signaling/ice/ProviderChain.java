package com.napalmsky.signaling.ice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceStatus;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceStatus;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds STUN and TURN servers for a user's browser: STUN servers first, then those of the first
 * provider that gives any, in a fixed order: our own coturn, Cloudflare, Twilio. What was given is
 * kept for the user for a while, so that it still lasts for a whole call when it is given again.
 * One for all instances of a process; safe from any context.
 */
public final class ProviderChain {

  private static final String NO_PROVIDER = "fallback";
  private static final String NOT_CONFIGURED =
      "No TURN server is configured: people behind strict firewalls, and iPhones, cannot connect.";
  private static final String NOT_REACHED =
      "No TURN server can be had now: people behind strict firewalls, and iPhones, cannot connect.";

  private final IceConfig config;
  private final Timers timers;
  private final List<ProviderGuard> providers;
  private final List<IceServer> stun;
  private final Cache<UUID, IceServers> kept;
  private final @Nullable ProviderClient client;

  /** The providers that are configured. Closed with Vert.x, if not before. */
  public static ProviderChain on(Vertx vertx, IceConfig config) {
    Timers timers = Timers.of(vertx);
    ProviderClient client = new ProviderClient(vertx, config);
    List<TurnProvider> providers = new ArrayList<>();
    if (config.coturn() != null) {
      providers.add(new Coturn(config.coturn(), timers, config.life()));
    }
    if (config.cloudflare() != null) {
      providers.add(new Cloudflare(config.cloudflare(), client, config.life()));
    }
    if (config.twilio() != null) {
      providers.add(new Twilio(config.twilio(), client, config.life()));
    }
    return new ProviderChain(config, timers, providers, client);
  }

  ProviderChain(
      IceConfig config,
      Timers timers,
      List<TurnProvider> providers,
      @Nullable ProviderClient client) {
    this.config = config;
    this.timers = timers;
    this.client = client;
    this.providers = providers.stream().map(one -> new ProviderGuard(one, timers, config)).toList();
    stun = config.stunUrls().stream().map(url -> new IceServer(List.of(url), null, null)).toList();
    kept =
        Caffeine.newBuilder()
            .maximumSize(config.keptMax())
            .expireAfterWrite(config.keptFor())
            .ticker(() -> timers.now().toEpochMilli() * 1_000_000)
            .executor(Runnable::run)
            .build();
  }

  /** Never fails, and is never without a server. */
  public Future<IceServers> find(GetIceServers request) {
    IceServers known = kept.getIfPresent(request.userId());
    return known == null ? ask(0, request.userId()) : Future.succeededFuture(known);
  }

  /** Which providers would be asked now. */
  public Future<IceStatus> status(GetIceStatus request) {
    return Future.succeededFuture(
        new IceStatus(asked(Coturn.NAME), asked(Cloudflare.NAME), asked(Twilio.NAME)));
  }

  /** Sizes, bounds and failures, for health. */
  public Map<String, String> details() {
    kept.cleanUp();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("turnKept", Long.toString(kept.estimatedSize()));
    details.put("turnKeptMax", Integer.toString(config.keptMax()));
    for (ProviderGuard provider : providers) {
      details.put("turnProvider." + provider.name(), provider.asked() ? "asked" : "resting");
      details.put("turnFailures." + provider.name(), Long.toString(provider.failures()));
      details.put("turnRequests." + provider.name(), Integer.toString(provider.underWay()));
      details.put(
          "turnRequests." + provider.name() + ".max", Integer.toString(config.requestsMax()));
    }
    return details;
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return client == null ? Future.succeededFuture() : client.close();
  }

  private Future<IceServers> ask(int place, UUID userId) {
    if (place == providers.size()) {
      return Future.succeededFuture(stunOnly());
    }
    ProviderGuard provider = providers.get(place);
    return provider
        .relaysFor(userId)
        .map(relays -> keep(userId, provider.name(), relays))
        .recover(fallsThrough -> ask(place + 1, userId));
  }

  private IceServers keep(UUID userId, String provider, List<IceServer> relays) {
    IceServers found =
        new IceServers(
            Stream.concat(stun.stream(), relays.stream()).toList(),
            timers.now().plus(config.life()),
            provider,
            null);
    kept.put(userId, found);
    return found;
  }

  private IceServers stunOnly() {
    return new IceServers(
        stun,
        timers.now().plus(config.life()),
        NO_PROVIDER,
        providers.isEmpty() ? NOT_CONFIGURED : NOT_REACHED);
  }

  private boolean asked(String name) {
    return providers.stream().anyMatch(one -> one.name().equals(name) && one.asked());
  }
}
