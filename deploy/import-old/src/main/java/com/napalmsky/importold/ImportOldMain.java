package com.napalmsky.importold;

import com.napalmsky.importold.destination.ProgressTable;
import com.napalmsky.importold.destination.Target;
import com.napalmsky.importold.destination.TargetSchema;
import com.napalmsky.importold.old.OldDatabase;
import com.napalmsky.importold.options.Options;
import com.napalmsky.importold.options.UsageError;
import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.importold.report.ClosingTable;
import com.napalmsky.importold.report.Display;
import com.napalmsky.importold.report.Tally;
import com.napalmsky.importold.run.Import;
import com.napalmsky.importold.run.Steps;
import com.napalmsky.importold.step.Step;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command line: everything is checked first, and only then something is written. */
public final class ImportOldMain {

  private static final Logger LOG = LoggerFactory.getLogger(ImportOldMain.class);

  static final int DONE = 0;
  static final int NOT_DONE = 1;
  static final int WRONG_USE = 2;

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final PrintStream out;
  private final PrintStream err;
  private final Import.Commits commits;

  /**
   * @param out for the closing table
   * @param err for the progress, and for the one line that says why it is not done
   */
  ImportOldMain(
      Map<String, String> environment,
      InstantSource clock,
      PrintStream out,
      PrintStream err,
      Import.Commits commits) {
    this.environment = environment;
    this.clock = clock;
    this.out = out;
    this.err = err;
    this.commits = commits;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    ImportOldMain main =
        new ImportOldMain(System.getenv(), InstantSource.system(), out, err, before -> {});
    System.exit(main.run(List.of(arguments)));
  }

  /** Runs and returns the exit code. */
  int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.println(Options.HELP);
      return DONE;
    }
    try {
      bring(Options.parse(arguments, environment));
      return DONE;
    } catch (UsageError wrong) {
      err.println("import-old: " + wrong.getMessage());
      return WRONG_USE;
    } catch (CannotImport reason) {
      err.println("import-old: " + reason.getMessage());
      return NOT_DONE;
    } catch (RuntimeException fault) {
      LOG.error("the import failed", fault);
      err.println("import-old: failed: " + fault + "; run again to go on");
      return NOT_DONE;
    }
  }

  private void bring(Options options) throws CannotImport {
    List<Step> steps = Steps.of(options);
    try (OldDatabase old = OldDatabase.open(options.from(), options.oldZone());
        Target target = Target.open(options.to())) {
      if (target.isSameAs(old::isLocked)) {
        throw new CannotImport("--from and --to are the same database");
      }
      old.examine(steps.stream().map(Step::query).toList());
      TargetSchema schema = new TargetSchema(target);
      schema.examine();
      target.lock();
      Display display = new Display(err, "true".equals(System.getProperty("import-old.terminal")));
      display.say("Bringing " + options.from().place() + " over into " + options.to().place());
      schema.migrate();
      ProgressTable table = new ProgressTable(target, old.identity());
      table.create();
      Map<String, Tally> tallies =
          new Import(old, target, table, steps, options.batch(), display, commits)
              .run(clock.instant(), options.marks());
      out.println();
      out.print(ClosingTable.of(tallies));
    }
  }
}
