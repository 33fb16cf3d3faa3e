package com.napalmsky.signaling.ice;

import com.napalmsky.shared.runtime.process.SystemPackages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A coturn of this machine's own, on a free port of the loopback; ends only what it started. */
final class TurnServer implements AutoCloseable {

  static final String REALM = "turn.test";

  private static final int ANSWER_MILLIS = 500;
  private static final int START_SECONDS = 20;

  private final Process process;
  private final int port;
  private final List<String> lines = new ArrayList<>();

  private TurnServer(Process process, int port) {
    this.process = process;
    this.port = port;
    Thread reader = new Thread(this::read, "coturn-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Where coturn is; installed first when that surprises nobody. Says what it does. */
  static Optional<Path> find() throws IOException, InterruptedException {
    Optional<Path> found = inPath("turnserver");
    if (found.isPresent()) {
      return found;
    }
    boolean allowed =
        "true".equalsIgnoreCase(System.getenv("CI")) || Boolean.getBoolean("coturn.install");
    if (!allowed || !SystemPackages.able()) {
      System.out.println(
          "coturn is not installed, and is installed by tests only as root on Debian with CI=true"
              + " or -Dcoturn.install=true");
      return Optional.empty();
    }
    return SystemPackages.install("coturn") ? inPath("turnserver") : Optional.empty();
  }

  private static Optional<Path> inPath(String program) {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")),
            Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static TurnServer start(Path program, Path folder, String secret) throws IOException {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    TurnServer server =
        new TurnServer(
            new ProcessBuilder(
                    program.toString(),
                    "-n",
                    "--use-auth-secret",
                    "--static-auth-secret=" + secret,
                    "--realm=" + REALM,
                    "--listening-ip=127.0.0.1",
                    "--relay-ip=127.0.0.1",
                    "--listening-port=" + port,
                    "--no-tls",
                    "--no-dtls",
                    "--no-cli",
                    "--userdb=" + folder.resolve("turndb"),
                    "--pidfile=" + folder.resolve("turnserver.pid"),
                    "--log-file=stdout")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start(),
            port);
    try {
      server.awaitAnswer();
      return server;
    } catch (IOException | RuntimeException | AssertionError never) {
      server.close();
      throw never;
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (ask(new StunMessage(StunMessage.BINDING)).type() == StunMessage.BOUND) {
          return;
        }
      } catch (SocketTimeoutException | PortUnreachableException notYet) {
        // It opens its sockets after it has read its settings.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    throw new AssertionError("coturn does not answer\n" + output());
  }

  private StunMessage.Answer ask(StunMessage request) throws IOException {
    try (DatagramSocket socket = open()) {
      return ask(socket, request);
    }
  }

  DatagramSocket open() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.connect(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(ANSWER_MILLIS);
    return socket;
  }

  StunMessage.Answer ask(DatagramSocket socket, StunMessage request) throws IOException {
    byte[] sent = request.bytes();
    socket.send(new DatagramPacket(sent, sent.length));
    DatagramPacket received = new DatagramPacket(new byte[2_000], 2_000);
    socket.receive(received);
    return StunMessage.Answer.read(received.getData(), received.getLength());
  }

  int port() {
    return port;
  }

  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = output.readLine()) != null) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException ended) {
      // The process is gone.
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
    }
  }
}
