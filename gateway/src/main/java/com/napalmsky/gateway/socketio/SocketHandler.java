package com.napalmsky.gateway.socketio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/** What happens to sockets. Nothing it throws reaches another socket. */
public interface SocketHandler {

  /** The answer to a CONNECT packet. */
  sealed interface Decision {

    /** The client is let in. */
    record Accept() implements Decision {}

    /** The client gets a connect error with this text, and optional JSON text as its data. */
    record Refuse(String message, @Nullable String data) implements Decision {}
  }

  /**
   * What a client is told that it is.
   *
   * @param sid the Socket.IO id
   * @param pid what it may come back with after a loss, known to nobody else; null when it cannot
   */
  record Identity(String sid, @Nullable String pid) {

    @Override
    public String toString() {
      return "Identity[sid=" + sid + "]";
    }
  }

  /**
   * A client wants to connect. Events it has sent already wait until the decision is taken.
   *
   * @param previous the session that it says it lost, or null
   * @return the decision; a failure refuses the client with a text of ours
   */
  Future<Decision> onConnect(Socket socket, @Nullable Previous previous);

  /**
   * The client is let in, and is told so next. Not called when it is gone by then.
   *
   * @return the session that it has from now on: its own, or the one that it lost
   */
  default Identity onAccept(Socket socket) {
    return new Identity(socket.sid(), null);
  }

  /** The client was told that it is connected; what is emitted now follows immediately. */
  void onConnected(Socket socket);

  /**
   * An event.
   *
   * @param arguments everything after the event's name; any JSON may stand there, and what the
   *     client sent as binary is read with {@code getBuffer}
   * @param ack answers the client's acknowledgement, null when it wants none
   */
  void onEvent(Socket socket, String event, JsonArray arguments, @Nullable Ack ack);

  /** The client is about to be pinged, and no earlier ping is unanswered. */
  default void onPing(Socket socket) {}

  /** The client answered a ping; it has everything that was sent before that ping. */
  default void onPong(Socket socket) {}

  /** The socket is gone; called once for each socket that was connected. */
  void onClose(Socket socket, CloseReason reason);

  /** Answers one event, once. */
  @FunctionalInterface
  interface Ack {

    /**
     * @param payload JSON text
     */
    void reply(String payload);
  }
}
