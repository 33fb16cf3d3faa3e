package com.napalmsky.shared.runtime.process;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * The management port of a service without a public one: {@code /health/live} answers as long as
 * the process can answer at all, {@code /health/ready} with 200 or 503 and what works.
 */
final class ManagementVerticle extends VerticleBase {

  private final ManagementConfig config;
  private final Readiness readiness;
  private int port;

  ManagementVerticle(ManagementConfig config, Readiness readiness) {
    this.config = config;
    this.readiness = readiness;
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(config.port(), config.host())
        .map(
            server -> {
              port = server.actualPort();
              return server;
            })
        .recover(
            cause ->
                Future.failedFuture(
                    new CannotStart(
                        ManagementConfig.PORT
                            + ": "
                            + config.host()
                            + ":"
                            + config.port()
                            + " cannot be opened: "
                            + cause.getMessage())));
  }

  /** The port, once started. */
  int port() {
    return port;
  }

  private void answer(HttpServerRequest request) {
    switch (String.valueOf(request.path())) {
      case "/health/live" -> send(request, 200, new JsonObject().put("status", "ok"));
      case "/health/ready" ->
          readiness
              .report()
              .onComplete(
                  report -> ready(request, report),
                  cause -> send(request, 500, new JsonObject().put("error", "Internal error")));
      default ->
          send(request, 404, new JsonObject().put("error", "There is nothing at this address"));
    }
  }

  private static void ready(HttpServerRequest request, Map<String, Boolean> report) {
    boolean ready = !report.containsValue(false);
    JsonObject checks = new JsonObject();
    report.forEach(checks::put);
    send(
        request,
        ready ? 200 : 503,
        new JsonObject().put("status", ready ? "ready" : "not ready").put("checks", checks));
  }

  private static void send(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.encode())
        .onComplete(sent -> {}, lost -> {});
  }
}
