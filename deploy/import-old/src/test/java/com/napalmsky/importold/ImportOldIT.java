package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run, and as it dies. */
class ImportOldIT {

  private static final int KILLS = 8;
  private static final int PATIENCE_SECONDS = 120;
  private static final String PROGRESS =
      "SELECT count(*) FROM pg_class WHERE relname = 'import_progress'";

  @RegisterExtension final Stage stage = new Stage();

  @TempDir Path folder;

  @Test
  void anImportThatIsKilledAgainAndAgainEndsAsOneThatWasNot() throws Exception {
    OldWorld.fill(stage.old, 60, 11);
    Stage whole = new Stage(stage.old, Stage.freshOurs());
    assertThat(start(whole, "whole").waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    int kills = 0;

    while (kills < KILLS) {
      String before = progress();
      Process program = start(stage, "killed");
      await(program, () -> !progress().equals(before));
      if (!program.isAlive() && program.exitValue() == 0) {
        break;
      }
      program.destroyForcibly();
      assertThat(program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      kills++;
    }
    Process last = start(stage, "last");

    assertThat(last.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(output("last")).isZero();
    assertThat(kills).isPositive();
    assertThat(comparable(stage)).isEqualTo(comparable(whole));
    TestPostgres.drop(whole.ours);
  }

  @Test
  void whyItCannotBeginIsItsOnlyLineAndItsExitCode() throws Exception {
    Process program =
        run("refused", "--from", TestPostgres.url(stage.ours), "--to", TestPostgres.url(stage.old));

    assertThat(program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(program.exitValue()).isEqualTo(1);
    assertThat(output("refused"))
        .hasLineCount(1)
        .startsWith("import-old: ")
        .contains("is a database of this system already");
  }

  private Process start(Stage databases, String name) throws IOException {
    return run(
        name,
        "--from",
        TestPostgres.url(databases.old),
        "--to",
        TestPostgres.url(databases.ours),
        "--batch",
        "3");
  }

  private Process run(String name, String... arguments) throws IOException {
    String[] command = new String[arguments.length + 4];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command[1] = "-XX:TieredStopAtLevel=1";
    command[2] = "-jar";
    command[3] = System.getProperty("import-old.jar");
    System.arraycopy(arguments, 0, command, 4, arguments.length);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name).toFile())
        .start();
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }

  private String progress() {
    return stage.value(PROGRESS).equals("0")
        ? ""
        : stage.rows("SELECT step, after_key::text FROM import_progress").toString();
  }

  // Each process begins at its own time, and what has no better time gets that one, to the
  // microsecond; no other time here has a fraction.
  private static String comparable(Stage databases) {
    return databases.dump().replaceAll("\"20\\d\\d-[^\"]*\\.\\d+\\+00:00\"", "\"begun\"");
  }

  private static void await(Process program, BooleanSupplier moved) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (program.isAlive() && !moved.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no progress within " + PATIENCE_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
