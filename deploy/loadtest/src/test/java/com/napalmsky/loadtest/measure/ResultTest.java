package com.napalmsky.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void aResultIsReadFromItsFileAsItWas() {
    Result result = report(20).result();

    assertThat(Result.fromJson(new JsonObject(result.toJson().encode()))).isEqualTo(result);
  }

  @Test
  void theTableShowsFiguresLatenciesFailuresAndNotes() {
    String table = Table.of(report(20).result());

    assertThat(table)
        .contains("churn users=10")
        .contains("server RSS  150 MB")
        .containsPattern("delivery +1 +20\\.0 ")
        .containsPattern("reconnect: refused: full +2")
        .contains("note: mind the gap");
  }

  @Test
  void columnsAreAligned() {
    Table table = new Table();
    table.row("a", "1");
    table.row("long name", "1,000", "x");

    assertThat(table).hasToString("  a              1\n  long name  1,000  x\n");
  }

  @Test
  void aComparisonSaysHowManyTimesTheSecondIsOfTheFirst() {
    Result first = report(20).result();
    Result second = report(10).figure("only here", 1, "s").result();

    String text = Comparison.of("old", first, "new", second);

    assertThat(text)
        .containsPattern("old +new +times")
        .containsPattern("delivery p50 +20\\.0 ms +10\\.0 ms +0\\.50")
        .containsPattern("server RSS +150 MB +150 MB +1\\.00")
        .containsPattern("only here +- +1 s")
        .doesNotContain("users");
  }

  @Test
  void aDivisionByNothingIsNoFigure() {
    Report report = report(1).figure("per change", 1.0 / 0, "ms").figure("rate", Double.NaN, "");

    assertThat(report.result().figures()).containsOnlyKeys("server RSS");
  }

  @Test
  void kindsOfFailuresAreBounded() {
    Failures failures = new Failures();
    for (int i = 0; i < 1_000; i++) {
      failures.add("kind " + i);
    }

    assertThat(failures.counts()).hasSizeLessThan(100);
    assertThat(failures.total()).isEqualTo(1_000);
  }

  @Test
  void aProcessIsReadWhateverItsNameIs() {
    String stat = "42 (a (very) odd) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 9 0 1 2 3";
    String status = "Name:\todd\nVmPeak:\t 900 kB\nVmRSS:\t   2048 kB\n";

    assertThat(ProcessStatus.parse(stat, status)).isEqualTo(new ProcessStatus(2_048 * 1_024, 3.0));
  }

  @Test
  void aProcessThatIsNotThereIsNotMeasured() {
    assertThat(ProcessStatus.of(0)).isEmpty();
    assertThat(ProcessStatus.of(ProcessHandle.current().pid())).isPresent();
  }

  private static Report report(long millis) {
    Report report = new Report("churn", Map.of("users", "10"));
    report.figure("server RSS", 150, "MB");
    report.latency("delivery").record(0, millis * 1_000_000);
    report.failures().add("reconnect", new IllegalStateException("refused: full"));
    report.failures().add("reconnect: refused: full");
    report.sample("server RSS MB", 150.5);
    report.note("mind the gap");
    return report;
  }
}
