package com.napalmsky.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs as they are packaged, each a process, with a real Redis and PostgreSQL. */
class LocalClusterIT {

  private static final Path ROOT = Path.of(System.getProperty("napalmsky.root"));
  private static final int FIRST_PORT = 24_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern TOKEN = Pattern.compile("\"sessionToken\":\"([^\"]+)\"");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @TempDir private static Path directory;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster =
        LocalCluster.start(
            ROOT,
            directory,
            new Layout(Map.of(Kind.GATEWAY, 2, Kind.PRESENCE, 2)),
            Map.of("CLUSTER_PASSWORD", "only for this test"),
            FIRST_PORT,
            System.out::println);
  }

  @AfterAll
  static void everythingStopsThoughOneHasEndedBefore() throws Exception {
    if (cluster != null) {
      List<Node> nodes = cluster.nodes();
      nodes.get(0).kill();

      cluster.close();

      assertThat(nodes).noneMatch(Node::alive);
    }
  }

  @Test
  void whoSignedUpAtOneGatewayIsServedByTheOther() throws Exception {
    String token = signUp(gateway(0), "Ada");

    HttpResponse<String> lobby = get(gateway(1).url() + "/room/queue", token);

    assertThat(lobby.statusCode()).as(lobby.body()).isEqualTo(200);
    assertThat(lobby.body()).contains("\"totalAvailable\"");
  }

  @Test
  void othersGoOnWhenAProcessIsKilledAndAnotherTakesItsPlace() throws Exception {
    Node killed = cluster.nodes(Kind.PRESENCE).get(0);
    killed.kill();

    await("gateways reach the presence that is left", () -> gateway(0).ready());
    Node next = cluster.instead(killed);

    assertThat(next.name()).isNotEqualTo(killed.name());
    assertThat(next.ready()).isTrue();
    assertThat(signUp(gateway(1), "Bob")).isNotEmpty();
  }

  @Test
  void aStoppedProcessLeavesInOrder() throws Exception {
    Node stopped = cluster.nodes(Kind.SIGNALING).get(0);

    stopped.stop(LIMIT);

    assertThat(stopped.awaitEnd()).as(stopped.lastLines()).isZero();
    assertThat(stopped.log()).contains("Stopping", "Stopped");
    assertThat(cluster.instead(stopped).ready()).isTrue();
  }

  @Test
  void whoseStoreIsAwayIsNotReadyUntilItIsBack() throws Exception {
    Node presence = cluster.nodes(Kind.PRESENCE).get(0);
    Node user = cluster.nodes(Kind.USER).get(0);

    cluster.redis().kill();
    await("presence says that Redis is away", () -> report(presence).contains("\"redis\":false"));
    assertThat(report(user)).contains("\"database\":true");
    assertThat(get(presence.managementUrl() + "/health/live", "").statusCode()).isEqualTo(200);
    cluster.redis().restart();
    await("presence is ready again", presence::ready);

    cluster.postgres().kill();
    await("users say that PostgreSQL is away", () -> report(user).contains("\"database\":false"));
    cluster.postgres().restart();
    await("users are ready again", user::ready);
    await("everybody is ready again", () -> cluster.nodes().stream().allMatch(Node::ready));
  }

  @Test
  void aProcessWithoutRedisSaysWhyItDoesNotStart() throws Exception {
    Path output = directory.resolve("without-redis.log");
    ProcessBuilder alone =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            Kind.PRESENCE.jar(ROOT).toString());
    alone.environment().keySet().removeIf(name -> name.startsWith("REDIS"));
    alone.environment().put("CLUSTER", "true");
    Process process =
        alone.redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile())).start();

    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output)).contains("CLUSTER is true, which needs REDIS_URL");
  }

  private static Node gateway(int number) {
    return cluster.nodes(Kind.GATEWAY).get(number);
  }

  private static String signUp(Node gateway, String name) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/auth/guest"))
            .timeout(Duration.ofSeconds(10))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"gender\":\"female\"}"))
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    Matcher token = TOKEN.matcher(answer.body());
    assertThat(token.find()).as(answer.body()).isTrue();
    return token.group(1);
  }

  private static String report(Node node) throws IOException, InterruptedException {
    return get(node.managementUrl() + "/health/ready", "").body();
  }

  private static HttpResponse<String> get(String url, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("authorization", "Bearer " + token)
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static void await(String what, Callable<Boolean> happened) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!happened.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            what + ": not within " + LIMIT.toSeconds() + " s\n" + cluster.logs());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
