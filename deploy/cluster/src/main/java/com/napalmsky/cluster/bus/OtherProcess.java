package com.napalmsky.cluster.bus;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process that receives: the same program on the same JVM with the same options. */
final class OtherProcess implements AutoCloseable {

  /** First argument of the process that receives. */
  static final String ROLE = "receive";

  /** Its line once it can be asked. */
  static final String READY = "ready";

  private static final int END_WITHIN_SECONDS = 30;

  private final Process process;

  private OtherProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param port on which it listens for members
   * @param first on which this process does
   */
  static OtherProcess start(int port, int first) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        // What a build adds listens on a port or writes a file, both of which are taken.
        .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BusMain.class.getName(),
            ROLE,
            Integer.toString(port),
            Integer.toString(first)));
    return new OtherProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /**
   * Waits until it can be asked. It gives up by itself when it finds nobody.
   *
   * @throws IOException when it has ended instead
   */
  void awaitReady() throws IOException {
    StringBuilder said = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(READY)) {
        return;
      }
      said.append(line).append('\n');
    }
    throw new IOException("the other process has ended\n" + said);
  }

  /** Ends it. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      int code = process.destroyForcibly().waitFor();
      assert code != 0;
    }
  }
}
