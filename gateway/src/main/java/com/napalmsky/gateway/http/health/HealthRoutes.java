package com.napalmsky.gateway.http.health;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /}, {@code /health}, {@code /stats/live} and {@code /openapi.yaml}. */
public final class HealthRoutes {

  private static final Duration COUNT_LIFE = Duration.ofSeconds(1);

  private final Timers timers;
  private final String environment;
  private final SessionCache sessions;
  private final Supplier<SocketLoad> sockets;
  private final String openApi;
  private final Services services;
  private final Remembered<Counted> online;

  /**
   * @param environment {@code NODE_ENV}, shown as it is
   * @param sockets of this process
   * @param openApi the text of the description that is served
   */
  public HealthRoutes(
      Bus bus,
      Timers timers,
      String environment,
      SessionCache sessions,
      Supplier<SocketLoad> sockets,
      String openApi) {
    this.timers = timers;
    this.environment = environment;
    this.sessions = sessions;
    this.sockets = sockets;
    this.openApi = openApi;
    this.services = new Services(bus, timers);
    this.online =
        new Remembered<>(
            timers, COUNT_LIFE, () -> bus.request(PresenceContract.COUNT, new Count()));
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(
        Operation.get("/", Access.OPEN).answeredBy(this::root),
        Operation.get("/health", Access.OPEN).answeredBy(this::health),
        Operation.get("/stats/live", Access.OPEN).answeredBy(this::live),
        Operation.get("/openapi.yaml", Access.OPEN).answeredBy(this::description));
  }

  private Future<Answer> root(Caller caller) {
    return services
        .report()
        .map(
            report ->
                Answer.ok(
                    out -> {
                      out.writeStringField("name", "Napalm Sky");
                      out.writeStringField("version", "1.0.0");
                      out.writeStringField("status", report.allReady() ? "running" : "degraded");
                      JsonText.time(out, "timestamp", timers.now());
                      out.writeStringField("environment", environment);
                      JsonText.texts(
                          out,
                          "endpoints",
                          Map.of(
                              "health", "/health",
                              "auth", "/auth",
                              "user", "/user",
                              "matchmaking", "/room",
                              "payment", "/payment",
                              "admin", "/admin"));
                      JsonText.texts(
                          out,
                          "databases",
                          Map.of(
                              "postgresql", report.dependency("user", "postgresql"),
                              "redis", report.dependency("presence", "redis")));
                      out.writeStringField("message", "1-1 video speed dating");
                    }));
  }

  private Future<Answer> live(Caller caller) {
    return online
        .get()
        .map(
            counted ->
                Answer.ok(
                    out -> {
                      out.writeNumberField("onlineUsers", counted.online());
                      JsonText.time(out, "timestamp", timers.now());
                    }));
  }

  private Future<Answer> description(Caller caller) {
    return Future.succeededFuture(
        new Answer(200, "application/yaml; charset=utf-8", Buffer.buffer(openApi)));
  }

  private Future<Answer> health(Caller caller) {
    return services
        .report()
        .map(
            report ->
                Answer.json(
                    report.allReady() ? 200 : 503,
                    out -> {
                      out.writeStringField("status", report.allReady() ? "ok" : "degraded");
                      JsonText.time(out, "timestamp", timers.now());
                      memory(out);
                      SocketLoad load = sockets.get();
                      connections(out, load);
                      cache(out);
                      scalability(out, load);
                      out.writeObjectFieldStart("services");
                      for (var service : report.services().entrySet()) {
                        out.writeObjectFieldStart(service.getKey());
                        out.writeStringField("status", service.getValue().standing().text());
                        out.writeEndObject();
                      }
                      out.writeEndObject();
                    }));
  }

  private static void memory(JsonGenerator out) throws IOException {
    ProcessMemory memory = ProcessMemory.now();
    out.writeObjectFieldStart("memory");
    out.writeStringField("heapUsed", ProcessMemory.megabytes(memory.heapUsed()));
    out.writeStringField("heapTotal", ProcessMemory.megabytes(memory.heapTotal()));
    out.writeStringField("rss", ProcessMemory.megabytes(memory.rss()));
    out.writeStringField("usage", percent(memory.heapUsed(), memory.heapTotal()));
    out.writeEndObject();
  }

  private static void connections(JsonGenerator out, SocketLoad load) throws IOException {
    out.writeObjectFieldStart("connections");
    out.writeNumberField("users", load.users());
    out.writeNumberField("total", load.sockets());
    double perUser = load.users() == 0 ? 0 : (double) load.sockets() / load.users();
    out.writeStringField("avgPerUser", String.format(Locale.ROOT, "%.2f", perUser));
    out.writeNumberField("limit", load.limit());
    out.writeStringField("utilization", percent(load.sockets(), load.limit()));
    out.writeEndObject();
  }

  private void cache(JsonGenerator out) throws IOException {
    SessionCache.Stats stats = sessions.stats();
    out.writeObjectFieldStart("cache");
    out.writeObjectFieldStart("users");
    sizes(out, stats.users(), stats);
    out.writeEndObject();
    out.writeObjectFieldStart("sessions");
    sizes(out, stats.size(), stats);
    out.writeEndObject();
    // What was asked of user-service about tokens.
    out.writeObjectFieldStart("queries");
    sizes(out, stats.refused(), stats);
    out.writeNumberField("totalQueries", stats.hits() + stats.misses());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void sizes(JsonGenerator out, long size, SessionCache.Stats stats)
      throws IOException {
    out.writeNumberField("size", size);
    out.writeNumberField("maxSize", stats.most());
    out.writeNumberField("hits", stats.hits());
    out.writeNumberField("misses", stats.misses());
    out.writeStringField("hitRate", percent(stats.hits(), stats.hits() + stats.misses()));
  }

  private static void scalability(JsonGenerator out, SocketLoad load) throws IOException {
    out.writeObjectFieldStart("scalability");
    out.writeStringField("currentCapacity", load.users() + " users");
    out.writeStringField("maxCapacity", load.limit() + " sockets per gateway process");
    out.writeStringField("optimization", "changes are sent only to those who look");
    out.writeEndObject();
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0.0 : 100.0 * part / whole);
  }
}
