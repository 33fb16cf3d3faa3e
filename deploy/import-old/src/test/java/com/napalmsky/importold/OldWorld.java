package com.napalmsky.importold;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * An old database as years of the old server leave it: mostly sound, with some of everything that
 * went wrong. The same seed makes the same rows.
 */
final class OldWorld {

  private static final String HASH = "$2b$12$abcdefghijklmnopqrstuuFDJRuYeKkCzo3Wy7h8SxhBSHBAHiPK2";
  private static final String[] NAMES = {
    "Ada", "Eve", " ", "<script>alert(1)</script>", "名前", "\u202eadA", "x".repeat(255), "O'Hara\\"
  };
  private static final String[] JSONS = {
    "[]",
    "{}",
    "null",
    "7",
    "\"x\"",
    "[null,{\"at\":1e400}]",
    "[[[[[]]]]]",
    "{\"instagram\":\"ada\"}"
  };
  private static final String[] ADDRESSES = {
    "203.0.113.9", "2001:db8::7", "127.0.0.1", "198.51.100.0/24", "::ffff:203.0.113.80"
  };

  private final Random random;
  private final Connection connection;
  private final List<UUID> people = new ArrayList<>();
  private final List<String> codes = new ArrayList<>();

  private OldWorld(Connection connection, long seed) {
    this.connection = connection;
    this.random = new Random(seed);
  }

  /** Fills an old database that has tables and no rows. */
  static void fill(String database, int size, long seed) {
    try (Connection connection = TestPostgres.connect(database)) {
      connection.setAutoCommit(false);
      new OldWorld(connection, seed).fill(size);
      connection.commit();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void fill(int size) throws SQLException {
    for (int i = 0; i < size; i++) {
      people.add(uuid());
      codes.add(String.format("CODE%012d", i));
    }
    for (int i = 0; i < size; i++) {
      person(i);
      session();
      code(i);
      call(i);
      cooldown(i);
      report();
      notification();
      if (chance(20)) {
        ban(i);
      }
    }
  }

  private void person(int i) throws SQLException {
    boolean hasEmail = chance(60);
    insert(
        "users",
        "user_id",
        people.get(i),
        "name",
        chance(10) ? null : oneOf(NAMES),
        "gender",
        chance(5) ? "robot" : "nonbinary",
        // Two people in a row have one address but for its case.
        "email",
        hasEmail ? (i % 2 == 0 ? "Person" : "person") + i / 2 + "@example.org" : null,
        "password_hash",
        hasEmail ? (chance(10) ? "secret" : HASH) : null,
        "selfie_url",
        oneOf("https://res.cloudinary.com/a.jpg", "/uploads/a.jpg", null),
        "socials",
        oneOf(JSONS),
        "last_sessions",
        oneOf(JSONS),
        "timer_total_seconds",
        random.nextInt(100) - 10,
        "session_count",
        0,
        "introduced_to",
        chance(20) ? someone() : null,
        "introduced_by",
        chance(20) ? someone() : null,
        "paid_status",
        oneOf("unpaid", "paid", "qr_verified", "qr_grace_period", "gold", null),
        "payment_id",
        chance(20) ? "cs_" + i : null,
        "invite_code_used",
        chance(50) ? oneOf(codes.get(random.nextInt(codes.size())), "short") : null,
        "my_invite_code",
        chance(50) ? codes.get(i) : null,
        "ban_status",
        oneOf("none", "none", "none", "temporary", "permanent", "vindicated"),
        "created_at",
        chance(5) ? "infinity" : "2025-10-" + (10 + random.nextInt(20)) + " 10:00:00",
        "updated_at",
        chance(5) ? null : "2025-11-01 00:00:00");
  }

  private void session() throws SQLException {
    insert(
        "sessions",
        "session_token",
        uuid(),
        "user_id",
        someone(),
        "ip_address",
        oneOf(ADDRESSES),
        "is_active",
        chance(20) ? null : chance(70),
        "created_at",
        "2026-01-01 00:00:00",
        "expires_at",
        oneOf("2026-02-01 00:00:00", "2025-12-01 00:00:00", "infinity"));
  }

  private void code(int i) throws SQLException {
    if (chance(70)) {
      insert(
          "invite_codes",
          "code",
          chance(90) ? codes.get(i) : "bad" + i,
          "created_by",
          chance(30) ? null : someone(),
          "created_at",
          "2025-12-01 00:00:00",
          "type",
          chance(10) ? "admin" : "user",
          "max_uses",
          random.nextInt(6) - 1,
          "uses_remaining",
          random.nextInt(5),
          "used_by",
          chance(30) ? "[\"" + someone() + "\"]" : oneOf(JSONS),
          "is_active",
          chance(90));
    }
  }

  private void call(int i) throws SQLException {
    UUID one = someone();
    UUID other = someone();
    UUID room = uuid();
    for (int row = 0; row < (chance(20) ? 2 : 1); row++) {
      insert(
          "chat_history",
          "session_id",
          "session-" + (1_700_000_000_000L + i) + "-" + row,
          "user_id",
          row == 0 ? one : other,
          "partner_id",
          row == 0 ? other : one,
          "partner_name",
          oneOf(NAMES),
          "room_id",
          chance(5) ? null : room,
          "started_at",
          chance(5) ? null : "2026-01-0" + (1 + i % 9) + " 10:00:00",
          "duration",
          random.nextInt(2_000) - 50,
          "messages",
          chance(50)
              ? "[{\"from\":\"" + one + "\",\"timestamp\":1,\"text\":\"\\ud83d \\u0000hi\"}]"
              : oneOf(JSONS));
      insert(
          "session_completions",
          "user_id",
          row == 0 ? one : other,
          "partner_id",
          row == 0 ? other : one,
          "room_id",
          room,
          "duration_seconds",
          random.nextInt(2_000),
          "completed_at",
          chance(5) ? null : "2026-01-0" + (1 + i % 9) + " 10:00:00");
    }
  }

  private void cooldown(int i) throws SQLException {
    insert(
        "cooldowns",
        "user_id_1",
        people.get(i),
        "user_id_2",
        uuidOr(someone()),
        "expires_at",
        oneOf("2026-01-11 10:00:00", "2026-01-09 10:00:00", "infinity"));
  }

  private void report() throws SQLException {
    insert(
        "reports",
        "report_id",
        uuid(),
        "reported_user_id",
        people.get(random.nextInt(4)),
        "reporter_user_id",
        someone(),
        "reporter_ip",
        oneOf(ADDRESSES),
        "reason",
        oneOf(NAMES),
        "timestamp",
        "2026-01-02 10:00:00");
  }

  private void notification() throws SQLException {
    insert(
        "referral_notifications",
        "id",
        uuid(),
        "for_user_id",
        people.get(random.nextInt(3)),
        "referred_user_id",
        people.get(random.nextInt(people.size())),
        "referred_name",
        oneOf(NAMES),
        "timestamp",
        "2026-01-02 10:00:00",
        "read",
        chance(50));
  }

  private void ban(int i) throws SQLException {
    insert(
        "ban_records",
        "user_id",
        people.get(i),
        "ban_status",
        oneOf("temporary", "permanent", "none"),
        "banned_at",
        "2026-01-02 10:00:00",
        "banned_reason",
        "spam",
        "review_status",
        oneOf("pending", "lost", null),
        "ip_addresses",
        oneOf(JSONS));
    insert(
        "ip_bans",
        "ip_address",
        "203.0.113." + i % 250,
        "user_id",
        people.get(i),
        "reason",
        "spam");
  }

  private void insert(String table, Object... columns) throws SQLException {
    Stage.insert(connection, table, columns);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private UUID uuidOr(UUID known) {
    return chance(10) ? uuid() : known;
  }

  private UUID someone() {
    return chance(3) ? uuid() : people.get(random.nextInt(people.size()));
  }
}
