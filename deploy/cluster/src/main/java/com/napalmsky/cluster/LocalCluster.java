package com.napalmsky.cluster;

import com.napalmsky.cluster.Hosts.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * All services as processes on 127.0.0.1, with a PostgreSQL and a Redis of their own unless the
 * environment names others ({@code DATABASE_URL}, {@code REDIS_URL}). Blocking; changed by one
 * thread, its nodes may be asked for by any.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start(root, directory, Layout.ofEach(2), Map.of(), 21_000, say)) {
 *   Node owner = cluster.nodes(Kind.SIGNALING).get(0);
 *   owner.kill();
 *   cluster.add(Kind.SIGNALING);
 * }
 * }</pre>
 */
public final class LocalCluster implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms16m", "-Xmx256m", "-Xss512k");

  private final Path root;
  private final Path directory;
  private final Map<String, String> environment;
  private final Hosts hosts;
  private final Ports ports;
  private final Progress progress;
  // Read by others than the one thread that changes it, such as a balancer's.
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private final Map<Kind, Integer> started = new EnumMap<>(Kind.class);
  private final List<InetSocketAddress> members = new ArrayList<>();
  private @Nullable LocalPostgres postgres;
  private @Nullable LocalRedis redis;
  private int nextMember;

  private LocalCluster(
      Path root,
      Path directory,
      Map<String, String> environment,
      Hosts hosts,
      Ports ports,
      Progress progress) {
    this.root = root;
    this.directory = directory;
    this.environment = new HashMap<>(environment);
    this.hosts = hosts;
    this.ports = ports;
    this.progress = progress;
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @param root of the repository, with its modules packaged
   * @param directory for data and logs; kept
   * @param environment settings for all processes
   * @param firstPort everything listens on this port or a higher one
   * @throws TimeoutException when a process does not become ready; what was started is stopped
   */
  public static LocalCluster start(
      Path root,
      Path directory,
      Layout layout,
      Map<String, String> environment,
      int firstPort,
      Progress progress)
      throws InterruptedException, TimeoutException {
    return start(root, directory, layout, environment, Hosts.LOCAL, firstPort, progress);
  }

  /** The same on several machines: of each service one after the other on each. */
  public static LocalCluster start(
      Path root,
      Path directory,
      Layout layout,
      Map<String, String> environment,
      Hosts hosts,
      int firstPort,
      Progress progress)
      throws InterruptedException, TimeoutException {
    LocalCluster cluster =
        new LocalCluster(
            root, directory.toAbsolutePath(), environment, hosts, new Ports(firstPort), progress);
    try {
      cluster.begin(layout);
      return cluster;
    } catch (InterruptedException | TimeoutException | RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  private void begin(Layout layout) throws InterruptedException, TimeoutException {
    try {
      Files.createDirectories(directory.resolve("logs"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    List<Integer> gateways = new ArrayList<>();
    for (int i = 0; i < layout.count(Kind.GATEWAY); i++) {
      gateways.add(ports.next());
    }
    backing();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.GATEWAY) {
        for (int i = 0; i < layout.count(kind); i++) {
          members.add(InetSocketAddress.createUnresolved(hosts.of(i).address(), ports.next()));
        }
      }
    }
    @Nullable Node first = null;
    for (Kind kind : Kind.values()) {
      List<Node> same = new ArrayList<>();
      for (int i = 0; i < layout.count(kind); i++) {
        same.add(launch(kind, hosts.of(i), kind == Kind.GATEWAY ? gateways.get(i) : 0));
        if (kind != Kind.GATEWAY && nodes.size() == 1) {
          // The first member begins the cluster; the others may come together.
          first = same.get(0);
          await(first);
        }
      }
      for (Node node : same) {
        if (node != first) {
          await(node);
        }
      }
    }
  }

  private void backing() throws InterruptedException {
    String media = directory.resolve("uploads").toString();
    environment.putIfAbsent("USER_MEDIA_DIR", media);
    environment.putIfAbsent("ACCESS_MODE", "open");
    environment.putIfAbsent("CLUSTER_NAME", "local");
    environment.putIfAbsent("MATCHMAKING_REEL_CURSOR_SECRET", "a local cluster's own secret");
    if (!environment.containsKey("DATABASE_URL")) {
      progress.say("  database");
      LocalPostgres own = LocalPostgres.start(directory.resolve("postgresql"), ports.next());
      postgres = own;
      environment.put("DATABASE_URL", own.url(hosts));
    }
    if (!environment.containsKey("REDIS_URL")) {
      progress.say("  redis");
      LocalRedis own = LocalRedis.start(directory.resolve("redis"), ports.next());
      redis = own;
      environment.put("REDIS_URL", own.url(hosts));
    }
  }

  /** Starts one more process of a service, or one in place of another, and waits for it. */
  public Node add(Kind kind) throws InterruptedException, TimeoutException {
    Host host = hosts.of(nodes(kind).size());
    Node node = launch(kind, host, kind == Kind.GATEWAY ? ports.next() : 0);
    await(node);
    return node;
  }

  /**
   * Stops a process with SIGTERM and starts another in its place, on the same public port.
   *
   * @return the new one, ready
   */
  public Node replace(Node node) throws InterruptedException, TimeoutException {
    node.stop(STOP_WITHIN);
    return instead(node);
  }

  /** Starts a process in place of one that is gone, on the same machine and public port. */
  public Node instead(Node node) throws InterruptedException, TimeoutException {
    nodes.remove(node);
    Node next = launch(node.kind(), node.host(), node.kind() == Kind.GATEWAY ? portOf(node) : 0);
    await(next);
    return next;
  }

  /** The processes that have not been replaced. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Those of one service, in the order of their start. */
  public List<Node> nodes(Kind kind) {
    return nodes.stream().filter(node -> node.kind() == kind).toList();
  }

  /** The database, unless it was given. */
  public LocalPostgres postgres() {
    if (postgres == null) {
      throw new IllegalStateException("the database was given by DATABASE_URL");
    }
    return postgres;
  }

  /** Redis, unless it was given. */
  public LocalRedis redis() {
    if (redis == null) {
      throw new IllegalStateException("Redis was given by REDIS_URL");
    }
    return redis;
  }

  /** The end of every process's log, for a test that failed. */
  public String logs() {
    StringBuilder all = new StringBuilder();
    for (Node node : nodes) {
      all.append("=== ").append(node.name()).append('\n').append(node.lastLines()).append('\n');
    }
    return all.toString();
  }

  /** Stops everything in order; data and logs stay. */
  @Override
  public void close() throws InterruptedException {
    List<Kind> order = new ArrayList<>(List.of(Kind.values()));
    Collections.reverse(order);
    for (Kind kind : order) {
      List<Node> same = nodes(kind);
      // A paused one would not hear that it is to end; one that was killed hears nothing.
      same.stream().filter(Node::alive).forEach(Node::resume);
      same.forEach(Node::terminate);
      for (Node node : same) {
        node.stop(STOP_WITHIN);
      }
    }
    nodes.clear();
    if (redis != null) {
      redis.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private Node launch(Kind kind, Host host, int publicPort) {
    Path jar = kind.jar(root);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not there; build it: mvn -DskipTests package");
    }
    String name = kind.text() + "-" + started.merge(kind, 1, Integer::sum);
    int memberPort = memberPort(kind, host);
    int management = ports.next();
    Map<String, String> settings = new HashMap<>(environment);
    settings.put("CLUSTER", "true");
    settings.put("CLUSTER_HOST", host.address());
    settings.put("CLUSTER_PORT", Integer.toString(memberPort));
    settings.put(
        "CLUSTER_MEMBERS",
        String.join(
            ",",
            members.stream().map(place -> place.getHostString() + ":" + place.getPort()).toList()));
    settings.put("MANAGEMENT_HOST", host.address());
    settings.put("MANAGEMENT_PORT", Integer.toString(management));
    if (kind == Kind.GATEWAY) {
      settings.put("GATEWAY_HOST", host.address());
      settings.put("PORT", Integer.toString(publicPort));
      settings.putIfAbsent("API_BASE", "http://localhost:" + publicPort);
    }
    Node node =
        Node.start(
            kind,
            name,
            host,
            command(host, jar),
            settings,
            directory.resolve("logs").resolve(name + ".log"),
            publicPort,
            management);
    nodes.add(node);
    return node;
  }

  private int memberPort(Kind kind, Host host) {
    if (kind == Kind.GATEWAY) {
      return ports.next();
    }
    if (nextMember == members.size()) {
      members.add(InetSocketAddress.createUnresolved(host.address(), ports.next()));
    }
    return members.get(nextMember++).getPort();
  }

  private void await(Node node) throws InterruptedException, TimeoutException {
    node.awaitReady(READY_WITHIN);
    progress.say(
        "  "
            + node.name()
            + ": ready, pid "
            + node.pid()
            + (node.kind() == Kind.GATEWAY ? ", " + node.url() : "")
            + ", "
            + node.managementUrl()
            + "/health/ready, log "
            + node.logFile());
  }

  private static int portOf(Node gateway) {
    return URI.create(gateway.url()).getPort();
  }

  private static List<String> command(Host host, Path jar) {
    List<String> command = new ArrayList<>(host.enter());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }
}
