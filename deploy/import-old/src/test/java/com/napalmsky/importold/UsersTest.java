package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {

  private static final String HASH = "$2b$12$abcdefghijklmnopqrstuuFDJRuYeKkCzo3Wy7h8SxhBSHBAHiPK2";

  @RegisterExtension final Stage stage = new Stage();

  @Test
  void anAccountComesOverWithAllItHas() {
    UUID ada =
        stage.oldUser(
            "Ada",
            "email",
            "ada@example.org",
            "password_hash",
            HASH,
            "account_type",
            "permanent",
            "selfie_url",
            "https://res.cloudinary.com/x/ada.jpg",
            "video_url",
            "https://res.cloudinary.com/x/ada.mp4",
            "socials",
            "{\"instagram\":\"ada\",\"myspace\":\"ada\",\"tiktok\":{\"a\":1}}",
            "timer_total_seconds",
            77,
            "session_count",
            3,
            "last_sessions",
            "[{\"at\":1700000000000,\"duration\":60},{\"at\":\"x\"},7]",
            "streak_days",
            2,
            "paid_status",
            "paid",
            "paid_at",
            "2025-11-01 10:00:00.5",
            "payment_id",
            "cs_1",
            "invite_code_used",
            "AAAABBBBCCCCDDDD",
            "successful_sessions",
            5);

    stage.run();

    assertThat(
            stage.row(
                "SELECT name, gender, email, password_hash, account_type, selfie_url, video_url,"
                    + " socials, timer_total_seconds, session_count, last_sessions, streak_days,"
                    + " paid_status, paid_at, payment_id, invite_code_used, qr_unlocked,"
                    + " successful_sessions, ban_status, role, created_at, updated_at"
                    + " FROM users WHERE user_id = ?",
                ada))
        .containsExactly(
            "Ada",
            "female",
            "ada@example.org",
            HASH,
            "permanent",
            "https://res.cloudinary.com/x/ada.jpg",
            "https://res.cloudinary.com/x/ada.mp4",
            "{\"instagram\": \"ada\"}",
            "77",
            "3",
            "[{\"at\": 1700000000000, \"duration\": 60}]",
            "2",
            "paid",
            "2025-11-01 10:00:00.5+00",
            "cs_1",
            "AAAABBBBCCCCDDDD",
            "t",
            "5",
            "none",
            "user",
            "2025-10-10 08:00:00+00",
            "2025-10-11 09:00:00+00");
  }

  @Test
  void timesWithoutAZoneAreReadInTheOneThatIsTold() {
    UUID ada = stage.oldUser("Ada", "created_at", "2025-07-01 12:00:00");
    UUID eve = stage.oldUser("Eve", "created_at", "2025-12-01 12:00:00");

    stage.run("--old-zone", "Europe/Vienna");

    assertThat(stage.value("SELECT created_at FROM users WHERE user_id = ?", ada))
        .isEqualTo("2025-07-01 10:00:00+00");
    assertThat(stage.value("SELECT created_at FROM users WHERE user_id = ?", eve))
        .isEqualTo("2025-12-01 11:00:00+00");
  }

  @Test
  void timesThatWereNotKeptOrAreNoneAreReplacedByTheNextBest() {
    UUID ada = stage.oldUser("Ada", "created_at", null);
    UUID eve = stage.oldUser("Eve", "created_at", "infinity", "updated_at", "-infinity");
    UUID zoe = stage.oldUser("Zoe", "created_at", "0044-03-15 00:00:00 BC", "updated_at", null);

    stage.run();

    assertThat(stage.value("SELECT created_at FROM users WHERE user_id = ?", ada))
        .isEqualTo("2025-10-11 09:00:00+00");
    assertThat(stage.value("SELECT created_at FROM users WHERE user_id = ?", eve))
        .isEqualTo("2026-01-10 12:00:00+00");
    assertThat(stage.value("SELECT updated_at FROM users WHERE user_id = ?", zoe))
        .isEqualTo("2026-01-10 12:00:00+00");
  }

  @Test
  void namesAreKeptAsTheyAreButNeitherBlankNorTooLong() {
    UUID markup = stage.oldUser(" <b>Ada</b>\u202e ");
    UUID blank = stage.oldUser(" \n\t ");
    UUID missing = stage.oldUser("Eve", "name", null);
    UUID longName = stage.oldUser("\uD83D\uDE00".repeat(120));

    Stage.Ran ran = stage.run();

    assertThat(stage.value("SELECT name FROM users WHERE user_id = ?", markup))
        .isEqualTo("<b>Ada</b>\u202e");
    assertThat(stage.value("SELECT name FROM users WHERE user_id = ?", blank)).isEqualTo("Someone");
    assertThat(stage.value("SELECT name FROM users WHERE user_id = ?", missing))
        .isEqualTo("Someone");
    assertThat(stage.value("SELECT name FROM users WHERE user_id = ?", longName))
        .isEqualTo("\uD83D\uDE00".repeat(100));
    assertThat(ran.out())
        .contains("2  the name was blank: 'Someone' now")
        .contains("1  the name was cut to 100 characters  (" + start(longName));
  }

  @Test
  void wordsThatNobodyKnowsBecomeTheHarmlessOne() {
    UUID ada =
        stage.oldUser(
            "Ada",
            "gender",
            "robot",
            "paid_status",
            "gold",
            "ban_status",
            "shadow",
            "review_status",
            "lost",
            "timer_total_seconds",
            -5,
            "session_count",
            -1,
            "streak_days",
            -3,
            "successful_sessions",
            -1,
            "socials",
            "[1,2]",
            "last_sessions",
            "{\"a\":1}");

    stage.run();

    assertThat(
            stage.row(
                "SELECT gender, paid_status, ban_status, review_status, timer_total_seconds,"
                    + " session_count, streak_days, successful_sessions, socials, last_sessions"
                    + " FROM users WHERE user_id = ?",
                ada))
        .containsExactly("unspecified", "unpaid", "none", null, "0", "0", "0", "0", "{}", "[]");
  }

  @Test
  void ofAddressesThatDifferInCaseTheOldestAccountWithALoginKeepsIt() {
    UUID broken =
        stage.oldUser(
            "A",
            "email",
            "Ada@Example.org",
            "password_hash",
            "plain",
            "created_at",
            "2025-01-01 00:00:00");
    UUID older =
        stage.oldUser(
            "B",
            "email",
            " ADA@example.org",
            "password_hash",
            HASH,
            "created_at",
            "2025-02-01 00:00:00");
    UUID newer =
        stage.oldUser(
            "C",
            "email",
            "ada@example.org",
            "password_hash",
            HASH,
            "created_at",
            "2025-03-01 00:00:00");

    Stage.Ran ran = stage.run("--batch", "1");

    assertThat(stage.rows("SELECT user_id, email FROM users WHERE email IS NOT NULL"))
        .containsExactly(List.of(older.toString(), "ada@example.org"));
    assertThat(stage.rows("SELECT account_type FROM users WHERE user_id IN (?, ?)", broken, newer))
        .containsOnly(List.of("guest"));
    assertThat(ran.out())
        .contains(
            "1  guest now: an older account has the same e-mail in another case  (" + start(newer));
  }

  @Test
  void addressesThatOnlyJavaFoldsAreFoundToCollideAsWell() {
    stage.oldUser("A", "email", "ÄDA@example.org", "password_hash", HASH);
    stage.oldUser("B", "email", "äda@example.org", "password_hash", HASH);

    Stage.Ran ran = stage.run();

    assertThat(ran.counts("users")).containsExactly(2L, 2L, 0L, 0L);
    assertThat(stage.rows("SELECT email FROM users WHERE email IS NOT NULL"))
        .containsExactly(List.of("äda@example.org"));
  }

  @Test
  void halfALoginIsNone() {
    String[][] halves = {
      {"ada", HASH},
      {"ada@example.org", null},
      {null, HASH},
      {"bea@example.org", "plain text"},
      {"cleo@example.org", HASH.replace("$12$", "$31$")},
      {"dora@example.org", "$2b$12$short"},
      {" ", HASH},
      {"x".repeat(250) + "@example.org", HASH}
    };
    for (String[] half : halves) {
      stage.oldUser("Ada", "email", half[0], "password_hash", half[1]);
    }

    Stage.Ran ran = stage.run();

    assertThat(stage.rows("SELECT DISTINCT account_type, email, password_hash FROM users"))
        .containsExactly(Arrays.asList("guest", null, null));
    assertThat(ran.counts("users")).containsExactly(8L, 8L, 0L, 0L);
    assertThat(ran.out())
        .contains("3  guest now: only one of e-mail and password was there")
        .contains("2  guest now: what was taken for an e-mail address is none")
        .contains("3  guest now: the password is not a usable bcrypt hash");
  }

  @Test
  void mediaAreKeptWhereTheyOutliveTheOldServer() {
    UUID ada =
        stage.oldUser(
            "Ada",
            "selfie_url",
            "https://res.cloudinary.com/a.jpg",
            "video_url",
            "https://old.example/uploads/a.webm");
    Stage other = new Stage(stage.old, Stage.freshOurs());

    Stage.Ran ran = stage.run();
    other.run("--keep-media-urls");

    String query = "SELECT selfie_url, video_url FROM users WHERE user_id = ?";
    assertThat(stage.row(query, ada)).containsExactly("https://res.cloudinary.com/a.jpg", null);
    assertThat(other.row(query, ada))
        .containsExactly("https://res.cloudinary.com/a.jpg", "https://old.example/uploads/a.webm");
    assertThat(ran.out())
        .contains("1  video_url dropped: it is on no store")
        .doesNotContain("selfie_url");
  }

  @ParameterizedTest
  @CsvSource({
    "unpaid, , false, unpaid, false",
    "qr_grace_period, , true, qr_grace_period, false",
    "qr_verified, , false, qr_verified, true",
    "qr_verified, cs_1, true, paid, true",
    "paid, cs_1, false, paid, true",
    ", , , unpaid, false"
  })
  void accessIsWhatItWasAndTheOwnCodeIsUnlockedByIt(
      String status, String payment, String unlocked, String expected, boolean expectedUnlocked) {
    UUID ada =
        stage.oldUser("Ada", "paid_status", status, "payment_id", payment, "qr_unlocked", unlocked);

    stage.run();

    assertThat(
            stage.row(
                "SELECT paid_status, qr_unlocked, qr_unlocked_at IS NOT NULL FROM users"
                    + " WHERE user_id = ?",
                ada))
        .containsExactly(expected, expectedUnlocked ? "t" : "f", expectedUnlocked ? "t" : "f");
  }

  private static String start(UUID id) {
    return id.toString().substring(0, 8) + "…";
  }
}
