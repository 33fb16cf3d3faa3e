package com.napalmsky.gateway.socketio;

import io.vertx.core.json.JsonArray;

/** The acknowledgement that one event of a client asked for; the first answer counts. */
final class EventAck implements SocketHandler.Ack {

  private final ClientSocket socket;
  private final long id;
  private boolean answered;

  EventAck(ClientSocket socket, long id) {
    this.socket = socket;
    this.id = id;
  }

  @Override
  public void reply(String payload) {
    if (!answered) {
      answered = true;
      socket.acknowledge(id, payload);
    }
  }

  /** Answers with any arguments, of which some may be buffers. */
  void replyAll(JsonArray arguments) {
    if (!answered) {
      answered = true;
      socket.acknowledgeAll(id, arguments);
    }
  }
}
