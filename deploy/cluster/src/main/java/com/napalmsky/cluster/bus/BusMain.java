package com.napalmsky.cluster.bus;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.cluster.ClusterNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The program: joins a cluster of two on 127.0.0.1 as services do, and measures the bus from one
 * process to the other. Exit code 0 when it ran, 1 when it could not, 2 when an option was wrong.
 */
public final class BusMain {

  private static final List<Integer> SIZES = List.of(200, 4_096);
  private static final int IN_FLIGHT = 64;
  private static final int MOST_SECONDS = 600;
  private static final Duration SLACK = Duration.ofSeconds(30);
  private static final String HELP =
      """
      Measures the typed event bus between two processes on this machine.

        --seconds N         how long each series is measured, 1 to 600 (5)
        --warmup-seconds N  the same before, not measured, 1 to 600 (6)""";

  private final PrintStream out;
  private final PrintStream err;

  BusMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new BusMain(out, System.err).run(List.of(arguments)));
  }

  /** Runs and returns the exit code. */
  int run(List<String> arguments) {
    if (arguments.contains("--help")) {
      out.println(HELP);
      return 0;
    }
    Duration measured = Duration.ofSeconds(5);
    Duration warmup = Duration.ofSeconds(6);
    boolean receives = !arguments.isEmpty() && arguments.get(0).equals(OtherProcess.ROLE);
    try {
      for (int i = 0; !receives && i < arguments.size(); i += 2) {
        String name = arguments.get(i);
        switch (name) {
          case "--seconds" -> measured = seconds(arguments, i);
          case "--warmup-seconds" -> warmup = seconds(arguments, i);
          default -> throw new IllegalArgumentException(name + " is not an option");
        }
      }
    } catch (IllegalArgumentException wrong) {
      err.println("deploy/cluster/bus: " + wrong.getMessage() + "\n" + HELP);
      return 2;
    }
    try {
      return receives
          ? receive(Integer.parseInt(arguments.get(1)), Integer.parseInt(arguments.get(2)))
          : send(warmup, measured);
    } catch (IOException | TimeoutException | RuntimeException failed) {
      err.println("deploy/cluster/bus: " + failed);
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int send(Duration warmup, Duration measured)
      throws IOException, InterruptedException, TimeoutException {
    int own = freePort();
    ClusterNode node = join(own, own);
    try (OtherProcess other = OtherProcess.start(freePort(), own)) {
      other.awaitReady();
      Sender sender = new Sender(new TypedBus(node.vertx()));
      out.println(Series.HEADING);
      for (int bytes : SIZES) {
        for (Measure measure :
            List.<Measure>of(
                lasting -> sender.requests(bytes, 1, lasting),
                lasting -> sender.requests(bytes, IN_FLIGHT, lasting),
                lasting -> sender.publishes(bytes, lasting))) {
          out.println(await(node, measure, warmup, measured).line());
        }
      }
      return 0;
    } finally {
      node.leave();
    }
  }

  private static Series await(ClusterNode node, Measure measure, Duration warmup, Duration measured)
      throws TimeoutException {
    Promise<Series> done = Promise.promise();
    node.vertx()
        .runOnContext(
            start -> measure.take(warmup).compose(warm -> measure.take(measured)).onComplete(done));
    return MainThread.await(done.future(), warmup.plus(measured).plus(SLACK));
  }

  /** Ends when its input does, which is also when the process that measures is killed. */
  private int receive(int own, int first)
      throws IOException, InterruptedException, TimeoutException {
    ClusterNode node = join(own, first);
    try {
      String deployed =
          MainThread.await(
              node.vertx().deployVerticle(new Receiver(new TypedBus(node.vertx()))), SLACK);
      assert !deployed.isEmpty();
      out.println(OtherProcess.READY);
      long ignored = System.in.transferTo(OutputStream.nullOutputStream());
      assert ignored >= 0;
      return 0;
    } finally {
      node.leave();
    }
  }

  private ClusterNode join(int own, int first) throws InterruptedException {
    ClusterConfig config =
        new ClusterConfig(
            "bus-figures",
            "127.0.0.1",
            own,
            0,
            List.of("127.0.0.1:" + first),
            null,
            null,
            null,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));
    return ClusterNode.join(
        config,
        true,
        new VertxOptions().setPreferNativeTransport(true),
        () -> err.println("the other process does not hear this one any more"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static Duration seconds(List<String> arguments, int at) {
    String name = arguments.get(at);
    if (at + 1 < arguments.size() && arguments.get(at + 1).matches("\\d{1,3}")) {
      int seconds = Integer.parseInt(arguments.get(at + 1));
      if (seconds >= 1 && seconds <= MOST_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    }
    throw new IllegalArgumentException(name + " must be a whole number from 1 to " + MOST_SECONDS);
  }

  @FunctionalInterface
  private interface Measure {
    Future<Series> take(Duration lasting);
  }
}
