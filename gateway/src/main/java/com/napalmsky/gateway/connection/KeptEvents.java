package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.recovery.OpenSession;
import com.napalmsky.gateway.recovery.PrivateIds;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.user.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events that a client must not miss, and keeps them until it has them. A socket costs
 * nothing here before its first one.
 *
 * <p>Confined to one event loop.
 */
final class KeptEvents {

  private final RecoverableSessions sessions;
  private final PrivateIds ids;
  private final Executor loop;

  /**
   * @param loop runs something on the event loop that this belongs to
   */
  KeptEvents(RecoverableSessions sessions, Executor loop) {
    this.sessions = sessions;
    this.ids = sessions.ids();
    this.loop = loop;
  }

  /** Sends an event, and keeps it if the client must not miss it. */
  void emit(Connection connection, WireEvent event) {
    OpenSession session = event.kept() ? session(connection) : null;
    if (session == null) {
      connection.emit(event);
    } else {
      // Kept first: sending may find the client too slow and end the socket.
      String offset = session.log().add(event.name(), event.payload());
      connection.socket.emit(event.name(), event.payload(), offset);
    }
  }

  /** The client is about to be pinged. */
  void pinged(Connection connection) {
    if (connection.recoverable != null) {
      connection.recoverable.log().pinged();
    }
  }

  /** The client answered a ping: it has what came before. */
  void answered(Connection connection) {
    if (connection.recoverable != null) {
      connection.recoverable.log().answered();
    }
  }

  /** The private id of a socket's own session; null when nothing is kept for anybody. */
  @Nullable String pid(Connection connection) {
    return sessions.config().on() ? ids.of(connection.socket.sid()) : null;
  }

  /** How others have a socket ended whose client is back elsewhere. */
  OpenSession.Ending ending(Connection connection) {
    return userSession -> {
      Promise<Void> ended = Promise.promise();
      loop.execute(() -> end(connection, userSession).onComplete(ended));
      return ended.future();
    };
  }

  private static Future<Void> end(Connection connection, UUID userSession) {
    Session session = connection.session;
    if (session == null || !session.sessionId().equals(userSession)) {
      return Future.succeededFuture();
    }
    connection.close(CloseReason.RESUMED_ELSEWHERE);
    Future<?> goodbye = connection.presenceAsked;
    return goodbye == null
        ? Future.succeededFuture()
        : goodbye.transform(answered -> Future.succeededFuture());
  }

  private @Nullable OpenSession session(Connection connection) {
    if (connection.recoverable != null || connection.unrecoverable || !connection.open()) {
      return connection.recoverable;
    }
    String pid = pid(connection);
    if (pid != null) {
      connection.recoverable = sessions.open(pid, connection.socket.sid(), ending(connection));
    }
    // Once an event went out without being kept, what is kept is not everything.
    connection.unrecoverable = connection.recoverable == null;
    return connection.recoverable;
  }
}
