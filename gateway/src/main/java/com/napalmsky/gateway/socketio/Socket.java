package com.napalmsky.gateway.socketio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client's connection to the default namespace, whatever transport carries it. */
public interface Socket {

  /** Unique within the event loop, never used again. */
  long id();

  /** The Socket.IO id that the client was told, or will be; random. */
  String sid();

  /** What the client said of itself when it connected. */
  Handshake handshake();

  /**
   * Sends an event.
   *
   * @param payload the one argument as JSON text, or null for none
   */
  void emit(String event, @Nullable String payload);

  /**
   * Sends an event that the client may ask for again when it comes back after a loss.
   *
   * @param payload the first argument as JSON text, or null for none
   * @param offset the last argument: what the client says then when this is the last it got
   */
  void emit(String event, @Nullable String payload, String offset);

  /** Sends a frame that several sockets get; it was encoded, and is deflated, only once. */
  void emit(Broadcast frame);

  /**
   * Ends the socket: says {@code disconnect} to the client when the reason forbids a reconnect,
   * then closes the transport. {@link SocketHandler#onClose} follows with this reason. Does nothing
   * on a closed socket.
   */
  void close(CloseReason reason);

  /** Somebody signed in on it: it does not count as a stranger of its address any more. */
  void identified();

  /**
   * Finds out whether the client is still there; if nothing is heard from it within the limit, the
   * socket ends as {@link CloseReason#PING_TIMEOUT}. Does nothing on a closed socket.
   */
  void probe(Duration limit);

  /** What the handler keeps with this socket; null until it sets something. */
  @Nullable Object attachment();

  /** Keeps something with this socket. */
  void attach(Object attachment);
}
