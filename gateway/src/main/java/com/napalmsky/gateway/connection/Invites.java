package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.ClientMessage.Accept;
import com.napalmsky.gateway.event.ClientMessage.Decline;
import com.napalmsky.gateway.event.ClientMessage.Invite;
import com.napalmsky.gateway.event.ClientMessage.ToCallee;
import com.napalmsky.gateway.event.ServiceEvents;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.Seat;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ExtendWait;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.WaitExtended;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries invites to matchmaking-service, and remembers whom a socket waits for: what would take
 * his card from the caller's screen is kept back until the wait is over.
 */
final class Invites {

  /** The answer to an invite that expires comes a little after it did. */
  private static final Duration AFTER_EXPIRY = Duration.ofSeconds(2);

  private final Bus bus;
  private final Timers timers;
  private final String loop;
  private final Lobby lobby;
  private final Turns turns;
  private final KeptEvents kept;
  private final ConnectionCounters counters;

  Invites(
      Bus bus,
      Timers timers,
      String loop,
      Lobby lobby,
      Turns turns,
      KeptEvents kept,
      ConnectionCounters counters) {
    this.bus = bus;
    this.timers = timers;
    this.loop = loop;
    this.lobby = lobby;
    this.turns = turns;
    this.kept = kept;
    this.counters = counters;
  }

  /** {@code call:invite}. */
  void invite(Connection connection, Invite said, Reply reply) {
    UUID callee = said.toUserId();
    MatchmakingContract.Invite invite =
        new MatchmakingContract.Invite(
            connection.user().userId(), ref(connection), callee, said.requestedSeconds());
    end(
        connection,
        bus.request(MatchmakingContract.INVITE, invite),
        invited -> invited(connection, callee, invited, reply),
        reply);
  }

  /** {@code call:invite} of somebody who has not paid. */
  void refuseUnpaid(Connection connection, Invite said, Reply reply) {
    decline(
        connection,
        new CallDeclined(UUID.randomUUID(), DeclineReason.PAYMENT_REQUIRED, said.toUserId(), null),
        reply);
  }

  /** {@code call:accept}. */
  void accept(Connection connection, Accept said, Reply reply) {
    MatchmakingContract.Accept accept =
        new MatchmakingContract.Accept(
            connection.user().userId(), ref(connection), said.inviteId(), said.requestedSeconds());
    end(
        connection,
        bus.request(MatchmakingContract.ACCEPT, accept),
        accepted -> accepted(accepted, reply),
        reply);
  }

  /** {@code call:decline}. */
  void decline(Connection connection, Decline said, Reply reply) {
    MatchmakingContract.Decline decline =
        new MatchmakingContract.Decline(connection.user().userId(), said.inviteId());
    end(
        connection,
        bus.request(MatchmakingContract.DECLINE, decline),
        ended -> reply.done(new JsonObject().put("found", ended.found())),
        reply);
  }

  /** {@code call:extend-wait}. */
  void extendWait(Connection connection, ToCallee said, Reply reply) {
    ExtendWait extend = new ExtendWait(connection.user().userId(), said.toUserId());
    end(
        connection,
        bus.request(MatchmakingContract.EXTEND_WAIT, extend),
        extended -> extended(connection, extended, reply),
        reply);
  }

  /** {@code call:rescind}. */
  void rescind(Connection connection, ToCallee said, Reply reply) {
    Rescind rescind = new Rescind(connection.user().userId(), said.toUserId());
    end(
        connection,
        bus.request(MatchmakingContract.RESCIND, rescind),
        ended -> {
          PendingInvite pending = connection.invite;
          if (pending != null && pending.callee().equals(said.toUserId())) {
            over(connection);
          }
          reply.done(new JsonObject().put("found", ended.found()));
        },
        reply);
  }

  /** An invite of this socket came to nothing, as its client has just been told. */
  void declined(Connection connection, UUID inviteId) {
    PendingInvite pending = connection.invite;
    connection.inviteOver = inviteId;
    if (pending != null && pending.inviteId().equals(inviteId)) {
      over(connection);
    }
  }

  /** The client is back that sent this invite, and it may be pending still. */
  void resume(Connection connection, UUID inviteId, UUID callee, Instant expiresAt) {
    waitFor(connection, inviteId, callee, expiresAt);
  }

  /** The socket waits no longer, for whatever reason. */
  void over(Connection connection) {
    PendingInvite pending = connection.invite;
    if (pending == null) {
      return;
    }
    pending.expiry().cancel();
    connection.invite = null;
    Seat seat = connection.seat;
    if (seat != null) {
      lobby.waitsNoLonger(seat);
    }
  }

  private <R> void end(Connection connection, Future<R> request, Consumer<R> done, Reply reply) {
    turns.hold(
        connection,
        request.onComplete(
            result -> {
              if (connection.listens()) {
                done.accept(result);
              }
            },
            cause -> {
              counters.count(Count.SERVICE_FAILED);
              reply.refuse(Sentences.UNAVAILABLE);
            }));
  }

  private void invited(Connection connection, @Nullable UUID callee, Invited invited, Reply reply) {
    DeclineReason reason = invited.reason();
    if (invited.outcome() == InviteOutcome.DECLINED && reason != null) {
      decline(
          connection,
          new CallDeclined(invited.inviteId(), reason, callee, invited.cooldownExpiry()),
          reply);
      return;
    }
    Instant expiresAt = invited.expiresAt();
    JsonObject result =
        new JsonObject()
            .put("outcome", invited.outcome().name().toLowerCase(Locale.ROOT))
            .put("inviteId", invited.inviteId().toString());
    if (invited.roomId() != null) {
      result.put("roomId", invited.roomId().toString());
    }
    if (expiresAt != null && callee != null) {
      result.put("expiresAt", expiresAt.toEpochMilli());
      // The answer of a quick callee may have come before this one.
      if (!invited.inviteId().equals(connection.inviteOver) && !connection.inCall()) {
        waitFor(connection, invited.inviteId(), callee, expiresAt);
      }
    }
    reply.done(result);
  }

  private void decline(Connection connection, CallDeclined declined, Reply reply) {
    kept.emit(connection, ServiceEvents.encode(declined));
    JsonObject result =
        new JsonObject()
            .put("outcome", "declined")
            .put("inviteId", declined.inviteId().toString())
            .put("reason", declined.reason().wire());
    Instant cooldownExpiry = declined.cooldownExpiry();
    if (cooldownExpiry != null) {
      result.put("cooldownExpiry", cooldownExpiry.toEpochMilli());
    }
    reply.done(result);
  }

  private static void accepted(Accepted accepted, Reply reply) {
    UUID roomId = accepted.roomId();
    switch (accepted.outcome()) {
      case STARTED ->
          reply.done(
              roomId == null
                  ? new JsonObject()
                  : new JsonObject().put("roomId", roomId.toString()));
      case UNKNOWN_INVITE -> reply.refuse(Sentences.UNKNOWN_INVITE);
      case INVALID_DURATION -> reply.refuse(Sentences.INVALID_DURATION);
      case NOT_FREE -> reply.refuse(Sentences.NOT_FREE);
    }
  }

  private void extended(Connection connection, WaitExtended extended, Reply reply) {
    JsonObject result = new JsonObject().put("extended", extended.extended());
    Instant expiresAt = extended.expiresAt();
    if (expiresAt != null) {
      result.put("expiresAt", expiresAt.toEpochMilli());
      PendingInvite pending = connection.invite;
      if (pending != null) {
        pending.expiry().cancel();
        connection.invite = pending(connection, pending.inviteId(), pending.callee(), expiresAt);
      }
    }
    reply.done(result);
  }

  private void waitFor(Connection connection, UUID inviteId, UUID callee, Instant expiresAt) {
    over(connection);
    connection.invite = pending(connection, inviteId, callee, expiresAt);
    Seat seat = connection.seat;
    if (seat != null) {
      lobby.waitsFor(seat, callee);
    }
  }

  private PendingInvite pending(
      Connection connection, UUID inviteId, UUID callee, Instant expiresAt) {
    Duration left = Duration.between(timers.now(), expiresAt).plus(AFTER_EXPIRY);
    return new PendingInvite(
        inviteId, callee, expiresAt, timers.after(left, () -> over(connection)));
  }

  private SocketRef ref(Connection connection) {
    return new SocketRef(loop, connection.socket.id());
  }
}
