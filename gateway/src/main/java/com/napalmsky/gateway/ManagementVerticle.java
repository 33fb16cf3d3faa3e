package com.napalmsky.gateway;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.health.Services;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.process.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The management port: whether this process lives, and whether it can do its work. */
final class ManagementVerticle extends VerticleBase {

  private final GatewayShare share;
  private final Readiness process;
  private @Nullable TypedBus bus;
  private @Nullable HttpServer server;

  ManagementVerticle(GatewayShare share, Readiness process) {
    this.share = share;
    this.process = process;
  }

  @Override
  public Future<?> start() {
    bus = new TypedBus(vertx);
    Services others = new Services(bus, share.timers());
    GatewayConfig config = share.config();
    return vertx
        .createHttpServer()
        .requestHandler(request -> answer(request, others))
        .listen(config.managementPort(), config.managementHost())
        .map(
            listening -> {
              server = listening;
              share.managementPort().set(listening.actualPort());
              return listening;
            })
        .recover(
            cause ->
                Future.failedFuture(
                    PortInUse.or(
                        cause,
                        GatewayConfig.MANAGEMENT_PORT,
                        config.managementHost(),
                        config.managementPort())));
  }

  @Override
  public Future<?> stop() {
    return (server == null ? Future.<Void>succeededFuture() : server.close())
        .eventually(() -> bus == null ? Future.succeededFuture() : bus.close());
  }

  private void answer(HttpServerRequest request, Services others) {
    Future<Answer> answer =
        switch (String.valueOf(request.path())) {
          // Reaching this line is the proof.
          case "/health/live" ->
              Future.succeededFuture(Answer.ok(out -> out.writeStringField("status", "ok")));
          case "/health/ready" ->
              process
                  .report()
                  .compose(checks -> others.report().map(report -> readiness(checks, report)));
          default -> Future.succeededFuture(Answer.error(404, "There is nothing at this address"));
        };
    answer.onComplete(
        one -> send(request, one),
        cause -> send(request, Answer.error(500, "Something went wrong on our side")));
  }

  private static void send(HttpServerRequest request, Answer answer) {
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Answer.JSON)
        .end(answer.body())
        .onComplete(sent -> {}, lost -> {});
  }

  /**
   * A gateway can work when it listens and reaches presence. It stays ready while the database or
   * another service is down: sockets and calls go on, and taking every gateway out would end them.
   */
  private Answer readiness(Map<String, Boolean> checks, Services.Report report) {
    boolean serving = share.serving().get() > 0;
    boolean ready = serving && report.reached("presence") && !checks.containsValue(false);
    return Answer.json(
        ready ? 200 : 503,
        out -> {
          out.writeStringField("status", ready ? "ready" : "not ready");
          out.writeBooleanField("serving", serving);
          out.writeObjectFieldStart("checks");
          for (var check : checks.entrySet()) {
            out.writeBooleanField(check.getKey(), check.getValue());
          }
          out.writeEndObject();
          JsonText.texts(out, "details", details());
          out.writeObjectFieldStart("services");
          for (var service : report.services().entrySet()) {
            out.writeObjectFieldStart(service.getKey());
            out.writeStringField("status", service.getValue().standing().text());
            JsonText.texts(out, "details", service.getValue().details());
            out.writeEndObject();
          }
          out.writeEndObject();
        });
  }

  /** Size and bound of what is kept in memory, and what was refused. */
  private Map<String, String> details() {
    SessionCache.Stats sessions = share.sessions().stats();
    SocketLoad sockets = share.socketLoad();
    Map<String, String> details = new TreeMap<>();
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
    return details;
  }

  private static String refusalsOf(Limit limit) {
    return "limits." + limit.id() + ".refusals";
  }
}
