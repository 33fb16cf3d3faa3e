package com.napalmsky.shared.contract.matchmaking;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the gateway may ask of matchmaking-service. */
public final class MatchmakingContract {

  private MatchmakingContract() {}

  /** The shortest and longest call that can be asked for, in seconds. */
  public static final int SHORTEST_CALL_SECONDS = 60;

  public static final int LONGEST_CALL_SECONDS = 1800;

  /**
   * {@code call:invite}. Not idempotent.
   *
   * @param calleeId null when what the client sent is no id of anybody
   * @param requestedSeconds null when what the client sent is not a whole number
   */
  public record Invite(
      UUID callerId,
      SocketRef callerSocket,
      @Nullable UUID calleeId,
      @Nullable Integer requestedSeconds) {}

  /** How an invite began. */
  public enum InviteOutcome {
    /** The callee was notified; he has until {@code expiresAt}. */
    SENT,
    /** The callee's own invite to the caller was pending: the call has started. */
    MATCHED,
    /** See the reason. */
    DECLINED
  }

  /**
   * @param inviteId new for this invite, also when declined
   * @param reason set when declined
   * @param expiresAt set when sent
   * @param cooldownExpiry set when the reason is COOLDOWN
   * @param roomId set when matched
   */
  public record Invited(
      UUID inviteId,
      InviteOutcome outcome,
      @Nullable DeclineReason reason,
      @Nullable Instant expiresAt,
      @Nullable Instant cooldownExpiry,
      @Nullable UUID roomId) {}

  /**
   * {@code call:accept}. A second accept of the same invite is refused.
   *
   * @param socket takes the call for the callee
   * @param requestedSeconds null when what the client sent is not a whole number
   */
  public record Accept(
      UUID calleeId, SocketRef socket, UUID inviteId, @Nullable Integer requestedSeconds) {}

  /** How an accept ended. */
  public enum AcceptOutcome {
    STARTED,
    /** No pending invite of this id to this user: unknown, expired, rescinded or taken. */
    UNKNOWN_INVITE,
    INVALID_DURATION,
    /** One of the two is not free any more; the invite is void. */
    NOT_FREE
  }

  /**
   * @param roomId set when started
   */
  public record Accepted(AcceptOutcome outcome, @Nullable UUID roomId) {}

  /** {@code call:decline}. */
  public record Decline(UUID calleeId, UUID inviteId) {}

  /** {@code call:rescind}. */
  public record Rescind(UUID callerId, UUID calleeId) {}

  /**
   * @param found whether there was such a pending invite
   */
  public record Ended(boolean found) {}

  /** {@code call:extend-wait}. */
  public record ExtendWait(UUID callerId, UUID calleeId) {}

  /**
   * @param extended false when there is no such pending invite or it was extended three times
   */
  public record WaitExtended(boolean extended, @Nullable Instant expiresAt) {}

  /** {@code GET /room/queue}. */
  public record Browse(UUID viewerId, int limit) {}

  /**
   * @param person as others see him
   * @param cooldownExpiry until when this pair may not call, or null
   * @param introducedBy name of who introduced this person to the viewer, or null
   */
  public record Candidate(
      Person person,
      @Nullable Instant cooldownExpiry,
      boolean introducedToViewer,
      @Nullable String introducedBy) {}

  /**
   * @param candidates introduced ones first
   * @param totalAvailable how many the viewer could be shown in all
   * @param version changes whenever anything that the viewer gets of this answer does
   * @param hidden whom the viewer must not hear of, at most a thousand; never for the viewer
   */
  public record Page(
      List<Candidate> candidates, int totalAvailable, long version, List<UUID> hidden) {
    public Page {
      candidates = List.copyOf(candidates);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * {@code GET /room/reel}.
   *
   * @param cursor of the page before, or null to begin; an unknown or old one begins anew
   */
  public record BrowseReel(UUID viewerId, int limit, @Nullable String cursor) {}

  public record ReelPage(List<Person> people, String cursor, boolean more) {
    public ReelPage {
      people = List.copyOf(people);
    }
  }

  // Starting a call asks presence, signaling and two gateways one after the other.
  private static final Duration CALL_START_LIMIT = Duration.ofSeconds(8);

  public static final Endpoint<Invite, Invited> INVITE =
      Endpoint.of("matchmaking.v1.invite", Invite.class, Invited.class).within(CALL_START_LIMIT);
  public static final Endpoint<Accept, Accepted> ACCEPT =
      Endpoint.of("matchmaking.v1.accept", Accept.class, Accepted.class)
          .within(CALL_START_LIMIT)
          .mayBeRepeated();
  public static final Endpoint<Decline, Ended> DECLINE =
      Endpoint.of("matchmaking.v1.decline", Decline.class, Ended.class).mayBeRepeated();
  public static final Endpoint<Rescind, Ended> RESCIND =
      Endpoint.of("matchmaking.v1.rescind", Rescind.class, Ended.class).mayBeRepeated();
  public static final Endpoint<ExtendWait, WaitExtended> EXTEND_WAIT =
      Endpoint.of("matchmaking.v1.extend-wait", ExtendWait.class, WaitExtended.class);
  public static final Endpoint<Browse, Page> BROWSE =
      Endpoint.of("matchmaking.v1.browse", Browse.class, Page.class).mayBeRepeated();
  public static final Endpoint<BrowseReel, ReelPage> BROWSE_REEL =
      Endpoint.of("matchmaking.v1.browse-reel", BrowseReel.class, ReelPage.class).mayBeRepeated();
}
