package com.napalmsky.shared.contract.signaling;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Mailbox;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.gateway.SocketRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What other services may ask of signaling-service. */
public final class SignalingContract {

  private SignalingContract() {}

  /**
   * @param socket where the member can be reached when the call starts
   */
  public record Member(UUID userId, String name, SocketRef socket) {}

  /**
   * Opens a call and sends {@code call:start} to the initiator first, then to the other. Idempotent
   * by room.
   */
  public record Open(UUID roomId, Member initiator, Member other, int agreedSeconds) {}

  /**
   * @param owner the instance that holds the call, for {@link #CALL}
   */
  public record Opened(String owner) {}

  /**
   * @param missedAt an owner that was asked and did not answer, or did not have the call; null when
   *     none was asked
   */
  public record Locate(UUID roomId, @Nullable String missedAt) {

    /** For a caller who knows of no owner. */
    public Locate(UUID roomId) {
      this(roomId, null);
    }
  }

  /**
   * @param owner the instance that holds the call or its tombstone, null when there is none
   */
  public record Located(@Nullable String owner) {}

  /**
   * @param socket where the command came from
   */
  public record Command(UUID roomId, UUID userId, SocketRef socket, CallAction action) {}

  /** How a command ended. */
  public enum Outcome {
    DONE,
    /** No such call, nor a tombstone of it, on this instance. */
    UNKNOWN_CALL,
    NOT_A_MEMBER,
    /** The call is over, or not yet so far. */
    NOT_ACTIVE,
    /** A bound of the call was reached; nothing was relayed. */
    LIMIT_REACHED
  }

  /**
   * How far a running call is, as a member sees it.
   *
   * @param initiator whether he makes the first offer
   * @param talkBeganAt null while talk has not begun; an offer within the set-up time may take it
   *     back
   * @param endsAt when the agreed time is over, null with {@code talkBeganAt}; the call itself ends
   *     a little later
   */
  public record CallProgress(
      int agreedSeconds,
      boolean initiator,
      UUID peerId,
      String peerName,
      @Nullable Instant talkBeganAt,
      @Nullable Instant endsAt) {}

  /**
   * @param progress of a running call, for whoever joined it; null in every other answer
   */
  public record CommandDone(Outcome outcome, @Nullable CallProgress progress) {

    /** An answer that says no more than how it ended. */
    public CommandDone(Outcome outcome) {
      this(outcome, null);
    }
  }

  public record Describe(UUID roomId) {}

  /**
   * @param call null when this instance holds neither the call nor its tombstone
   */
  public record Described(@Nullable CallMembers call) {}

  /**
   * @param running whether the call has not ended
   */
  public record CallMembers(UUID first, UUID second, boolean running) {

    /** Whether a user is one of the two. */
    public boolean has(UUID userId) {
      return first.equals(userId) || second.equals(userId);
    }
  }

  /** Ends a call whatever its members want; both are told. Idempotent. */
  public record EndCall(UUID roomId, EndReason reason) {}

  /**
   * @param ended whether this request ended it; false when it was over before or is not here
   */
  public record CallEnded(boolean ended) {}

  /** {@code GET /turn/credentials}. */
  public record GetIceServers(UUID userId) {}

  /**
   * @param username null for STUN
   * @param credential null for STUN; secret
   */
  public record IceServer(
      List<String> urls, @Nullable String username, @Nullable String credential) {
    public IceServer {
      urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
      return "IceServer[urls=" + urls + "]";
    }
  }

  /**
   * @param servers STUN first; never empty
   * @param expiresAt until when the credentials last, longer than any call that begins now
   * @param provider {@code coturn}, {@code cloudflare}, {@code twilio}, or {@code fallback} for
   *     STUN alone
   * @param warning why there is no TURN server, or null
   */
  public record IceServers(
      List<IceServer> servers, Instant expiresAt, String provider, @Nullable String warning) {
    public IceServers {
      servers = List.copyOf(servers);
    }
  }

  /** {@code GET /turn/status}. */
  public record GetIceStatus() {}

  /** Which providers of TURN servers are configured and did not fail a moment ago. */
  public record IceStatus(boolean coturn, boolean cloudflare, boolean twilio) {}

  /**
   * @param epoch greater than that of any owner before
   */
  public record AdoptedCall(UUID roomId, long epoch) {}

  /**
   * Calls have another owner now, because the one before is lost or left them. Whoever was the
   * owner and hears of it does nothing more for them.
   */
  public record CallsAdopted(String owner, List<AdoptedCall> calls) {
    public CallsAdopted {
      calls = List.copyOf(calls);
    }
  }

  public record CountCalls() {}

  /**
   * @param running calls that have not ended
   * @param waitingToBeStored finished calls that the database has not taken yet
   */
  public record CallsCounted(int running, int waitingToBeStored) {}

  public static final Endpoint<Open, Opened> OPEN =
      Endpoint.of("signaling.v1.open", Open.class, Opened.class);
  public static final Endpoint<Locate, Located> LOCATE =
      Endpoint.of("signaling.v1.locate", Locate.class, Located.class).mayBeRepeated();

  /** Addressed by owner. Commands of one sender are carried out in order. */
  public static final Mailbox<Command, CommandDone> CALL =
      new Mailbox<>("signaling.v1.call", Command.class, CommandDone.class);

  /** Addressed by owner. */
  public static final Mailbox<Describe, Described> DESCRIBE =
      new Mailbox<>("signaling.v1.describe", Describe.class, Described.class);

  /** Addressed by owner. */
  public static final Mailbox<EndCall, CallEnded> END_CALL =
      new Mailbox<>("signaling.v1.end-call", EndCall.class, CallEnded.class);

  public static final Topic<CallsAdopted> CALLS_ADOPTED =
      new Topic<>("signaling.v1.calls-adopted", CallsAdopted.class);

  public static final Endpoint<GetIceServers, IceServers> ICE_SERVERS =
      Endpoint.of("signaling.v1.ice-servers", GetIceServers.class, IceServers.class)
          .mayBeRepeated();
  public static final Endpoint<GetIceStatus, IceStatus> ICE_STATUS =
      Endpoint.of("signaling.v1.ice-status", GetIceStatus.class, IceStatus.class).mayBeRepeated();
  public static final Endpoint<CountCalls, CallsCounted> COUNT_CALLS =
      Endpoint.of("signaling.v1.count-calls", CountCalls.class, CallsCounted.class).mayBeRepeated();
}
