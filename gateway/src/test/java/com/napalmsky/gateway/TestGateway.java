package com.napalmsky.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.lobby.Views;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A gateway on real ports with faked services, and a client that checks each answer. */
final class TestGateway {

  /** Whom a viewer was shown. */
  record Shown(UUID viewer, List<UUID> people, List<UUID> hidden) {}

  /** An answer, with its body as JSON when it is. */
  record Reply(int status, HttpResponse<byte[]> raw, JsonNode json) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse(null);
    }

    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    String error() {
      return json.path("error").asText();
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WAIT = Duration.ofSeconds(10);

  final FakeServices services;
  final List<Shown> shown;
  final GatewayService.Serving ports;

  private final int managementPort;

  private final ApiDescription description = new ApiDescription();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestGateway(
      FakeServices services, GatewayService.Serving ports, int managementPort, List<Shown> shown) {
    this.services = services;
    this.ports = ports;
    this.managementPort = managementPort;
    this.shown = shown;
  }

  private static TestGateway start(
      Vertx vertx,
      FakeServices services,
      GatewayConfig config,
      SocketEdge.Factory sockets,
      MemoryGuard memory,
      Views views,
      List<Shown> shown) {
    Management management = new Management();
    int managementPort =
        await(management.open(vertx, ManagementConfig.from(new Settings(Map.of()), 0)));
    GatewayService.Serving ports =
        await(GatewayService.start(vertx, config, sockets, views, memory, management));
    management.readiness().begin();
    return new TestGateway(services, ports, managementPort, shown);
  }

  static TestGateway start(Vertx vertx, String... settings) {
    return start(vertx, NoSockets.factory(), settings);
  }

  static TestGateway start(Vertx vertx, SocketEdge.Factory sockets, String... settings) {
    FakeServices services = new FakeServices(vertx);
    await(services.start());
    List<Shown> shown = new CopyOnWriteArrayList<>();
    Views views = (viewer, people, hidden) -> shown.add(new Shown(viewer, people, hidden));
    GatewayConfig config = config(settings);
    MemoryGuard memory = new MemoryGuard(config.memory());
    TestGateway gateway = start(vertx, services, config, sockets, memory, views, shown);
    // What a gateway asks for by itself is no matter of the tests.
    services.heard.clear();
    return gateway;
  }

  /** Another gateway process, as far as one can be told apart inside one JVM. */
  TestGateway another(Vertx vertx, String... settings) {
    return whole(vertx, services, settings);
  }

  /** A gateway whose views go where they belong, with services that others may share. */
  static TestGateway whole(Vertx vertx, FakeServices services, String... settings) {
    GatewayConfig config = config(with(settings, "PORT", String.valueOf(freePort())));
    MemoryGuard memory = new MemoryGuard(config.memory());
    SocketLoops sockets = new SocketLoops(vertx, config.sockets(), memory);
    return start(vertx, services, config, sockets, memory, sockets.directory(), List.of());
  }

  /** To Vert.x all servers of one JVM that ask for any port are one server. */
  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  static GatewayConfig config(String... settings) {
    Map<String, String> environment = new HashMap<>(Map.of("PORT", "0", "GATEWAY_LOOPS", "1"));
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return GatewayConfig.from(new Settings(environment));
  }

  @CanIgnoreReturnValue
  Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  @CanIgnoreReturnValue
  Reply getAs(String token, String path, String... headers) {
    return send("GET", path, null, with(headers, "Authorization", "Bearer " + token));
  }

  @CanIgnoreReturnValue
  Reply post(String path, String body, String... headers) {
    return send("POST", path, body, with(headers, "Content-Type", "application/json"));
  }

  @CanIgnoreReturnValue
  Reply postAs(String token, String path, String body) {
    return post(path, body, "Authorization", "Bearer " + token);
  }

  @CanIgnoreReturnValue
  Reply putAs(String token, String path, String body) {
    return send(
        "PUT", path, body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
  }

  @CanIgnoreReturnValue
  Reply send(String method, String path, String body, String... headers) {
    return send(ports.port(), method, path, body, headers);
  }

  @CanIgnoreReturnValue
  Reply management(String path) {
    return send(managementPort, "GET", path, null);
  }

  @CanIgnoreReturnValue
  private Reply send(int port, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(WAIT)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> raw = client.send(request.build(), BodyHandlers.ofByteArray());
      JsonNode json = json(raw);
      if (port == ports.port() && raw.headers().firstValue("content-encoding").isEmpty()) {
        description.check(method, path.split("\\?")[0], raw.statusCode(), json);
      }
      return new Reply(raw.statusCode(), raw, json);
    } catch (IOException | InterruptedException lost) {
      throw new AssertionError(method + " " + path + " got no answer", lost);
    }
  }

  private static JsonNode json(HttpResponse<byte[]> raw) throws IOException {
    boolean isJson =
        raw.headers().firstValue("content-type").orElse("").startsWith("application/json");
    boolean plain = raw.headers().firstValue("content-encoding").isEmpty();
    return isJson && plain && raw.body().length > 0 ? JSON.readTree(raw.body()) : null;
  }

  /** Sends bytes as they are, and reads until the gateway closes or has said enough. */
  String raw(String request) {
    try (Socket socket = new Socket("127.0.0.1", ports.port())) {
      socket.setSoTimeout((int) WAIT.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      byte[] chunk = new byte[8192];
      for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
        read.append(new String(chunk, 0, n, StandardCharsets.ISO_8859_1));
        if (read.toString().endsWith("}")) {
          break;
        }
      }
      return read.toString();
    } catch (IOException lost) {
      throw new UncheckedIOException(lost);
    }
  }

  /** Waits for something that another event loop does. */
  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + WAIT + ": " + what);
      }
      Thread.onSpinWait();
    }
  }

  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private static String[] with(String[] headers, String name, String value) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add(name);
    all.add(value);
    return all.toArray(String[]::new);
  }
}
