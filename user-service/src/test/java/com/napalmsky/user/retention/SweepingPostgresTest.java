package com.napalmsky.user.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.user.UserStage;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two instances on one PostgreSQL. */
class SweepingPostgresTest {

  @RegisterExtension static final UserStage stage = new UserStage("USER_SWEEP_ROWS", "10");

  private static final Duration LOOKS = Duration.ofSeconds(15);
  private static final int PATIENCE_LOOKS = 1_000;

  private final AdvisoryLockElection one = stage.election(LOOKS);
  private final AdvisoryLockElection other = stage.election(LOOKS);

  @AfterEach
  void letGo() {
    UserStage.await(one.stepDown());
    UserStage.await(other.stepDown());
  }

  @CanIgnoreReturnValue
  private static boolean stands(Election election) {
    return UserStage.await(election.stand().otherwise(false));
  }

  /** Stands until it is elected; each time takes a way to the server and back. */
  private static boolean becomesElected(Election election) {
    return IntStream.range(0, PATIENCE_LOOKS)
        .anyMatch(
            look -> {
              boolean elected = stands(election);
              if (!elected) {
                stage.sql("SELECT pg_sleep(0.02)");
              }
              return elected;
            });
  }

  private static OffsetDateTime in(Duration span) {
    return stage.timers.now().plus(span).atOffset(ZoneOffset.UTC);
  }

  private static void cooldowns(int count, Duration end) {
    UUID ada = stage.user("Ada");
    for (int i = 0; i < count; i++) {
      UUID partner = stage.user("Partner");
      stage.sql(
          "INSERT INTO cooldowns VALUES (least($1::uuid, $2), greatest($1::uuid, $2), $3,"
              + " 'declined', $4)",
          ada,
          partner,
          in(end),
          in(Duration.ofDays(-1)));
    }
  }

  /** How many rows each table has. */
  private static Map<String, Long> tables() {
    Map<String, Long> sizes = new TreeMap<>();
    List<Row> names =
        stage.sql(
            "SELECT relname::text FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = 'public'::regnamespace");
    for (Row row : names) {
      String table = row.getString(0);
      sizes.put(table, stage.count("SELECT count(*) FROM " + table));
    }
    return sizes;
  }

  @Test
  void oneOfTwoIsElected() {
    assertThat(stands(one)).isTrue();
    assertThat(stands(other)).isFalse();
    assertThat(stands(one)).isTrue();
  }

  @Test
  void whoStepsDownMakesRoom() {
    stands(one);

    UserStage.await(one.stepDown());

    assertThat(one.elected()).isFalse();
    assertThat(stands(other)).isTrue();
  }

  @Test
  void whenTheConnectionOfTheElectedOneEndsAnotherTakesOver() {
    stands(one);

    stage.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())");

    assertThat(becomesElected(other)).isTrue();
    assertThat(stands(one)).isFalse();
    assertThat(one.elected()).isFalse();
  }

  @Test
  void whoIsSilentForFourLooksIsNoLongerElected() {
    AdvisoryLockElection silent = stage.election(Duration.ofMillis(50));
    stands(silent);

    assertThat(becomesElected(other)).isTrue();

    assertThat(stands(silent)).isFalse();
    UserStage.await(silent.stepDown());
  }

  @Test
  void onlyTheElectedInstanceSweepsAndAllOfIt() {
    cooldowns(25, Duration.ofMinutes(-1));
    Housekeeping elected = stage.housekeeping(one);
    Housekeeping standingBy = stage.housekeeping(other);
    UserStage.await(elected.look());
    UserStage.await(elected.sweeping());
    assertThat(stage.count("SELECT count(*) FROM cooldowns")).isZero();
    cooldowns(1, Duration.ofMinutes(-1));

    UserStage.await(standingBy.look());
    UserStage.await(standingBy.sweeping());

    assertThat(stage.count("SELECT count(*) FROM cooldowns")).isEqualTo(1);
    UserStage.await(elected.stop());
    UserStage.await(standingBy.look());
    UserStage.await(standingBy.sweeping());
    assertThat(stage.count("SELECT count(*) FROM cooldowns")).isZero();
    UserStage.await(standingBy.stop());
  }

  @Test
  void aPortionIsATransactionOfItsOwn() {
    cooldowns(25, Duration.ofMinutes(-1));
    Chore chore =
        ExpiredRows.all(stage.database(), stage.timers).stream()
            .filter(one -> one.name().equals("cooldowns"))
            .findFirst()
            .orElseThrow();

    assertThat(UserStage.await(chore.portion(10))).isEqualTo(10);

    assertThat(stage.count("SELECT count(*) FROM cooldowns")).isEqualTo(15);
    stage.sweep();
  }

  @Test
  void whatHasRunOutGoesAndNothingElse() {
    stage.sweep();
    UUID ada = stage.user("Ada");
    UUID ben = stage.user("Ben");
    OffsetDateTime before = in(Duration.ofDays(-2));
    OffsetDateTime end = in(Duration.ZERO);
    OffsetDateTime later = in(Duration.ofMillis(1));
    Map<String, Long> atFirst = tables();
    for (OffsetDateTime at : List.of(end, later)) {
      String key = at.equals(end) ? "A" : "B";
      stage.sql(
          "INSERT INTO sessions (token_hash, session_id, user_id, created_at, expires_at,"
              + " last_active_at) VALUES ($1, gen_random_uuid(), $2, $3, $4, $3)",
          TokenHash.of("swept" + key),
          ada,
          before,
          at);
      stage.sql(
          "INSERT INTO referral_codes (code, created_by, target_id, created_at, expires_at)"
              + " VALUES ($1, $2, $3, $4, $5)",
          "SWEPTLINK" + key,
          ada,
          ben,
          before,
          at);
      stage.sql(
          "INSERT INTO password_reset_tokens (token_hash, user_id, created_at, expires_at)"
              + " VALUES ($1, $2, $3, $4)",
          TokenHash.of("token" + key),
          ada,
          before,
          at.minusDays(1));
      stage.sql(
          "INSERT INTO ip_bans (ip_address, reason, banned_at, expires_at)"
              + " VALUES ($1, 'x', $2, $3)",
          "192.0.2." + (key.equals("A") ? 1 : 2),
          before,
          at);
    }
    for (int day = 0; day < 4; day++) {
      stage.sql(
          "INSERT INTO media_usage VALUES ($1, $2, 1, 1)",
          ada,
          stage.timers.now().atOffset(ZoneOffset.UTC).toLocalDate().minusDays(day));
    }

    int swept = stage.sweep();

    Map<String, Long> expected = new TreeMap<>(atFirst);
    for (String table : List.of("sessions", "referral_codes", "password_reset_tokens", "ip_bans")) {
      expected.merge(table, 1L, Long::sum);
    }
    // Today's, and yesterday's for what began before midnight.
    expected.merge("media_usage", 2L, Long::sum);
    assertThat(tables()).isEqualTo(expected);
    assertThat(swept).isEqualTo(6);
    assertThat(stage.sweepCounts().rows())
        .containsEntry("introduction-links", 1L)
        .containsEntry("reset-tokens", 1L)
        .containsEntry("ip-bans", 1L)
        .containsEntry("upload-counts", 2L);
  }
}
