package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs tests of gateway/web/browser against a program of their own. */
final class BrowserTests {

  private static final Path WEB = Path.of(System.getProperty("standalone.web"));

  private BrowserTests() {}

  /**
   * Fails when one of the tests does, or when the program complains of anything meanwhile.
   *
   * @param folder for the program's data, empty
   * @param settings of the program, besides those that every such test needs; the tests are told
   *     them too
   * @param seconds the most that the tests may take
   * @param files of tests, in gateway/web/browser; run one after the other
   */
  static void pass(Path folder, Map<String, String> settings, int seconds, String... files)
      throws Exception {
    Path chromium = Chromium.needed();
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
    environment.put("DATA_DIR", folder.toString());
    // Everybody comes from one address.
    environment.put("GATEWAY_GUESTS_PER_HOUR", "0");
    environment.put("GATEWAY_LIMIT_AUTH_FAILURES", "0");
    environment.putAll(settings);
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=spec"));
    command.add("--test-concurrency=1");
    for (String file : files) {
      command.add("browser/" + file);
    }
    try (Program program = Program.standalone(environment)) {
      program.awaitLine("Ready", 120);

      Map<String, String> told = new HashMap<>(settings);
      told.put("BASE_URL", "http://127.0.0.1:" + port);
      told.put("CHROMIUM", chromium.toString());
      try (Program browser = Program.start("browser", WEB, told, command.toArray(String[]::new))) {
        assertThat(browser.awaitExit(seconds)).as(browser.output()).isZero();
      }

      program.terminate();
      assertThat(program.awaitExit(60)).isZero();
      assertThat(program.output()).doesNotContain("ERROR").doesNotContain("LEAK");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
