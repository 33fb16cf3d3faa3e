package com.napalmsky.shared.contract.presence;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other services may ask of presence-service. Every operation is idempotent. */
public final class PresenceContract {

  private PresenceContract() {}

  /** A gateway authenticated a socket of this user. */
  public record Connect(UUID userId, SocketRef socket) {}

  /**
   * @param state after the connect
   * @param roomId the running call the user belongs to, or null
   * @param evicted the oldest idle socket, to be closed by the caller because the user has too
   *     many, or null
   */
  public record Connected(
      PresenceState state, @Nullable UUID roomId, @Nullable SocketRef evicted) {}

  /** A socket was lost or closed; ignored when presence does not know it. */
  public record Disconnect(UUID userId, SocketRef socket) {}

  /** {@code presence:join}: be online, not available. Changes nothing for who is more than that. */
  public record Join(UUID userId, SocketRef socket) {}

  /** {@code presence:leave}: be hidden while the sockets stay. Ignored in a call. */
  public record Leave(UUID userId, SocketRef socket) {}

  /** {@code queue:join}: be available; this socket becomes the primary one. Ignored in a call. */
  public record EnterQueue(Person person, SocketRef socket) {}

  /** {@code queue:leave}: stay online. Ignored in a call. */
  public record LeaveQueue(UUID userId, SocketRef socket) {}

  /**
   * @param state after the operation
   */
  public record Moved(PresenceState state) {}

  /**
   * Both AVAILABLE → IN_CALL in one step, or nothing.
   *
   * @param firstSocket the socket that takes the call for the first user, or null for his primary
   * @param secondSocket the same for the second user
   */
  public record ClaimPair(
      UUID roomId,
      UUID first,
      @Nullable SocketRef firstSocket,
      UUID second,
      @Nullable SocketRef secondSocket) {}

  /**
   * @param claimed whether both are in this call now; true also when the same claim was made before
   * @param firstState the state of the first user that decided
   * @param secondState the state of the second user that decided
   * @param firstSocket the socket that takes the call, null when not claimed
   * @param secondSocket the same for the second user
   */
  public record PairClaimed(
      boolean claimed,
      PresenceState firstState,
      PresenceState secondState,
      @Nullable SocketRef firstSocket,
      @Nullable SocketRef secondSocket) {}

  /** IN_CALL → ONLINE for those of the users who are in this very call. */
  public record ReleaseCall(UUID roomId, List<UUID> userIds) {
    public ReleaseCall {
      userIds = List.copyOf(userIds);
    }
  }

  public record CallReleased() {}

  /**
   * A gateway knows that this socket is bound to a running call, which presence has forgotten:
   * OFFLINE, ONLINE → IN_CALL.
   */
  public record RestoreCall(UUID userId, SocketRef socket, UUID roomId) {}

  /**
   * A gateway is alive. To be said every two seconds, and before its first socket.
   *
   * @param gateway see {@link SocketRef#gateway()}
   */
  public record RenewLease(String gateway) {}

  /**
   * @param lease another one than before means that presence may have forgotten sockets of the
   *     gateway: it has to connect all of them again
   */
  public record LeaseRenewed(String lease) {}

  /** The gateway is gone, with all its sockets; whoever sees it first says so. */
  public record EndLease(String gateway) {}

  public record LeaseEnded() {}

  /**
   * A gateway's lease ended, or was ended, and sockets that it had are lost.
   *
   * @param lastSeen when it renewed its lease last, or connected its first socket; it may have
   *     lived for a while after that
   */
  public record GatewayLost(String gateway, Instant lastSeen) {}

  /**
   * A page of whose sockets presence believes a gateway to have, for that gateway to compare.
   *
   * @param after the last user of the page before, null for the first page
   */
  public record ListHeld(String gateway, @Nullable UUID after, int limit) {}

  /**
   * @param sockets those at the gateway
   */
  public record Holding(UUID userId, List<SocketRef> sockets) {
    public Holding {
      sockets = List.copyOf(sockets);
    }
  }

  /**
   * @param more whether another page follows
   */
  public record HeldPage(List<Holding> holdings, boolean more) {
    public HeldPage {
      holdings = List.copyOf(holdings);
    }
  }

  /** Asks where users can be reached. */
  public record Locate(List<UUID> userIds) {
    public Locate {
      userIds = List.copyOf(userIds);
    }
  }

  /**
   * @param primary the socket that speaks for the user, null when there is none
   */
  public record Location(
      UUID userId,
      PresenceState state,
      @Nullable UUID roomId,
      @Nullable SocketRef primary,
      List<SocketRef> sockets) {
    public Location {
      sockets = List.copyOf(sockets);
    }
  }

  /**
   * @param locations in the order of the request, one for each user asked for
   */
  public record Located(List<Location> locations) {
    public Located {
      locations = List.copyOf(locations);
    }
  }

  /**
   * A page of everybody available, for a replica that starts or missed something.
   *
   * @param after the last user of the page before, null for the first page
   */
  public record Snapshot(@Nullable UUID after, int limit) {}

  /**
   * @param position of the stream before the page was read: apply changes with a higher offset on
   *     top
   * @param more whether another page follows
   */
  public record SnapshotPage(StreamPosition position, List<Person> available, boolean more) {
    public SnapshotPage {
      available = List.copyOf(available);
    }
  }

  public record Count() {}

  /** How many users are in each state; {@code online} includes available and in call. */
  public record Counted(int online, int available, int inCall, int grace) {}

  /**
   * A place in the stream of changes.
   *
   * @param epoch new whenever the store began from nothing, so that an old offset cannot be
   *     mistaken for one of the new stream
   * @param offset grows by one with each change
   */
  public record StreamPosition(String epoch, long offset) {}

  /**
   * A user went from one state to another, or, with both states AVAILABLE, shows a new profile.
   *
   * @param person set whenever {@code to} is AVAILABLE
   * @param roomId set when {@code from} or {@code to} is IN_CALL
   */
  public record Changed(
      StreamPosition position,
      UUID userId,
      PresenceState from,
      PresenceState to,
      @Nullable Person person,
      @Nullable UUID roomId) {}

  public static final Endpoint<Connect, Connected> CONNECT =
      Endpoint.of("presence.v1.connect", Connect.class, Connected.class);
  public static final Endpoint<Disconnect, Moved> DISCONNECT =
      Endpoint.of("presence.v1.disconnect", Disconnect.class, Moved.class);
  public static final Endpoint<Join, Moved> JOIN =
      Endpoint.of("presence.v1.join", Join.class, Moved.class);
  public static final Endpoint<Leave, Moved> LEAVE =
      Endpoint.of("presence.v1.leave", Leave.class, Moved.class);
  public static final Endpoint<EnterQueue, Moved> ENTER_QUEUE =
      Endpoint.of("presence.v1.enter-queue", EnterQueue.class, Moved.class);
  public static final Endpoint<LeaveQueue, Moved> LEAVE_QUEUE =
      Endpoint.of("presence.v1.leave-queue", LeaveQueue.class, Moved.class);
  public static final Endpoint<ClaimPair, PairClaimed> CLAIM_PAIR =
      Endpoint.of("presence.v1.claim-pair", ClaimPair.class, PairClaimed.class);
  public static final Endpoint<ReleaseCall, CallReleased> RELEASE_CALL =
      Endpoint.of("presence.v1.release-call", ReleaseCall.class, CallReleased.class);
  public static final Endpoint<RestoreCall, Moved> RESTORE_CALL =
      Endpoint.of("presence.v1.restore-call", RestoreCall.class, Moved.class);
  public static final Endpoint<RenewLease, LeaseRenewed> RENEW_LEASE =
      Endpoint.of("presence.v1.renew-lease", RenewLease.class, LeaseRenewed.class);
  public static final Endpoint<EndLease, LeaseEnded> END_LEASE =
      Endpoint.of("presence.v1.end-lease", EndLease.class, LeaseEnded.class);
  public static final Endpoint<ListHeld, HeldPage> LIST_HELD =
      Endpoint.of("presence.v1.list-held", ListHeld.class, HeldPage.class);
  public static final Endpoint<Locate, Located> LOCATE =
      Endpoint.of("presence.v1.locate", Locate.class, Located.class).mayBeRepeated();
  public static final Endpoint<Snapshot, SnapshotPage> SNAPSHOT =
      Endpoint.of("presence.v1.snapshot", Snapshot.class, SnapshotPage.class).mayBeRepeated();
  public static final Endpoint<Count, Counted> COUNT =
      Endpoint.of("presence.v1.count", Count.class, Counted.class).mayBeRepeated();

  /** Every change of a user's state, and a new profile of an available one, once each. */
  public static final Topic<Changed> CHANGED = new Topic<>("presence.v1.changed", Changed.class);

  /** Gateways whose sockets are lost; repeated with each batch of them. */
  public static final Topic<GatewayLost> GATEWAY_LOST =
      new Topic<>("presence.v1.gateway-lost", GatewayLost.class);
}
