package com.napalmsky.shared.runtime.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis for tests, on a free port of the loopback address, without a file of its own: what
 * it held is gone when it is restarted. Stopped with the JVM, if not before.
 */
public final class TestRedis implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** Tests share their machine: what waits for a limit sets a shorter one. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final AtomicInteger PREFIXES = new AtomicInteger();

  private final int port;
  private final Path directory;
  private final List<String> arguments;
  private Process process;

  private static final class Server {
    static final TestRedis STARTED = start();
  }

  private static final class Program {
    static final String PATH = unpack();

    private static String unpack() {
      try {
        return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private TestRedis(int port, Path directory, List<String> arguments) {
    this.port = port;
    this.directory = directory;
    this.arguments = arguments;
    this.process = run();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  /** One server for the JVM, started when first needed. Never stop or pause it. */
  public static TestRedis shared() {
    return Server.STARTED;
  }

  /**
   * A server of one's own, to be closed.
   *
   * @param options further ones of the server, such as {@code --requirepass}, {@code secret}
   */
  public static TestRedis start(String... options) {
    return startAt(freePort(), options);
  }

  static TestRedis startAt(int port, String... options) {
    Path directory = directory();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--protected-mode",
            "no",
            "--dir",
            directory.toString()));
    arguments.addAll(List.of(options));
    return new TestRedis(port, directory, arguments);
  }

  /** A Sentinel that watches a master, and takes it for dead after half a second. */
  static TestRedis startSentinel(TestRedis master, String masterName) {
    int port = freePort();
    Path directory = directory();
    Path file = directory.resolve("sentinel.conf");
    try {
      Files.writeString(
          file,
          String.join(
              "\n",
              "port " + port,
              "bind 127.0.0.1",
              "protected-mode no",
              "dir " + directory,
              "sentinel monitor " + masterName + " 127.0.0.1 " + master.port() + " 1",
              "sentinel down-after-milliseconds " + masterName + " 500",
              "sentinel failover-timeout " + masterName + " 3000",
              ""));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new TestRedis(port, directory, List.of(file.toString(), "--sentinel"));
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The value for {@code REDIS_URL}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Settings to use it, under a prefix that nobody has used. */
  public RedisConfig config() {
    return config("test-" + PREFIXES.incrementAndGet());
  }

  /** Settings to use it, under a given prefix. */
  public RedisConfig config(String prefix) {
    return new RedisConfig(
        RedisMode.SINGLE,
        List.of(url()),
        "",
        null,
        prefix,
        PATIENCE,
        PATIENCE,
        20_000,
        Duration.ofMillis(200));
  }

  /** Forgets everything it holds. */
  public void flush() {
    command("FLUSHALL");
  }

  /** Kills it at once. */
  public void stop() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts it anew on the same port, empty; kills it before if it runs. */
  public void restart() {
    stop();
    process = run();
  }

  /** Lets it neither answer nor close anything until it is resumed. */
  public void pause() {
    signal("STOP");
  }

  public void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * Sends a command over a connection of its own.
   *
   * @return the first line of the answer
   */
  @CanIgnoreReturnValue
  public String command(String line) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      StringBuilder answer = new StringBuilder();
      int next = socket.getInputStream().read();
      while (next >= 0 && next != '\r') {
        answer.append((char) next);
        next = socket.getInputStream().read();
      }
      return answer.toString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Process run() {
    List<String> line = new ArrayList<>();
    line.add(Program.PATH);
    line.addAll(arguments);
    try {
      Process started =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(directory.resolve("log").toFile()))
              .start();
      awaitAnswer(started);
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitAnswer(Process started) throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end && started.isAlive()) {
      try {
        // With a password the answer is an error, and an answer all the same.
        if (!command("PING").isEmpty()) {
          return;
        }
      } catch (UncheckedIOException notYet) {
        // Asked again below.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    throw new IOException("redis does not answer: " + Files.readString(directory.resolve("log")));
  }

  private void signal(String name) {
    try {
      int result =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (result != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + result);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static Path directory() {
    try {
      Path directory = Files.createTempDirectory("test-redis");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
