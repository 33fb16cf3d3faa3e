package com.napalmsky.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.standalone.Program;
import com.napalmsky.user.media.content.Pictures;
import com.napalmsky.user.payment.StripeStandIn;
import io.vertx.core.json.JsonObject;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds the program, as it is shipped, to the tables of {@code docs/contracts/access.md}. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class AccessIT {

  private static final Path PAGE =
      Path.of(System.getProperty("standalone.contracts"), "access.md").normalize();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int AT_ONCE = 6;

  /** Walks one cell; answers what is not as the cell says, or null. */
  @FunctionalInterface
  private interface Walker {
    @Nullable String deviation(String row, Case asked, String expected) throws Exception;
  }

  private Path data;
  private AccessTables tables;
  private StripeStandIn stripe;
  private Program program;
  private String base;
  private People people;
  private Stage stage;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    tables = AccessTables.read(PAGE);
    stripe = new StripeStandIn();
    int port = freePort();
    base = "http://127.0.0.1:" + port;
    program = Program.standalone(environment(port));
    program.awaitLine("Ready", 120);
    String jdbc = database();
    people = new People(jdbc, passwordHash(jdbc));
    stage = new Stage(base);
  }

  @AfterAll
  void stop() throws Exception {
    people.close();
    program.close();
    stripe.close();
    assertThat(program.output()).doesNotContain("ERROR").doesNotContain("LEAK");
  }

  /** Where the program's own database listens: the fourth line of its file. */
  private String database() throws IOException {
    Path file = data.resolve("postgresql").resolve("postmaster.pid");
    return "jdbc:postgresql://127.0.0.1:"
        + Files.readAllLines(file).get(3).strip()
        + "/postgres?user=postgres";
  }

  private Map<String, String> environment(int port) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
    environment.put("DATA_DIR", data.toString());
    environment.put("ACCESS_MODE", "closed");
    environment.put("ADMIN_USERNAME", "root");
    environment.put("ADMIN_PASSWORD", People.PASSWORD);
    // Everybody here comes from one address, and is refused on purpose.
    for (String limit :
        List.of(
            "GATEWAY_GUESTS_PER_HOUR",
            "GATEWAY_LIMIT_AUTH_FAILURES",
            "GATEWAY_LIMIT_RESETS_PER_HOUR",
            "GATEWAY_LIMIT_API_PER_MINUTE",
            "GATEWAY_LIMIT_EXPORTS_PER_DAY",
            "GATEWAY_LIMIT_REPORT_PER_HOUR",
            "GATEWAY_LIMIT_PAYMENT_PER_HOUR",
            "GATEWAY_LIMIT_CODE_GUESSES_PER_HOUR",
            "GATEWAY_LIMIT_VISITORS_PER_MINUTE",
            "GATEWAY_LIMIT_TURN_PER_HOUR",
            "GATEWAY_STRANGERS_PER_ADDRESS",
            "GATEWAY_HANDSHAKES_PER_SECOND")) {
      environment.put(limit, "0");
    }
    String[] settings = stripe.settings();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return environment;
  }

  /** As the program itself makes it of the password of its first admin. */
  private static String passwordHash(String jdbc) throws Exception {
    try (Connection connection = DriverManager.getConnection(jdbc);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT password_hash FROM admin_credentials")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void everyRouteHasOneRowAndEveryRowARoute() throws Exception {
    Map<String, Boolean> routes = Descriptions.routes();
    List<String> missing = new ArrayList<>();
    routes.forEach(
        (route, session) -> {
          if (!tables.routes().containsKey(route)) {
            missing.add(rowFor(route, session));
          }
        });

    assertThat(String.join("\n", missing))
        .as(
            "Routes of openapi.yaml without a row in the table of routes of %s. Add these rows"
                + " there, with what really is to come of it for each persona. If the path has a"
                + " placeholder, or the route needs a body or another thing to be there, add a"
                + " line to Routes.java as well",
            PAGE)
        .isEmpty();
    assertThat(routes.keySet())
        .as("Rows of %s whose route is not in openapi.yaml: delete them", PAGE)
        .containsAll(tables.routes().keySet());
    assertThat(routes.keySet())
        .as("Lines of Routes.java whose route is not in openapi.yaml: delete them")
        .containsAll(routes().described());
  }

  @Test
  void everyEventHasOneRowAndEveryRowAnEvent() throws Exception {
    Collection<String> events = Descriptions.events();
    List<String> rows =
        tables.events().keySet().stream()
            .filter(event -> !event.equals(SocketWalker.CONNECT))
            .toList();

    assertThat(rows)
        .as(
            "Rows of the table of events of %s. For an event that is missing add a row there, and"
                + " a line to Events.java if it has a payload; delete a row that is too many",
            PAGE)
        .containsExactlyInAnyOrderElementsOf(events);
    assertThat(events)
        .as("Lines of Events.java whose event is not in asyncapi.yaml: delete them")
        .containsAll(new Events(stage).described());
  }

  @Test
  void everybodyMayDoOverHttpWhatTheTableSaysAndNothingElse() throws Exception {
    HttpWalker walker = new HttpWalker(base, routes(), tables.refusals());

    assertThat(
            String.join(
                "\n",
                deviations(tables.routes(), Descriptions.routes().keySet(), walker::deviation)))
        .as("cells of %s that the program does not hold", PAGE)
        .isEmpty();
  }

  @Test
  void everybodyMayDoOnASocketWhatTheTableSaysAndNothingElse() throws Exception {
    SocketWalker walker = new SocketWalker(base, new Events(stage));

    assertThat(
            String.join(
                "\n", deviations(tables.events(), tables.events().keySet(), walker::deviation)))
        .as("cells of %s that the program does not hold", PAGE)
        .isEmpty();
  }

  private Routes routes() throws Exception {
    return new Routes(stripe, stage, uploadedFile());
  }

  /** The path of a selfie that somebody uploaded. */
  private String uploadedFile() throws Exception {
    Request selfie = Request.file("selfie", Pictures.jpeg(32, 32));
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(base + "/media/selfie"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", selfie.type())
                .header("Authorization", "Bearer " + people.signIn(people.account()))
                .POST(BodyPublishers.ofByteArray(selfie.body()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return URI.create(new JsonObject(answer.body()).getString("selfieUrl")).getPath();
  }

  /** Walks all cells of the rows that exist, and says which are not held. */
  private List<String> deviations(
      Map<String, Map<Persona, String>> table, Collection<String> existing, Walker walker)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<String>> walked = new ArrayList<>();
      table.forEach(
          (row, cells) -> {
            if (existing.contains(row)) {
              cells.forEach(
                  (persona, expected) ->
                      persona
                          .guises()
                          .forEach(
                              guise ->
                                  walked.add(
                                      threads.submit(() -> walk(walker, row, guise, expected)))));
            }
          });
      List<String> deviations = new ArrayList<>();
      for (Future<String> cell : walked) {
        String deviation = cell.get(240, TimeUnit.SECONDS);
        if (!deviation.isEmpty()) {
          deviations.add(deviation);
        }
      }
      return deviations;
    } finally {
      threads.shutdownNow();
    }
  }

  private String walk(Walker walker, String row, Guise guise, String expected) {
    String seen;
    try (Case asked = new Case(guise, people)) {
      seen = walker.deviation(row, asked, expected);
    } catch (Exception | AssertionError failed) {
      seen = "not walked: " + failed;
    }
    return seen == null
        ? ""
        : "%s | %s (%s): expected %s, seen %s"
            .formatted(row, guise.persona().column(), guise, expected, seen);
  }

  /** What is usual for such a route, as a first draft. */
  private static String rowFor(String route, boolean session) {
    String cells =
        !session
            ? "200 | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200"
            : route.contains("/admin/") || route.contains(" /report/")
                ? "401 | 401 | 401 | 403 | 403 | 403 | 403 | 200 | 200"
                : "401 | 401 | 401 | 403 | 200 | 200 | 200 | 200 | 200";
    return "| `%s` | %s |".formatted(route, cells);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
