package com.napalmsky.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.loadtest.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {

  private static final String LOG =
      """
      command: deploy/loadtest/pinned connect --users 1000
      start: Ready after 2.6 s: http://127.0.0.1:3301
      commit abc1234, OpenJDK Runtime Environment 25
      """;

  @TempDir private Path folder;

  @Test
  void eachNumberStandsAgainstWhatIsToBeHeld() throws Exception {
    run("join", report().figure("joins", 553, "/s"));
    run(
        "calls-100",
        report().figure("server CPU per call", 11, "ms").figure("calls failed", 1, ""));

    String text = Page.of(folder);

    assertThat(text)
        .contains("Commit abc1234; OpenJDK Runtime Environment 25.")
        .containsPattern("joining, 1,000 users.*\\| ≥ 100 /s \\| ≥ 400 /s \\| 553 /s \\| aim \\|")
        .containsPattern("start to ready.*\\| 2.60 s \\| aim \\|")
        .containsPattern("CPU per whole call at 100/s.*\\| 11 ms \\| \\*\\*below must\\*\\* \\|")
        .containsPattern("calls that failed.*\\| 1 \\| \\*\\*below must\\*\\* \\|")
        // No step was timed: that is no step that took no time.
        .containsPattern("100/s: slowest step, p99.*\\| not measured \\| – \\|")
        .containsPattern("answers built.*\\| not measured \\| – \\|")
        .contains("join: deploy/loadtest/pinned connect --users 1000");
  }

  @Test
  void aCurveHasARowForEachSize() throws Exception {
    Report report = report().figure("server RSS before", 150, "MB");
    report.figure("100 users: server RSS", 160, "MB").figure("1000 users: server RSS", 169, "MB");
    report.figure("1000 users: server CPU per change, beyond rest", 0.5, "ms");
    run("curve", report);

    assertThat(Page.of(folder))
        .containsPattern("\\| 100 \\| 160 MB \\| 100 KB \\| – \\|")
        .containsPattern("\\| 1,000 \\| 169 MB \\| 10 KB \\| 0.5000 ms \\|");
  }

  @Test
  void onlyWhatIsBetweenTheMarksIsReplaced() throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(
        page,
        "# Before\n<!-- deploy/bench writes from here -->\nstale\n<!-- to here -->\n# After\n");

    Page.write(folder, page);
    Page.write(folder, page);

    assertThat(page)
        .content()
        .startsWith("# Before\n<!-- deploy/bench writes from here -->\n\nAn unknown machine.")
        .endsWith("<!-- to here -->\n# After\n")
        .doesNotContain("stale");
  }

  @Test
  void aPageWithoutMarksIsLeftAlone() throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "# Mine\n");

    assertThatThrownBy(() -> Page.write(folder, page))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lacks the lines");
    assertThat(page).content().isEqualTo("# Mine\n");
  }

  @Test
  void pausesAreReadFromTheLogOfCollections() {
    GcLog log =
        GcLog.parse(
            Stream.of(
                "[0.5s][info][gc,start] GC(0) Pause Young (Allocation Failure)",
                "[0.5s][info][gc] GC(0) Pause Young (Allocation Failure) 20M->8M(60M) 12.345ms",
                "[9.1s][info][gc] GC(1) Pause Full (System.gc()) 40M->30M(60M) 61.000ms",
                "[9.9s][info][gc] GC(2) Pause Young (Allocation Failure) 50M->31M(60M) 3.100ms",
                "[9.9s][info][gc,cpu] GC(2) User=0.01s Sys=0.02s Real=0.08s"));

    assertThat(log).isEqualTo(new GcLog(1, 61, 2, 12.345, 30));
  }

  private static Report report() {
    return new Report("test", Map.of());
  }

  private void run(String name, Report report) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), report.result().toJson().encode());
    Files.writeString(folder.resolve(name + ".log"), LOG);
  }
}
