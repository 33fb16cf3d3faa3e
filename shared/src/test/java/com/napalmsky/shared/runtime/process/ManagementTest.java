package com.napalmsky.shared.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ManagementTest {

  private static final Duration WAIT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Management management = new Management();
  private int port;

  @BeforeEach
  void open(Vertx vertx) throws Exception {
    port = MainThread.await(management.open(vertx, onPort(0)), WAIT);
  }

  private static ManagementConfig onPort(int port) {
    return ManagementConfig.from(new Settings(Map.of()), port);
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(WAIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return ask("GET", path, "");
  }

  @Test
  void aProcessThatStartsLivesAndIsNotReady() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> starting = get("/health/ready");
    management.readiness().begin();
    HttpResponse<String> started = get("/health/ready");

    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(starting.body()))
        .isEqualTo(
            new JsonObject()
                .put("status", "not ready")
                .put("checks", new JsonObject().put("serving", false)));
    assertThat(started.statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsToldStandsBesideWhatWorksAndWhatCannotBeToldIsLeftOut() throws Exception {
    management.readiness().begin();
    management
        .readiness()
        .tells("sizes", () -> Future.succeededFuture(new JsonObject().put("calls", 2)));
    management.readiness().tells("others", () -> Future.failedFuture("nobody answers"));

    JsonObject ready = new JsonObject(get("/health/ready").body());

    assertThat(ready.fieldNames()).containsExactly("status", "checks", "sizes");
    assertThat(ready.getJsonObject("sizes").getInteger("calls")).isEqualTo(2);
  }

  @Test
  void aPartWithoutWhichTheProcessIsReadySharesThePortAlone() throws Exception {
    management.readiness().begin();
    management.apart().readiness().needs("database", () -> Future.succeededFuture(false));

    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aPageGetsWhatWasAsked() throws Exception {
    management
        .pages()
        .add(
            HttpMethod.PUT,
            "/echo",
            request ->
                Future.succeededFuture(
                    Page.Answer.json(
                        202,
                        new JsonObject()
                            .put("name", request.parameters().get("name"))
                            .put("body", request.body().toString()))));

    HttpResponse<String> answer = ask("PUT", "/echo?name=a%20b", "text");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(new JsonObject().put("name", "a b").put("body", "text"));
  }

  @Test
  void aStreamIsAnsweredByItsPage() throws Exception {
    management.pages().stream(
        "/stream",
        request -> {
          request.response().setChunked(true);
          request
              .response()
              .write("one\n")
              .compose(written -> request.response().end("two\n"))
              .onComplete(sent -> {}, lost -> {});
        });

    assertThat(get("/stream").body()).isEqualTo("one\ntwo\n");
  }

  @Test
  void whatIsNotThereIsSaidInJson() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(new JsonObject(get("/nothing").body()).getString("error")).isNotBlank();
    HttpResponse<String> otherMethod = ask("POST", "/health/live", "");
    assertThat(otherMethod.statusCode()).isEqualTo(405);
    assertThat(otherMethod.headers().firstValue("allow")).hasValue("GET");
    assertThat(new JsonObject(otherMethod.body()).getString("error")).contains("GET");
  }

  @Test
  void aPageThatFailsOrThrowsIsOurFault() throws Exception {
    management.pages().add(HttpMethod.GET, "/fails", request -> Future.failedFuture("secret"));
    management
        .pages()
        .add(
            HttpMethod.GET,
            "/throws",
            request -> {
              throw new IllegalStateException("secret");
            });

    for (String path : new String[] {"/fails", "/throws"}) {
      assertThat(get(path).statusCode()).isEqualTo(500);
      assertThat(get(path).body()).contains("error").doesNotContain("secret");
    }
  }

  @Test
  void aBodyHasALimit() throws Exception {
    management
        .pages()
        .add(
            HttpMethod.PUT,
            "/length",
            request ->
                Future.succeededFuture(
                    Page.Answer.json(
                        200, new JsonObject().put("length", request.body().length()))));

    assertThat(ask("PUT", "/length", "x".repeat(Page.LONGEST_BODY)).body()).contains("65536");
    HttpResponse<String> tooLong = ask("PUT", "/length", "x".repeat(Page.LONGEST_BODY + 1));
    assertThat(tooLong.statusCode()).isEqualTo(413);
    assertThat(tooLong.body()).contains("65536 bytes");
  }

  @Test
  void twoPagesCannotHaveOneAddress() {
    management.pages().add(HttpMethod.GET, "/page", request -> Future.failedFuture("one"));

    assertThatThrownBy(() -> management.pages().stream("/page", request -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /page");
  }

  @Test
  void aTakenPortIsNamed(Vertx vertx) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int number = taken.getLocalPort();

      assertThatThrownBy(() -> MainThread.await(new Management().open(vertx, onPort(number)), WAIT))
          .isInstanceOf(PortInUse.class)
          .hasMessageContaining(String.valueOf(number))
          .hasMessageContaining("MANAGEMENT_PORT");
    }
  }

  @Test
  void nobodyElseReachesThePortUnlessToldSo() {
    assertThat(onPort(9001)).isEqualTo(new ManagementConfig("127.0.0.1", 9001));
    assertThat(
            ManagementConfig.from(new Settings(Map.of("MANAGEMENT_HOST", "0.0.0.0")), 9001).host())
        .isEqualTo("0.0.0.0");
  }
}
