package com.napalmsky.signaling.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloudflare and Twilio, played by servers on this machine. */
@ExtendWith(VertxExtension.class)
class ProvidersOverHttpTest {

  private static final String CLOUDFLARES =
      """
      {"iceServers":[{"urls":["stun:c.test:3478","stun:c.test:53"]},
       {"urls":["turn:c.test:3478?transport=udp","turn:c.test:53?transport=udp","turns:c.test:443?transport=tcp"],
        "username":"cf-user","credential":"cf-hidden"}]}""";
  private static final String CLOUDFLARES_OLDER =
      """
      {"iceServers":{"urls":["stun:c.test:3478","turn:c.test:3478?transport=udp","turns:c.test:443?transport=tcp"],
       "username":"cf-user","credential":"cf-hidden"}}""";
  private static final String TWILIOS =
      """
      {"username":"tw-user","password":"tw-hidden","ttl":"3600","account_sid":"AC1","ice_servers":[
       {"url":"stun:t.test:3478","urls":"stun:t.test:3478"},
       {"url":"turn:t.test:3478?transport=udp","username":"tw-user",
        "urls":"turn:t.test:3478?transport=udp","credential":"tw-hidden"},
       {"url":"turn:t.test:443?transport=tcp","username":"tw-user",
        "urls":"turn:t.test:443?transport=tcp","credential":"tw-hidden"}]}""";

  // Nothing but the tests of silence is about the limit, and a busy machine may be slow.
  private static final Duration PATIENT = Duration.ofSeconds(15);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  private static final IceServer CLOUDFLARES_RELAY =
      new IceServer(
          List.of("turn:c.test:3478?transport=udp", "turns:c.test:443?transport=tcp"),
          "cf-user",
          "cf-hidden");

  private record Asked(
      String method, String path, String authorization, String type, String body) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private volatile Consumer<HttpServerRequest> cloudflare;
  private volatile Consumer<HttpServerRequest> twilio;
  private String cloudflares;
  private String twilios;
  private ProviderChain chain;

  @BeforeEach
  void start(Vertx started) {
    vertx = started;
    cloudflare = answering(201, CLOUDFLARES);
    twilio = answering(201, TWILIOS);
    cloudflares = base(serve(request -> cloudflare.accept(request)));
    twilios = base(serve(request -> twilio.accept(request)));
    chain = chain(PATIENT, cloudflares, twilios);
  }

  private ProviderChain chain(Duration limit, String cloudflareBase, String twilioBase) {
    IceConfig read =
        IceConfigs.with(
            "CLOUDFLARE_API_BASE",
            cloudflareBase,
            "CLOUDFLARE_TURN_KEY",
            "key-1",
            "CLOUDFLARE_API_TOKEN",
            "hidden-2",
            "TWILIO_API_BASE",
            twilioBase,
            "TWILIO_ACCOUNT_SID",
            "AC1",
            "TWILIO_AUTH_TOKEN",
            "hidden-3");
    return ProviderChain.on(
        vertx,
        new IceConfig(
            read.stunUrls(),
            read.coturn(),
            read.cloudflare(),
            read.twilio(),
            read.life(),
            read.keptFor(),
            read.keptMax(),
            limit,
            read.requestsMax(),
            read.rest()));
  }

  private int serve(Consumer<HttpServerRequest> answer) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request.bodyHandler(
                        body -> {
                          asked.add(
                              new Asked(
                                  request.method().name(),
                                  request.uri(),
                                  request.getHeader("authorization"),
                                  request.getHeader("content-type"),
                                  body.toString()));
                          answer.accept(request);
                        }));
    return await(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static String base(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static Consumer<HttpServerRequest> answering(int status, String body) {
    return request -> {
      var unused = request.response().setStatusCode(status).end(body);
    };
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private IceServers find() {
    return await(chain.find(new GetIceServers(UUID.randomUUID())));
  }

  @Test
  void cloudflareIsAskedAsItsManualSays() {
    IceServers found = find();

    assertThat(found.provider()).isEqualTo("cloudflare");
    assertThat(found.servers()).hasSize(3).endsWith(CLOUDFLARES_RELAY);
    assertThat(found.servers().get(0).urls()).containsExactly("stun:a.test:1");
    assertThat(asked)
        .containsExactly(
            new Asked(
                "POST",
                "/v1/turn/keys/key-1/credentials/generate-ice-servers",
                "Bearer hidden-2",
                "application/json",
                "{\"ttl\":3600}"));
  }

  @Test
  void cloudflareMayAnswerWithOneObject() {
    cloudflare = answering(200, CLOUDFLARES_OLDER);

    assertThat(find().servers()).endsWith(CLOUDFLARES_RELAY);
  }

  @Test
  void twilioIsAskedAsItsManualSays() {
    cloudflare = answering(500, "{}");

    IceServers found = find();

    assertThat(found.provider()).isEqualTo("twilio");
    assertThat(found.servers())
        .endsWith(
            new IceServer(List.of("turn:t.test:3478?transport=udp"), "tw-user", "tw-hidden"),
            new IceServer(List.of("turn:t.test:443?transport=tcp"), "tw-user", "tw-hidden"));
    assertThat(asked.get(1))
        .isEqualTo(
            new Asked(
                "POST",
                "/2010-04-01/Accounts/AC1/Tokens.json",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString("AC1:hidden-3".getBytes(StandardCharsets.UTF_8)),
                "application/x-www-form-urlencoded",
                "Ttl=3600"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "null",
        "{}",
        "{\"iceServers\":[]}",
        "{\"iceServers\":[{\"urls\":\"stun:only.test\"}]}",
        "{\"iceServers\":"
      })
  void garbageFallsThrough(String body) {
    cloudflare = answering(201, body);

    assertThat(find().provider()).isEqualTo("twilio");
    assertThat(chain.details()).containsEntry("turnFailures.cloudflare", "1");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 429, 500, 503})
  void aRefusalFallsThrough(int status) {
    cloudflare = answering(status, CLOUDFLARES);

    assertThat(find().provider()).isEqualTo("twilio");
  }

  @Test
  void silenceFallsThroughWithinTheLimit() {
    cloudflare = request -> {};
    chain = chain(IMPATIENT, cloudflares, twilios);

    assertThat(find().provider()).isNotEqualTo("cloudflare");
    assertThat(chain.details())
        .containsEntry("turnRequests.cloudflare", "0")
        .containsEntry("turnFailures.cloudflare", "1");
  }

  @Test
  void anAnswerThatNeverEndsFallsThrough() {
    cloudflare =
        request -> {
          var unused = request.response().setChunked(true).write("{\"iceServers\":[");
        };
    chain = chain(IMPATIENT, cloudflares, twilios);

    assertThat(find().provider()).isNotEqualTo("cloudflare");
    assertThat(chain.details()).containsEntry("turnFailures.cloudflare", "1");
  }

  @Test
  void anAnswerThatIsTooLongIsNotHeldInMemory() {
    cloudflare =
        request -> {
          var unused = request.response().end(Buffer.buffer(new byte[10 * 1024 * 1024]));
        };

    assertThat(find().provider()).isEqualTo("twilio");
  }

  @Test
  void aConnectionThatIsCutFallsThrough() {
    cloudflare =
        request -> {
          var unused = request.connection().close();
        };

    assertThat(find().provider()).isEqualTo("twilio");
  }

  @Test
  void whenNobodyListensThereAreStunServersAndAWarning() throws Exception {
    String nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = base(free.getLocalPort());
    }
    chain = chain(PATIENT, nobody, nobody);

    IceServers found = find();

    assertThat(found.provider()).isEqualTo("fallback");
    assertThat(found.servers()).hasSize(2);
    assertThat(found.warning()).contains("TURN");
    assertThat(asked).isEmpty();
  }

  @Test
  void manyUsersAtOnceAreServedOnFewConnections() {
    cloudflare = answering(201, new JsonObject(CLOUDFLARES).encode());

    List<Future<IceServers>> all =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(user -> chain.find(new GetIceServers(new UUID(7, user))))
            .toList();
    await(Future.join(all));

    assertThat(all).allSatisfy(one -> assertThat(one.result().provider()).isEqualTo("cloudflare"));
    assertThat(asked).hasSize(50);
  }
}
