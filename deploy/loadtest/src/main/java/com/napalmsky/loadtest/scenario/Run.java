package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Generator;
import com.napalmsky.loadtest.measure.ProcessStatus;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.net.Network;
import com.napalmsky.loadtest.net.Traffic;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.time.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a scenario: what it has to work with. Used on the main thread. */
public final class Run {

  private static final double MEGABYTE = 1e6;

  private final Options options;
  private final Report report;
  private final Network network;
  private final PrintStream progress;
  private final Generator generator;
  private final long start = Clock.nanos();
  private volatile boolean stopped;
  private @Nullable Crowd gathered;
  private boolean generatorReported;
  private double cpuSampled = -1;
  private long sampledAt;

  /**
   * @param progress gets a line each second
   */
  public Run(Options options, Report report, Network network, PrintStream progress) {
    this.options = options;
    this.report = report;
    this.network = network;
    this.progress = progress;
    generator = new Generator(network.loops().stream().map(Loop::executor).toList());
  }

  public Options options() {
    return options;
  }

  public Report report() {
    return report;
  }

  public Network network() {
    return network;
  }

  /** Ends waiting now and from now on; safe from any thread. */
  public void stop() {
    stopped = true;
  }

  /** Makes sure that something answers. */
  public void greet() throws RunFailed {
    Promise<Integer> answered = Promise.promise();
    Loop loop = network.loops().get(0);
    loop.executor()
        .execute(
            () ->
                loop.http()
                    .send("/health", "10.0.0.1", "", null, null, null)
                    .onComplete(answer -> answered.complete(answer.status()), answered::fail));
    boolean inTime = await("waiting for the server", answered.future(), 30);
    if (!inTime || answered.future().failed()) {
      throw new RunFailed(
          "No answer from "
              + options.text(Option.URL)
              + (inTime ? ": " + answered.future().cause().getMessage() : " within 30 s")
              + ". Start the server (deploy/run) or give another --url.");
    }
    int status = answered.future().result();
    if (status != 200) {
      report.note("GET /health answered " + status);
    }
  }

  /**
   * Signs people up and brings them into the lobby.
   *
   * @param slow how many of them have little buffer in the kernel
   */
  public Crowd gather(int slow) throws RunFailed {
    Crowd crowd = open(slow);
    sampleServer("before");
    double seconds = bring(crowd, 0, crowd.people().size());
    report
        .figure("joined", crowd.joined(), "users")
        .figure("joins", crowd.joined() / seconds, "/s");
    if (network.traffic().totals().contexts() > 0) {
      report.note(
          "the server keeps a compression context for each socket, so the generator keeps one too");
    }
    if (!crowd.serverAcknowledges()) {
      report.note("the server acknowledges no events: joining is not timed to its end");
    }
    return crowd;
  }

  /**
   * Makes people of whom nobody is there yet.
   *
   * @param slow how many of them have little buffer in the kernel
   */
  public Crowd open(int slow) throws RunFailed {
    greet();
    Crowd crowd = new Crowd(options, report, network, slow);
    if (crowd.people().isEmpty()) {
      throw new RunFailed("--users must be at least 1.");
    }
    gathered = crowd;
    FileLimit.warn(crowd.people().size(), report);
    return crowd;
  }

  /**
   * Brings some of the people into the lobby.
   *
   * @return the seconds that it took
   * @throws RunFailed when nobody is there afterwards
   */
  public double bring(Crowd crowd, int from, int to) throws RunFailed {
    int before = crowd.joined();
    long begin = Clock.nanos();
    boolean all =
        await(
            () -> "in the lobby " + crowd.inLobby() + "/" + to,
            crowd.join(from, to),
            120 + (to - from) / 10.0);
    double seconds = Clock.millisSince(begin) / 1e3;
    int missing = to - from - (crowd.joined() - before);
    if (!all) {
      report.note("not everybody had joined when the time for that was over");
    } else if (missing > 0) {
      report.note(missing + " did not get in, most of them: " + report.failures().worst());
    }
    if (crowd.joined() == 0) {
      throw new RunFailed(
          "Nobody got in; the failures say why, most often: " + report.failures().worst());
    }
    return seconds;
  }

  /** As {@link #gather}, and then everybody looks at the others. */
  public Crowd gatherAndLook(int slow) throws RunFailed {
    Crowd crowd = gather(slow);
    if (!await("everybody looks around", crowd.look(), 60 + crowd.people().size() / 50.0)) {
      report.note("not everybody had looked at the queue when the time for that was over");
    }
    report.figure("people looked at, mean", crowd.meanView(), "");
    return crowd;
  }

  /** Waits, with a line of progress each second. */
  public boolean await(String doing, Future<?> done, double seconds) {
    return await(() -> doing, done, seconds);
  }

  /**
   * Waits, with a line of progress each second.
   *
   * @return whether it was done in time
   */
  public boolean await(Supplier<String> doing, Future<?> done, double seconds) {
    return Clock.await(done, seconds, () -> stopped || deserted(), () -> tick(doing.get()));
  }

  /** Waits for a time. */
  public void rest(String doing, double seconds) {
    boolean unused = await(doing, Promise.promise().future(), seconds);
  }

  /** The server's process now; empty without --server-pid. */
  public Optional<ProcessStatus> server() {
    return ProcessStatus.of(options.serverPids());
  }

  /** Notes the server's memory under a name. */
  public void sampleServer(String when) {
    server().ifPresent(now -> report.figure("server RSS " + when, now.rssBytes() / MEGABYTE, "MB"));
    List<Long> pids = options.serverPids();
    for (long pid : pids.size() > 1 ? pids : List.<Long>of()) {
      ProcessStatus.of(pid)
          .ifPresent(
              now ->
                  report.figure(
                      "RSS " + when + ", process " + pid, now.rssBytes() / MEGABYTE, "MB"));
    }
  }

  /** Starts to measure the server's CPU, and how the generator itself fares meanwhile. */
  public CpuMeter meter() {
    generator.restart();
    generatorReported = false;
    return new CpuMeter(options.serverPids());
  }

  /** What is measured ends here, and with it what is said of the generator. */
  public void measured() {
    generator.report(report);
    generatorReported = true;
  }

  /**
   * Waits for a time in which nothing is asked of the server.
   *
   * @return the share of one core that the server takes for itself; NaN where it is not known
   */
  public double restOfServer(double seconds) {
    CpuMeter cpu = new CpuMeter(options.serverPids());
    rest("at rest", seconds);
    return cpu.share();
  }

  /**
   * Adds what is known at the end, however it came.
   *
   * @return whether the server was there until the end
   */
  public boolean conclude() {
    if (!options.serverPids().isEmpty() && server().isEmpty()) {
      report.note("there is no process with the id given as --server-pid (any more)");
    }
    if (stopped) {
      report.note("the run was interrupted");
    }
    if (deserted()) {
      report.note(
          "the server closed every connection before the end: what was measured ends there");
    }
    Traffic.Totals came = network.traffic().totals();
    report
        .figure("whole run: from sockets, on the wire", came.wireBytes() / MEGABYTE, "MB")
        .figure("whole run: the same inflated", came.textBytes() / MEGABYTE, "MB");
    if (!generatorReported) {
      generator.report(report);
    }
    return !deserted();
  }

  private boolean deserted() {
    return gathered != null && gathered.deserted();
  }

  private void tick(String doing) {
    Optional<ProcessStatus> now = server();
    String serverText = "";
    if (now.isPresent()) {
      double cpu = now.get().cpuSeconds();
      double rss = now.get().rssBytes() / MEGABYTE;
      report.sample("server RSS MB", rss);
      serverText = String.format("  rss %.0f MB", rss);
      if (cpuSampled >= 0) {
        double percent = (cpu - cpuSampled) / (Clock.millisSince(sampledAt) / 1e3) * 100;
        report.sample("server CPU %", percent);
        serverText += String.format("  cpu %.0f %%", percent);
      }
      cpuSampled = cpu;
      sampledAt = Clock.nanos();
    }
    long failures = report.failures().total();
    progress.printf(
        "%5.0f s  %s%s%s%n",
        Clock.millisSince(start) / 1e3,
        doing,
        serverText,
        failures == 0 ? "" : "  failures " + failures);
  }
}
