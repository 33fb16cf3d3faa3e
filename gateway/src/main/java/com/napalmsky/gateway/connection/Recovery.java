package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.lobby.Seat;
import com.napalmsky.gateway.recovery.EventLog.Kept;
import com.napalmsky.gateway.recovery.HeldSession;
import com.napalmsky.gateway.recovery.Involvement;
import com.napalmsky.gateway.recovery.LostSession;
import com.napalmsky.gateway.recovery.OpenSession;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.socketio.Previous;
import com.napalmsky.gateway.socketio.SocketHandler.Identity;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Gives clients that lost their connection back what they had: the events that this process took
 * for them and that they did not get, and the call, the invite and the lobby they were in. For the
 * services the socket that comes back is a new one; what they could not deliver meanwhile they
 * deliver to it themselves, after this.
 *
 * <p>Confined to one event loop. One timer for all lost sessions of the loop.
 */
final class Recovery {

  /** After these the client is expected back, and what it was in is still its own. */
  private static final Set<CloseReason> RECOVERABLE =
      EnumSet.of(
          CloseReason.TRANSPORT_LOST,
          CloseReason.PING_TIMEOUT,
          CloseReason.CLIENT_CLOSED,
          CloseReason.SLOW,
          CloseReason.RESUMED_ELSEWHERE);

  private record Expiry(LostSession lost, long due) {}

  private final RecoverableSessions sessions;
  private final KeptEvents kept;
  private final Timers timers;
  private final Executor loop;
  private final PresenceLink presence;
  private final Invites invites;
  private final EndedSessions ended;
  private final ConnectionCounters counters;
  private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();
  private boolean timerRuns;

  /**
   * @param loop runs something on the event loop that this belongs to
   */
  Recovery(
      RecoverableSessions sessions,
      KeptEvents kept,
      Timers timers,
      Executor loop,
      PresenceLink presence,
      Invites invites,
      EndedSessions ended,
      ConnectionCounters counters) {
    this.sessions = sessions;
    this.kept = kept;
    this.timers = timers;
    this.loop = loop;
    this.presence = presence;
    this.invites = invites;
    this.ended = ended;
    this.counters = counters;
  }

  /**
   * Makes ready what a client asks to have back: finds out whether its user is still there, and
   * ends the socket that the client has left, if its loss was not noticed yet.
   *
   * @return never fails; whether the client gets its session is decided by {@link #identity}
   */
  Future<Void> prepare(Connection connection, Previous previous) {
    Comeback comeback = new Comeback(previous);
    connection.comeback = comeback;
    Session session = connection.session;
    if (session == null || sessions.find(previous.pid()) == null) {
      return Future.succeededFuture();
    }
    return presence
        .isThere(session.userId())
        .compose(
            there -> {
              if (there) {
                return endOld(previous.pid(), session.sessionId());
              }
              // His grace is over: what the session was in is gone.
              comeback.tooLate = true;
              return Future.succeededFuture();
            });
  }

  /** What a client that is let in is told that it is: a new session, or the one it lost. */
  Identity identity(Connection connection) {
    Comeback comeback = connection.comeback;
    OpenSession resumed = comeback == null ? null : takeOver(connection, comeback);
    if (resumed != null) {
      counters.count(Count.RECOVERED);
      return new Identity(resumed.sid(), resumed.pid());
    }
    if (comeback != null) {
      counters.count(Count.NOT_RECOVERED);
      connection.comeback = null;
    }
    return new Identity(connection.socket.sid(), kept.pid(connection));
  }

  /** The client has been welcomed: puts it where it was, and gives it what it missed. */
  void resume(Connection connection) {
    Comeback comeback = connection.comeback;
    if (comeback == null) {
      return;
    }
    connection.comeback = null;
    Involvement involvement = comeback.involvement;
    if (involvement != null) {
      involve(connection, involvement);
    }
    for (Kept missed : comeback.missed) {
      connection.socket.emit(missed.event(), missed.payload(), missed.offset());
    }
  }

  /**
   * The socket is gone. To be told before anything else is, which takes from it what it was in.
   *
   * @param before the state it was in
   */
  void lose(Connection connection, State before, CloseReason reason) {
    OpenSession open = connection.recoverable;
    Session session = connection.session;
    connection.recoverable = null;
    if (open == null) {
      return;
    }
    if (before != State.SIGNED_IN || session == null || !RECOVERABLE.contains(reason)) {
      sessions.close(open);
      return;
    }
    LostSession lost = sessions.lose(open, session.sessionId(), involvement(connection));
    long window = sessions.config().window().toMillis();
    expiries.addLast(new Expiry(lost, timers.now().toEpochMilli() + window));
    arm();
  }

  /** How many lost sessions wait for their client, or were taken by it a moment ago. */
  int lost() {
    return expiries.size();
  }

  private Future<Void> endOld(String pid, UUID userSession) {
    if (!(sessions.find(pid) instanceof OpenSession open)) {
      return Future.succeededFuture();
    }
    Promise<Void> ended = Promise.promise();
    // It may complete on the other loop.
    open.end(userSession).onComplete(done -> loop.execute(ended::tryComplete));
    return ended.future();
  }

  private @Nullable OpenSession takeOver(Connection connection, Comeback comeback) {
    Session session = connection.session;
    HeldSession held = sessions.find(comeback.previous.pid());
    if (comeback.tooLate
        || session == null
        || ended.contains(session.sessionId())
        || !(held instanceof LostSession lost)
        || !lost.userSession().equals(session.sessionId())) {
      return null;
    }
    OpenSession open = sessions.resume(lost, kept.ending(connection));
    if (open == null) {
      return null;
    }
    List<Kept> missed = open.log().resume(comeback.previous.offset());
    if (missed == null) {
      sessions.close(open);
      return null;
    }
    comeback.missed = missed;
    comeback.involvement = lost.involvement();
    connection.recoverable = open;
    return open;
  }

  private static Involvement involvement(Connection connection) {
    CallLink call = connection.call;
    PendingInvite invite = connection.invite;
    Seat seat = connection.seat;
    return new Involvement(
        call == null ? null : new Involvement.Call(call.roomId, call.ownerName(), call.over),
        invite == null
            ? null
            : new Involvement.Invite(invite.inviteId(), invite.callee(), invite.expiresAt()),
        connection.backToLobby || (seat != null && seat.taken()));
  }

  private void involve(Connection connection, Involvement involvement) {
    Involvement.Call call = involvement.call();
    if (call != null) {
      CallLink link = new CallLink(call.roomId(), call.owner());
      link.over = call.over();
      connection.call = link;
    }
    Involvement.Invite invite = involvement.invite();
    if (invite != null) {
      invites.resume(connection, invite.inviteId(), invite.callee(), invite.expiresAt());
    }
    connection.backToLobby = involvement.inLobby();
  }

  private void arm() {
    Expiry first = expiries.peekFirst();
    if (first == null || timerRuns) {
      return;
    }
    timerRuns = true;
    long left = first.due() - timers.now().toEpochMilli();
    var unused = timers.after(Duration.ofMillis(Math.max(1, left)), this::expire);
  }

  private void expire() {
    timerRuns = false;
    long now = timers.now().toEpochMilli();
    while (!expiries.isEmpty() && expiries.peekFirst().due() <= now) {
      sessions.expire(expiries.removeFirst().lost());
    }
    arm();
  }
}
