package com.napalmsky.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three minutes of the soak against the standalone program. Resident memory says nothing within so
 * short a time: the compiler, the pools and the young generation are still growing into theirs.
 * What lives in the heap after a collection does.
 */
@Tag("heavy")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SoakTest {

  private static final Path PROGRAM = Path.of("../standalone/target/standalone.jar");
  private static final int START_SECONDS = 180;

  @TempDir private Path folder;

  @Test
  void anEveningLeavesNothingBehind() throws Exception {
    assertThat(PROGRAM)
        .as("the program under test: mvn -pl deploy/standalone -am package builds it")
        .exists();
    Path log = folder.resolve("server.log");
    int port = freePort();
    int management = freePort();
    Process server = start(port, management, log);
    try {
      awaitReady(server, log);
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      int code =
          new LoadtestMain(new PrintStream(out, true, StandardCharsets.UTF_8), System.err)
              .run(
                  List.of(
                      "soak",
                      "--url",
                      "http://127.0.0.1:" + port,
                      "--metrics",
                      "http://127.0.0.1:" + management + "/metrics",
                      "--server-pid",
                      String.valueOf(server.pid()),
                      "--users",
                      "400",
                      "--rate",
                      "4",
                      "--seconds",
                      "180",
                      "--settle-seconds",
                      "90",
                      "--visit-seconds",
                      "120",
                      "--loss-seconds",
                      "120",
                      "--collect"));

      String report = out.toString(StandardCharsets.UTF_8);
      System.out.println(report);
      assertThat(code).as(report).isZero();
      assertThat(Files.readString(log)).doesNotContain("LEAK");
    } finally {
      server.destroy();
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    }
  }

  private Process start(int port, int management, Path log) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Dio.netty.leakDetection.level=paranoid",
            "-jar",
            PROGRAM.toString());
    program
        .environment()
        .putAll(
            Map.of(
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(management),
                "DATA_DIR", folder.resolve("data").toString(),
                "TRUSTED_PROXY_HOPS", "1",
                // A machine that builds other things as well has its database late.
                "USER_CONNECT_TIMEOUT_MILLIS", "30000",
                "USER_QUERY_TIMEOUT_MILLIS", "30000",
                "USER_TRANSACTION_TIMEOUT_MILLIS", "30000"));
    return program.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
  }

  private static void awaitReady(Process server, Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.readString(log).contains("Ready")) {
      assertThat(server.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
      boolean unused = server.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
