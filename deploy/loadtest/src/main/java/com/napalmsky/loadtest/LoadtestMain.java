package com.napalmsky.loadtest;

import com.napalmsky.loadtest.bench.Page;
import com.napalmsky.loadtest.measure.Comparison;
import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.measure.Result;
import com.napalmsky.loadtest.measure.Table;
import com.napalmsky.loadtest.net.Network;
import com.napalmsky.loadtest.net.Target;
import com.napalmsky.loadtest.net.Trouble;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.options.UsageError;
import com.napalmsky.loadtest.scenario.Run;
import com.napalmsky.loadtest.scenario.RunFailed;
import com.napalmsky.loadtest.scenario.Scenario;
import com.napalmsky.loadtest.scenario.Scenarios;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command line: runs one scenario, or compares two results. */
public final class LoadtestMain {

  /** It ran, whatever it measured. */
  static final int DONE = 0;

  /** It could not run to its end. */
  static final int FAILED = 1;

  /** The command line was wrong. */
  static final int WRONG_USE = 2;

  private static final long CLOSING_MILLIS = 10_000;

  private final PrintStream out;
  private final PrintStream err;

  LoadtestMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new LoadtestMain(out, System.err).run(List.of(arguments)));
  }

  /** Runs and returns the exit code. */
  int run(List<String> arguments) {
    try {
      if (arguments.isEmpty() || arguments.get(0).matches("-h|--help|help")) {
        out.println(help());
        return arguments.isEmpty() ? WRONG_USE : DONE;
      }
      if (arguments.get(0).equals("compare")) {
        return compare(arguments);
      }
      if (arguments.get(0).equals("report")) {
        return report(arguments);
      }
      Scenario scenario =
          Scenarios.named(arguments.get(0))
              .orElseThrow(
                  () ->
                      new UsageError("There is no scenario " + arguments.get(0) + ".\n" + help()));
      List<String> rest = arguments.subList(1, arguments.size());
      if (rest.contains("--help")) {
        out.println(
            scenario.purpose() + "\n" + Options.describe(scenario.name(), scenario.options()));
        return DONE;
      }
      return run(scenario, Options.parse(scenario.name(), scenario.options(), rest));
    } catch (UsageError wrong) {
      err.println(wrong.getMessage());
      return WRONG_USE;
    }
  }

  private int run(Scenario scenario, Options options) throws UsageError {
    List<Target> targets;
    try {
      targets = Target.allOf(options.text(Option.URL));
    } catch (Trouble trouble) {
      throw new UsageError(String.valueOf(trouble.getMessage()));
    }
    Report report = new Report(scenario.name(), options.all());
    int code = DONE;
    try (Network network = network(targets, options)) {
      Run run = new Run(options, report, network, err);
      Thread onInterrupt = stopOnInterrupt(run);
      try {
        scenario.run(run);
      } catch (RunFailed failed) {
        report.note(String.valueOf(failed.getMessage()));
        err.println(failed.getMessage());
        code = FAILED;
      }
      if (!run.conclude()) {
        code = FAILED;
      }
      code = finish(report.result(), options, code);
      forget(onInterrupt);
    }
    return code;
  }

  private int finish(Result result, Options options, int code) {
    out.print(Table.of(result));
    String file = options.text(Option.JSON);
    if (!file.isEmpty()) {
      try {
        Files.writeString(Path.of(file), result.toJson().encodePrettily() + "\n");
      } catch (IOException cannot) {
        err.println("Cannot write " + file + ": " + cannot);
        return FAILED;
      }
    }
    return code;
  }

  private static Network network(List<Target> targets, Options options) {
    int loops = Math.max(1, options.count(Option.LOOPS));
    int connections =
        options.count(options.has(Option.CONNECTIONS) ? Option.CONNECTIONS : Option.CONCURRENCY);
    return new Network(
        targets,
        loops,
        !options.on(Option.NO_DEFLATE),
        Math.max(1, (connections + loops - 1) / loops));
  }

  /** Ctrl-C ends the run early; what was measured until then is still printed. */
  private static Thread stopOnInterrupt(Run run) {
    Thread main = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              run.stop();
              try {
                main.join(CLOSING_MILLIS);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  private static void forget(Thread hook) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook waits for this thread, which ends by itself: System.exit would wait for the hook.
      hook.interrupt();
    }
  }

  private int compare(List<String> arguments) throws UsageError {
    if (arguments.size() != 3) {
      throw new UsageError("compare needs two files that --json wrote.");
    }
    out.print(
        Comparison.of(
            name(arguments.get(1)),
            read(arguments.get(1)),
            name(arguments.get(2)),
            read(arguments.get(2))));
    return DONE;
  }

  private int report(List<String> arguments) throws UsageError {
    if (arguments.size() != 2 && arguments.size() != 3) {
      throw new UsageError("report needs the directory of the runs, and the page to write if any.");
    }
    try {
      Path directory = Path.of(arguments.get(1));
      if (arguments.size() == 2) {
        out.print(Page.of(directory));
      } else {
        Page.write(directory, Path.of(arguments.get(2)));
      }
    } catch (IOException | DecodeException | ClassCastException unreadable) {
      throw new UsageError("No report: " + unreadable.getMessage());
    }
    return DONE;
  }

  private static String name(String file) {
    return String.valueOf(Path.of(file).getFileName()).replaceFirst("\\.json$", "");
  }

  private static Result read(String file) throws UsageError {
    try {
      return Result.fromJson(new JsonObject(Files.readString(Path.of(file))));
    } catch (IOException | DecodeException | ClassCastException unreadable) {
      throw new UsageError("Cannot read " + file + ": " + unreadable);
    }
  }

  private static String help() {
    StringBuilder text =
        new StringBuilder(
            "loadtest <scenario> [options]      loadtest <scenario> --help\n"
                + "loadtest compare a.json b.json\n"
                + "loadtest report <directory> [page]      what deploy/bench measured\n\nScenarios:");
    for (Scenario scenario : Scenarios.ALL) {
      text.append(String.format("%n  %-8s %s", scenario.name(), scenario.purpose()));
    }
    return text.toString();
  }
}
