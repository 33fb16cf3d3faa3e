package com.napalmsky.user.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.ExportContract.Export;
import com.napalmsky.shared.contract.user.ExportContract.Exported;
import com.napalmsky.shared.contract.user.ExportContract.Section;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.user.UserStage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExportTest {

  @RegisterExtension
  static final UserStage stage =
      new UserStage("USER_EXPORT_ENTRIES", "3", "USER_EXPORT_SECTION_BYTES", "3000");

  private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| ([^|]+) \\|.*");

  private static Exported export(UUID userId) {
    return UserStage.await(stage.exports().export(new Export(userId)));
  }

  private static Section section(Exported exported, String name) {
    return exported.sections().stream()
        .filter(section -> section.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static JsonArray entries(Exported exported, String name) {
    return new JsonArray(section(exported, name).entries());
  }

  private static void call(UUID one, UUID other, int minutesAgo) {
    Instant end = stage.timers.now().minusSeconds(60L * minutesAgo);
    UUID room = UUID.randomUUID();
    UserStage.await(
        stage
            .calls()
            .record(
                new RecordCall(
                    room,
                    "session-" + room,
                    one,
                    other,
                    end.minusSeconds(60),
                    end,
                    60,
                    EndReason.COMPLETED,
                    List.of())));
  }

  @Test
  void aPersonGetsWhatIsKeptAboutHerAndNothingOfOthers() {
    SignedUp ada = stage.member("Ada", "ada@example.org");
    UUID id = ada.session().userId();
    UUID ben = stage.user("Ben");
    call(id, ben, 5);
    stage.sql(
        "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, now())", id, ben);
    stage.sql(
        "INSERT INTO reports (report_id, reported_user_id, reporter_user_id, reason, created_at)"
            + " VALUES (gen_random_uuid(), $1, $2, 'said by Ben in confidence', now())",
        id,
        ben);

    Exported exported = export(id);

    JsonObject account = entries(exported, "account").getJsonObject(0);
    assertThat(account.getString("name")).isEqualTo("Ada");
    assertThat(account.getString("email")).isEqualTo("ada@example.org");
    assertThat(entries(exported, "history").getJsonObject(0).getString("partnerName"))
        .isEqualTo("Ben");
    assertThat(entries(exported, "calls").getJsonObject(0).getString("partnerId"))
        .isEqualTo(ben.toString());
    assertThat(entries(exported, "blocks").getJsonObject(0).getString("blockedUserId"))
        .isEqualTo(ben.toString());
    assertThat(entries(exported, "sessions").getJsonObject(0).getString("ipAddress"))
        .isEqualTo(UserStage.ORIGIN.ip());
    assertThat(exported.sections()).allMatch(Section::complete);
    String everything = exported.toString();
    assertThat(everything)
        .doesNotContain("said by Ben in confidence")
        .doesNotContain("passwordHash")
        .doesNotContain("tokenHash")
        .doesNotContain("$2a$");
  }

  @Test
  void whatIsTooLongIsCutAtItsOldEndAndSaysSo() {
    UUID id = stage.user("Cleo");
    UUID other = stage.user("Dan");
    for (int minutesAgo = 1; minutesAgo <= 5; minutesAgo++) {
      call(id, other, minutesAgo);
    }

    Exported exported = export(id);

    assertThat(section(exported, "calls").complete()).isFalse();
    assertThat(entries(exported, "calls")).hasSize(3);
    assertThat(entries(exported, "calls").getJsonObject(0).getString("endedAt"))
        .isGreaterThan(entries(exported, "calls").getJsonObject(2).getString("endedAt"));
  }

  @Test
  void oneEntryThatIsTooLargeIsLeftOut() {
    UUID id = stage.user("Eve");
    UUID other = stage.user("Fay");
    call(id, other, 1);
    stage.sql(
        "UPDATE chat_history SET messages = jsonb_build_array(repeat('x', 4000)) WHERE user_id = $1",
        id);

    Exported exported = export(id);

    assertThat(section(exported, "history")).isEqualTo(new Section("history", "[]", false));
  }

  @Test
  void nobodyHasNothing() {
    Exported exported = export(UUID.randomUUID());

    assertThat(exported.sections()).allMatch(section -> section.entries().equals("[]"));
  }

  /** A new table must be exported, or the page must say why it is not. */
  @Test
  void thePageOfDataProtectionNamesEachTableAndEachSection() throws IOException {
    Map<String, String> page = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/contracts/data-protection.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        page.put(row.group(1), row.group(2).trim());
      }
    }
    List<String> tables =
        stage
            .sql(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                    + " AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'")
            .stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(tables);
    assertThat(
            page.values().stream()
                .filter(text -> text.startsWith("`"))
                .map(text -> text.replace("`", ""))
                .toList())
        .containsExactlyInAnyOrderElementsOf(Sections.QUERIES.keySet());
    assertThat(page.values().stream().filter(text -> !text.startsWith("`")))
        .allMatch(text -> text.startsWith("no: "));
  }
}
