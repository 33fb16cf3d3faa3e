package com.napalmsky.standalone;

import static com.napalmsky.standalone.TestCollector.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What those see who run the program: its bus, its log, its traces. */
@Timeout(240)
class OperatorsIT {

  private static final Path CLIENTS = Path.of(System.getProperty("standalone.clients"));
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Set<String> KEYS =
      Set.of(
          "time", "level", "logger", "message", "stack", "service", "node", "user", "call",
          "address", "outcome");

  @TempDir static Path folder;

  private static TestCollector collector;
  private static TestRedis redis;
  private static Program program;
  private static int port;
  private static int management;
  private static int mail;

  @BeforeAll
  static void start() throws Exception {
    collector = TestCollector.open();
    redis = TestRedis.start();
    port = freePort();
    management = freePort();
    mail = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(management));
    environment.put("DATA_DIR", folder.resolve("operators").toString());
    environment.put("REDIS_URL", redis.url());
    environment.put("LOG_FORMAT", "json");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "200");
    environment.put("TRUSTED_PROXY_HOPS", "1");
    environment.put("GATEWAY_GUESTS_PER_HOUR", "0");
    environment.put("USER_HISTORY_MIN_SECONDS", "0");
    environment.put("ADMIN_USERNAME", "root");
    environment.put("ADMIN_PASSWORD", "correct horse battery");
    environment.put("MAIL_HOST", "127.0.0.1");
    environment.put("MAIL_PORT", String.valueOf(mail));
    environment.put("MAIL_TLS", "none");
    environment.put("MAIL_FROM", "Napalm Sky <no-reply@example.org>");
    program = Program.standalone(environment);
    program.awaitLine("Ready", 120);
    try (Program npm =
        Program.start("npm ci", CLIENTS, Map.of(), "npm", "ci", "--no-audit", "--no-fund")) {
      assertThat(npm.awaitExit(240)).as("npm ci for the clients").isZero();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    redis.close();
    collector.close();
  }

  private static <T> HttpResponse<T> ask(String method, String url, String body, BodyHandler<T> as)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(WAIT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        as);
  }

  private static HttpResponse<String> manage(String method, String path) throws Exception {
    return ask(method, "http://127.0.0.1:" + management + path, "", BodyHandlers.ofString());
  }

  private static void signUp(String name) throws Exception {
    HttpResponse<String> answer =
        ask(
            "POST",
            "http://127.0.0.1:" + port + "/auth/guest",
            "{\"name\":\"" + name + "\",\"gender\":\"female\"}",
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aRequestIsOneTraceFromHttpThroughTheBusToSqlAndRedis() throws Exception {
    Predicate<List<Span>> whole =
        spans ->
            has(spans, "url.path", "/auth/guest")
                && has(spans, "messaging.destination.name", "user.v1.sign-up")
                && has(spans, "db.system", "redis")
                && spans.stream()
                    .anyMatch(one -> attribute(one, "db.query.text").contains("INSERT INTO users"));
    signUp("Traced");

    assertThat(attribute(root(awaitTrace(whole)), "url.path")).isEqualTo("/auth/guest");
    assertThat(collector.spans())
        .allSatisfy(
            span -> {
              assertThat(attribute(span, "network.peer.address")).isEmpty();
              assertThat(attribute(span, "url.full")).isEmpty();
            });
    assertThat(collector.spans().toString()).doesNotContain("Traced");
  }

  @Test
  void whatComesOverASocketIsOneTraceFromTheBusOn() throws Exception {
    try (JavaClient ada = JavaClient.join("http://127.0.0.1:" + port, "Ada", "websocket")) {
      assertThat(ada.userId()).isNotEmpty();
    }

    List<Span> spans =
        awaitTrace(
            some ->
                has(some, "messaging.destination.name", "presence.v1.join")
                    && has(some, "db.system", "redis"));

    assertThat(attribute(root(spans), "messaging.destination.name")).isEqualTo("presence.v1.join");
  }

  private static List<Span> awaitTrace(Predicate<List<Span>> wanted) throws InterruptedException {
    Optional<List<Span>> trace = collector.trace(wanted);
    long end = System.nanoTime() + WAIT.toNanos();
    while (trace.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
      trace = collector.trace(wanted);
    }
    assertThat(trace).as("of " + collector.spans()).isPresent();
    return trace.get();
  }

  /** The span on which all others of a trace hang. */
  private static Span root(List<Span> spans) {
    Set<ByteString> ids = new HashSet<>();
    spans.forEach(span -> ids.add(span.getSpanId()));
    List<Span> roots =
        spans.stream().filter(span -> !ids.contains(span.getParentSpanId())).toList();
    assertThat(roots).as("everything hangs on one span").hasSize(1);
    return roots.get(0);
  }

  private static boolean has(List<Span> spans, String key, String value) {
    return spans.stream().anyMatch(span -> attribute(span, key).equals(value));
  }

  @Test
  void theBusIsShownWhilePeopleUseTheProgram() throws Exception {
    HttpResponse<InputStream> bus =
        ask(
            "GET",
            "http://127.0.0.1:" + management + "/bus?service=user",
            "",
            BodyHandlers.ofInputStream());
    Set<String> seen = new HashSet<>();

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(bus.body(), StandardCharsets.UTF_8))) {
      for (int second = 0; second < 20 && seen.size() < 2; second++) {
        signUp("Shown");
        JsonArray flows = new JsonObject(lines.readLine()).getJsonArray("flows");
        for (int i = 0; i < flows.size(); i++) {
          JsonObject flow = flows.getJsonObject(i);
          assertThat(flow.getString("service")).isEqualTo("user");
          assertThat(flow.getString("node")).isEqualTo("standalone");
          if (flow.getString("address").equals("user.v1.sign-up")
              && flow.getDouble("p99Millis") > 0) {
            seen.add(flow.getString("direction"));
          }
        }
      }
    }

    assertThat(seen).containsExactlyInAnyOrder("sent", "received");
    HttpResponse<String> wrong = manage("GET", "/bus?service=users");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"allowed\"").contains("\"matchmaking\"");
  }

  @Test
  void levelsOfTheLogChangeWhileTheProgramRuns() throws Exception {
    HttpResponse<String> louder =
        manage("PUT", "/loggers?logger=com.napalmsky.presence&level=debug");
    assertThat(louder.statusCode()).as(louder.body()).isEqualTo(200);
    assertThat(manage("GET", "/loggers").body()).contains("\"com.napalmsky.presence\":\"DEBUG\"");

    try (JavaClient ada = JavaClient.join("http://127.0.0.1:" + port, "Ada", "websocket")) {
      assertThat(ada).isNotNull();
    }

    String line = program.awaitLine("state changed", 20);
    JsonObject changed = new JsonObject(line);
    assertThat(changed.getString("level")).isEqualTo("DEBUG");
    assertThat(changed.getString("service")).isEqualTo("presence");
    assertThat(changed.getString("user")).hasSize(36);
    HttpResponse<String> wrong = manage("PUT", "/loggers?logger=com.napalmsky.presence&level=loud");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("\"allowed\"").contains("\"WARN\"");
    assertThat(manage("PUT", "/loggers?logger=com.napalmsky.presence&level=inherit").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aboveDebugTheLogHoldsNothingOfWhatPeopleAreOrWrite() throws Exception {
    List<String> marks = markers();

    List<JsonObject> lines =
        program.output().lines().filter(line -> line.startsWith("{")).map(JsonObject::new).toList();

    assertThat(lines).as("there is a log").isNotEmpty();
    assertThat(marks).hasSizeGreaterThan(8);
    for (JsonObject line : lines) {
      assertThat(KEYS).as(line.encode()).containsAll(line.fieldNames());
      if (!Set.of("DEBUG", "TRACE").contains(line.getString("level"))) {
        assertThat(marks)
            .allSatisfy(mark -> assertThat(line.encode()).doesNotContainIgnoringCase(mark));
      }
    }
    assertThat(program.output().lines().filter(line -> !line.startsWith("{")))
        .as("what is not the log")
        .allSatisfy(
            line ->
                assertThat(marks)
                    .allSatisfy(mark -> assertThat(line).doesNotContainIgnoringCase(mark)));
    String traced = collector.spans().toString();
    assertThat(marks).allSatisfy(mark -> assertThat(traced).doesNotContainIgnoringCase(mark));
  }

  @Test
  @Tag("heavy")
  @Timeout(1_200)
  void thePageForOperatorsMovesWithWhatPeopleDo() throws Exception {
    Path chromium = Chromium.needed();
    try (Program browser =
        Program.start(
            "browser",
            CLIENTS,
            Map.of(
                "BASE_URL",
                "http://127.0.0.1:" + port,
                "MANAGEMENT_URL",
                "http://127.0.0.1:" + management,
                "SCREENSHOTS",
                shots().toString(),
                "CHROMIUM",
                chromium.toString()),
            "node",
            "--test",
            "--test-reporter=spec",
            "ops-page.mjs")) {
      assertThat(browser.awaitExit(180)).as(browser.output()).isZero();
    }

    for (String size : List.of("desk", "phone")) {
      BufferedImage shot = ImageIO.read(shots().resolve("ops-" + size + ".png").toFile());
      assertThat(shot.getWidth()).isEqualTo(size.equals("desk") ? 1280 : 390);
      assertThat(colours(shot)).as("more than an empty page").isGreaterThan(50);
    }
  }

  /** Kept beside the test's report. */
  private static Path shots() throws IOException {
    return Files.createDirectories(Path.of("target", "screenshots").toAbsolutePath());
  }

  private static int colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.size();
  }

  /** Lets people mark everything that is theirs; answers the marks. */
  private static List<String> markers() throws Exception {
    try (Program people =
        Program.start(
            "people",
            CLIENTS,
            Map.of(
                "BASE_URL",
                "http://127.0.0.1:" + port,
                "SMTP_PORT",
                String.valueOf(mail),
                "ADMIN_USERNAME",
                "root",
                "ADMIN_PASSWORD",
                "correct horse battery"),
            "node",
            "markers.mjs")) {
      assertThat(people.awaitExit(90)).as(people.output()).isZero();
      JsonArray marks = new JsonObject(people.awaitLine("\"marks\"", 1)).getJsonArray("marks");
      return marks.stream().map(String::valueOf).toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
