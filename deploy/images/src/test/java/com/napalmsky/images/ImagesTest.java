package com.napalmsky.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the images, run as they are. */
class ImagesTest {

  private record Run(int code, String output) {}

  private static Run run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  /** An image's folder with a java that only tells what it was asked. */
  private static Map<String, String> app(Path app) throws IOException {
    Files.copy(Path.of("start"), app.resolve("start"));
    Files.createDirectory(app.resolve("jvm"));
    for (String profile : List.of("512m", "1g", "2g")) {
      Files.copy(
          Path.of("jvm", profile + ".options"), app.resolve("jvm").resolve(profile + ".options"));
    }
    Files.copy(Path.of("jvm", "jdk25.flags"), app.resolve("jvm").resolve("jdk25.flags"));
    Path bin = Files.createDirectory(app.resolve("bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\n"
            + "if [ \"$1\" = -version ]; then echo \"openjdk version \\\"$JDK\\\"\"; exit; fi\n"
            + "echo \"$@\"\necho host=$CLUSTER_HOST bus=$CLUSTER_BUS_PORT\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(app.resolve("start").toFile().setExecutable(true)).isTrue();
    return new HashMap<>(Map.of("PATH", bin + ":" + System.getenv("PATH"), "JDK", "25.0.1"));
  }

  @Test
  void theServiceIsStartedWithItsProfileAndItsOwnAddress(@TempDir Path app) throws Exception {
    Map<String, String> environment = app(app);
    environment.put("JVM_PROFILE", "1g");

    Run run = run(app, environment, "sh", app.resolve("start").toString(), "migrate");

    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("jvm/1g.options")
        .contains("jvm/jdk25.flags")
        .contains("-jar " + app + "/service.jar migrate")
        .containsPattern("host=[0-9a-f.:]+ bus=15701");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "21", "24.0.2"})
  void anOlderJdkGetsNothingThatItDoesNotKnow(String version, @TempDir Path app) throws Exception {
    Map<String, String> environment = app(app);
    environment.put("JDK", version);

    Run run = run(app, environment, "sh", app.resolve("start").toString());

    assertThat(run.output()).contains("jvm/512m.options").doesNotContain("jdk25");
  }

  /** The JDK that runs this test is one of those that are to know them. */
  @ParameterizedTest
  @ValueSource(strings = {"512m", "1g", "2g"})
  void theJvmTakesTheOptionsOfAProfile(String profile) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@jvm/" + profile + ".options");
    if (Runtime.version().feature() >= 25) {
      command.add("@jvm/jdk25.flags");
    }
    command.add("-version");

    Run run = run(Path.of("."), Map.of(), command.toArray(String[]::new));

    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContainIgnoringCase("warning");
  }

  @Test
  void whatIsSetIsLeftAlone(@TempDir Path app) throws Exception {
    Map<String, String> environment = app(app);
    environment.put("CLUSTER_HOST", "10.1.2.3");
    environment.put("CLUSTER_BUS_PORT", "7000");

    Run run = run(app, environment, "sh", app.resolve("start").toString());

    assertThat(run.output()).contains("jvm/512m.options").contains("host=10.1.2.3 bus=7000");
  }

  @Test
  void anUnknownProfileIsRefusedWithThoseThereAre(@TempDir Path app) throws Exception {
    Map<String, String> environment = app(app);
    environment.put("JVM_PROFILE", "3g");

    Run run = run(app, environment, "sh", app.resolve("start").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output()).contains("JVM_PROFILE").contains("512m").contains("1g").contains("2g");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 503})
  void theHealthCheckBelievesTheManagementPort(int status) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 1);
    server.createContext(
        "/health/live",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      Run run =
          run(
              Path.of("."),
              Map.of("MANAGEMENT_PORT", "" + server.getAddress().getPort()),
              "bash",
              "healthy");
      assertThat(run.code() == 0).isEqualTo(status == 200);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobodyListeningIsNotHealthy() throws Exception {
    assertThat(run(Path.of("."), Map.of("MANAGEMENT_PORT", "1"), "bash", "healthy").code())
        .isNotZero();
  }

  @Test
  void theRecipeRunsAsNobodyAndCopiesWhatIsThere() throws IOException {
    String recipe = Files.readString(Path.of("Dockerfile"));

    assertThat(recipe)
        .contains("USER 10001:10001")
        .contains("HEALTHCHECK")
        .doesNotContain("latest");
    for (String copied :
        List.of("deploy/images/jvm", "deploy/images/start", "deploy/images/healthy")) {
      assertThat(recipe).contains(copied);
      assertThat(Path.of("../..").resolve(copied)).exists();
    }
  }

  /** A JVM that does not know one of the options would not start at all. */
  @ParameterizedTest
  @ValueSource(strings = {"512m", "1g", "2g"})
  void theProfilesLeaveTheRestOfTheContainerToWhatIsNotHeap(String profile) throws IOException {
    List<String> options = Files.readAllLines(Path.of("jvm", profile + ".options"));
    int container =
        profile.endsWith("g")
            ? 1_024 * Integer.parseInt(profile.replace("g", ""))
            : Integer.parseInt(profile.replace("m", ""));

    int heap = megabytes(options, "-Xmx");
    int direct = megabytes(options, "-XX:MaxDirectMemorySize=");

    assertThat(heap + direct).isLessThanOrEqualTo(container * 85 / 100);
    assertThat(options).contains("-XX:+ExitOnOutOfMemoryError");
  }

  private static int megabytes(List<String> options, String option) {
    return options.stream()
        .filter(line -> line.startsWith(option))
        .map(line -> Integer.parseInt(line.substring(option.length()).replace("m", "")))
        .findFirst()
        .orElseThrow();
  }
}
