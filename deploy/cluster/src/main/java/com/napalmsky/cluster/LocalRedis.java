package com.napalmsky.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A Redis of the cluster's own, which keeps its data over a restart. */
public final class LocalRedis implements AutoCloseable {

  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path directory;
  private final int port;
  private final String program;
  private Process process;

  private LocalRedis(Path directory, int port, String program) {
    this.directory = directory;
    this.port = port;
    this.program = program;
    this.process = run();
  }

  /** Starts one, with its data in this directory. */
  public static LocalRedis start(Path directory, int port) throws InterruptedException {
    try {
      Files.createDirectories(directory);
      String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
      LocalRedis redis = new LocalRedis(directory, port, program);
      redis.awaitListening();
      return redis;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** For processes of these hosts. */
  String url(Hosts hosts) {
    return "redis://" + hosts.reach(port);
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    var unused = process.destroyForcibly().waitFor();
  }

  /** Starts it again on what it has kept. */
  public void restart() throws InterruptedException {
    process = run();
    awaitListening();
  }

  /** Starts it again without anything. */
  public void restartEmpty() throws InterruptedException {
    try (var files = Files.newDirectoryStream(directory, "*.aof")) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    restart();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
    }
  }

  private Process run() {
    try {
      return new ProcessBuilder(
              List.of(
                  program,
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--appendonly",
                  "yes",
                  "--maxmemory-policy",
                  "noeviction",
                  "--dir",
                  directory.toAbsolutePath().toString()))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(directory.resolve("redis.log").toFile()))
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitListening() throws InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (!listening()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException("Redis does not start, see " + directory + "/redis.log");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean listening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
