package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryTest {

  @RegisterExtension final Stage stage = new Stage();

  private final UUID ada = stage.oldUser("Ada");
  private final UUID eve = stage.oldUser("Eve");
  private final UUID room = UUID.randomUUID();

  @Test
  void bothMembersHaveTheCallAlthoughOneRowWasLost() {
    call("session-1", "messages", "[" + message(ada, "hello") + "]");

    Stage.Ran ran = stage.run();

    assertThat(
            stage.rows(
                "SELECT user_id, partner_id, partner_name, room_id, started_at, duration,"
                    + " messages FROM chat_history WHERE session_id = 'session-1'"))
        .containsExactlyInAnyOrder(
            List.of(
                ada.toString(),
                eve.toString(),
                "Eve then",
                room.toString(),
                "2025-12-01 20:00:00+00",
                "125",
                stored(ada, "hello")),
            List.of(
                eve.toString(),
                ada.toString(),
                "Ada",
                room.toString(),
                "2025-12-01 20:00:00+00",
                "125",
                stored(ada, "hello")));
    assertThat(ran.counts("history")).containsExactly(1L, 1L, 0L, 0L);
    assertThat(ran.counts("history, rebuilt")).containsExactly(1L, 1L, 0L, 0L);
  }

  @Test
  void aRowThatThePartnerHasOfHisOwnCountsMore() {
    call("session-1", "duration", 100);
    stage.insert(
        "chat_history",
        "session_id",
        "session-1-disconnected",
        "user_id",
        eve,
        "partner_id",
        ada,
        "partner_name",
        "Ada then",
        "room_id",
        room,
        "started_at",
        "2025-12-01 20:00:00",
        "duration",
        90);

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT user_id, session_id, duration FROM chat_history"))
        .containsExactlyInAnyOrder(
            List.of(ada.toString(), "session-1", "100"),
            List.of(eve.toString(), "session-1-disconnected", "90"));
    assertThat(ran.counts("history, rebuilt")).containsExactly(2L, 0L, 0L, 2L);
    assertThat(ran.out()).contains("2  the partner has a row of his own for the call");
  }

  @Test
  void aCallThatWasWrittenTwiceForOneMemberIsThereOnce() {
    call("session-1");
    call("session-2");

    Stage.Ran ran = stage.run();

    assertThat(stage.value("SELECT count(*) FROM chat_history")).isEqualTo("2");
    assertThat(ran.counts("history")).containsExactly(2L, 1L, 0L, 1L);
    assertThat(ran.out()).contains("1  its owner has another row of the same call");
  }

  @Test
  void whatPeopleTalkedIsCountedFromTheirHistory() {
    call("session-1", "duration", 100, "room_id", UUID.randomUUID());
    call(
        "session-2",
        "duration",
        20,
        "room_id",
        UUID.randomUUID(),
        "started_at",
        "2025-12-02 20:00:00");

    stage.run();

    for (UUID member : List.of(ada, eve)) {
      assertThat(
              stage.row(
                  "SELECT timer_total_seconds, session_count, last_sessions FROM users"
                      + " WHERE user_id = ?",
                  member))
          .containsExactly(
              "120",
              "2",
              "[{\"at\": 1764619300000, \"duration\": 100}, {\"at\": 1764705620000, \"duration\":"
                  + " 20}]");
    }
  }

  @Test
  void aCallOfTheLastDaysCanBeReported() {
    call("session-1");

    stage.run();

    assertThat(
            stage.row(
                "SELECT session_id, first_id, second_id, ended_at, duration_seconds FROM"
                    + " finished_calls WHERE room_id = ?",
                room))
        .containsExactly(
            "session-1", ada.toString(), eve.toString(), "2025-12-01 20:02:05+00", "125");
  }

  @Test
  void messagesAreKeptWithinTheBoundsOfACall() {
    String many =
        IntStream.rangeClosed(1, 250)
            .mapToObj(i -> message(eve, "line " + i))
            .collect(Collectors.joining(",", "[", "]"));
    call("session-1", "messages", many);

    Stage.Ran ran = stage.run();

    assertThat(
            stage.row(
                "SELECT jsonb_array_length(messages), messages->0->>'text', messages->199->>'text'"
                    + " FROM chat_history WHERE user_id = ?",
                ada))
        .containsExactly("200", "line 51", "line 250");
    assertThat(ran.out()).contains("1  with its last 200 messages only");
  }

  @Test
  void whatStrangersWroteAndWhatIsNoMessageIsLeftOut() {
    call(
        "session-1",
        "messages",
        "["
            + message(UUID.randomUUID(), "I am in your room")
            + ", null, 7, {\"from\":\""
            + ada
            + "\"}, {\"from\":\"system\",\"timestamp\":1764619200000,\"text\":\"Eve left\"},"
            + " {\"from\":\""
            + eve
            + "\",\"timestamp\":\"soon\",\"type\":\"social\",\"socials\":"
            + "{\"instagram\":\" eve \",\"tiktok\":{\"a\":1}}},"
            + " {\"from\":\""
            + ada
            + "\",\"timestamp\":1764619200000,\"text\":\"a\\u0000b\\ud800c "
            + "x".repeat(600)
            + "\"}]");

    Stage.Ran ran = stage.run();

    assertThat(stage.value("SELECT messages FROM chat_history WHERE user_id = ?", ada))
        .isEqualTo(
            "[{\"at\": 1764619200000, \"text\": \"Eve left\"}, {\"at\": 1764619200000, \"from\": \""
                + eve
                + "\", \"socials\": {\"instagram\": \"eve\"}}, {\"at\": 1764619200000,"
                + " \"from\": \""
                + ada
                + "\", \"text\": \"ab\uFFFDc "
                + "x".repeat(495)
                + "\"}]");
    assertThat(ran.out()).contains("without messages that are empty, or written by neither member");
  }

  @Test
  void messagesThatAreNoListOrEndlessCostTheMessagesOnly() {
    call("session-1", "messages", "{\"a\":1}", "room_id", UUID.randomUUID());
    call(
        "session-2",
        "messages",
        "[" + message(ada, "x".repeat(1_100_000)) + "]",
        "room_id",
        UUID.randomUUID());
    call(
        "session-3",
        "messages",
        "[".repeat(3_000) + "]".repeat(3_000),
        "room_id",
        UUID.randomUUID());
    call("session-4", "messages", null, "room_id", UUID.randomUUID());

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT DISTINCT messages FROM chat_history"))
        .containsExactly(List.of("[]"));
    assertThat(ran.counts("history")).containsExactly(4L, 4L, 0L, 0L);
    assertThat(ran.out()).contains("3  without its messages, which are no list or too long");
  }

  @Test
  void rowsThatMeanNothingStayBehind() {
    call("no-partner", "partner_id", null);
    call("himself", "partner_id", ada);
    call("never", "started_at", null);
    call("unknown-user", "user_id", UUID.randomUUID(), "room_id", UUID.randomUUID());
    call("unknown-partner", "partner_id", UUID.randomUUID(), "room_id", UUID.randomUUID());
    call("no-room", "room_id", null, "duration", -5);

    Stage.Ran ran = stage.run();

    assertThat(ran.counts("history")).containsExactly(6L, 2L, 0L, 4L);
    assertThat(stage.rows("SELECT session_id, user_id::text FROM chat_history"))
        .containsExactlyInAnyOrder(
            List.of("unknown-partner", ada.toString()),
            List.of("no-room", ada.toString()),
            List.of("no-room", eve.toString()),
            List.of("unknown-user", eve.toString()));
    assertThat(ran.out())
        .contains("2  it does not name two people")
        .contains("1  it does not say when");
  }

  @Test
  void creditsCountOnceForAPartnerAndADay() {
    credit(ada, eve, "2025-12-01 10:00:00");
    credit(ada, eve, "2025-12-01 23:00:00");
    credit(ada, eve, "2025-12-02 00:30:00");
    credit(ada, ada, "2025-12-02 00:30:00");

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT day::text FROM session_completions ORDER BY 1"))
        .containsExactly(List.of("2025-12-01"), List.of("2025-12-02"));
    assertThat(ran.counts("credits")).containsExactly(4L, 2L, 1L, 1L);
  }

  @Test
  void cooldownsGoOnAndNeverLongerThanOneCan() {
    cooldown(ada, eve, "2026-01-11 06:00:00");
    cooldown(ada, stage.oldUser("Zoe"), "2026-01-10 11:59:00");
    cooldown(ada, stage.oldUser("Kim"), "2099-01-01 00:00:00");
    cooldown(ada, UUID.randomUUID(), "2026-01-11 06:00:00");

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT expires_at, reason FROM cooldowns"))
        .containsExactly(List.of("2026-01-11 06:00:00+00", "call_ended"));
    assertThat(ran.counts("cooldowns")).containsExactly(4L, 1L, 0L, 3L);
  }

  private void call(String sessionId, Object... more) {
    Object[] usual = {
      "session_id",
      sessionId,
      "user_id",
      ada,
      "partner_id",
      eve,
      "partner_name",
      "Eve then",
      "room_id",
      room,
      "started_at",
      "2025-12-01 20:00:00",
      "duration",
      125,
      "messages",
      "[]"
    };
    stage.insert("chat_history", usual, more);
  }

  private void credit(UUID user, UUID partner, String at) {
    stage.insert(
        "session_completions",
        "user_id",
        user,
        "partner_id",
        partner,
        "room_id",
        UUID.randomUUID(),
        "duration_seconds",
        60,
        "completed_at",
        at);
  }

  private void cooldown(UUID one, UUID other, String until) {
    stage.insert("cooldowns", "user_id_1", one, "user_id_2", other, "expires_at", until);
  }

  private static String message(UUID from, String text) {
    return "{\"from\":\""
        + from
        + "\",\"timestamp\":1764619200000,\"type\":\"message\",\"text\":\""
        + text
        + "\"}";
  }

  private static String stored(UUID from, String text) {
    return "[{\"at\": 1764619200000, \"from\": \"" + from + "\", \"text\": \"" + text + "\"}]";
  }
}
