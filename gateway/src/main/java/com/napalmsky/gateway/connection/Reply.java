package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.socketio.SocketHandler.Ack;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How one event is answered: an acknowledgement when one was asked for, an {@code error} if bad.
 */
final class Reply {

  private static final String DONE = "{\"ok\":true}";

  private final Connection connection;
  private @Nullable Ack ack;

  Reply(Connection connection, @Nullable Ack ack) {
    this.connection = connection;
    this.ack = ack;
  }

  void done() {
    acknowledge(DONE);
  }

  /** Done, with something worth knowing; {@code ok} is added. */
  void done(JsonObject result) {
    if (ack != null) {
      acknowledge(new JsonObject().put("ok", true).mergeIn(result).encode());
    }
  }

  /** Not done; the client is told why by an event and by the acknowledgement. */
  void refuse(String sentence) {
    connection.emit(GatewayEvents.error(sentence));
    fail(sentence);
  }

  /** Not done; an event of its own tells the client. */
  void fail(String sentence) {
    if (ack != null) {
      acknowledge(new JsonObject().put("ok", false).put("error", sentence).encode());
    }
  }

  private void acknowledge(String payload) {
    Ack asked = ack;
    ack = null;
    if (asked != null && connection.open()) {
      asked.reply(payload);
    }
  }
}
