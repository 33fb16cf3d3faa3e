package com.napalmsky.importold.run;

import com.napalmsky.importold.destination.Progress;
import com.napalmsky.importold.destination.ProgressTable;
import com.napalmsky.importold.destination.Target;
import com.napalmsky.importold.destination.Target.Done;
import com.napalmsky.importold.destination.Target.Refused;
import com.napalmsky.importold.destination.Target.Written;
import com.napalmsky.importold.old.OldDatabase;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.old.OldRows;
import com.napalmsky.importold.report.CannotImport;
import com.napalmsky.importold.report.Display;
import com.napalmsky.importold.report.Tally;
import com.napalmsky.importold.step.Batch;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run through all steps.
 *
 * <pre>
 *   none or DONE ──begin──► STEP 1 ──batch──► STEP 1 ──last batch──► STEP 2 … ──► DONE
 * </pre>
 *
 * <p>Each arrow is one transaction of our database, so whenever the process ends, the next run goes
 * on behind the last batch that was committed, and what was not committed never was.
 */
public final class Import {

  /** Called before each commit, and after it; a test ends the import there. */
  @FunctionalInterface
  public interface Commits {
    void at(boolean before);
  }

  private final OldDatabase old;
  private final Target target;
  private final ProgressTable table;
  private final List<Step> steps;
  private final int batchRows;
  private final Display display;
  private final Commits commits;

  public Import(
      OldDatabase old,
      Target target,
      ProgressTable table,
      List<Step> steps,
      int batchRows,
      Display display,
      Commits commits) {
    this.old = old;
    this.target = target;
    this.table = table;
    this.steps = List.copyOf(steps);
    this.batchRows = batchRows;
    this.display = display;
    this.commits = commits;
  }

  /**
   * Begins, or goes on, and ends when all is done.
   *
   * @param now when it is begun, if it is
   * @param marks the options that decide what is written
   * @return what became of the rows of each step, also of those that an earlier run did
   */
  public Map<String, Tally> run(Instant now, String marks) throws CannotImport {
    Progress progress = table.find().orElse(null);
    if (progress == null || progress.step() == null) {
      Instant earlier = progress == null ? null : progress.begun();
      progress =
          new Progress(now, earlier, marks, steps.get(0).name(), null, new LinkedHashMap<>());
    } else if (!progress.marks().equals(marks)) {
      throw new CannotImport(
          "an import with "
              + progress.marks()
              + " is unfinished: give the same options, or delete the row of import_progress");
    } else {
      display.say("Going on with the import begun at " + progress.begun());
    }
    for (int i = indexOf(progress.step()); i < steps.size(); i++) {
      String following = i + 1 < steps.size() ? steps.get(i + 1).name() : null;
      progress = run(steps.get(i), progress, following);
    }
    return progress.tallies();
  }

  private int indexOf(@Nullable String name) throws CannotImport {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new CannotImport(
        "an unfinished import stopped at '" + name + "', which this release does not know");
  }

  /** From wherever the progress is in a step to the beginning of the following one. */
  private Progress run(Step step, Progress start, @Nullable String following) throws CannotImport {
    Tally tally = start.tallies().computeIfAbsent(step.name(), first -> new Tally());
    if (!old.has(step.query())) {
      display.say("  " + step.name() + ": the old database has none");
      return commit(start, following, null);
    }
    OldDatabase.Count count = old.count(step.query());
    if (start.after() == null) {
      for (long i = 0; i < count.keyless(); i++) {
        tally.read();
        tally.skipped("it has no key", "");
      }
    }
    Progress progress = start;
    try (OldRows rows = old.read(step.query(), start.after())) {
      while (step.name().equals(progress.step())) {
        List<OldRow> portion = rows.next(batchRows);
        write(step, portion, start, tally);
        progress =
            portion.isEmpty()
                ? commit(progress, following, null)
                : commit(progress, step.name(), portion.get(portion.size() - 1).key());
        display.progress(step.name(), tally, count.all());
      }
    }
    display.done(step.name(), tally, count.all());
    return progress;
  }

  private Progress commit(Progress before, @Nullable String step, @Nullable List<String> after)
      throws CannotImport {
    Progress progress =
        new Progress(
            before.begun(), before.earlier(), before.marks(), step, after, before.tallies());
    table.save(progress);
    commits.at(true);
    target.commit();
    commits.at(false);
    return progress;
  }

  private void write(Step step, List<OldRow> rows, Progress progress, Tally tally)
      throws CannotImport {
    Batch batch = batch(step, rows, progress);
    Outcome outcome = new Outcome();
    for (OldRow row : rows) {
      tally.read();
      outcome.begin(row.example());
      step.map(row, batch, outcome);
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (Outcome.Item item : outcome.items()) {
      if (item instanceof Outcome.Write write) {
        values.add(write.values());
      }
    }
    Iterator<Written> written = target.write(step.sql(), values).iterator();
    // In the order of the rows, so that the closing table does not depend on the size of a batch.
    for (Outcome.Item item : outcome.items()) {
      if (item instanceof Outcome.Write write) {
        count(step, write, written.next(), tally);
      } else if (item instanceof Outcome.Skip skip) {
        tally.skipped(skip.reason(), skip.example());
      }
    }
  }

  private static void count(Step step, Outcome.Write write, Written written, Tally tally) {
    if (written instanceof Refused refused) {
      String constraint = refused.constraint();
      String unnamed = "our database cannot hold a value of it";
      tally.skipped(
          constraint == null
              ? unnamed
              : step.refusals().getOrDefault(constraint, "our database refused it: " + constraint),
          write.example());
    } else if (written instanceof Done done && done.changed()) {
      tally.written();
      write.changes().forEach(change -> tally.changed(change, write.example()));
    } else {
      tally.there();
    }
  }

  private Batch batch(Step step, List<OldRow> rows, Progress progress) throws CannotImport {
    Set<UUID> people = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (OldRow row : rows) {
      people.addAll(step.people(row));
      Optional<String> address = step.address(row);
      address.ifPresent(addresses::add);
    }
    return new Batch(
        progress.begun(),
        progress.earlier(),
        target.usersAmong(people),
        target.deletedAmong(people),
        target.holdersOf(addresses));
  }
}
