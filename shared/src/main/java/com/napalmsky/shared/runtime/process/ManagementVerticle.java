package com.napalmsky.shared.runtime.process;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;

/** Serves the pages, and the two about health that each process has. */
final class ManagementVerticle extends VerticleBase {

  private static final int IDLE_SECONDS = 60;
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final ManagementConfig config;
  private final Management management;
  private int port;

  ManagementVerticle(ManagementConfig config, Management management) {
    this.config = config;
    this.management = management;
  }

  @Override
  public Future<?> start() {
    ManagementPages pages = management.pages();
    // Reaching this line is the proof.
    pages.add(
        HttpMethod.GET,
        "/health/live",
        request ->
            Future.succeededFuture(Page.Answer.json(200, new JsonObject().put("status", "ok"))));
    pages.add(HttpMethod.GET, "/health/ready", request -> ready(management.readiness()));
    if (management.meters().exported()) {
      pages.add(HttpMethod.GET, "/metrics", request -> metrics());
    }
    return vertx
        .createHttpServer(
            new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false))
        .requestHandler(pages::handle)
        .listen(config.port(), config.host())
        .map(
            server -> {
              port = server.actualPort();
              return server;
            })
        .recover(
            cause ->
                Future.failedFuture(
                    PortInUse.or(cause, ManagementConfig.PORT, config.host(), config.port())));
  }

  /** Not on an event loop: others than the asker wait there. */
  private Future<Page.Answer> metrics() {
    return vertx
        .executeBlocking(management.meters()::scrape, false)
        .map(text -> new Page.Answer(200, METRICS, Buffer.buffer(text)));
  }

  /** The port, once started. */
  int port() {
    return port;
  }

  private static Future<Page.Answer> ready(Readiness readiness) {
    return readiness
        .report()
        .compose(
            checks ->
                readiness
                    .told()
                    .map(
                        told -> {
                          boolean ready = !checks.containsValue(false);
                          JsonObject works = new JsonObject();
                          checks.forEach(works::put);
                          JsonObject body =
                              new JsonObject()
                                  .put("status", ready ? "ready" : "not ready")
                                  .put("checks", works);
                          told.forEach(body::put);
                          return Page.Answer.json(ready ? 200 : 503, body);
                        }));
  }
}
