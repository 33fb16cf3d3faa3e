package com.napalmsky.gateway.socketio;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO packet from a client.
 *
 * @param namespace begins with a slash
 * @param attachments binary messages that follow and belong to it
 * @param id of the acknowledgement asked for or given, or {@link #NO_ID}
 * @param arguments of events and acknowledgements, the event's name first; empty for other types
 * @param auth of a connect; null for other types and when there is none
 */
record Packet(
    Type type,
    String namespace,
    int attachments,
    long id,
    JsonArray arguments,
    @Nullable JsonObject auth) {

  static final long NO_ID = -1;
  static final String MAIN = "/";

  /** What a packet is, in the order of their numbers on the wire. */
  enum Type {
    CONNECT,
    DISCONNECT,
    EVENT,
    ACK,
    CONNECT_ERROR,
    BINARY_EVENT,
    BINARY_ACK;

    boolean binary() {
      return this == BINARY_EVENT || this == BINARY_ACK;
    }
  }
}
