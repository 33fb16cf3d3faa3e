package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.health.Services;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.process.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says on the management port whether this gateway can work: when it listens and reaches presence.
 * It stays ready while the database or another service is down: sockets and calls go on, and taking
 * every gateway out would end them.
 */
final class ReadinessVerticle extends VerticleBase {

  private final GatewayShare share;
  private final Readiness readiness;
  private @Nullable TypedBus bus;

  ReadinessVerticle(GatewayShare share, Readiness readiness) {
    this.share = share;
    this.readiness = readiness;
  }

  @Override
  public Future<?> start() {
    bus = new TypedBus(vertx);
    Services others = new Services(bus, share.timers());
    readiness.needs("serving", () -> Future.succeededFuture(share.serving().get() > 0));
    readiness.needs("presence", () -> others.report().map(report -> report.reached("presence")));
    readiness.tells("services", () -> others.report().map(ReadinessVerticle::services));
    readiness.tells("details", () -> Future.succeededFuture(details()));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return bus == null ? Future.succeededFuture() : bus.close();
  }

  private static JsonObject services(Services.Report report) {
    JsonObject services = new JsonObject();
    report
        .services()
        .forEach(
            (name, state) ->
                services.put(
                    name,
                    new JsonObject()
                        .put("status", state.standing().text())
                        .put("details", new JsonObject(new TreeMap<>(state.details())))));
    return services;
  }

  /** Size and bound of what is kept in memory, and what was refused. */
  private JsonObject details() {
    SessionCache.Stats sessions = share.sessions().stats();
    SocketLoad sockets = share.socketLoad();
    Map<String, Object> details = new TreeMap<>();
    details.put("sessions.size", String.valueOf(sessions.size()));
    details.put("sessions.max", String.valueOf(sessions.most()));
    details.put("sessions.evictions", String.valueOf(sessions.evictions()));
    details.put("sessions.refused", String.valueOf(sessions.refused()));
    details.put("limits.keys", String.valueOf(share.limits().keys()));
    details.put("limits.keys.max", String.valueOf(share.limits().mostKeys()));
    details.put("limits.evictions", String.valueOf(share.limits().evictions()));
    share
        .limits()
        .refusals()
        .forEach((limit, count) -> details.put(refusalsOf(limit), String.valueOf(count)));
    details.put("qr-images.size", String.valueOf(share.qrImages().size()));
    details.put("qr-images.max", String.valueOf(share.qrImages().most()));
    details.put("qr-images.evictions", String.valueOf(share.qrImages().evictions()));
    details.put("ip-bans.size", String.valueOf(share.banned().size()));
    details.put("ip-bans.max", String.valueOf(share.banned().most()));
    details.putAll(share.sockets().details());
    details.put("sockets", String.valueOf(sockets.sockets()));
    details.put("sockets.max", String.valueOf(sockets.limit()));
    for (CloseReason reason : CloseReason.values()) {
      long closed = share.sockets().closed(reason);
      if (closed > 0) {
        details.put(
            "sockets.closed." + reason.name().toLowerCase(Locale.ROOT), String.valueOf(closed));
      }
    }
    return new JsonObject(details);
  }

  private static String refusalsOf(Limit limit) {
    return "limits." + limit.id() + ".refusals";
  }
}
