package com.napalmsky.standalone;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program run by a test, with everything it printed. */
public final class Program implements AutoCloseable {

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(this::read, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  // A machine that builds other things as well has its database late.
  private static final Map<String, String> PATIENCE =
      Map.of(
          "USER_CONNECT_TIMEOUT_MILLIS", "30000",
          "USER_QUERY_TIMEOUT_MILLIS", "30000",
          "USER_TRANSACTION_TIMEOUT_MILLIS", "30000");

  /** The standalone program under test, as its users run it, but with patience. */
  public static Program standalone(Map<String, String> environment) throws IOException {
    Map<String, String> patient = new HashMap<>(PATIENCE);
    patient.putAll(environment);
    return start(
        "standalone",
        Path.of("."),
        patient,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Dio.netty.leakDetection.level=paranoid",
        "-jar",
        System.getProperty("standalone.jar"));
  }

  public static Program start(
      String name, Path folder, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Program(name, builder.start());
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        System.out.println("[" + name + "] " + line);
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException ended) {
      // The process is gone.
    }
    synchronized (lines) {
      lines.notifyAll();
    }
  }

  /** Waits for a line that contains the text. */
  @CanIgnoreReturnValue
  public String awaitLine(String text, int seconds) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    synchronized (lines) {
      while (true) {
        for (String line : lines) {
          if (line.contains(text)) {
            return line;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || !reader.isAlive()) {
          throw new TimeoutException("no line with '" + text + "' from " + name + "\n" + output());
        }
        lines.wait(left);
      }
    }
  }

  /** Waits for the end. */
  @CanIgnoreReturnValue
  public int awaitExit(int seconds) throws Exception {
    CompletableFuture<Process> exit = process.onExit();
    int code = exit.get(seconds, TimeUnit.SECONDS).exitValue();
    reader.join(TimeUnit.SECONDS.toMillis(5));
    return code;
  }

  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
