package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.ANNA;
import static com.napalmsky.gateway.FakeServices.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.process.PortInUse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything around the routes: origins, headers, compression, proxies, ports. */
@ExtendWith(VertxExtension.class)
class EdgeTest {

  private static final String OURS = "https://app.example.org";

  @Test
  void aPageOfTheAllowListMayCallUs(Vertx vertx) {
    TestGateway gateway =
        TestGateway.start(vertx, "ALLOWED_ORIGINS", " https://x.example.org , " + OURS + "/ ");

    Reply reply = gateway.getAs(PAID, "/user/me", "Origin", OURS);
    Reply preflight =
        gateway.send(
            "OPTIONS",
            "/user/me",
            null,
            "Origin",
            OURS,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "authorization, content-type");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("access-control-allow-origin")).isEqualTo(OURS);
    assertThat(reply.header("access-control-allow-credentials")).isEqualTo("true");
    assertThat(reply.header("vary")).contains("Origin");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-methods"))
        .isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
    assertThat(preflight.header("access-control-allow-headers"))
        .isEqualTo("authorization, content-type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example.org", "null", "http://app.example.org", "https://x.y:1"})
  void aForeignPageIsRefusedWithoutItsOriginBeingAllowed(String origin, Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx, "ALLOWED_ORIGINS", OURS);

    Reply reply = gateway.getAs(PAID, "/user/me", "Origin", origin);
    Reply preflight =
        gateway.send(
            "OPTIONS", "/user/me", null, "Origin", origin, "Access-Control-Request-Method", "GET");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.error()).isNotEmpty();
    assertThat(reply.raw().headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control"));
    assertThat(preflight.status()).isEqualTo(403);
  }

  @Test
  void ourOwnPagesNeedNoAllowance(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx, "ALLOWED_ORIGINS", OURS);
    int port = gateway.ports.port();

    Reply own = gateway.getAs(PAID, "/user/me", "Origin", "http://127.0.0.1:" + port);
    Reply behindTls = gateway.getAs(PAID, "/user/me", "Origin", "https://127.0.0.1:" + port);
    Reply otherPort = gateway.getAs(PAID, "/user/me", "Origin", "http://127.0.0.1:1");

    assertThat(own.status()).isEqualTo(200);
    assertThat(behindTls.status()).isEqualTo(200);
    assertThat(otherPort.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/user/me", "/auth/login", "/openapi.yaml"})
  void everyAnswerHasTheSecurityHeaders(String path, Vertx vertx) {
    Reply reply = TestGateway.start(vertx).get(path);

    assertThat(reply.header("x-frame-options")).isEqualTo("DENY");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("x-xss-protection")).isEqualTo("1; mode=block");
    assertThat(reply.header("referrer-policy")).isEqualTo("strict-origin-when-cross-origin");
    assertThat(reply.header("permissions-policy"))
        .isEqualTo("camera=(self), microphone=(self), geolocation=(), payment=()");
    assertThat(reply.header("content-security-policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(reply.header("strict-transport-security")).isNull();
    assertThat(reply.header("x-powered-by")).isNull();
    assertThat(reply.header("server")).isNull();
  }

  @Test
  void inProductionPlainHttpIsSentToHttps(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx, "NODE_ENV", "production");

    Reply plain = gateway.get("/user/me?x=1");
    Reply behindTls = gateway.getAs(PAID, "/user/me", "X-Forwarded-Proto", "https");

    assertThat(plain.status()).isEqualTo(301);
    assertThat(plain.header("location"))
        .isEqualTo("https://127.0.0.1:" + gateway.ports.port() + "/user/me?x=1");
    assertThat(behindTls.status()).isEqualTo(200);
    assertThat(behindTls.header("strict-transport-security"))
        .isEqualTo("max-age=31536000; includeSubDomains; preload");
  }

  private static TestGateway withALongQueue(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.page =
        new Page(
            Collections.nCopies(100, new Candidate(ANNA, null, false, null)), 100, 1, List.of());
    return gateway;
  }

  @Test
  void longAnswersAreCompressedWithBrotliBeforeGzip(Vertx vertx) throws IOException {
    TestGateway gateway = withALongQueue(vertx);
    byte[] plain = gateway.getAs(PAID, "/room/queue").raw().body();

    Reply gzip = gateway.getAs(PAID, "/room/queue", "Accept-Encoding", "gzip, deflate");
    Reply both = gateway.getAs(PAID, "/room/queue", "Accept-Encoding", "gzip, deflate, br");

    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.header("vary")).contains("Accept-Encoding");
    assertThat(unzipped(gzip.raw().body())).isEqualTo(plain);
    assertThat(both.header("content-encoding")).isEqualTo("br");
    assertThat(both.raw().body().length).isLessThan(plain.length / 10);
    assertThat(
            com.aayushatharva.brotli4j.decoder.Decoder.decompress(both.raw().body())
                .getDecompressedData())
        .isEqualTo(plain);
  }

  @Test
  void shortAnswersAndThoseNotWantedCompressedAreNot(Vertx vertx) {
    TestGateway gateway = withALongQueue(vertx);

    Reply brief = gateway.get("/stats/live", "Accept-Encoding", "gzip");
    Reply unwanted =
        gateway.getAs(PAID, "/room/queue", "Accept-Encoding", "gzip, br", "X-No-Compression", "1");

    assertThat(brief.header("content-encoding")).isNull();
    assertThat(unwanted.header("content-encoding")).isIn(null, "identity");
    assertThat(unwanted.text()).startsWith("{\"users\":[");
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @Test
  void withoutProxiesTheHeaderOfTheClientIsNotBelieved(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);

    gateway.post(
        "/auth/guest", "{\"name\":\"A\",\"gender\":\"male\"}", "X-Forwarded-For", "6.6.6.6");

    assertThat(originOfSignUp(gateway)).isEqualTo("127.0.0.1");
  }

  @Test
  void behindAProxyOnlyItsOwnItemIsBelieved(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx, "TRUSTED_PROXY_HOPS", "1");

    gateway.post(
        "/auth/guest",
        "{\"name\":\"A\",\"gender\":\"male\"}",
        "X-Forwarded-For",
        "6.6.6.6, 203.0.113.9");

    assertThat(originOfSignUp(gateway)).isEqualTo("203.0.113.9");
  }

  private static String originOfSignUp(TestGateway gateway) {
    return gateway.services.heard.stream()
        .filter(SignUp.class::isInstance)
        .map(asked -> ((SignUp) asked).origin().ip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theDescriptionIsServed(Vertx vertx) {
    Reply reply = TestGateway.start(vertx).get("/openapi.yaml");

    assertThat(reply.header("content-type")).startsWith("application/yaml");
    assertThat(reply.text()).startsWith("openapi: 3.1.0");
  }

  @Test
  void allLoopsServeTheSamePort(Vertx vertx) throws IOException {
    int port = freePort();
    TestGateway gateway =
        TestGateway.start(vertx, "PORT", String.valueOf(port), "GATEWAY_LOOPS", "0");

    for (int i = 0; i < 20; i++) {
      assertThat(gateway.getAs(PAID, "/room/queue").status()).isEqualTo(200);
    }
    assertThat(gateway.ports.port()).isEqualTo(port);
    assertThat(gateway.services.authentications).hasValue(1);
  }

  @Test
  void aTakenPortIsNamedAndNothingIsLeftBehind(Vertx vertx) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      assertThatThrownBy(
              () ->
                  TestGateway.await(
                      GatewayService.deploy(
                          vertx, TestGateway.config("PORT", port), new Management())))
          .isInstanceOfSatisfying(
              PortInUse.class,
              failure -> assertThat(failure.port()).isEqualTo(taken.getLocalPort()))
          .hasMessageContaining(port)
          .hasMessageContaining("PORT");
      assertThat(vertx.deploymentIDs()).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void theManagementPortTellsLifeAndReadiness(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    gateway.services.health.put("user", new Health(false, Map.of("postgresql", "gone")));

    Reply live = gateway.management("/health/live");
    Reply ready = gateway.management("/health/ready");

    assertThat(live.status()).isEqualTo(200);
    // Without the database, sockets and calls go on.
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("details").path("sessions.max").asText()).isEqualTo("20000");
    assertThat(ready.json().path("details").path("limits.api.refusals").asText()).isEqualTo("0");
    assertThat(ready.json().path("services").path("user").path("status").asText())
        .isEqualTo("not ready");
    assertThat(gateway.management("/room/queue").status()).isEqualTo(404);
    assertThat(gateway.get("/health/ready").status()).isEqualTo(404);
    assertThat(gateway.get("/health/live").status()).isEqualTo(404);
  }

  @Test
  void theManagementPortTellsWhySocketsEnded(Vertx vertx) {
    TestGateway gateway =
        TestGateway.start(
            vertx,
            new SocketLoops(
                vertx,
                TestGateway.config().sockets(),
                new MemoryGuard(TestGateway.config().memory())));
    String polling = "/socket.io/?EIO=4&transport=polling";
    String opened = gateway.get(polling).text();
    String sid = opened.split("\"sid\":\"")[1].split("\"")[0];

    Reply closed = gateway.send("POST", polling + "&sid=" + sid, "1");

    assertThat(closed.status()).isEqualTo(200);
    Reply ready = gateway.management("/health/ready");
    assertThat(ready.json().path("details").path("sockets.closed.client_closed").asText())
        .isEqualTo("1");
    assertThat(ready.json().path("details").has("sockets.closed.slow")).isFalse();
  }

  @Test
  void aGatewayThatNobodyHearsIsNotReadyAndSaysSo(Vertx vertx) {
    TestGateway gateway = TestGateway.start(vertx);
    TestGateway.await(gateway.services.stop());

    assertThat(gateway.management("/health/ready").status()).isEqualTo(503);
    assertThat(gateway.management("/health/live").status()).isEqualTo(200);
    Reply health = gateway.get("/health");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.json().path("services").path("presence").path("status").asText())
        .isEqualTo("unreachable");
    assertThat(gateway.get("/stats/live").status()).isEqualTo(503);
    assertThat(gateway.get("/").json().path("status").asText()).isEqualTo("degraded");
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(503);
  }

  /** A socket half that answers with its own text. */
  private static final class EchoSockets implements SocketEdge {
    static final Set<SocketEdge> OPEN = ConcurrentHashMap.newKeySet();
    static final Set<SocketEdge> ASKED = ConcurrentHashMap.newKeySet();

    @Override
    public void prepare(HttpServer server) {}

    @Override
    public void handle(HttpServerRequest request) {
      ASKED.add(this);
      // The body was not read by anybody else.
      request
          .body()
          .compose(body -> request.response().end("sockets got " + body.length()))
          .onComplete(sent -> {}, lost -> {});
    }

    @Override
    public SocketLoad load() {
      return new SocketLoad(3, 2, 100);
    }

    @Override
    public void addressesBanned() {}

    @Override
    public Future<Void> close() {
      OPEN.remove(this);
      return Future.succeededFuture();
    }
  }

  @Test
  void requestsForSocketsReachThemUntouchedAndAreCounted(Vertx vertx) {
    EchoSockets.OPEN.clear();
    TestGateway gateway =
        TestGateway.start(
            vertx,
            loop -> {
              SocketEdge edge = new EchoSockets();
              EchoSockets.OPEN.add(edge);
              return Future.succeededFuture(edge);
            });

    Reply reply = gateway.send("POST", "/socket.io/?EIO=4&transport=polling", "x".repeat(200_000));

    assertThat(reply.text()).isEqualTo("sockets got 200000");
    assertThat(reply.header("x-frame-options")).isNull();
    assertThat(gateway.get("/health").json().path("connections").path("total").asInt())
        .isEqualTo(3);
    assertThat(gateway.get("/health").json().path("connections").path("avgPerUser").asText())
        .isEqualTo("1.50");
    assertThat(gateway.get("/health").json().path("connections").path("utilization").asText())
        .isEqualTo("3.0%");
    vertx.deploymentIDs().forEach(id -> TestGateway.await(vertx.undeploy(id)));
    assertThat(EchoSockets.OPEN).isEmpty();
  }

  @Test
  void anyFreePortIsOneAndTheSameForAllLoops(Vertx vertx) {
    EchoSockets.ASKED.clear();
    TestGateway gateway =
        TestGateway.start(
            vertx, loop -> Future.succeededFuture(new EchoSockets()), "GATEWAY_LOOPS", "2");

    for (int connection = 0; connection < 8; connection++) {
      String answer =
          gateway.raw("GET /socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200");
    }

    assertThat(EchoSockets.ASKED).hasSize(2);
  }

  @Test
  void socketsThatCannotBeOpenedKeepTheGatewayShut(Vertx vertx) {
    assertThatThrownBy(
            () ->
                TestGateway.await(
                    GatewayService.start(
                        vertx,
                        TestGateway.config(),
                        loop -> Future.failedFuture(new IllegalStateException("no room")),
                        (viewer, people, hidden) -> {},
                        new MemoryGuard(TestGateway.config().memory()),
                        new Management())))
        .hasMessage("no room");
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void queueTextIsCorrectUtf8(Vertx vertx) {
    Reply reply = TestGateway.start(vertx).getAs(PAID, "/room/queue");

    assertThat(new String(reply.raw().body(), StandardCharsets.UTF_8)).contains("ö");
    assertThat(reply.json().path("users").get(0).path("name").asText()).isEqualTo(ANNA.name());
  }
}
