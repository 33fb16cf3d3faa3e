package com.napalmsky.shared.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Traffic;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page as a client of the management port sees it. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class TailStreamTest {

  record Greet(String name) {}

  private static final Endpoint<Greet, Greet> GREET =
      Endpoint.of("test.v1.greet", Greet.class, Greet.class);
  private static final Duration WAIT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private int port;

  @BeforeEach
  void open(Vertx opened) throws Exception {
    vertx = opened;
    Management management = new Management();
    port =
        MainThread.await(
            management.open(vertx, ManagementConfig.from(new Settings(Map.of()), 0)), WAIT);
    await(vertx.deployVerticle(new TailVerticle("test-1", management, new TailConfig(1))));
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) throws Exception {
    return MainThread.await(future, WAIT);
  }

  private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(WAIT).build(),
        body);
  }

  private static void until(String what, BooleanSupplier happened) throws Exception {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void linesComeWhileTheClientReadsAndMeasuringEndsAfterIt() throws Exception {
    TypedBus bus = new TypedBus(vertx);
    await(bus.serve(GREET, Future::succeededFuture));
    HttpResponse<InputStream> stream = get("/bus", BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("content-type")).hasValue("application/x-ndjson");
    until("measuring begins", Traffic.of(vertx)::isMeasured);
    await(bus.request(GREET, new Greet("Ada")));

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      JsonObject greeted = null;
      for (int line = 0; greeted == null && line < 5; line++) {
        JsonObject second = new JsonObject(lines.readLine());
        assertThat(second.getJsonArray("nodes")).isEqualTo(new JsonArray().add("test-1"));
        greeted = flow(second, "test.v1.greet", "received");
      }
      assertThat(greeted).isNotNull();
      assertThat(greeted.getDouble("messagesPerSecond")).isPositive();
    }

    until("measuring ends", () -> !Traffic.of(vertx).isMeasured());
  }

  private static JsonObject flow(JsonObject second, String address, String direction) {
    return second.getJsonArray("flows").stream()
        .map(JsonObject.class::cast)
        .filter(flow -> flow.getString("address").equals(address))
        .filter(flow -> flow.getString("direction").equals(direction))
        .findFirst()
        .orElse(null);
  }

  @Test
  void aWrongFilterIsRefusedWithWhatIsAllowed() throws Exception {
    HttpResponse<String> service = get("/bus?service=presense", BodyHandlers.ofString());
    HttpResponse<String> address = get("/bus?address=presence.v1", BodyHandlers.ofString());
    HttpResponse<String> filter = get("/bus?node=test-1", BodyHandlers.ofString());

    assertThat(service.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(service.body()).getString("error")).contains("'presense'");
    assertThat(new JsonObject(service.body()).getJsonArray("allowed"))
        .contains("presence", "gateway", "user");
    assertThat(address.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(address.body()).getJsonArray("allowed"))
        .contains("presence.v1.connect", "gateway.v1.deliver");
    assertThat(filter.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(filter.body()).getJsonArray("allowed"))
        .isEqualTo(new JsonArray().add("address").add("service"));
    assertThat(Traffic.of(vertx).isMeasured()).isFalse();
  }

  @Test
  void whoComesWhenTooManyWatchIsToldSo() throws Exception {
    HttpResponse<InputStream> first = get("/bus", BodyHandlers.ofInputStream());
    assertThat(first.statusCode()).isEqualTo(200);

    HttpResponse<String> second = get("/bus", BodyHandlers.ofString());

    assertThat(second.statusCode()).isEqualTo(503);
    first.body().close();
  }

  @Test
  void aClientThatGoesAwayWithoutAWordMakesRoomForTheNext() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET /bus HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoLinger(true, 0);
    }

    until("room for another", () -> answers("/bus") == 200);
  }

  private int answers(String path) {
    try {
      HttpResponse<InputStream> answer = get(path, BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }
}
