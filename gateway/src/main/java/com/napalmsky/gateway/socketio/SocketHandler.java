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
   * A client wants to connect. Events it has sent already wait until the decision is taken.
   *
   * @return the decision; a failure refuses the client with a text of ours
   */
  Future<Decision> onConnect(Socket socket);

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
