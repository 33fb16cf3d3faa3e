package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is shipped, driven by real Socket.IO clients in Node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class StandaloneIT {

  private static final Path CLIENTS = Path.of(System.getProperty("standalone.clients"));
  private static final String READY = "Ready";
  private static final String TURN_SECRET = "never printed";
  private static final String ADMIN = "root";
  private static final String ADMIN_PASSWORD = "correct horse battery";

  @TempDir Path folder;

  @BeforeAll
  void installClients() throws Exception {
    try (Program npm =
        Program.start("npm ci", CLIENTS, Map.of(), "npm", "ci", "--no-audit", "--no-fund")) {
      assertThat(npm.awaitExit(240)).as("npm ci for the clients").isZero();
    }
  }

  @Test
  void realClientsGoThroughTheWholeLifeOfACall() throws Exception {
    int port = freePort();
    int mailPort = freePort();
    Map<String, String> environment = environment(port, "calls");
    // Clients may say which address the proxy before the gateway saw.
    environment.put("TRUSTED_PROXY_HOPS", "1");
    environment.put("MAIL_HOST", "127.0.0.1");
    environment.put("MAIL_PORT", String.valueOf(mailPort));
    environment.put("MAIL_TLS", "none");
    environment.put("MAIL_FROM", "Napalm Sky <no-reply@example.org>");
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);

      try (Program clients =
          clients(
              port, mailPort, "node", "--test", "--test-concurrency=1", "--test-reporter=spec")) {
        assertThat(clients.awaitExit(400)).as(clients.output()).isZero();
      }

      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
      assertThat(program.output())
          .doesNotContain("ERROR")
          .doesNotContain("LEAK")
          .doesNotContain(TURN_SECRET);
    }
  }

  @Test
  void adminsSeePeopleEndCallsTellEverybodyAndFindAllOfItInTheAuditLog() throws Exception {
    int port = freePort();
    Map<String, String> environment = environment(port, "admins");
    // One admin watches the numbers move.
    environment.put("GATEWAY_LIMIT_API_PER_MINUTE", "0");
    // Everybody comes from one address, and each refusal is looked for.
    environment.put("GATEWAY_LIMIT_REFUSALS_PER_HOUR", "0");
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);

      try (Program clients =
          clients(port, 0, "node", "--test", "--test-reporter=spec", "admin-side.mjs")) {
        assertThat(clients.awaitExit(240)).as(clients.output()).isZero();
      }

      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
      assertThat(program.output()).doesNotContain("ERROR").doesNotContain("LEAK");
    }
  }

  @Test
  void callsLinksAccountsAndMailedTokensAreThereAfterAStopAndAfterAKill() throws Exception {
    int port = freePort();
    Map<String, String> environment = environment(port, "kept");
    String left;
    String resetToken;
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      left = run(port, "roomId", "before");
      // Without a mail server the link is in the log.
      resetToken = program.awaitLine("#token=", 30).replaceAll(".*#token=", "");
      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
    }
    String token = field(left, "token");
    String roomId = field(left, "roomId");
    String email = field(left, "email");

    String member;
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      member = field(run(port, "member", "after-stop", token, roomId, email, resetToken), "member");
      // The database outlives a killed program, and must not be in the way of the next start.
      program.kill();
      program.awaitExit(60);
    }

    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      run(port, "kept", "after-kill", token, roomId, email, resetToken, member);
      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
    }
  }

  @Test
  void reportsBlocksBansAndBannedAddressesAreUnchangedAfterARestart() throws Exception {
    int port = freePort();
    Map<String, String> environment = environment(port, "banned");
    environment.put("TRUSTED_PROXY_HOPS", "1");
    String left;
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      left = runScript(port, "moderation-restart.mjs", "\"was\"", "before");
      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
    }

    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      runScript(port, "moderation-restart.mjs", "kept", "after", left);
      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
    }
  }

  /** Runs a phase of restart.mjs; answers the line of its output with the text. */
  @CanIgnoreReturnValue
  private static String run(int port, String text, String... phase) throws Exception {
    return runScript(port, "restart.mjs", text, phase);
  }

  @CanIgnoreReturnValue
  private static String runScript(int port, String script, String text, String... phase)
      throws Exception {
    String[] command =
        Stream.concat(Stream.of("node", script), Stream.of(phase)).toArray(String[]::new);
    try (Program clients = clients(port, 0, command)) {
      assertThat(clients.awaitExit(240)).as(clients.output()).isZero();
      return clients.awaitLine(text, 1);
    }
  }

  private static String field(String json, String name) {
    return json.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void theFirstAdminGetsInWithThePasswordThatIsKeptForTheOwnerAlone() throws Exception {
    int port = freePort();
    Map<String, String> environment = environment(port, "admin");
    environment.remove("ADMIN_USERNAME");
    environment.remove("ADMIN_PASSWORD");
    Path file = folder.resolve("admin").resolve("admin-password");
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      assertThat(program.output()).contains(file.toRealPath().toString());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(program.output()).doesNotContain(Files.readString(file).strip());
      assertThat(adminLogIn(port, Files.readString(file).strip())).isEqualTo(200);
      assertThat(adminLogIn(port, "something else")).isEqualTo(401);
      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
    }

    String before = Files.readString(file);
    try (Program program = Program.standalone(environment)) {
      program.awaitLine(READY, 180);
      assertThat(Files.readString(file)).isEqualTo(before);
      assertThat(adminLogIn(port, before.strip())).isEqualTo(200);
    }
  }

  private static int adminLogIn(int port, String password) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/login"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"" + password + "\"}"))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aSecondStartFailsWithOneClearLine() throws Exception {
    int port = freePort();
    try (Program first = Program.standalone(environment(port, "first"))) {
      first.awaitLine(READY, 180);

      try (Program sameFolder = Program.standalone(environment(freePort(), "first"))) {
        assertThat(sameFolder.awaitExit(120)).isEqualTo(1);
        assertThat(sameFolder.output())
            .contains("DATA_DIR")
            .contains("in use")
            .doesNotContain("\tat ");
      }
      try (Program samePort = Program.standalone(environment(port, "second"))) {
        assertThat(samePort.awaitExit(120)).isEqualTo(1);
        assertThat(samePort.output())
            .contains("port " + port)
            .contains("in use")
            .doesNotContain("\tat ");
      }
    }
  }

  @Test
  void aDatabaseThatRefusesIsNamedInOneLine() throws Exception {
    int nobody = freePort();
    Map<String, String> environment = environment(freePort(), "refused");
    environment.put("DATABASE_URL", "postgresql://app:s3cret@127.0.0.1:" + nobody + "/napalm");

    try (Program program = Program.standalone(environment)) {
      assertThat(program.awaitExit(120)).isEqualTo(1);

      assertThat(program.output())
          .contains("127.0.0.1:" + nobody)
          .doesNotContain("s3cret")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aWrongSettingIsNamedInOneLine() throws Exception {
    Map<String, String> environment = environment(freePort(), "wrong");
    environment.put("PRESENCE_GRACE_SECONDS", "soon");

    try (Program program = Program.standalone(environment)) {
      assertThat(program.awaitExit(120)).isEqualTo(1);

      assertThat(program.output())
          .contains("PRESENCE_GRACE_SECONDS")
          .contains("'soon'")
          .doesNotContain("\tat ");
    }
  }

  private Map<String, String> environment(int port, String data) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
    environment.put("DATA_DIR", folder.resolve(data).toString());
    // All clients of a test share one address, and their calls last a moment.
    environment.put("GATEWAY_GUESTS_PER_HOUR", "0");
    environment.put("GATEWAY_LIMIT_AUTH_FAILURES", "0");
    environment.put("USER_HISTORY_MIN_SECONDS", "0");
    environment.put("ADMIN_USERNAME", ADMIN);
    environment.put("ADMIN_PASSWORD", ADMIN_PASSWORD);
    environment.put("TURN_URLS", "turn:turn.example.org:3478?transport=udp");
    environment.put("TURN_SECRET", TURN_SECRET);
    return environment;
  }

  /**
   * @param mailPort where the clients take the mails of the program, or 0
   */
  private static Program clients(int port, int mailPort, String... command) throws IOException {
    return Program.start(
        "clients",
        CLIENTS,
        Map.of(
            "BASE_URL",
            "http://127.0.0.1:" + port,
            "TURN_SECRET",
            TURN_SECRET,
            "ADMIN_USERNAME",
            ADMIN,
            "ADMIN_PASSWORD",
            ADMIN_PASSWORD,
            "SMTP_PORT",
            String.valueOf(mailPort)),
        command);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
