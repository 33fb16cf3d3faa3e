package com.napalmsky.standalone.access;

import com.napalmsky.shared.contract.user.TokenHash;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes people and what belongs to them straight into the database of the running program, which
 * has never heard of them before they ask for something. Safe from any thread; one statement at a
 * time.
 */
final class People implements AutoCloseable {

  /** The password of every account that has one. */
  static final String PASSWORD = "correct horse battery";

  private static final String CODE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connection connection;
  private final String passwordHash;

  /**
   * @param jdbcUrl of the program's database
   * @param passwordHash of {@link #PASSWORD}
   */
  People(String jdbcUrl, String passwordHash) throws SQLException {
    this.connection = DriverManager.getConnection(jdbcUrl);
    this.passwordHash = passwordHash;
  }

  /** A token of a session or of a reset. */
  static String secret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String letters(int length) {
    return RANDOM
        .ints(length, 0, CODE_LETTERS.length())
        .collect(
            StringBuilder::new,
            (text, i) -> text.append(CODE_LETTERS.charAt(i)),
            StringBuilder::append)
        .toString();
  }

  /** A guest with paid access. */
  Account account() {
    UUID id = UUID.randomUUID();
    String name = "P" + letters(8);
    run(
        "INSERT INTO users (user_id, name, gender, paid_status, created_at, updated_at)"
            + " VALUES (?, ?, 'unspecified', 'qr_verified', now(), now())",
        id,
        name);
    return new Account(id, name, name.toLowerCase(Locale.ROOT) + "@example.org");
  }

  void makePermanent(Account account) {
    run(
        "UPDATE users SET email = ?, password_hash = ? WHERE user_id = ?",
        account.email(),
        passwordHash,
        account.id());
  }

  /** Gives an account the role, and a name at the admins' door: its own. */
  void makeAdmin(Account account) {
    run("UPDATE users SET role = 'admin' WHERE user_id = ?", account.id());
    run(
        "INSERT INTO admin_credentials (user_id, username, password_hash, updated_at)"
            + " VALUES (?, ?, ?, now())",
        account.id(),
        account.name(),
        passwordHash);
  }

  void setAccess(Account account, String paidStatus) {
    run("UPDATE users SET paid_status = ? WHERE user_id = ?", paidStatus, account.id());
  }

  /**
   * A ban that nobody announces: whoever asks the database knows of it.
   *
   * @param status temporary or permanent
   */
  void ban(Account account, String status) {
    run(
        "UPDATE users SET ban_status = ?, banned_at = now(), banned_reason = 'reports',"
            + " review_status = 'pending' WHERE user_id = ?",
        status,
        account.id());
    run(
        "INSERT INTO ban_records"
            + " (user_id, ban_status, banned_at, banned_reason, report_count, review_status)"
            + " VALUES (?, ?, now(), 'reports', 4, 'pending')",
        account.id(),
        status);
  }

  /** A session, as good as the guise has it; answers its id. */
  UUID session(Account account, String token, Guise guise) {
    UUID id = UUID.randomUUID();
    boolean expired = guise == Guise.SESSION_RAN_OUT;
    String state =
        switch (guise) {
          case SIGNED_OUT -> "logged_out";
          case SIGNED_IN_ELSEWHERE -> "displaced";
          default -> "active";
        };
    run(
        "INSERT INTO sessions (token_hash, session_id, user_id, created_at, last_active_at,"
            + " expires_at, kind, state, ended_at)"
            + " SELECT ?, ?, ?, now(), now(), now() + (? || ' hours')::interval, ?, s.state,"
            + " CASE s.state WHEN 'active' THEN NULL ELSE now() END FROM (SELECT ?::text) s (state)",
        TokenHash.of(token),
        id,
        account.id(),
        expired ? "-1" : "1",
        guise == Guise.ADMIN_THROUGH_THE_DOOR ? "admin" : "user",
        state);
    return id;
  }

  /** The token of a good session. */
  String signIn(Account account) {
    String token = secret();
    session(account, token, Guise.OWNER);
    return token;
  }

  /** The token of a mailed link. */
  String resetToken(Account account) {
    String token = secret();
    run(
        "INSERT INTO password_reset_tokens (token_hash, user_id, created_at, expires_at)"
            + " VALUES (?, ?, now(), now() + interval '1 hour')",
        TokenHash.of(token),
        account.id());
    return token;
  }

  /** Two people had a call; answers its room. */
  UUID met(Account one, Account other) {
    UUID room = UUID.randomUUID();
    run(
        "INSERT INTO finished_calls (room_id, session_id, first_id, second_id, started_at,"
            + " ended_at, duration_seconds, reason, recorded_at) VALUES (?, ?, ?, ?,"
            + " now() - interval '1 hour', now() - interval '50 minutes', 600, 'left', now())",
        room,
        "session-" + room,
        one.id(),
        other.id());
    return room;
  }

  /** Somebody had a call that is in his history; answers its room. */
  UUID talked(Account member) {
    UUID room = UUID.randomUUID();
    run(
        "INSERT INTO chat_history (session_id, user_id, partner_id, partner_name, room_id,"
            + " started_at, duration) VALUES (?, ?, ?, 'Zoe', ?, now() - interval '1 hour', 600)",
        "session-" + room,
        member.id(),
        UUID.randomUUID(),
        room);
    return room;
  }

  /** A link that its maker made to lead to somebody; answers its code. */
  String link(Account maker, Account target) {
    String code = letters(10);
    run(
        "INSERT INTO referral_codes (code, created_by, target_id, created_at, expires_at)"
            + " VALUES (?, ?, ?, now(), now() + interval '30 days')",
        code,
        maker.id(),
        target.id());
    return code;
  }

  /** An introduction that its target has not read of; answers its id. */
  UUID introduction(Account target, Account newcomer) {
    UUID id = UUID.randomUUID();
    run(
        "INSERT INTO introductions"
            + " (introduction_id, target_id, newcomer_id, introduced_at, notified_at)"
            + " VALUES (?, ?, ?, now(), now())",
        id,
        target.id(),
        newcomer.id());
    return id;
  }

  /** An access code that never runs out. */
  String accessCode() {
    String code = letters(16);
    run(
        "INSERT INTO invite_codes"
            + " (code, created_by_name, created_at, type, max_uses, uses_remaining)"
            + " VALUES (?, 'Box office', now(), 'admin', -1, -1)",
        code);
    return code;
  }

  void block(Account blocker, Account blocked) {
    run(
        "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES (?, ?, now())",
        blocker.id(),
        blocked.id());
  }

  /** Bans an address of a network for documentation; answers the ban's id. */
  UUID bannedAddress() {
    UUID id = UUID.randomUUID();
    run(
        "INSERT INTO ip_bans (ip_address, reason, banned_at, ban_id) VALUES (?, 'test', now(), ?)",
        "2001:db8::" + Integer.toHexString(1 + RANDOM.nextInt(0xfffe)),
        id);
    return id;
  }

  UUID announcement() {
    UUID id = UUID.randomUUID();
    run(
        "INSERT INTO announcements (announcement_id, text, made_at, ends_at)"
            + " VALUES (?, 'Closed tonight', now(), now() + interval '1 minute')",
        id);
    return id;
  }

  /** What stands in the database, as text; null when there is no such row. */
  @Nullable String look(String sql, Object... values) {
    synchronized (connection) {
      try (PreparedStatement statement = prepare(sql, values);
          ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      } catch (SQLException failed) {
        throw new IllegalStateException(sql, failed);
      }
    }
  }

  private void run(String sql, Object... values) {
    synchronized (connection) {
      try (PreparedStatement statement = prepare(sql, values)) {
        statement.executeUpdate();
      } catch (SQLException failed) {
        throw new IllegalStateException(sql, failed);
      }
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
