package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.measure.Metrics;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Loop;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import com.napalmsky.loadtest.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An evening that has to leave no trace: memory stays what it was once everybody was there, what
 * has a bound keeps it, and when all have gone nothing of them is left. Fails when that is not so.
 */
final class Soak implements Scenario {

  /** What memory is compared over: the mean of so many seconds. */
  private static final int WINDOW = 30;

  private static final int LOOK_SECONDS = 10;

  /** Of what there was when everybody was there. */
  private static final double MOST_GROWTH = 1.05;

  /** Calls of who has gone are kept for ten seconds, and a closed connection for a while. */
  private static final double GONE_SECONDS = 90;

  private static final String JCMD =
      Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

  private static final String HEAP = "jvm_memory_used_bytes";

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String purpose() {
    return "an evening that leaves nothing behind: memory, bounds, and what is left at its end";
  }

  @Override
  public Map<Option, String> options() {
    Map<Option, String> options = new HashMap<>(new Evening().options());
    options.put(Option.USERS, "2000");
    options.put(Option.RATE, "10");
    options.put(Option.SECONDS, "1800");
    options.put(Option.SETTLE_SECONDS, "300");
    options.put(Option.METRICS, "http://127.0.0.1:9001/metrics");
    options.put(Option.COLLECT, "false");
    return options;
  }

  @Override
  public void run(Run run) throws RunFailed {
    Watch watch = new Watch(run);
    watch.begin();
    Crowd crowd = run.gatherAndLook(0);
    int least = run.options().count(Option.SETTLE_SECONDS) + WINDOW;
    if (run.options().count(Option.SECONDS) < least + WINDOW) {
      throw new RunFailed(
          "--seconds must be at least " + 2 * WINDOW + " more than --settle-seconds.");
    }
    Evening.spend(run, crowd, watch::look);
    watch.evening();
    for (Loop loop : run.network().loops()) {
      loop.executor().execute(() -> crowd.on(loop).forEach(Person::leave));
    }
    watch.afterwards();
    if (!watch.faults.isEmpty()) {
      throw new RunFailed("The soak failed: " + String.join("; ", watch.faults));
    }
  }

  /** Looks at the server's memory and at what it says of itself. */
  private static final class Watch {

    private final Run run;
    private final Report report;
    private final String url;
    private final int settle;
    private final Map<String, Double> fullest = new TreeMap<>();
    private final List<Double> resident = new ArrayList<>();
    private double buffersBefore;
    private double heapSettled = Double.NaN;
    private int seconds;
    final List<String> faults = new ArrayList<>();

    Watch(Run run) {
      this.run = run;
      report = run.report();
      url = run.options().text(Option.METRICS);
      settle = run.options().count(Option.SETTLE_SECONDS);
    }

    void begin() throws RunFailed {
      Metrics metrics = read();
      if (!metrics.has("napalmsky_gateway_sockets", "")) {
        throw new RunFailed(url + " has no metrics of a gateway; give another --metrics.");
      }
      buffersBefore = Traces.buffers(metrics);
    }

    /** Once a second while the evening passes. */
    void look() {
      run.server().ifPresent(now -> resident.add(now.rssBytes() / 1e6));
      if (++seconds == settle && run.options().on(Option.COLLECT)) {
        heapSettled = collected();
      }
      if (seconds % LOOK_SECONDS == 0) {
        try {
          bounds(Metrics.read(url));
        } catch (IOException late) {
          report.failures().add("metrics", late);
        }
      }
    }

    private void bounds(Metrics metrics) {
      metrics.fullness().forEach((name, share) -> fullest.merge(name, share, Math::max));
    }

    /** What can be said as soon as it is over. */
    void evening() {
      int all = resident.size();
      if (all >= settle + 2 * WINDOW) {
        double settled = mean(settle, settle + WINDOW);
        double end = mean(all - WINDOW, all);
        report
            .figure("RSS once settled", settled, "MB")
            .figure("RSS at the end", end, "MB")
            .figure("RSS at the end, of that", end / settled * 100, "%");
        if (!run.options().on(Option.COLLECT) && end > settled * MOST_GROWTH) {
          faults.add(String.format("RSS grew from %.0f to %.0f MB", settled, end));
        }
      } else {
        report.note("memory was not compared: the process is not known or not for long enough");
      }
      if (run.options().on(Option.COLLECT)) {
        double heapAtEnd = collected();
        report
            .figure("heap after a collection, once settled", heapSettled, "MB")
            .figure("heap after a collection, at the end", heapAtEnd, "MB")
            .figure("heap at the end, of that", heapAtEnd / heapSettled * 100, "%");
        // Not "above": NaN is a fault as well.
        if (!(heapAtEnd <= heapSettled * MOST_GROWTH)) {
          faults.add(String.format("the heap grew from %.1f to %.1f MB", heapSettled, heapAtEnd));
        }
      }
      fullest.forEach(
          (name, share) -> {
            report.figure("fullest " + name, share * 100, "%");
            if (share > 1) {
              faults.add(name + " was above its bound");
            }
          });
      if (fullest.isEmpty()) {
        faults.add("nothing is known of what is bounded");
      }
      if (report.failures().total() > 0) {
        report.note("most often went wrong: " + report.failures().worst());
      }
    }

    /** Waits until nothing is left, and says what is. */
    void afterwards() throws RunFailed {
      long begin = Clock.nanos();
      List<String> left = Traces.left(read(), buffersBefore);
      while (!left.isEmpty() && Clock.millisSince(begin) < GONE_SECONDS * 1e3) {
        run.rest("left: " + left, 1);
        left = Traces.left(read(), buffersBefore);
      }
      report.figure("nothing was left after", Clock.millisSince(begin) / 1e3, "s");
      left.forEach(trace -> faults.add("left when all had gone: " + trace));
    }

    /** What lives in the heap, in MB; NaN when the collection cannot be had. */
    private double collected() {
      try {
        for (long pid : run.options().serverPids()) {
          Process collection =
              new ProcessBuilder(JCMD, Long.toString(pid), "GC.run")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
          if (collection.waitFor() != 0) {
            report.note("jcmd could not have process " + pid + " collect its garbage");
          }
        }
        return Metrics.read(url).sum(HEAP, "area=\"heap\"") / 1e6;
      } catch (IOException cannot) {
        report.note("the heap is not known: " + cannot.getMessage());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return Double.NaN;
    }

    private Metrics read() throws RunFailed {
      try {
        return Metrics.read(url);
      } catch (IOException cannot) {
        throw new RunFailed(
            "No metrics at " + url + ": " + cannot.getMessage() + ". Give another --metrics.");
      }
    }

    private double mean(int from, int to) {
      return resident.subList(from, to).stream().mapToDouble(each -> each).average().orElse(0);
    }
  }
}
