package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Layout;
import com.napalmsky.cluster.LocalPostgres;
import com.napalmsky.cluster.LocalRedis;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All services in this JVM: each instance on a Vert.x of its own, which is a node of a cluster; or
 * one of each on a single Vert.x with its stores in memory, as in the standalone program.
 */
final class OneJvm implements Installation {

  private static final Duration READY = Duration.ofSeconds(60);

  /**
   * Whoever sees more others go within half a minute than are left takes himself for cut off. What
   * dies and comes back here does so faster than processes do.
   */
  private static final Duration REMEMBERED = Duration.ofSeconds(32);

  private final Map<String, String> settings;
  private final LocalPostgres postgres;
  private final LocalRedis redis;
  private final Vertx shared;
  private final List<Integer> memberPorts = new ArrayList<>();
  private final List<JvmInstance> instances = new CopyOnWriteArrayList<>();
  private final List<Instant> losses = new ArrayList<>();

  /**
   * @param redis null without a cluster
   * @param shared null with one
   */
  private OneJvm(
      Map<String, String> settings, LocalPostgres postgres, LocalRedis redis, Vertx shared) {
    this.settings = settings;
    this.postgres = postgres;
    this.redis = redis;
    this.shared = shared;
  }

  /** A node for each instance. */
  static OneJvm cluster(Path directory, Layout layout, Map<String, String> settings)
      throws Exception {
    int port = freePort();
    LocalRedis redis = LocalRedis.start(directory.resolve("redis"), port);
    Map<String, String> all = new HashMap<>(settings);
    all.put("REDIS_URL", "redis://127.0.0.1:" + port);
    return begin(directory, layout, all, redis, null);
  }

  /** One of each service, on one Vert.x. */
  static OneJvm standalone(Path directory, Map<String, String> settings) throws Exception {
    return begin(
        directory, new Layout(Map.of()), new HashMap<>(settings), null, Vertx.vertx(options()));
  }

  private static OneJvm begin(
      Path directory, Layout layout, Map<String, String> settings, LocalRedis redis, Vertx shared)
      throws Exception {
    int port = freePort();
    LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgresql"), port);
    settings.put("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + port + "/postgres");
    settings.put("USER_MEDIA_DIR", directory.resolve("uploads").toString());
    settings.put("ACCESS_MODE", "open");
    settings.put("MATCHMAKING_REEL_CURSOR_SECRET", "a secret of all instances");
    OneJvm installation = new OneJvm(settings, postgres, redis, shared);
    try {
      for (Kind kind : Kind.values()) {
        for (int i = 0; i < layout.count(kind); i++) {
          installation.add(kind, kind == Kind.GATEWAY ? freePort() : 0);
        }
      }
      return installation;
    } catch (Exception failed) {
      installation.close();
      throw failed;
    }
  }

  static VertxOptions options() {
    return new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2);
  }

  private void add(Kind kind, int publicPort) throws Exception {
    Map<String, String> own = new HashMap<>(settings);
    if (kind == Kind.GATEWAY) {
      own.put("PORT", Integer.toString(publicPort));
      own.put("API_BASE", "http://localhost:" + publicPort);
    }
    if (shared == null) {
      int port = freePort();
      if (kind != Kind.GATEWAY) {
        memberPorts.add(port);
      }
      own.put("CLUSTER", "true");
      own.put("CLUSTER_HOST", "127.0.0.1");
      own.put("CLUSTER_PORT", Integer.toString(port));
      own.put(
          "CLUSTER_MEMBERS",
          String.join(",", memberPorts.stream().map(member -> "127.0.0.1:" + member).toList()));
    }
    JvmInstance added = JvmInstance.start(kind, own, shared);
    instances.add(added);
    Await.until(kind.text() + " is ready", READY, added::ready);
  }

  @Override
  public List<JvmInstance> instances(Kind kind) {
    return instances.stream().filter(instance -> instance.kind() == kind).toList();
  }

  @Override
  public void makeWhole() throws Exception {
    for (JvmInstance instance : instances) {
      if (!instance.alive()) {
        losses.add(Instant.now());
        instances.remove(instance);
        memberPorts.remove(Integer.valueOf(instance.memberPort()));
        add(instance.kind(), URI.create(instance.url()).getPort());
      }
    }
    Await.until(
        "most of those who were lost are forgotten",
        REMEMBERED.multipliedBy(2),
        () -> {
          losses.removeIf(loss -> loss.plus(REMEMBERED).isBefore(Instant.now()));
          return losses.size() < instances.size() / 2;
        });
  }

  @Override
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  @Override
  public void close() throws InterruptedException {
    List<Kind> order = new ArrayList<>(List.of(Kind.values()));
    Collections.reverse(order);
    for (Kind kind : order) {
      instances(kind).forEach(JvmInstance::stop);
    }
    if (shared != null) {
      JvmInstance.await(shared.close());
    }
    if (redis != null) {
      redis.close();
    }
    postgres.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
