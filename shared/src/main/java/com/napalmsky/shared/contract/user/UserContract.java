package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.BanContract.ReviewStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What other services may ask of user-service. Whatever an operation changed is committed when it
 * answers.
 */
public final class UserContract {

  private UserContract() {}

  /**
   * Where a request came from; kept with the session.
   *
   * @param ip the true client address
   * @param device the user agent, at most 200 characters
   */
  public record Origin(String ip, String device) {}

  /**
   * {@code POST /auth/guest}; shapes were checked by the gateway.
   *
   * @param name trimmed, 1–100 characters
   * @param inviteCode trimmed, upper case, 16 characters, or null
   */
  public record SignUp(
      String name,
      Gender gender,
      @Nullable String referralCode,
      @Nullable String inviteCode,
      Origin origin) {}

  /** How a sign-up ended. */
  public enum SignUpOutcome {
    SIGNED_UP,
    /** The access code is unknown, deactivated or used up. */
    CODE_REFUSED
  }

  /**
   * @param token the session's secret, once and never again; null when refused
   * @param session null when refused
   * @param introducedTo whom a referral link introduces the new user to, or null
   */
  public record SignedUp(
      SignUpOutcome outcome,
      @Nullable String token,
      @Nullable Session session,
      @Nullable Person introducedTo,
      @Nullable String inviteCodeUsed) {

    @Override
    public String toString() {
      return "SignedUp[outcome=" + outcome + "]";
    }
  }

  /**
   * {@code POST /auth/link}.
   *
   * @param tokenHash of the session in the request body
   * @param email as sent
   * @param currentPassword needed when the account is permanent already
   */
  public record Link(
      String tokenHash, String email, String password, @Nullable String currentPassword) {

    @Override
    public String toString() {
      return "Link[]";
    }
  }

  /** How a link ended. */
  public enum LinkOutcome {
    LINKED,
    SESSION_REFUSED,
    USER_GONE,
    EMAIL_INVALID,
    PASSWORD_INVALID,
    EMAIL_TAKEN,
    /** The account is permanent and the current password was missing or wrong. */
    ALREADY_PERMANENT
  }

  public record Linked(LinkOutcome outcome) {}

  /** {@code POST /auth/login}. */
  public record LogIn(String email, String password, Origin origin) {

    @Override
    public String toString() {
      return "LogIn[]";
    }
  }

  /** How a login ended. Unknown mail, wrong password and guest account are one and the same. */
  public enum LogInOutcome {
    LOGGED_IN,
    REFUSED,
    BANNED
  }

  /**
   * @param token the session's secret, once and never again; null unless logged in
   * @param email lower case; null unless logged in
   * @param displaced how many older sessions this login ended
   * @param reviewStatus what was decided about the ban; null unless banned
   */
  public record LoggedIn(
      LogInOutcome outcome,
      @Nullable String token,
      @Nullable Session session,
      @Nullable String email,
      int displaced,
      BanStatus banStatus,
      @Nullable ReviewStatus reviewStatus) {

    /** Lets nobody in, and says no more. */
    public static LoggedIn refused() {
      return new LoggedIn(LogInOutcome.REFUSED, null, null, null, 0, BanStatus.NONE, null);
    }

    /** Lets nobody in who is banned. */
    public static LoggedIn banned(BanStatus status, @Nullable ReviewStatus reviewStatus) {
      return new LoggedIn(LogInOutcome.BANNED, null, null, null, 0, status, reviewStatus);
    }

    @Override
    public String toString() {
      return "LoggedIn[outcome=" + outcome + "]";
    }
  }

  /** Ends one session; also when it has ended before. */
  public record LogOut(String tokenHash) {}

  public record LoggedOut() {}

  /**
   * @param tokenHash SHA-256 of the token, see {@link TokenHash}
   */
  public record Authenticate(String tokenHash) {}

  /** What a token is worth. */
  public enum Verdict {
    ACTIVE,
    /** No such session, or it has expired or was logged out. */
    UNKNOWN,
    /** Ended by a newer login. */
    DISPLACED,
    /** The session stands, the user is banned. */
    BANNED
  }

  /**
   * @param session set when active or banned
   */
  public record Authenticated(Verdict verdict, @Nullable Session session) {}

  public record GetAccount(UUID userId) {}

  /**
   * {@code GET /user/me} and {@code GET /payment/status}.
   *
   * @param email null for a guest
   * @param myInviteCode the own access code, null until it is unlocked
   */
  public record Account(
      Person person,
      boolean permanent,
      @Nullable String email,
      Map<String, String> socials,
      Instant createdAt,
      Metrics metrics,
      @Nullable Integer streakDays,
      PaidStatus paidStatus,
      @Nullable Instant paidAt,
      boolean qrUnlocked,
      @Nullable Instant qrUnlockedAt,
      int successfulSessions,
      BanStatus banStatus,
      @Nullable String inviteCodeUsed,
      @Nullable OwnCode myInviteCode) {
    public Account {
      socials = Map.copyOf(socials);
    }
  }

  /**
   * @param usesRemaining -1 for unlimited
   * @param maxUses -1 for unlimited
   */
  public record OwnCode(String code, int usesRemaining, int maxUses, int totalUsed, String type) {}

  /**
   * @param account null when there is no such user
   */
  public record GotAccount(@Nullable Account account) {}

  /**
   * @param socials replaces what is stored: known keys only, at most 64 characters each
   */
  public record SaveSocials(UUID userId, Map<String, String> socials) {
    public SaveSocials {
      socials = Map.copyOf(socials);
    }
  }

  public record FindPerson(UUID userId) {}

  /**
   * @param person null when there is no such user
   */
  public record FoundPerson(@Nullable Person person) {}

  /**
   * {@code GET /room/history}, newest first.
   *
   * @param before only calls that started earlier, or null
   */
  public record GetHistory(UUID userId, @Nullable Instant before, int limit) {}

  public record HistoryEntry(
      String sessionId,
      UUID roomId,
      UUID partnerId,
      String partnerName,
      Instant startedAt,
      int durationSeconds,
      List<CallMessage> messages) {
    public HistoryEntry {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A chat line, or shared socials.
   *
   * @param from a member, or null for the system
   * @param text set for a chat line
   * @param socials set for shared socials
   */
  public record CallMessage(
      @Nullable UUID from,
      Instant timestamp,
      @Nullable String text,
      @Nullable Map<String, String> socials) {
    public CallMessage {
      socials = socials == null ? null : Map.copyOf(socials);
    }
  }

  public record History(List<HistoryEntry> entries) {
    public History {
      entries = List.copyOf(entries);
    }
  }

  /**
   * What a viewer's lobby is overlaid with.
   *
   * @param viewerId who looks
   */
  public record GetOverlay(UUID viewerId) {}

  /** The other one of a pair that may not call until then. */
  public record Cooldown(UUID userId, Instant until) {}

  /** Somebody who was introduced to the viewer. */
  public record Introduction(UUID userId, String introducedBy) {}

  /**
   * @param cooldowns running ones
   * @param hidden neither sees the other, whoever asked for it
   */
  public record Overlay(
      List<Cooldown> cooldowns, List<UUID> hidden, List<Introduction> introductions) {
    public Overlay {
      cooldowns = List.copyOf(cooldowns);
      hidden = List.copyOf(hidden);
      introductions = List.copyOf(introductions);
    }
  }

  /** Why two people may not call each other for a while. */
  public enum CooldownReason {
    CALL_ENDED,
    DECLINED,
    RESCINDED,
    TIMEOUT
  }

  /** Keeps two people apart; never shortens what runs already. Idempotent. */
  public record SetCooldown(UUID first, UUID second, Instant until, CooldownReason reason) {}

  /**
   * @param until what holds now: the later of old and new
   */
  public record CooldownSet(Instant until) {}

  /**
   * A call that is over. Stored in one transaction: history of both, metrics, cooldown, credit.
   * Idempotent by {@code roomId}: a repeated request changes nothing and gets the same answer.
   *
   * @param startedAt when the invite was accepted
   * @param durationSeconds of talk
   */
  public record RecordCall(
      UUID roomId,
      String sessionId,
      UUID firstId,
      UUID secondId,
      Instant startedAt,
      Instant endedAt,
      int durationSeconds,
      EndReason reason,
      List<CallMessage> messages) {
    public RecordCall {
      messages = List.copyOf(messages);
    }
  }

  /**
   * @param qrUnlocked whether this very call unlocked the member's code
   */
  public record MemberResult(UUID userId, Metrics metrics, boolean qrUnlocked) {}

  /**
   * @param cooldownExpiry of the pair
   * @param members first, then second; a deleted account has none
   */
  public record CallRecorded(Instant cooldownExpiry, List<MemberResult> members) {
    public CallRecorded {
      members = List.copyOf(members);
    }
  }

  /** Why sessions ended before their time. */
  public enum SessionEnd {
    NEW_LOGIN,
    LOGGED_OUT,
    DELETED
  }

  /**
   * Sessions that are over: forget what is cached of them and end their sockets.
   *
   * @param sessionIds all of them
   */
  public record SessionsEnded(UUID userId, List<UUID> sessionIds, SessionEnd end) {
    public SessionsEnded {
      sessionIds = List.copyOf(sessionIds);
    }
  }

  /** Two people are kept apart until then. */
  public record CooldownStarted(UUID first, UUID second, Instant until) {}

  /**
   * Whom these viewers may see, or who was introduced to them, is different now: an overlay of
   * theirs that was loaded before is out of date.
   */
  public record OverlayChanged(List<UUID> viewerIds) {
    public OverlayChanged {
      viewerIds = List.copyOf(viewerIds);
    }
  }

  /** What others see of a user, or what he may do, is different now. */
  public record AccountChanged(Person person, PaidStatus paidStatus, BanStatus banStatus) {}

  // bcrypt at cost 12 takes a quarter of a second, and logins may queue for a worker.
  private static final Duration PASSWORD_LIMIT = Duration.ofSeconds(15);
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<SignUp, SignedUp> SIGN_UP =
      Endpoint.of("user.v1.sign-up", SignUp.class, SignedUp.class).within(TRANSACTION_LIMIT);
  public static final Endpoint<Link, Linked> LINK =
      Endpoint.of("user.v1.link", Link.class, Linked.class).within(PASSWORD_LIMIT);
  public static final Endpoint<LogIn, LoggedIn> LOG_IN =
      Endpoint.of("user.v1.log-in", LogIn.class, LoggedIn.class).within(PASSWORD_LIMIT);
  public static final Endpoint<LogOut, LoggedOut> LOG_OUT =
      Endpoint.of("user.v1.log-out", LogOut.class, LoggedOut.class);
  public static final Endpoint<Authenticate, Authenticated> AUTHENTICATE =
      Endpoint.of("user.v1.authenticate", Authenticate.class, Authenticated.class).mayBeRepeated();
  public static final Endpoint<GetAccount, GotAccount> GET_ACCOUNT =
      Endpoint.of("user.v1.get-account", GetAccount.class, GotAccount.class).mayBeRepeated();
  public static final Endpoint<SaveSocials, GotAccount> SAVE_SOCIALS =
      Endpoint.of("user.v1.save-socials", SaveSocials.class, GotAccount.class);
  public static final Endpoint<FindPerson, FoundPerson> FIND_PERSON =
      Endpoint.of("user.v1.find-person", FindPerson.class, FoundPerson.class).mayBeRepeated();
  public static final Endpoint<GetHistory, History> GET_HISTORY =
      Endpoint.of("user.v1.get-history", GetHistory.class, History.class).mayBeRepeated();
  public static final Endpoint<GetOverlay, Overlay> GET_OVERLAY =
      Endpoint.of("user.v1.get-overlay", GetOverlay.class, Overlay.class).mayBeRepeated();
  public static final Endpoint<SetCooldown, CooldownSet> SET_COOLDOWN =
      Endpoint.of("user.v1.set-cooldown", SetCooldown.class, CooldownSet.class).mayBeRepeated();
  public static final Endpoint<RecordCall, CallRecorded> RECORD_CALL =
      Endpoint.of("user.v1.record-call", RecordCall.class, CallRecorded.class)
          .within(TRANSACTION_LIMIT)
          .mayBeRepeated();

  public static final Topic<SessionsEnded> SESSIONS_ENDED =
      new Topic<>("user.v1.sessions-ended", SessionsEnded.class);
  public static final Topic<CooldownStarted> COOLDOWN_STARTED =
      new Topic<>("user.v1.cooldown-started", CooldownStarted.class);
  public static final Topic<OverlayChanged> OVERLAY_CHANGED =
      new Topic<>("user.v1.overlay-changed", OverlayChanged.class);
  public static final Topic<AccountChanged> ACCOUNT_CHANGED =
      new Topic<>("user.v1.account-changed", AccountChanged.class);
}
