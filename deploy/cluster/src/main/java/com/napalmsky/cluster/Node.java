package com.napalmsky.cluster;

import com.napalmsky.cluster.Hosts.Host;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One process of a service. Blocking; not for event loops.
 *
 * @see LocalCluster
 */
public final class Node {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Kind kind;
  private final String name;
  private final Host host;
  private final Process process;
  private final Path log;
  private final int publicPort;
  private final int managementPort;
  private volatile boolean expectedToEnd;

  private Node(
      Kind kind,
      String name,
      Host host,
      Process process,
      Path log,
      int publicPort,
      int managementPort) {
    this.kind = kind;
    this.name = name;
    this.host = host;
    this.process = process;
    this.log = log;
    this.publicPort = publicPort;
    this.managementPort = managementPort;
  }

  static Node start(
      Kind kind,
      String name,
      Host host,
      List<String> command,
      Map<String, String> environment,
      Path log,
      int publicPort,
      int managementPort) {
    ProcessBuilder builder = new ProcessBuilder(command);
    // Only what is given: a variable of this shell must not reach one process and not another.
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "LANG", "TZ"));
    builder.environment().putAll(environment);
    File file = log.toFile();
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(file));
    try {
      return new Node(kind, name, host, builder.start(), log, publicPort, managementPort);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public Kind kind() {
    return kind;
  }

  /** The machine that it runs on. */
  public Host host() {
    return host;
  }

  /** Such as {@code gateway-2}. */
  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Where clients reach a gateway. */
  public String url() {
    return "http://" + host.address() + ":" + publicPort;
  }

  /** Where it says whether it is ready. */
  public String managementUrl() {
    return "http://" + host.address() + ":" + managementPort;
  }

  /** What it has printed so far. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path logFile() {
    return log;
  }

  /** Whether it says that it can do its work. */
  public boolean ready() {
    try {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create(managementUrl() + "/health/ready"))
              .timeout(Duration.ofSeconds(4))
              .build();
      HttpResponse<Void> answer = HTTP.send(ask, BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws TimeoutException when it has ended or takes longer; the message has its last lines
   */
  public void awaitReady(Duration limit) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!ready()) {
      if (!alive() || System.nanoTime() > deadline) {
        throw new TimeoutException(
            name
                + (alive() ? " is not ready after " + limit.toSeconds() + " s" : " has ended")
                + "\n"
                + lastLines());
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    }
  }

  /** SIGTERM, and waits for the end; SIGKILL when it takes longer. */
  public void stop(Duration limit) throws InterruptedException {
    terminate();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  /** SIGTERM. */
  public void terminate() {
    expectedToEnd = true;
    process.destroy();
  }

  /** SIGKILL: nothing in the process learns of it. */
  public void kill() throws InterruptedException {
    expectedToEnd = true;
    var unused = process.destroyForcibly().waitFor();
  }

  /** SIGSTOP: it neither answers nor closes anything. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Waits for the end; the exit code. */
  public int awaitEnd() throws InterruptedException {
    return process.waitFor();
  }

  boolean endedByItself() {
    return !process.isAlive() && !expectedToEnd;
  }

  /** The end of its log. */
  public String lastLines() {
    List<String> lines = log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + signal + " " + name + " failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
