package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.ClientMessage.Plain;
import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.Seat;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Join;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaveQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.RestoreCall;
import com.napalmsky.shared.contract.presence.PresenceState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps presence-service and the lobby in step with the sockets of one event loop. */
final class PresenceLink {

  private static final Duration FIRST_TRY = Duration.ofSeconds(1);

  private final Bus bus;
  private final String loop;
  private final Lobby lobby;
  private final Errands errands;
  private final Turns turns;
  private final Calls calls;
  private final ConnectionCounters counters;

  PresenceLink(
      Bus bus,
      String loop,
      Lobby lobby,
      Errands errands,
      Turns turns,
      Calls calls,
      ConnectionCounters counters) {
    this.bus = bus;
    this.loop = loop;
    this.lobby = lobby;
    this.errands = errands;
    this.turns = turns;
    this.calls = calls;
    this.counters = counters;
  }

  /** Has presence know the socket of a user who has just signed in; later events wait for it. */
  void attach(Connection connection) {
    turns.hold(
        connection,
        attached(connection)
            .recover(
                cause -> {
                  connection.emit(GatewayEvents.error(Sentences.UNAVAILABLE));
                  return Future.succeededFuture();
                }));
  }

  /**
   * Presence may have forgotten a socket: has it know it again, and what it is in.
   *
   * @return fails when presence could not be asked
   */
  Future<?> startOver(Connection connection) {
    Future<?> before = connection.presenceAsked;
    Future<?> done =
        before == null || before.isComplete()
            ? knownAgain(connection)
            : before.transform(answered -> knownAgain(connection));
    connection.presenceAsked = done;
    turns.hold(connection, done);
    return done;
  }

  /** A call that presence has learned of from this socket is over: it may have missed that too. */
  void callOver(Connection connection, UUID roomId) {
    CallLink link = connection.call;
    if (link != null && link.restored && link.roomId.equals(roomId)) {
      link.restored = false;
      ReleaseCall over = new ReleaseCall(roomId, List.of(connection.user().userId()));
      errands.run("release", () -> bus.request(PresenceContract.RELEASE_CALL, over));
    }
  }

  /** Whether the user belongs to a running call; not if presence cannot be asked. */
  Future<Boolean> inCall(UUID userId) {
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(userId)))
        .map(located -> located.locations().get(0).roomId() != null)
        .otherwise(false);
  }

  /** Whether the user is online, or within his grace; not if presence cannot be asked. */
  Future<Boolean> isThere(UUID userId) {
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(userId)))
        .map(located -> located.locations().get(0).state() != PresenceState.OFFLINE)
        .otherwise(false);
  }

  /** {@code presence:join}. */
  void join(Connection connection, Plain nothing, Reply reply) {
    move(
        connection,
        PresenceContract.JOIN,
        () -> new Join(connection.user().userId(), ref(connection)),
        reply);
  }

  /** {@code presence:leave}. */
  void leave(Connection connection, Plain nothing, Reply reply) {
    leaveLobby(connection);
    move(
        connection,
        PresenceContract.LEAVE,
        () -> new Leave(connection.user().userId(), ref(connection)),
        reply);
  }

  /** {@code queue:join}. */
  void enterQueue(Connection connection, Plain nothing, Reply reply) {
    move(
        connection,
        PresenceContract.ENTER_QUEUE,
        () -> new EnterQueue(connection.user().person(), ref(connection)),
        reply);
  }

  /** {@code queue:leave}. */
  void leaveQueue(Connection connection, Plain nothing, Reply reply) {
    leaveLobby(connection);
    move(
        connection,
        PresenceContract.LEAVE_QUEUE,
        () -> new LeaveQueue(connection.user().userId(), ref(connection)),
        reply);
  }

  /** The socket stays, but looks at nobody any more. */
  void leaveLobby(Connection connection) {
    Seat seat = connection.seat;
    connection.seat = null;
    if (seat != null) {
      lobby.leave(seat);
    }
  }

  /** The socket is gone: so it shall be in presence, whatever is under way there. */
  void detach(Connection connection) {
    leaveLobby(connection);
    if (connection.session == null) {
      return;
    }
    Future<?> asked = connection.presenceAsked;
    // Other operations have other addresses: a goodbye could overtake the connect and leave a
    // ghost.
    connection.presenceAsked =
        asked == null || asked.isComplete()
            ? sayGoodbye(connection)
            : asked.transform(answered -> sayGoodbye(connection));
  }

  SocketRef ref(Connection connection) {
    return new SocketRef(loop, connection.socket.id());
  }

  /** Completes with the first answer, which may be that nobody answers. */
  private Future<Void> sayGoodbye(Connection connection) {
    Disconnect goodbye = new Disconnect(connection.user().userId(), ref(connection));
    Promise<Void> answered = Promise.promise();
    errands.run(
        "disconnect",
        () ->
            bus.request(PresenceContract.DISCONNECT, goodbye)
                .onComplete(moved -> answered.tryComplete(), cause -> answered.tryComplete()));
    return answered.future();
  }

  private <Q extends Record> void move(
      Connection connection, Endpoint<Q, Moved> operation, Supplier<Q> request, Reply reply) {
    Future<Moved> moved =
        moved(connection, operation, request)
            .compose(
                done ->
                    isForgotten(operation, done.state())
                        ? moved(connection, operation, request)
                        : Future.succeededFuture(done));
    connection.presenceAsked = moved;
    turns.hold(
        connection,
        moved.onComplete(
            done -> arrived(connection, operation, done.state(), reply),
            cause -> {
              counters.count(Count.SERVICE_FAILED);
              reply.refuse(Sentences.UNAVAILABLE);
            }));
  }

  private <Q extends Record> Future<Moved> moved(
      Connection connection, Endpoint<Q, Moved> operation, Supplier<Q> request) {
    return attached(connection)
        .compose(
            attached ->
                connection.listens()
                    ? twiceIfLost(operation, request.get())
                    : Future.failedFuture("closed"))
        .map(
            done -> {
              connection.attached &= !isForgotten(operation, done.state());
              return done;
            });
  }

  /**
   * An instance that died is still asked for some seconds. All operations may be repeated, and the
   * next one asked is another one.
   */
  private <Q extends Record> Future<Moved> twiceIfLost(Endpoint<Q, Moved> operation, Q request) {
    return bus.request(operation.within(FIRST_TRY), request)
        .recover(
            cause ->
                cause instanceof ServiceFailure failure && failure.code() == Code.UNAVAILABLE
                    ? bus.request(operation, request)
                    : Future.failedFuture(cause));
  }

  /**
   * Who wants to be seen and is answered that he is not there, is not known: presence began from
   * nothing, or took this gateway for dead.
   */
  private static boolean isForgotten(Endpoint<?, ?> operation, PresenceState state) {
    return !state.online()
        && (operation == PresenceContract.ENTER_QUEUE || operation == PresenceContract.JOIN);
  }

  private void arrived(
      Connection connection, Endpoint<?, ?> operation, PresenceState state, Reply reply) {
    if (!connection.listens()) {
      return;
    }
    connection.hidden = operation == PresenceContract.LEAVE && state == PresenceState.OFFLINE;
    Seat seat = connection.seat;
    if (operation == PresenceContract.ENTER_QUEUE
        && state == PresenceState.AVAILABLE
        && (seat == null || !seat.taken())) {
      enterLobby(connection);
    }
    reply.done(new JsonObject().put("state", state.name().toLowerCase(Locale.ROOT)));
  }

  private void returnToLobby(Connection connection, PresenceState state) {
    if (connection.backToLobby && state == PresenceState.AVAILABLE && connection.listens()) {
      enterLobby(connection);
    }
    connection.backToLobby = false;
  }

  private void enterLobby(Connection connection) {
    Seat seat = lobby.enter(connection.socket, connection.user().userId());
    connection.seat = seat;
    PendingInvite invite = connection.invite;
    if (invite != null) {
      lobby.waitsFor(seat, invite.callee());
    }
  }

  /** Succeeds when presence has the socket, which it is asked for now unless it has. */
  private Future<Void> attached(Connection connection) {
    if (connection.attached) {
      return Future.succeededFuture();
    }
    Future<Void> attaching =
        bus.request(
                PresenceContract.CONNECT, new Connect(connection.user().userId(), ref(connection)))
            .compose(connected -> settle(connection, connected), cause -> retry(connection, cause));
    connection.presenceAsked = attaching;
    return attaching;
  }

  private Future<?> knownAgain(Connection connection) {
    if (!connection.open()) {
      return Future.succeededFuture();
    }
    return bus.request(
            PresenceContract.CONNECT, new Connect(connection.user().userId(), ref(connection)))
        .compose(
            connected ->
                settle(connection, connected)
                    .compose(settled -> inAgain(connection, connected.roomId())));
  }

  private Future<?> inAgain(Connection connection, @Nullable UUID roomId) {
    if (!connection.open()) {
      return Future.succeededFuture();
    }
    if (connection.inCall()) {
      return roomId == null ? callAgain(connection) : Future.succeededFuture();
    }
    return connection.hidden
        ? bus.request(
            PresenceContract.LEAVE, new Leave(connection.user().userId(), ref(connection)))
        : queueAgain(connection);
  }

  private Future<?> callAgain(Connection connection) {
    return calls
        .isRunning(connection)
        .compose(
            runs -> {
              CallLink link = connection.call;
              if (!runs || link == null) {
                return Future.succeededFuture();
              }
              link.restored = true;
              return bus.request(
                  PresenceContract.RESTORE_CALL,
                  new RestoreCall(connection.user().userId(), ref(connection), link.roomId));
            });
  }

  private Future<Void> settle(Connection connection, Connected connected) {
    connection.attached = true;
    returnToLobby(connection, connected.state());
    SocketRef evicted = connected.evicted();
    if (evicted != null) {
      Deliver close =
          new Deliver(List.of(evicted.id()), new SocketOrder.Close(CloseReason.TOO_MANY_SOCKETS));
      errands.run("evict", () -> bus.request(GatewayContract.DELIVER.at(evicted.loop()), close));
    }
    return connected.roomId() == null || !connection.listens()
        ? Future.succeededFuture()
        : calls.comeBack(connection, connected.roomId());
  }

  private Future<Void> retry(Connection connection, Throwable cause) {
    counters.count(Count.SERVICE_FAILED);
    attachLater(connection);
    return Future.failedFuture(cause);
  }

  private void attachLater(Connection connection) {
    if (connection.attachOwed || !connection.open()) {
      return;
    }
    connection.attachOwed = true;
    errands.later(
        "connect",
        () -> {
          connection.attachOwed = connection.open() && !connection.attached;
          return connection.attachOwed;
        },
        () -> attachAgain(connection));
  }

  private Future<?> attachAgain(Connection connection) {
    Future<?> attaching = attached(connection).compose(attached -> queueAgain(connection));
    connection.presenceAsked = attaching;
    turns.hold(connection, attaching);
    return attaching;
  }

  private Future<?> queueAgain(Connection connection) {
    Seat seat = connection.seat;
    return seat != null && seat.taken() && connection.listens()
        ? bus.request(
            PresenceContract.ENTER_QUEUE,
            new EnterQueue(connection.user().person(), ref(connection)))
        : Future.succeededFuture();
  }
}
