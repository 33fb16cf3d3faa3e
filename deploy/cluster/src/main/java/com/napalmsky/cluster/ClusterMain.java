package com.napalmsky.cluster;

import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.MainThread.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * The program: starts a cluster, says where it is, watches over it, stops it on Ctrl-C or SIGTERM.
 * Exit code 0 after a stop, 1 when something did not start, 2 when an option was wrong.
 */
public final class ClusterMain {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private ClusterMain() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.println(ClusterOptions.HELP);
      return 0;
    }
    ClusterOptions options;
    try {
      options = ClusterOptions.from(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("deploy/cluster/run: " + wrong.getMessage());
      System.err.println(ClusterOptions.HELP);
      return 2;
    }
    StopSignal stopSignal = MainThread.onStopSignal();
    Progress progress = ClusterMain::say;
    Path root = Path.of(System.getProperty("napalmsky.root", ".")).toAbsolutePath().normalize();
    say("Napalm Sky, every service a process; logs in " + options.directory() + "/logs");
    try (LocalCluster cluster =
        LocalCluster.start(
            root,
            options.directory(),
            options.layout(),
            settings(System.getenv()),
            options.firstPort(),
            progress)) {
      say(
          "Ready: "
              + String.join(" ", cluster.nodes(Kind.GATEWAY).stream().map(Node::url).toList()));
      watch(cluster, stopSignal, options.restart());
      say("Stopping");
    } catch (TimeoutException | IllegalStateException failed) {
      System.err.println("The cluster does not start: " + failed.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
    say("Stopped");
    return 0;
  }

  /** Everything but what each process gets a value of its own for. */
  private static Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>(environment);
    settings
        .keySet()
        .removeAll(
            List.of("PORT", "MANAGEMENT_PORT", "CLUSTER_MEMBERS", "CLUSTER_DNS", "JAVA_HOME"));
    return settings;
  }

  private static void watch(LocalCluster cluster, StopSignal stopSignal, boolean restart)
      throws InterruptedException {
    Set<Node> told = new HashSet<>();
    while (!stopSignal.await(LOOK_EVERY)) {
      for (Node node : cluster.nodes()) {
        if (node.endedByItself() && told.add(node)) {
          say(node.name() + " has ended; the end of its log:\n" + node.lastLines());
          if (restart) {
            again(cluster, node);
          }
        }
      }
    }
  }

  private static void again(LocalCluster cluster, Node node) throws InterruptedException {
    try {
      Node next = cluster.instead(node);
      say(node.name() + " is replaced by " + next.name());
    } catch (TimeoutException failed) {
      say("it could not be replaced: " + failed.getMessage());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
