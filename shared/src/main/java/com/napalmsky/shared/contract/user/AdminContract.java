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

  /** A reason has at most so many characters. */
  public static final int LONGEST_REASON = 1_000;

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
   * {@code POST /admin/logout}: ends the session of this token, if there is one.
   *
   * @param ip where the wish came from
   */
  public record LogOutAdmin(String tokenHash, String ip) {}

  public record AdminLoggedOut() {}

  /**
   * Writes down that the gateway refused somebody on an admin's route. Whose the token was is found
   * out here: also of a session that is over.
   *
   * @param route method and path, with names in place of what varies
   */
  public record NoteRefusal(String tokenHash, String route, String ip) {}

  public record RefusalNoted() {}

  /**
   * {@code GET /admin/audit}, newest first.
   *
   * @param actorId only what this admin did, or null
   * @param subject only what was done to this thing, or null
   * @param action only this action, the word of an {@link AuditAction}, or null
   * @param beforeId only entries written before this one, or null
   * @param limit brought into 1–200
   * @param before only entries of earlier instants, or null
   */
  public record ListAudit(
      @Nullable UUID actorId,
      @Nullable String subject,
      @Nullable String action,
      @Nullable Long beforeId,
      int limit,
      @Nullable Instant before) {}

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

  /**
   * {@code GET /admin/users}, newest first.
   *
   * @param text the beginning of a name or an e-mail address, in any case, or a whole user id; null
   *     for everybody
   * @param ban only users with this ban status, or null
   * @param adminsOnly only admins
   * @param limit brought into 1–100
   */
  public record SearchUsers(
      @Nullable String text,
      @Nullable BanStatus ban,
      boolean adminsOnly,
      @Nullable Cursor before,
      int limit) {
    @Override
    public String toString() {
      return "SearchUsers[]";
    }
  }

  /**
   * @param email null for a guest
   */
  public record UserSummary(
      Person person,
      @Nullable String email,
      PaidStatus paidStatus,
      BanStatus banStatus,
      boolean admin,
      Instant createdAt) {
    @Override
    public String toString() {
      return "UserSummary[]";
    }
  }

  /**
   * @param next where the next page begins, null when there is none
   */
  public record UsersFound(List<UserSummary> users, @Nullable Cursor next) {
    public UsersFound {
      users = List.copyOf(users);
    }
  }

  /** {@code GET /admin/users/{userId}}. That somebody looked is written to the audit log. */
  public record InspectUser(UUID userId, Actor actor) {}

  /**
   * A session, whatever became of it.
   *
   * @param kind {@code user}, or {@code admin} for one of the admin's door
   * @param state {@code active}, {@code displaced} or {@code logged_out}; an active one may have
   *     run out
   */
  public record InspectedSession(
      UUID sessionId,
      String kind,
      String state,
      @Nullable String ip,
      @Nullable String device,
      Instant createdAt,
      Instant lastActiveAt,
      Instant expiresAt) {
    @Override
    public String toString() {
      return "InspectedSession[]";
    }
  }

  /**
   * A call that is over.
   *
   * @param partnerName null when the partner's account is gone
   * @param reason why it ended
   */
  public record InspectedCall(
      UUID roomId,
      UUID partnerId,
      @Nullable String partnerName,
      Instant startedAt,
      Instant endedAt,
      int durationSeconds,
      String reason) {}

  /**
   * @param sessions newest first, at most 50
   * @param calls newest first, at most 50
   */
  public record Inspection(
      UserSummary user, List<InspectedSession> sessions, List<InspectedCall> calls) {
    public Inspection {
      sessions = List.copyOf(sessions);
      calls = List.copyOf(calls);
    }
  }

  /**
   * @param inspection null when there is no such user
   */
  public record UserInspected(@Nullable Inspection inspection) {}

  /**
   * {@code POST /admin/calls/{roomId}/end}: writes it down; the call is ended by who asks, after
   * that.
   *
   * @param reason at most {@link #LONGEST_REASON} characters, may be empty
   */
  public record NoteCallEnd(UUID roomId, UUID first, UUID second, String reason, Actor actor) {}

  public record CallEndNoted() {}

  /** {@code PUT /admin/users/{userId}/role}. */
  public record SetRole(UUID userId, boolean admin, Actor actor) {}

  /** How a change of role ended. */
  public enum RoleOutcome {
    SET,
    /** It was so before; nothing was changed. */
    AS_BEFORE,
    UNKNOWN_USER,
    /** Nobody takes his own role away: the last admin would lock everybody out. */
    SELF,
    /** A guest's session is all there is of him: whoever has it would be admin. */
    GUEST
  }

  public record RoleSet(RoleOutcome outcome) {}

  public static final Endpoint<LogInAdmin, AdminLoggedIn> LOG_IN =
      Endpoint.of("user.v1.log-in-admin", LogInAdmin.class, AdminLoggedIn.class)
          // bcrypt takes a quarter of a second, and logins may queue for a worker.
          .within(Duration.ofSeconds(15));
  public static final Endpoint<LogOutAdmin, AdminLoggedOut> LOG_OUT =
      Endpoint.of("user.v1.log-out-admin", LogOutAdmin.class, AdminLoggedOut.class);
  public static final Endpoint<NoteRefusal, RefusalNoted> NOTE_REFUSAL =
      Endpoint.of("user.v1.note-refusal", NoteRefusal.class, RefusalNoted.class);
  public static final Endpoint<ListAudit, AuditListed> LIST_AUDIT =
      Endpoint.of("user.v1.list-audit", ListAudit.class, AuditListed.class);
  public static final Endpoint<SearchUsers, UsersFound> SEARCH_USERS =
      Endpoint.of("user.v1.search-users", SearchUsers.class, UsersFound.class);
  public static final Endpoint<InspectUser, UserInspected> INSPECT_USER =
      Endpoint.of("user.v1.inspect-user", InspectUser.class, UserInspected.class);
  public static final Endpoint<NoteCallEnd, CallEndNoted> NOTE_CALL_END =
      Endpoint.of("user.v1.note-call-end", NoteCallEnd.class, CallEndNoted.class);
  public static final Endpoint<SetRole, RoleSet> SET_ROLE =
      Endpoint.of("user.v1.set-role", SetRole.class, RoleSet.class);
}
