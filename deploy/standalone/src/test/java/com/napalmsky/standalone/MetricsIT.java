package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.redis.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the running program exports, and what is written and drawn of it. */
@Timeout(300)
class MetricsIT {

  private static final Path ROOT = Path.of("../..");
  private static final Path OBSERVABILITY = ROOT.resolve("deploy/observability");
  private static final Pattern IN_PAGE = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:napalmsky|vertx|jvm|netty|process|system)_[a-z0-9_]+");
  private static final String SELDOM = "## Only when there is something to tell";
  private static final int MOST_SERIES = 4_000;
  private static final int AT_ONCE = 16;

  @TempDir static Path folder;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static TestRedis redis;
  private static Program program;
  private static String base;
  private static String management;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start();
    int port = freePort();
    int managementPort = freePort();
    base = "http://127.0.0.1:" + port;
    management = "http://127.0.0.1:" + managementPort;
    program =
        Program.standalone(
            Map.of(
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(managementPort),
                "DATA_DIR", folder.resolve("metrics").toString(),
                "REDIS_URL", redis.url(),
                "GATEWAY_GUESTS_PER_HOUR", "0"));
    program.awaitLine("Ready", 120);
    // One of everything that a user does on his way to a call.
    try (JavaClient ada = JavaClient.join(base, "Ada", "websocket");
        JavaClient bob = JavaClient.join(base, "Bob", "polling")) {
      ada.ask(
          "call:invite",
          new JSONObject().put("toUserId", bob.userId()).put("requestedSeconds", 300));
      bob.hears("call:notify");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    redis.close();
  }

  @Test
  void thePageAndTheProgramNameTheSameMetrics() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/metrics.md"));
    Set<String> always = matches(IN_PAGE, page.substring(0, page.indexOf(SELDOM)));
    Set<String> all = matches(IN_PAGE, page);

    Set<String> exported = families(scrape());

    assertThat(exported).as("not in docs/metrics.md").isSubsetOf(all);
    assertThat(exported).as("in docs/metrics.md, and not exported").containsAll(always);
  }

  @Test
  void everyMetricThatIsDrawnOrAlertedOnIsExported() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/metrics.md"));
    Set<String> known = new TreeSet<>(families(scrape()));
    known.addAll(matches(IN_PAGE, page.substring(page.indexOf(SELDOM))));
    try (Stream<Path> files = Files.walk(OBSERVABILITY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String used : matches(METRIC, Files.readString(file))) {
          assertThat(known).as(file + " names " + used).contains(family(used, known));
        }
      }
    }
  }

  @Test
  void eachAlertHasAnEntryInTheRunbookAndEachEntryAnAlert() throws Exception {
    String rules = Files.readString(OBSERVABILITY.resolve("prometheus/rules.yaml"));
    String runbook = Files.readString(ROOT.resolve("docs/operations.md"));

    Set<String> alerts = matches(Pattern.compile("- alert: (\\w+)"), rules);

    assertThat(alerts).isNotEmpty();
    assertThat(matches(Pattern.compile("(?m)^### (\\w+)$"), runbook)).isEqualTo(alerts);
  }

  @Test
  void usersMakeNoSeries() throws Exception {
    signUp(50);
    Set<String> before = series(scrape());

    signUp(100);

    assertThat(seriesOfOurs(scrape())).isEqualTo(ours(before));
    assertThat(series(scrape())).hasSizeLessThan(MOST_SERIES);
  }

  @Test
  @Tag("heavy")
  void norDoAThousandUsers() throws Exception {
    signUp(50);
    Set<String> before = series(scrape());

    signUp(1_000);

    assertThat(seriesOfOurs(scrape())).isEqualTo(ours(before));
    assertThat(series(scrape())).hasSizeLessThan(MOST_SERIES);
  }

  @Test
  void nothingOfItIsReachedThroughThePublicPort() throws Exception {
    assertThat(get(base + "/metrics").body()).doesNotContain("napalmsky_gateway_sockets");
    assertThat(get(management + "/metrics").headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
  }

  private static void signUp(int people) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> under = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      under.add(
          CLIENT.sendAsync(
              HttpRequest.newBuilder(URI.create(base + "/auth/guest"))
                  .timeout(Duration.ofSeconds(60))
                  .header("content-type", "application/json")
                  .POST(BodyPublishers.ofString("{\"name\":\"U" + i + "\",\"gender\":\"male\"}"))
                  .build(),
              BodyHandlers.ofString()));
      if (under.size() == AT_ONCE || i == people - 1) {
        for (CompletableFuture<HttpResponse<String>> one : under) {
          assertThat(one.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        under.clear();
      }
    }
  }

  private static String scrape() throws Exception {
    HttpResponse<String> answer = get(management + "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60)).build(),
        BodyHandlers.ofString());
  }

  private static Set<String> families(String text) {
    return matches(Pattern.compile("(?m)^# TYPE (\\w+) "), text);
  }

  /** Lines without their number. */
  private static Set<String> series(String text) {
    return text.lines()
        .filter(Predicate.not(line -> line.startsWith("#")))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> seriesOfOurs(String text) {
    return ours(series(text));
  }

  /** The JVM's come with its collections, Vert.x's with the first message to an address. */
  private static Set<String> ours(Set<String> series) {
    return series.stream()
        .filter(one -> one.startsWith("napalmsky_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a sum, a count or a bucket belongs to. */
  private static String family(String name, Set<String> known) {
    return known.contains(name) ? name : name.replaceAll("_(sum|count|bucket)$", "");
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
    }
    return found;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
