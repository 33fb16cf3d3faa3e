package com.napalmsky.shared.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Traffic;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.cluster.ClusterNode;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes' worth of nodes in one JVM; one management port shows both. */
@Tag("heavy")
@Timeout(120)
class TailOfAClusterTest {

  record Greet(String name) {}

  private static final Endpoint<Greet, Greet> GREET =
      Endpoint.of("test.v1.greet", Greet.class, Greet.class);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<ClusterNode> joined = new ArrayList<>();

  @AfterEach
  void everybodyLeaves() {
    for (int i = joined.size() - 1; i >= 0; i--) {
      joined.get(i).leave();
    }
  }

  @Test
  void oneManagementPortShowsWhatCrossesTheBusOfAllNodesAndAllStopAfterIt() throws Exception {
    int first = freePort();
    ClusterNode asks = join(first, first);
    ClusterNode serves = join(freePort(), first);
    int port = watchable(asks, "asks");
    watchable(serves, "serves");
    await(new TypedBus(serves.vertx()).serve(GREET, Future::succeededFuture));
    TypedBus bus = new TypedBus(asks.vertx());

    Map<String, JsonObject> seen = new HashMap<>();
    InputStream stream =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/bus")).build(),
                BodyHandlers.ofInputStream())
            .body();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      // The lease needs a moment to reach the other node.
      for (int second = 0; second < 20 && seen.size() < 2; second++) {
        await(bus.request(GREET, new Greet("Ada")));
        JsonObject line = new JsonObject(lines.readLine());
        for (Object one : line.getJsonArray("flows")) {
          JsonObject flow = (JsonObject) one;
          if (flow.getString("address").equals(GREET.address())
              && flow.getDouble("messagesPerSecond") > 0) {
            seen.put(flow.getString("node") + " " + flow.getString("direction"), flow);
          }
        }
      }
    }

    assertThat(seen).containsOnlyKeys("asks sent", "serves received");
    // They came in JSON from another node, and went back to it.
    assertThat(seen.values())
        .allSatisfy(flow -> assertThat(flow.getLong("bytesPerSecond")).isPositive());
    for (ClusterNode node : joined) {
      long end = System.nanoTime() + LIMIT.toNanos();
      while (Traffic.of(node.vertx()).isMeasured()) {
        assertThat(System.nanoTime()).as("measuring ends").isLessThan(end);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private ClusterNode join(int port, int first) throws Exception {
    ClusterConfig config =
        new ClusterConfig(
            "tail-" + first,
            "127.0.0.1",
            port,
            0,
            List.of("127.0.0.1:" + first),
            null,
            null,
            null,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    ClusterNode node = ClusterNode.join(config, true, new VertxOptions(), () -> {});
    joined.add(node);
    return node;
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) throws Exception {
    return MainThread.await(future, LIMIT);
  }

  @CanIgnoreReturnValue
  private static int watchable(ClusterNode node, String name) throws Exception {
    Management management = new Management();
    int port =
        MainThread.await(
            management.open(node.vertx(), ManagementConfig.from(new Settings(Map.of()), 0)), LIMIT);
    await(node.vertx().deployVerticle(new TailVerticle(name, management, new TailConfig(2))));
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
