package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.process.SystemPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The browser of tests that drive pages: the one that is there, else the system's package, else the
 * one that Playwright downloads. A machine that gets none fails those tests.
 */
final class Chromium {

  private static final String SWITCH = "BROWSER_TESTS";
  private static final String NAMED = "CHROMIUM";
  private static final int DOWNLOAD_SECONDS = 400;
  private static final Path WEB = Path.of(System.getProperty("standalone.web", ""));

  private static final String MISSING =
      "There is no Chromium for the tests in a browser, and none could be installed. Install it"
          + " (apt-get install chromium, or npx playwright-core install chromium in gateway/web),"
          + " name one in CHROMIUM, or leave these tests out on purpose with BROWSER_TESTS=off";

  /** One way to have a browser; empty where it does not lead to one. */
  interface Source {
    Optional<Path> find() throws IOException, InterruptedException;
  }

  private Chromium() {}

  /**
   * The program of the browser; the first call on a machine may take minutes.
   *
   * @throws AssertionError when there is none; it says what to do
   */
  static Path needed() throws IOException, InterruptedException {
    return needed(
        System.getenv(), List.of(Chromium::found, Chromium::packaged, Chromium::downloaded));
  }

  /**
   * The same.
   *
   * @param sources in the order in which they are tried; the first one only looks
   */
  static Path needed(Map<String, String> environment, List<Source> sources)
      throws IOException, InterruptedException {
    if ("off".equalsIgnoreCase(environment.get(SWITCH))) {
      String reason = "skipped: tests in a browser are turned off by BROWSER_TESTS=off";
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    String named = environment.get(NAMED);
    // Nothing else is taken in place of the one that was asked for.
    for (Source source : named == null ? sources : sources.subList(0, 1)) {
      Optional<Path> browser = source.find();
      if (browser.isPresent()) {
        return browser.get();
      }
    }
    throw new AssertionError(
        named == null ? MISSING : "CHROMIUM is " + named + ", where there is no browser");
  }

  /** As a test that is run by hand finds it. */
  private static Optional<Path> found() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder("node", "scripts/chromium.mjs")
            .directory(WEB.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String path = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    return node.waitFor() == 0 ? Optional.of(Path.of(path)) : Optional.empty();
  }

  private static Optional<Path> packaged() throws IOException, InterruptedException {
    return SystemPackages.install("chromium") ? found() : Optional.empty();
  }

  private static Optional<Path> downloaded() throws IOException, InterruptedException {
    System.out.println("downloading Chromium for tests in a browser");
    List<String> command = new ArrayList<>(List.of("node", "node_modules/playwright-core/cli.js"));
    command.addAll(List.of("install", "--no-shell", "chromium"));
    Process running = new ProcessBuilder(command).directory(WEB.toFile()).inheritIO().start();
    if (!running.waitFor(DOWNLOAD_SECONDS, TimeUnit.SECONDS)) {
      running.destroy();
      return Optional.empty();
    }
    return running.exitValue() == 0 ? found() : Optional.empty();
  }
}
