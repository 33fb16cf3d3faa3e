package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.auth.SessionCache;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.http.Pages;
import com.napalmsky.gateway.limits.RateLimits;
import com.napalmsky.gateway.limits.Windows;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes with a segment that the client chooses. */
@ExtendWith(VertxExtension.class)
class NamedSegmentTest {

  private int port;

  @BeforeEach
  void start(Vertx vertx) {
    GatewayConfig config = TestGateway.config();
    Timers timers = Timers.of(vertx);
    GatewayShare share =
        new GatewayShare(
            config,
            timers,
            new SessionCache(new LocalBus(), timers, config.sessions(), () -> Runnable::run),
            new Windows(timers, config.limits(), config.mostLimitKeys()),
            NoSockets.factory(),
            (viewer, people, hidden) -> {},
            "",
            new MemoryGuard(config.memory()));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                PublicApi.around(vertx, new LocalBus(), share, RateLimits.here(share.limits()))
                    .serving(
                        List.of(
                            echo(Operation.get("/shelves/{shelf}/books/{book}", Access.OPEN)),
                            echo(Operation.delete("/shelves/{shelf}/books/{book}", Access.OPEN))),
                        Pages.NONE));
    port = TestGateway.await(server.listen(0, "127.0.0.1")).actualPort();
  }

  private static Operation<?> echo(Operation.Draft draft) {
    return draft
        .reading(
            inbound ->
                inbound.path().text("shelf", 10) + "|" + inbound.path().optionalText("book", 10))
        .answeredBy(
            (caller, read) ->
                Future.succeededFuture(Answer.ok(out -> out.writeStringField("read", read))));
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/shelves/one/books/b1?book=b2,one|b1",
    "DELETE,/shelves/one/books/b1,one|b1",
    "GET,/shelves/a%2Fb%20c/books/%C3%B6,a/b c|ö",
    "GET,/shelves/a+b/books/%3Abook,a+b|:book"
  })
  void eachSegmentIsReadDecodedByItsName(String method, String path, String read) throws Exception {
    HttpResponse<String> answer = send(method, path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"read\":\"" + read + "\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shelves/one/books/",
        "/shelves/one/books",
        "/shelves//books/b1",
        "/shelves/one/books/b1/x"
      })
  void aPathWithASegmentTooFewOrTooManyIsNone(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isEqualTo(404);
  }

  @Test
  void aSegmentIsHeldToTheRulesOfAField() throws Exception {
    HttpResponse<String> answer = send("GET", "/shelves/" + "x".repeat(11) + "/books/b1");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("shelf must have at most 10 characters");
  }

  @Test
  void anotherMethodIsRefusedWithTheOnesThereAre() throws Exception {
    HttpResponse<String> answer = send("PUT", "/shelves/one/books/b1");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).contains("DELETE, GET, HEAD, OPTIONS");
  }
}
