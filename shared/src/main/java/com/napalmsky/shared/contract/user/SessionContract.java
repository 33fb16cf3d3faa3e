package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a user may see and end of his own sessions. Beginning one and proving one are in {@link
 * UserContract}.
 */
public final class SessionContract {

  private SessionContract() {}

  /** {@code GET /user/me/sessions}. */
  public record ListSessions(UUID userId) {}

  /**
   * An active session, as its owner sees it.
   *
   * @param device the user agent it was opened with; empty when none is known
   * @param network the first half of the address it was opened from, such as {@code 192.0.2.0/24};
   *     empty when none is known
   * @param lastActiveAt written down at most once an hour
   */
  public record OwnSession(
      UUID sessionId, String device, String network, Instant createdAt, Instant lastActiveAt) {}

  /**
   * @param sessions the one used last first, at most 100
   */
  public record SessionsListed(List<OwnSession> sessions) {
    public SessionsListed {
      sessions = List.copyOf(sessions);
    }
  }

  /** {@code DELETE /user/me/sessions/<id>}. */
  public record EndSession(UUID userId, UUID sessionId) {}

  /**
   * @param found whether the user has, or lately had, such a session; it is over in either case
   */
  public record SessionEnded(boolean found) {}

  /**
   * {@code POST /auth/logout-everywhere}.
   *
   * @param tokenHash of the session that asks; only an active one may
   * @param keepCurrent whether that one goes on
   */
  public record LogOutEverywhere(String tokenHash, boolean keepCurrent) {}

  /**
   * @param allowed false when the session that asks is not active; nothing was done then
   * @param ended how many sessions were ended
   */
  public record LoggedOutEverywhere(boolean allowed, int ended) {}

  // It waits for others who hold the user's row.
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(10);

  public static final Endpoint<ListSessions, SessionsListed> LIST_SESSIONS =
      Endpoint.of("user.v1.list-sessions", ListSessions.class, SessionsListed.class)
          .mayBeRepeated();
  public static final Endpoint<EndSession, SessionEnded> END_SESSION =
      Endpoint.of("user.v1.end-session", EndSession.class, SessionEnded.class);
  public static final Endpoint<LogOutEverywhere, LoggedOutEverywhere> LOG_OUT_EVERYWHERE =
      Endpoint.of("user.v1.log-out-everywhere", LogOutEverywhere.class, LoggedOutEverywhere.class)
          .within(TRANSACTION_LIMIT);
}
