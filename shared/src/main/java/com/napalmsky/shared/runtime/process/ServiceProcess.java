package com.napalmsky.shared.runtime.process;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.cluster.CannotJoin;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.cluster.ClusterNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service as a process: reads the settings, joins the cluster, deploys, waits for SIGTERM
 * or Ctrl-C, stops in order. Exit code 0 after a stop, 1 when it could not start or had to give
 * itself up, with one line that says why.
 *
 * <p>Stopping: readiness off, so that no new work comes; the service lets go of what it holds; the
 * process leaves the cluster; exit. Blocking; used by the main thread only.
 */
public final class ServiceProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceProcess.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private ServiceProcess() {}

  /** A service that can be run. */
  public interface Service {

    /** As operators call it, such as {@code presence}. */
    String name();

    /**
     * Whether it keeps a share of the bus's registrations; what comes and goes with the load does
     * not.
     */
    boolean carriesData();

    /**
     * Reads the settings of the service, before anything is started.
     *
     * @throws InvalidSetting naming the first that cannot be used
     */
    Deployment configure(Map<String, String> environment);
  }

  /** A service whose settings are read. */
  public interface Deployment {

    /**
     * Starts it. It may fail with {@link CannotStart} or {@link InvalidSetting}; such a message is
     * shown as it is.
     *
     * @param readiness to which it adds what it cannot do without
     */
    Future<Running> deploy(Vertx vertx, Readiness readiness);

    /** Where it answers whether it is ready; null when the service has a port of its own for it. */
    @Nullable ManagementConfig management();

    /** The longest that stopping may take; then the process goes all the same. */
    default Duration stopWithin() {
      return Duration.ofSeconds(20);
    }
  }

  /**
   * Runs a service until it is stopped.
   *
   * @return the exit code
   */
  public static int run(
      Service service, Map<String, String> environment, PrintStream out, PrintStream err) {
    MainThread.StopSignal stopSignal = MainThread.onStopSignal();
    try {
      ClusterConfig cluster = ClusterConfig.from(new Settings(environment));
      Deployment deployment = service.configure(environment);
      return serve(service, cluster, deployment, stopSignal, out);
    } catch (CannotStart | CannotJoin | InvalidSetting reason) {
      err.println("Napalm Sky " + service.name() + " cannot start: " + reason.getMessage());
      return 1;
    } catch (RuntimeException fault) {
      LOG.error("service={} failed", service.name(), fault);
      err.println("Napalm Sky " + service.name() + " failed: " + fault.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int serve(
      Service service,
      ClusterConfig cluster,
      Deployment deployment,
      MainThread.StopSignal stopSignal,
      PrintStream out)
      throws InterruptedException {
    long begun = System.nanoTime();
    say(out, "Napalm Sky " + service.name() + ": joining the cluster");
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean lost = new AtomicBoolean();
    ClusterNode node =
        ClusterNode.join(
            cluster,
            service.carriesData(),
            new VertxOptions().setPreferNativeTransport(true),
            () -> {
              lost.set(true);
              over.countDown();
            });
    Standstill.watch(ClusterNode.GIVEN_UP_AFTER, () -> giveUp(service));
    Readiness readiness = new Readiness();
    readiness.needs("bus", () -> Future.succeededFuture(node.hears()));
    try {
      Running running = await(service, deployment.deploy(node.vertx(), readiness));
      try {
        String management = manage(service, deployment, node.vertx(), readiness);
        say(
            out,
            "Ready after %.1f s: node %s%s"
                .formatted((System.nanoTime() - begun) / 1e9, node.name(), management));
        awaitEnd(stopSignal, over);
        if (lost.get()) {
          LOG.error("service={} gives itself up: the others do not hear it", service.name());
        }
        say(out, "Stopping");
      } finally {
        readiness.stop();
        stop(service, running, deployment.stopWithin());
      }
    } finally {
      node.leave();
    }
    say(out, "Stopped");
    return lost.get() ? 1 : 0;
  }

  /** At once, and without the order of a stop: nothing that it holds is its own any more. */
  private static void giveUp(Service service) {
    LOG.error("service={} stood still for too long, the others have given it up", service.name());
    Runtime.getRuntime().halt(1);
  }

  private static void awaitEnd(MainThread.StopSignal stopSignal, CountDownLatch over)
      throws InterruptedException {
    Thread waiting =
        new Thread(
            () -> {
              try {
                stopSignal.await();
                over.countDown();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "stop-signal");
    waiting.setDaemon(true);
    waiting.start();
    over.await();
  }

  private static String manage(
      Service service, Deployment deployment, Vertx vertx, Readiness readiness) {
    ManagementConfig config = deployment.management();
    if (config == null) {
      return "";
    }
    ManagementVerticle verticle = new ManagementVerticle(config, readiness);
    String deployed = await(service, vertx.deployVerticle(verticle));
    LOG.debug("management deployment={}", deployed);
    return ", management on " + config.host() + ":" + verticle.port();
  }

  private static <T> T await(Service service, Future<T> starting) {
    try {
      return MainThread.await(starting, START_LIMIT);
    } catch (TimeoutException tooLong) {
      throw new CannotStart(
          service.name() + " did not start within " + START_LIMIT.toSeconds() + " s");
    }
  }

  private static void stop(Service service, Running running, Duration limit) {
    try {
      MainThread.await(running.stop(), limit);
    } catch (TimeoutException | RuntimeException failed) {
      LOG.warn("service={} did not stop in order cause={}", service.name(), failed.toString());
    }
  }

  private static void say(PrintStream out, String line) {
    out.println(line);
    out.flush();
  }
}
