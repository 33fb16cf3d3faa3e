package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.lobby.Seat;
import com.napalmsky.gateway.recovery.OpenSession;
import com.napalmsky.gateway.socketio.Socket;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.user.Session;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of one socket.
 *
 * <pre>
 *   UNKNOWN --token is good--> SIGNED_IN --login elsewhere--> ENDING --farewell--> CLOSED
 *                                  |                            ^
 *                                  '--login elsewhere, in call--> FINISHING --call over--'
 *   any --socket gone--> CLOSED
 * </pre>
 *
 * <p>Confined to one event loop. Rare things are objects of their own, so that a socket that idles
 * in the lobby costs little.
 */
final class Connection {

  /** Where a connection stands. */
  enum State {
    /** Nothing has proved who this is. */
    UNKNOWN,
    SIGNED_IN,
    /** The session was displaced while a call runs: only the call goes on. */
    FINISHING,
    /** Told why it will be closed; nothing is carried out any more. */
    ENDING,
    CLOSED
  }

  final Socket socket;
  final Allowance allowance;
  State state = State.UNKNOWN;

  /** Set from the moment the token was found good; never taken away once signed in. */
  @Nullable Session session;

  /** The token of the handshake could not be judged because user-service was not reached. */
  boolean notJudged;

  /** How often it was tried again in vain since. */
  byte judgedInVain;

  /** The session of the handshake was displaced. */
  boolean displaced;

  @Nullable Connection nextOfUser;
  @Nullable Seat seat;
  @Nullable CallLink call;
  @Nullable PendingInvite invite;

  /** The last invite of this socket that came to nothing; its answer may still be under way. */
  @Nullable UUID inviteOver;

  /** Its last events, from the first that it must not miss. */
  @Nullable OpenSession recoverable;

  /** It got an event that it must not miss and that was not kept. */
  boolean unrecoverable;

  /** It asks for a session that it lost; null once it is welcomed. */
  @Nullable Comeback comeback;

  /** It was in the lobby when it was lost, and is again if presence says so. */
  boolean backToLobby;

  /** Its page hid it from others. */
  boolean hidden;

  /** Whether presence has this socket. */
  boolean attached;

  /** An errand is under way that will attach this socket. */
  boolean attachOwed;

  /** What presence was last asked for this socket, while it has not answered. */
  @Nullable Future<?> presenceAsked;

  /** How many steps are under way that later events must wait for. */
  int holds;

  @Nullable ArrayDeque<Said> waiting;

  Connection(Socket socket, Allowance allowance) {
    this.socket = socket;
    this.allowance = allowance;
  }

  /** Whether anything the client says still counts. */
  boolean listens() {
    return state != State.ENDING && state != State.CLOSED;
  }

  boolean open() {
    return state != State.CLOSED;
  }

  /** Whether the socket is bound to a call that has not ended. */
  boolean inCall() {
    return call != null && call.running;
  }

  void emit(WireEvent event) {
    if (open()) {
      socket.emit(event.name(), event.payload());
    }
  }

  void close(CloseReason reason) {
    if (open()) {
      socket.close(reason);
    }
  }

  /** The session of a connection that is signed in. */
  Session user() {
    Session known = session;
    if (known == null) {
      throw new IllegalStateException("not signed in");
    }
    return known;
  }
}
