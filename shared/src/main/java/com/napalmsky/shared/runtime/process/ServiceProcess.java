package com.napalmsky.shared.runtime.process;

import com.napalmsky.shared.log.LogOrigin;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.MainThread.StopSignal;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.cluster.CannotJoin;
import com.napalmsky.shared.runtime.cluster.ClusterConfig;
import com.napalmsky.shared.runtime.cluster.ClusterNode;
import com.napalmsky.shared.runtime.cluster.ProcessName;
import com.napalmsky.shared.runtime.log.LogConfig;
import com.napalmsky.shared.runtime.log.LogLevels;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.tail.TailConfig;
import com.napalmsky.shared.runtime.tail.TailVerticle;
import com.napalmsky.shared.runtime.trace.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private ServiceProcess() {}

  /**
   * A service that can be run.
   *
   * @param <C> its settings
   * @param name as operators call it, such as {@code presence}
   * @param carriesData whether it keeps a share of the bus's registrations; what comes and goes
   *     with the load does not
   * @param managementPort where it answers those who run it, unless that is set
   * @param settings reads them, before anything is started
   * @param deploy starts it; may fail with {@link CannotStart} or {@link InvalidSetting}, whose
   *     message is shown as it is
   * @param stopWithin the longest that stopping may take; then the process goes all the same
   */
  public record Service<C>(
      String name,
      boolean carriesData,
      int managementPort,
      Function<Settings, C> settings,
      Deploy<C> deploy,
      Function<C, Duration> stopWithin) {

    /** One that carries data, and stops within the usual time. */
    public static <C> Service<C> carryingData(
        String name, int managementPort, Function<Settings, C> settings, Deploy<C> deploy) {
      return new Service<>(name, true, managementPort, settings, deploy, config -> STOP_LIMIT);
    }

    /** One that carries none, and stops within the usual time. */
    public static <C> Service<C> carryingNone(
        String name, int managementPort, Function<Settings, C> settings, Deploy<C> deploy) {
      return new Service<>(name, false, managementPort, settings, deploy, config -> STOP_LIMIT);
    }

    /** The same with more time for stopping: so much on top of the usual. */
    public Service<C> stoppingLater(Function<C, Duration> more) {
      return new Service<>(
          name,
          carriesData,
          managementPort,
          settings,
          deploy,
          config -> stopWithin.apply(config).plus(more.apply(config)));
    }
  }

  /** Starts a service with its settings. */
  @FunctionalInterface
  public interface Deploy<C> {

    /**
     * Starts it.
     *
     * @param management to which it adds what it cannot do without, and pages
     */
    Future<Running> on(Vertx vertx, C config, Management management);
  }

  /**
   * Runs a service until it is stopped.
   *
   * @return the exit code
   */
  public static <C> int run(
      Service<C> service, Map<String, String> environment, PrintStream out, PrintStream err) {
    StopSignal stopSignal = MainThread.onStopSignal();
    try (Tracing tracing = Tracing.from(environment, service.name())) {
      var unused = LogConfig.from(new Settings(environment));
      ClusterConfig cluster = ClusterConfig.from(new Settings(environment));
      C config = service.settings().apply(new Settings(environment));
      ManagementConfig management =
          ManagementConfig.from(new Settings(environment), service.managementPort());
      TailConfig tail = TailConfig.from(new Settings(environment));
      Meters meters = Meters.of(Meters.wanted(new Settings(environment)));
      return serve(service, cluster, config, management, tail, tracing, meters, stopSignal, out);
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

  private static <C> int serve(
      Service<C> service,
      ClusterConfig cluster,
      C config,
      ManagementConfig managed,
      TailConfig tail,
      Tracing tracing,
      Meters meters,
      StopSignal stopSignal,
      PrintStream out)
      throws InterruptedException {
    long begun = System.nanoTime();
    say(out, "Napalm Sky " + service.name() + ": joining the cluster");
    AtomicBoolean lost = new AtomicBoolean();
    VertxOptions options = new VertxOptions().setPreferNativeTransport(true);
    meters.prepare(options);
    ClusterNode node =
        ClusterNode.join(
            cluster,
            service.carriesData(),
            options,
            builder -> meters.counting(tracing.observe(builder)),
            () -> {
              lost.set(true);
              stopSignal.give();
            });
    Standstill.watch(ClusterNode.GIVEN_UP_AFTER, () -> giveUp(service));
    Management management = new Management(meters);
    management.readiness().needs("bus", () -> Future.succeededFuture(node.hears()));
    try {
      // First, so that a long start can be told from a dead process.
      int port = await(service, management.open(node.vertx(), managed));
      String name = service.name() + "-" + ProcessName.of(node.vertx());
      LogOrigin.is(service.name(), name);
      LogLevels.addTo(management.pages());
      TailVerticle watched = new TailVerticle(name, management, tail);
      LOG.debug("tail deployment={}", await(service, node.vertx().deployVerticle(watched)));
      Running running = await(service, service.deploy().on(node.vertx(), config, management));
      try {
        management.readiness().begin();
        say(
            out,
            "Ready after %.1f s: node %s, management on %s:%d"
                .formatted((System.nanoTime() - begun) / 1e9, node.name(), managed.host(), port));
        stopSignal.await();
        if (lost.get()) {
          LOG.error("service={} gives itself up: the others do not hear it", service.name());
        }
        say(out, "Stopping");
      } finally {
        management.readiness().stop();
        stop(service, running, service.stopWithin().apply(config));
      }
    } finally {
      node.leave();
    }
    say(out, "Stopped");
    return lost.get() ? 1 : 0;
  }

  /** At once, and without the order of a stop: nothing that it holds is its own any more. */
  private static void giveUp(Service<?> service) {
    LOG.error("service={} stood still for too long, the others have given it up", service.name());
    Runtime.getRuntime().halt(1);
  }

  private static <T> T await(Service<?> service, Future<T> starting) {
    try {
      return MainThread.await(starting, START_LIMIT);
    } catch (TimeoutException tooLong) {
      throw new CannotStart(
          service.name() + " did not start within " + START_LIMIT.toSeconds() + " s");
    }
  }

  private static void stop(Service<?> service, Running running, Duration limit) {
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
