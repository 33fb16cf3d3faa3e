package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {

  private static final String NOWHERE = "postgres://ada:secret@127.0.0.1:1/sky";

  @RegisterExtension final Stage stage = new Stage();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from|--from needs a value",
        "--form x|there is no option --form",
        "postgres://ada:secret@h/d|there is no option like that",
        "--from postgres://h/d|--from must look like postgres://",
        "--from mysql://ada:secret@h/d|--from must look like postgres://",
        "--from postgres://ada:secret@h/d --to x|--to must look like postgres://",
        "--from postgres://ada:secret@h/d|--to is missing, and DATABASE_URL is not set",
        "--to postgres://ada:secret@h/d|--from is missing, and OLD_DATABASE_URL is not set",
        "--from postgres://a:secret@h/d --from postgres://a:secret@h/d|--from is given twice",
        "--from postgres://a:secret@h/d --to postgres://a:secret@h/e --old-zone Mars|--old-zone is",
        "--from postgres://a:secret@h/d --to postgres://a:secret@h/e --batch 0|--batch is a whole",
        "--from postgres://a:secret@h/d --to postgres://a:secret@h/e --batch x|--batch is a whole"
      })
  void aWrongCommandLineIsSaidInOneLine(String line, String expected) {
    Stage.Ran ran = Stage.main(Map.of(), List.of(line.split(" ")));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith("import-old: " + expected).hasLineCount(1);
    assertThat(ran.err()).doesNotContain("secret");
  }

  @Test
  void bothDatabasesMayBeNamedByVariables() {
    stage.oldUser("Ada");

    Stage.Ran ran =
        Stage.main(
            Map.of(
                "OLD_DATABASE_URL", TestPostgres.url(stage.old),
                "DATABASE_URL", TestPostgres.url(stage.ours)),
            List.of());

    assertThat(ran.code()).isZero();
    assertThat(ran.counts("users")).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void helpIsGiven() {
    Stage.Ran ran = Stage.main(Map.of(), List.of("--help"));

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("--from", "--to", "--old-zone", "--keep-media-urls");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() {
    Stage.Ran noOld = run(NOWHERE, TestPostgres.url(stage.ours));
    Stage.Ran noTarget = run(TestPostgres.url(stage.old), NOWHERE);
    Stage.Ran noDatabase = run(TestPostgres.url("nobody_made_this"), TestPostgres.url(stage.ours));

    refused(noOld, "the old database at 127.0.0.1:1/sky cannot be used: no answer there");
    refused(noTarget, "our database at 127.0.0.1:1/sky cannot be used: no answer there");
    refused(noDatabase, "nobody_made_this cannot be used: there is no such database");
  }

  @Test
  void oneDatabaseIsNotTwoByWhateverName() {
    String byName = TestPostgres.url(stage.old).replace("127.0.0.1", "localhost");

    refused(run(TestPostgres.url(stage.old), byName), "--from and --to are the same database");
  }

  @Test
  void whatTheOldServerDidNotMakeIsRefused() {
    String other = TestPostgres.freshDatabase();

    refused(
        run(TestPostgres.url(other), TestPostgres.url(stage.ours)),
        "is not a database of the old server: it has no column users.user_id");
    refused(
        run(TestPostgres.url(Stage.freshOurs()), TestPostgres.url(stage.ours)),
        "is a database of this system already");
  }

  @Test
  void aTargetWithTablesOfSomebodyElseIsLeftAlone() {
    String other = TestPostgres.freshDatabase();
    TestPostgres.execute(other, "CREATE TABLE precious (id integer)");

    refused(run(TestPostgres.url(stage.old), TestPostgres.url(other)), "has tables, but not ours");

    assertThat(new Stage(stage.old, other).dump()).isEmpty();
  }

  @Test
  void aTargetOfANewerReleaseIsLeftAlone() {
    stage.ours(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " VALUES (999, '999', 'later', 'SQL', 'V999__later.sql', 1, 'x', 1, true)");
    stage.oldUser("Ada");

    refused(stage.run(), "was made by a newer release");

    assertThat(stage.value("SELECT count(*) FROM users")).isEqualTo("0");
    assertThat(stage.value("SELECT to_regclass('import_progress')")).isNull();
  }

  @Test
  void anEmptyTargetIsMadeOurs() {
    Stage empty = new Stage(stage.old, TestPostgres.freshDatabase());
    stage.oldUser("Ada");

    assertThat(empty.run().code()).isZero();

    assertThat(empty.value("SELECT name FROM users")).isEqualTo("Ada");
  }

  @Test
  void whoMayNotReadThereOrWriteHereIsTold() {
    TestPostgres.execute(
        "postgres",
        "DO $$ BEGIN CREATE ROLE nosy LOGIN PASSWORD 'postgres'; EXCEPTION WHEN duplicate_object THEN"
            + " NULL; END $$");
    stage.oldUser("Ada");
    String nosyOld = TestPostgres.url("nosy", stage.old);
    String nosyOurs = TestPostgres.url("nosy", stage.ours);

    refused(
        run(nosyOld, TestPostgres.url(stage.ours)), "the user of --from may not read the table");
    refused(run(TestPostgres.url(stage.old), nosyOurs), "the user of --to may not");
    refused(
        run(TestPostgres.url(stage.old), TestPostgres.url("nosy", TestPostgres.freshDatabase())),
        "the user of --to may not create tables");

    assertThat(stage.value("SELECT count(*) FROM users")).isEqualTo("0");
  }

  @Test
  void twoImportsIntoOneDatabaseDoNotRunAtOnce() throws Exception {
    stage.oldUser("Ada");
    try (Connection other = TestPostgres.connect(stage.ours);
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(x'696d706f72742d6f'::bigint)");

      refused(stage.run(), "another import into");
    }
  }

  @Test
  void nothingIsEverWrittenIntoTheOldDatabase() {
    OldWorld.fill(stage.old, 10, 1);
    // Whoever may write only in a session that says so itself cannot write by accident.
    stage.old(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'written'; END $$");
    stage.old(
        "CREATE TRIGGER no BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON users"
            + " EXECUTE FUNCTION no()");
    String before = new Stage(stage.ours, stage.old).dumpWithWriters();

    assertThat(stage.run().code()).isZero();

    assertThat(new Stage(stage.ours, stage.old).dumpWithWriters()).isEqualTo(before);
  }

  @Test
  void aDatabaseOfAnEarlierReleaseOfTheOldServerWillDo() {
    stage.old("ALTER TABLE users DROP qr_unlocked, DROP qr_unlocked_at, DROP successful_sessions");
    stage.old("ALTER TABLE sessions DROP is_active, DROP device_info, DROP last_active_at");
    stage.old("DROP TABLE session_completions");
    stage.oldUser("Ada", "paid_status", "qr_verified");

    Stage.Ran ran = stage.run();

    assertThat(ran.code()).isZero();
    assertThat(ran.counts("users")).containsExactly(1L, 1L, 0L, 0L);
    assertThat(ran.counts("credits")).containsExactly(0L, 0L, 0L, 0L);
    assertThat(ran.err()).contains("credits: the old database has none");
  }

  private static Stage.Ran run(String from, String to) {
    return Stage.main(Map.of(), List.of("--from", from, "--to", to));
  }

  private static void refused(Stage.Ran ran, String why) {
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("import-old: ").contains(why).hasLineCount(1);
    assertThat(ran.err()).doesNotContain("secret");
    assertThat(ran.out()).isEmpty();
  }
}
