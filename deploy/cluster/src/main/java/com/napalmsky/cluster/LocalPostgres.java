package com.napalmsky.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of the cluster's own, which keeps its data over a restart. */
public final class LocalPostgres implements AutoCloseable {

  private static final long STOP_SECONDS = 15;

  private final Path directory;
  private final int port;
  private EmbeddedPostgres postgres;

  private LocalPostgres(Path directory, int port, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.port = port;
    this.postgres = postgres;
  }

  static LocalPostgres start(Path directory, int port) throws InterruptedException {
    return new LocalPostgres(directory, port, run(directory, port));
  }

  public String url() {
    return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
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

  /** Starts it again on what it has kept. */
  public void restart() throws InterruptedException {
    postgres = run(directory, port);
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
    return pidIn(directory.resolve("data/postmaster.pid"));
  }

  private static EmbeddedPostgres run(Path directory, int port) throws InterruptedException {
    Path data = directory.resolve("data");
    try {
      Files.createDirectories(directory);
      stopOrphan(data.resolve("postmaster.pid"));
      return EmbeddedPostgres.builder()
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
