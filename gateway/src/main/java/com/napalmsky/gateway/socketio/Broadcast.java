package com.napalmsky.gateway.socketio;

import com.napalmsky.gateway.engineio.SharedText;
import org.jspecify.annotations.Nullable;

/**
 * An event for many sockets of one event loop. What its bytes are for each kind of connection is
 * worked out once, when the first of that kind needs it.
 *
 * <p>Confined to one event loop.
 */
public final class Broadcast {

  private final String event;
  private final @Nullable String payload;
  private @Nullable SharedText shared;

  /**
   * @param payload the one argument as JSON text, or null for none
   */
  public Broadcast(String event, @Nullable String payload) {
    this.event = event;
    this.payload = payload;
  }

  /** The event's name. */
  public String event() {
    return event;
  }

  /** The one argument as JSON text, or null. */
  public @Nullable String payload() {
    return payload;
  }

  /** The packet for the default namespace. */
  SharedText shared() {
    SharedText text = shared;
    if (text == null) {
      text = new SharedText(PacketCodec.event(Packet.MAIN, event, payload));
      shared = text;
    }
    return text;
  }
}
