package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What admins may ask of user-service. Whatever an operation changes is written to the audit log in
 * the same transaction. That the asker is an admin was checked by the gateway. See {@code
 * docs/contracts/admin.md}.
 */
public final class AdminContract {

  private AdminContract() {}

  /** {@code POST /admin/login}. */
  public record LogInAdmin(String username, String password, Origin origin) {
    @Override
    public String toString() {
      return "LogInAdmin[]";
    }
  }

  /** How an admin's login ended. */
  public enum AdminLogInOutcome {
    LOGGED_IN,
    /** Unknown name and wrong password are one and the same. */
    REFUSED,
    /** Too many wrong passwords: nothing was compared. */
    LOCKED
  }

  /**
   * @param token the session's secret, once and never again; null unless logged in
   * @param session null unless logged in
   * @param username as it is stored; null unless logged in
   * @param lockedUntil set when locked
   */
  public record AdminLoggedIn(
      AdminLogInOutcome outcome,
      @Nullable String token,
      @Nullable Session session,
      @Nullable String username,
      @Nullable Instant lockedUntil) {

    @Override
    public String toString() {
      return "AdminLoggedIn[outcome=" + outcome + "]";
    }
  }

  /**
   * {@code GET /admin/audit}, newest first.
   *
   * @param actorId only what this admin did, or null
   * @param subject only what was done to this thing, or null
   * @param action only this action, or null
   * @param beforeId only older entries, or null
   * @param limit brought into 1–200
   */
  public record ListAudit(
      @Nullable UUID actorId,
      @Nullable String subject,
      @Nullable String action,
      @Nullable Long beforeId,
      int limit) {}

  /**
   * One thing that was done.
   *
   * @param actorId who did it; null for a stranger at the admin's door, and for the program
   * @param subject whom or what it was done to, or null
   * @param ip where it came from, or null
   */
  public record AuditEntry(
      long entryId,
      Instant at,
      @Nullable UUID actorId,
      String action,
      @Nullable String subject,
      @Nullable String ip,
      Map<String, String> details) {
    public AuditEntry {
      details = Map.copyOf(details);
    }
  }

  /**
   * @param next the {@code beforeId} of the next page, or null at the end
   */
  public record AuditListed(List<AuditEntry> entries, @Nullable Long next) {
    public AuditListed {
      entries = List.copyOf(entries);
    }
  }

  public static final Endpoint<LogInAdmin, AdminLoggedIn> LOG_IN =
      Endpoint.of("user.v1.log-in-admin", LogInAdmin.class, AdminLoggedIn.class)
          // bcrypt takes a quarter of a second, and logins may queue for a worker.
          .within(Duration.ofSeconds(15));
  public static final Endpoint<ListAudit, AuditListed> LIST_AUDIT =
      Endpoint.of("user.v1.list-audit", ListAudit.class, AuditListed.class);
}
