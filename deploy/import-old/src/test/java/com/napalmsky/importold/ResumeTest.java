package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.importold.run.Import;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResumeTest {

  private static final String[] SMALL_BATCHES = {"--batch", "8"};

  private static Stage whole;
  private static Stage.Ran uninterrupted;
  private static String expected;
  private static int commits;

  @BeforeAll
  static void anImportThatNothingEnded() {
    whole = new Stage();
    OldWorld.fill(whole.old, 24, 7);
    AtomicInteger count = new AtomicInteger();
    uninterrupted =
        whole.run(
            before -> {
              if (before) {
                count.incrementAndGet();
              }
            },
            SMALL_BATCHES);
    commits = count.get();
    expected = whole.dump();
    System.out.println(uninterrupted.out());
  }

  @Test
  void theWorldHasSomethingForEveryStepAndIsBroughtOverInMoreThanOneBatch() {
    assertThat(uninterrupted.code()).isZero();
    assertThat(commits).isGreaterThan(50);
    for (String step :
        new String[] {
          "users", "introductions", "sessions", "access codes", "access codes, lost", "code uses",
          "code uses, listed", "history", "history, rebuilt", "calls", "talk metrics", "credits",
          "cooldowns", "reports", "bans", "address bans", "notifications"
        }) {
      assertThat(uninterrupted.counts(step).get(1)).as(step).isPositive();
    }
  }

  @Test
  void whereverItIsEndedTheNextRunGoesOnToTheSameResult() {
    Stage stage = new Stage(whole.old, Stage.freshOurs());
    for (int end = 1; end <= commits; end++) {
      int last = end;
      AtomicInteger count = new AtomicInteger();
      Import.Commits killer =
          before -> {
            if (before && count.incrementAndGet() == last) {
              throw new Stage.Killed();
            }
          };
      assertThatThrownBy(() -> stage.run(killer, SMALL_BATCHES)).isInstanceOf(Stage.Killed.class);

      Stage.Ran rest = stage.run(SMALL_BATCHES);

      assertThat(rest.code()).isZero();
      assertThat(rest.out()).as("ended before commit %s", end).isEqualTo(uninterrupted.out());
      assertThat(stage.dump()).as("ended before commit %s", end).isEqualTo(expected);
      stage.empty();
    }
  }

  @Test
  void oneThatIsEndedAfterEachBatchGetsThereAllTheSame() {
    Stage stage = new Stage(whole.old, Stage.freshOurs());
    Import.Commits killer =
        before -> {
          if (!before) {
            throw new Stage.Killed();
          }
        };
    for (int i = 0; i < commits; i++) {
      assertThatThrownBy(() -> stage.run(killer, SMALL_BATCHES)).isInstanceOf(Stage.Killed.class);
    }

    // All is done, so this is a run of its own, which finds everything there.
    Stage.Ran again = stage.run(SMALL_BATCHES);

    assertThat(stage.dump()).isEqualTo(expected);
    assertThat(again.counts("users").get(1)).isZero();
  }

  @Test
  void theSizeOfABatchChangesNothing() {
    Stage one = new Stage(whole.old, Stage.freshOurs());
    Stage all = new Stage(whole.old, Stage.freshOurs());

    assertThat(one.run("--batch", "1").out()).isEqualTo(uninterrupted.out());
    assertThat(all.run("--batch", "10000").out()).isEqualTo(uninterrupted.out());
    assertThat(one.dump()).isEqualTo(expected);
    assertThat(all.dump()).isEqualTo(expected);
  }

  @Test
  void aSecondRunWritesNothing() {
    Stage stage = new Stage(whole.old, Stage.freshOurs());
    stage.run();
    String before = stage.dumpWithWriters();

    Stage.Ran second = stage.run();

    assertThat(stage.dumpWithWriters()).isEqualTo(before);
    uninterrupted
        .out()
        .lines()
        .skip(2)
        .takeWhile(line -> !line.isEmpty())
        .map(line -> line.split("\\s{2,}")[0])
        .forEach(step -> assertThat(second.counts(step).get(1)).as(step).isZero());
  }

  @Test
  void whatTheOldServerGotSinceIsBroughtByTheNextRun() {
    Stage stage = new Stage(TestPostgres.copyOf(whole.old), Stage.freshOurs());
    stage.run();
    UUID late = stage.oldUser("Late");

    Stage.Ran second = stage.run();

    assertThat(second.counts("users").get(1)).isEqualTo(1);
    assertThat(stage.value("SELECT name FROM users WHERE user_id = ?", late)).isEqualTo("Late");
  }

  @Test
  void anUnfinishedImportIsNotGoneOnWithByOtherRules() {
    Stage stage = new Stage(whole.old, Stage.freshOurs());
    assertThatThrownBy(
            () ->
                stage.run(
                    before -> {
                      if (!before) {
                        throw new Stage.Killed();
                      }
                    },
                    SMALL_BATCHES))
        .isInstanceOf(Stage.Killed.class);
    String before = stage.dumpWithWriters();

    Stage.Ran other = stage.run("--old-zone", "Europe/Vienna");

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("an import with --old-zone Z is unfinished");
    assertThat(stage.dumpWithWriters()).isEqualTo(before);
  }
}
