package com.napalmsky.bustail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program against a management port of the test. */
class BusTailMainTest {

  private static final String LINE =
      """
      {"at":"2026-01-02T03:04:05Z","nodes":["user-1"],"flows":[{"node":"user-1","service":"user",\
      "address":"user.v1.log-in","direction":"received","messagesPerSecond":12.5,"bytesPerSecond":2000,\
      "inFlight":3,"p50Millis":1.5,"p99Millis":90.25,"failures":{"internal":2}}]}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer port;
  private int status = 200;
  private String body = LINE.repeat(3);

  @BeforeEach
  void open() throws IOException {
    port = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port.createContext("/", this::answer);
    port.start();
  }

  @AfterEach
  void close() {
    port.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int run(String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--url", "http://127.0.0.1:" + port.getAddress().getPort()));
    arguments.addAll(List.of(options));
    return BusTailMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private List<String> shown() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void jsonGoesThroughAsItCameAndTheFiltersToThePort() {
    int code = run("--json", "--lines", "2", "--service", "user");

    assertThat(code).isZero();
    assertThat(shown()).containsExactly(LINE.strip(), LINE.strip());
    assertThat(asked).containsExactly("/bus?service=user");
  }

  @Test
  void whatIsNoTerminalGetsOneTableAfterAnother() {
    int code = run("--lines", "1");

    assertThat(code).isZero();
    assertThat(shown()).hasSize(4);
    assertThat(shown().get(2))
        .startsWith("user.v1.log-in  received  user-1")
        .endsWith("internal 2");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\033");
  }

  @Test
  void aRefusalIsShownAsItWasToldAndAnEndIsNoSuccess() {
    status = 400;
    body = "{\"error\":\"no service 'usr'\",\"allowed\":[\"user\"]}";
    int refused = run("--service", "usr");
    status = 200;
    body = LINE;
    int ended = run("--json");

    assertThat(refused).isEqualTo(1);
    assertThat(ended).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("no service 'usr'")
        .contains("has ended");
  }

  @Test
  void nobodyThereIsSaidInOneLine() {
    int closed = port.getAddress().getPort();
    port.stop(0);

    int code =
        BusTailMain.run(
            List.of("--url", "http://127.0.0.1:" + closed),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("Nobody answers");
  }
}
