package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the lobby, as the program serves them, in Chromium. */
@Timeout(1_200)
class ReelIT {

  private static final Path WEB = Path.of(System.getProperty("standalone.web"));

  @TempDir Path folder;

  @Test
  void peopleSeeEachOtherComeAndGoAndInviteEachOther() throws Exception {
    passes("browser/reel.test.mjs", 400);
  }

  @Test
  @Tag("heavy")
  void theReelHoldsAtItsEdges() throws Exception {
    passes("browser/reel-more.test.mjs", 560);
  }

  private void passes(String tests, int seconds) throws Exception {
    Chromium.needed();
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
    environment.put("DATA_DIR", folder.toString());
    // Everybody comes from one address.
    environment.put("GATEWAY_GUESTS_PER_HOUR", "0");
    environment.put("GATEWAY_LIMIT_AUTH_FAILURES", "0");
    try (Program program = Program.standalone(environment)) {
      program.awaitLine("Ready", 120);

      try (Program browser =
          Program.start(
              "browser",
              WEB,
              Map.of("BASE_URL", "http://127.0.0.1:" + port),
              "node",
              "--test",
              "--test-reporter=spec",
              tests)) {
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
