package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Hosts;
import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Layout;
import com.napalmsky.cluster.LocalCluster;
import com.napalmsky.cluster.Node;
import com.napalmsky.clustertests.Installation.Instance;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * All services for all scenarios of a class, in one of three shapes: as processes, as nodes of a
 * cluster in this JVM, on one Vert.x. When a scenario fails the logs of all processes are printed,
 * those that were killed too.
 */
final class Stage
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler {

  static final Duration READY = Duration.ofSeconds(90);

  private static final Path ROOT = Path.of(System.getProperty("napalmsky.root"));

  private static final String STORED =
      "SELECT f.room_id, array_remove(array_agg(h.user_id::text), NULL) AS members,"
          + " array_remove(array_agg(h.messages::text), NULL) AS histories FROM finished_calls f"
          + " LEFT JOIN chat_history h ON h.room_id = f.room_id GROUP BY f.room_id";

  /** Starts what is played on. */
  private interface Opening {
    Installation open(Path directory, Map<String, String> settings) throws Exception;
  }

  private final Opening opening;
  private final Map<String, String> settings;
  private final List<Door> doors = new ArrayList<>();
  private Path directory;
  private Installation installation;

  /** Processes: two of each service, one user-service. */
  Stage(int firstPort) {
    this(firstPort, Layout.ofEach(2), Map.of(), Hosts.LOCAL);
  }

  /**
   * Processes.
   *
   * @param settings of the services, besides those that every scenario needs
   */
  Stage(int firstPort, Layout layout, Map<String, String> settings, Hosts hosts) {
    this(
        (directory, all) ->
            new Processes(
                LocalCluster.start(
                    ROOT, directory, layout, all, hosts, firstPort, System.out::println)),
        settings);
  }

  private Stage(Opening opening, Map<String, String> settings) {
    this.opening = opening;
    this.settings = new HashMap<>(settings);
    this.settings.put("GATEWAY_GUESTS_PER_HOUR", "0");
    this.settings.put("GATEWAY_LIMIT_API_PER_MINUTE", "0");
    this.settings.put("USER_HISTORY_MIN_SECONDS", "0");
    this.settings.put("USER_REPORTERS_TO_BAN", "1");
  }

  /** Nodes of a cluster in this JVM. */
  static Stage inOneJvm(Layout layout) {
    return new Stage((directory, all) -> OneJvm.cluster(directory, layout, all), Map.of());
  }

  /** One of each service on one Vert.x. */
  static Stage onOneVertx() {
    return new Stage(OneJvm::standalone, Map.of());
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory(ROOT.resolve("deploy/cluster-tests/target"), "cluster-");
    installation = opening.open(directory, settings);
    for (Instance gateway : installation.instances(Kind.GATEWAY)) {
      doors.add(Door.to(installation, URI.create(gateway.url()).getPort()));
    }
  }

  /** A scenario begins on a whole cluster, whatever the one before has left. */
  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    installation.makeWhole();
    allReady();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failed)
      throws Throwable {
    Path printed = directory.resolve("logs");
    if (!Files.exists(printed)) {
      throw failed;
    }
    try (var logs = Files.list(printed)) {
      for (Path log : logs.sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        System.out.println("=== " + log.getFileName());
        lines.subList(Math.max(0, lines.size() - 200), lines.size()).forEach(System.out::println);
      }
    }
    throw failed;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    for (Door door : doors) {
      door.close();
    }
    if (installation != null) {
      installation.close();
    }
  }

  /** The processes, for a scenario that is played on these only. */
  LocalCluster cluster() {
    return ((Processes) installation).cluster();
  }

  /** The address of one of two gateways, 0 or 1; of the only one, if there is one. */
  Door door(int number) {
    return doors.get(number % doors.size());
  }

  /** The process behind a door. */
  Node gateway(int number) {
    return cluster().nodes(Kind.GATEWAY).stream()
        .filter(node -> URI.create(node.url()).getPort() == door(number).own())
        .findFirst()
        .orElseThrow();
  }

  /** Kills one instance of each of these services at once; the gateway is the one of door 0. */
  void kill(Set<Kind> killed) throws InterruptedException {
    for (Kind kind : killed) {
      List<Instance> same = List.copyOf(installation.instances(kind));
      same.stream()
          .filter(instance -> URI.create(instance.url()).getPort() == door(0).own())
          .findFirst()
          .orElse(same.get(0))
          .kill();
    }
  }

  void allReady() throws Exception {
    Await.until(
        "all instances are ready",
        READY,
        () ->
            Stream.of(Kind.values())
                .flatMap(kind -> installation.instances(kind).stream())
                .allMatch(Instance::ready));
  }

  /** That a finished call is in both histories, and one row for each member in the database. */
  void recordedOnce(Talk talk, Duration within) throws Exception {
    recordedOnce(talk, within, List.of(talk.caller(), talk.callee()));
  }

  /**
   * The same when not both can look at their histories.
   *
   * @param readers who can
   */
  void recordedOnce(Talk talk, Duration within, List<Person> readers) throws Exception {
    for (Person member : readers) {
      Await.until(
          "the call is in the history of each member",
          within,
          () -> member.inHistory(talk.roomId()) == 1);
    }
    try (Connection database = DriverManager.getConnection(installation.jdbcUrl())) {
      assertThat(rows(database, "finished_calls", talk)).as("rows of the call").isEqualTo(1);
      assertThat(rows(database, "chat_history", talk)).as("rows of its members").isEqualTo(2);
    }
  }

  /**
   * What the database holds of a finished call.
   *
   * @param members whose history it is in
   * @param lines what was said, as it is in the history of each
   */
  record Stored(List<String> members, List<String> lines) {}

  /** All finished calls that are stored, by their room. */
  Map<String, Stored> stored() throws SQLException {
    Map<String, Stored> stored = new HashMap<>();
    try (Connection database = DriverManager.getConnection(installation.jdbcUrl());
        Statement read = database.createStatement();
        ResultSet row = read.executeQuery(STORED)) {
      while (row.next()) {
        List<String> members = List.of((String[]) row.getArray("members").getArray());
        List<String> histories = List.of((String[]) row.getArray("histories").getArray());
        assertThat(Set.copyOf(histories)).as("both histories are the same").hasSizeLessThan(2);
        List<String> lines =
            histories.isEmpty()
                ? List.of()
                : new JsonArray(histories.get(0))
                    .stream().map(line -> ((JsonObject) line).getString("text")).toList();
        stored.put(row.getString("room_id"), new Stored(members, lines));
      }
    }
    return stored;
  }

  private static long rows(Connection database, String table, Talk talk) throws SQLException {
    try (PreparedStatement count =
        database.prepareStatement("SELECT count(*) FROM " + table + " WHERE room_id = ?")) {
      count.setObject(1, UUID.fromString(talk.roomId()));
      try (ResultSet row = count.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }

  /** Two in the lobby, at different gateways. */
  Person[] pair(String name) throws Exception {
    return new Person[] {
      Person.inTheLobby(door(0), name + " A"), Person.inTheLobby(door(1), name + " B")
    };
  }

  /** Lets people go. */
  static void leave(List<Talk> talks) {
    for (Talk talk : talks) {
      talk.caller().close();
      talk.callee().close();
    }
  }

  /** Begins so many calls between the two gateways. */
  List<Talk> talks(String name, int count) throws Exception {
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Person[] pair = pair(name + " " + i);
      talks.add(Talk.between(pair[0], pair[1]));
    }
    return talks;
  }
}
