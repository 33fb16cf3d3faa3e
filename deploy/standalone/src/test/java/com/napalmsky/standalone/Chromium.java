package com.napalmsky.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser of tests that drive pages, from the package manager of the system. */
final class Chromium {

  private static final int INSTALL_SECONDS = 400;
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private Chromium() {}

  /**
   * Installs it where it is missing and may be installed: as root on Debian, with {@code CI=true}.
   * Where it cannot be had the test is skipped, and says why.
   */
  static void needed() throws IOException, InterruptedException {
    if (found()) {
      return;
    }
    boolean allowed = "true".equalsIgnoreCase(System.getenv("CI"));
    boolean able =
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    if (allowed && able) {
      System.out.println("installing Chromium for tests in a browser, a minute or two");
      boolean installed = aptGet("install") || (aptGet("update") && aptGet("install"));
      System.out.println(installed ? "Chromium is installed" : "Chromium cannot be installed");
    }
    if (!found()) {
      String reason =
          "skipped: no Chromium here. Install it (apt-get install chromium), say where it is in"
              + " CHROMIUM, or set CI=true as root on Debian, where tests install it";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
  }

  private static boolean found() {
    return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
        .anyMatch(place -> Files.isExecutable(Path.of(place)));
  }

  private static boolean aptGet(String verb) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("apt-get", "-q", "-o", "DPkg::Lock::Timeout=60", verb));
    if (verb.equals("install")) {
      command.addAll(List.of("-y", "--no-install-recommends", "chromium"));
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    Process running = builder.start();
    if (running.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
      return running.exitValue() == 0;
    }
    running.destroy();
    return false;
  }
}
