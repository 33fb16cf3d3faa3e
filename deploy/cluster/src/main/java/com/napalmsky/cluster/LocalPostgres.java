package com.napalmsky.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of the cluster's own, which keeps its data over a restart. */
public final class LocalPostgres implements AutoCloseable {

  private static final long STOP_SECONDS = 15;
  private static final String BINARIES = "/postgres-linux-x86_64.txz";

  private final Path directory;
  private final int port;
  private final EmbeddedPostgres postgres;
  private final Path programs;

  private LocalPostgres(Path directory, int port, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.port = port;
    this.postgres = postgres;
    // Not always below our directory: one JVM unpacks them once, for the first that it starts.
    this.programs = programs();
  }

  private Path programs() {
    ProcessHandle started = server();
    Path server = started == null ? null : started.info().command().map(Path::of).orElse(null);
    Path parent = server == null ? null : server.getParent();
    if (parent == null) {
      throw new IllegalStateException("PostgreSQL has started and is gone, see " + directory);
    }
    return parent;
  }

  /** Starts one, with its data in this directory. */
  public static LocalPostgres start(Path directory, int port) throws InterruptedException {
    return new LocalPostgres(directory, port, run(directory, port));
  }

  /** For processes of these hosts. */
  String url(Hosts hosts) {
    return "postgresql://postgres@" + hosts.reach(port) + "/postgres";
  }

  /** For tests that read what it holds. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /** SIGKILL to all of its processes. */
  public void kill() throws InterruptedException {
    ProcessHandle server = server();
    if (server == null) {
      return;
    }
    List<ProcessHandle> children = server.descendants().toList();
    boolean asked = server.destroyForcibly();
    for (ProcessHandle child : children) {
      asked &= child.destroyForcibly() || !child.isAlive();
    }
    while (asked && server.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Starts it again, after {@link #kill}, on what it has kept. */
  public void restart() throws InterruptedException {
    try {
      List<String> command = new ArrayList<>();
      if ("root".equals(System.getProperty("user.name"))) {
        // PostgreSQL refuses to run as root; this makes it somebody else in its own eyes.
        command.addAll(List.of("unshare", "-U"));
      }
      command.addAll(
          List.of(
              programs.resolve("pg_ctl").toString(),
              "-D",
              data().toString(),
              "-w",
              "-t",
              "30",
              "restart"));
      Process starting =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(directory.resolve("restart.log").toFile()))
              .start();
      if (starting.waitFor() != 0) {
        throw new IllegalStateException(
            "PostgreSQL does not start again, see " + directory + "/restart.log");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private @Nullable ProcessHandle server() {
    return pidIn(data().resolve("postmaster.pid"));
  }

  private static EmbeddedPostgres run(Path directory, int port) throws InterruptedException {
    Path data = directory.resolve("data");
    try {
      Files.createDirectories(directory);
      stopOrphan(data.resolve("postmaster.pid"));
      return EmbeddedPostgres.builder()
          .setPgBinaryResolver((system, hardware) -> binaries())
          .setDataDirectory(data)
          .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPort(port)
          .setPGStartupWait(Duration.ofSeconds(30))
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("max_connections", "200")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The usual search refuses a class path that names the same jar twice, as the one of a test does
   * that uses this program's jar, which names its libraries itself.
   */
  private static InputStream binaries() throws IOException {
    InputStream found = LocalPostgres.class.getResourceAsStream(BINARIES);
    if (found == null) {
      throw new IOException(BINARIES + " is not on the class path");
    }
    return found;
  }

  /** One that outlived its program would keep the directory. */
  private static void stopOrphan(Path pidFile) throws InterruptedException {
    ProcessHandle orphan = pidIn(pidFile);
    if (orphan == null || !orphan.destroy()) {
      return;
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (orphan.isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static @Nullable ProcessHandle pidIn(Path pidFile) {
    try {
      if (!Files.exists(pidFile)) {
        return null;
      }
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
      return ProcessHandle.of(pid)
          .filter(found -> found.info().command().map(c -> c.endsWith("postgres")).orElse(false))
          .orElse(null);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
