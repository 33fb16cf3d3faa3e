package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.process.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in the data directory, on a free port of the loopback interface.
 * Blocking; used by the main thread only.
 */
final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts on kept data, or on a new folder.
   *
   * @throws CannotStart when PostgreSQL does not come up
   */
  static EmbeddedDatabase start(DataDirectory directory) {
    Path data = directory.path().resolve("postgresql");
    try {
      stopOrphan(data.resolve("postmaster.pid"));
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setOverrideWorkingDirectory(directory.path().resolve("postgresql-binaries").toFile())
              .setCleanDataDirectory(false)
              // Our own signal handler stops the services first, then the database.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(30))
              // The library trades durability for speed in tests; here people's data is kept.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("max_connections", "60")
              .setServerConfig("shared_buffers", "32MB")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start());
    } catch (IOException | RuntimeException failed) {
      throw new CannotStart("the embedded database in " + data + " does not start: " + failed);
    }
  }

  /** What a service sets as DATABASE_URL. */
  String url() {
    return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException failed) {
      LOG.warn("the embedded database did not stop cleanly", failed);
    }
  }

  /**
   * A PostgreSQL that outlived its JVM (kill -9) would keep the folder. The directory lock is ours,
   * so nobody else uses it: it is told to stop.
   */
  private static void stopOrphan(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle orphan =
        lines.isEmpty() ? null : ProcessHandle.of(Long.parseLong(lines.get(0).trim())).orElse(null);
    boolean isPostgres =
        orphan != null && orphan.info().command().map(c -> c.endsWith("postgres")).orElse(false);
    if (orphan != null && isPostgres && orphan.destroy()) {
      LOG.info("stopping the database that an earlier run left behind pid={}", orphan.pid());
      await(orphan);
    }
  }

  private static void await(ProcessHandle process) throws IOException {
    try {
      ProcessHandle ended = process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      LOG.debug("stopped pid={}", ended.pid());
    } catch (TimeoutException | ExecutionException stillThere) {
      throw new IOException("the database of an earlier run does not stop, pid " + process.pid());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
