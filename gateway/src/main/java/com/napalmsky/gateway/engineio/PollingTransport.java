package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Packets wait here for the client's next poll. What is sent within one turn of the loop goes into
 * one answer. Confined to the session's home loop.
 */
final class PollingTransport implements Transport, EngineLoop.Flushable {

  private sealed interface Waiting permits Text, Binary {}

  private record Text(char type, String text) implements Waiting {}

  private record Binary(byte[] message) implements Waiting {}

  private final EngineSession session;
  private final EngineLoop loop;
  private final Queue<Waiting> waiting = new ArrayDeque<>(2);
  private int bytes;
  private @Nullable Exchange poll;
  private boolean dirty;
  private boolean finished;

  PollingTransport(EngineSession session, EngineLoop loop) {
    this.session = session;
    this.loop = loop;
  }

  @Override
  public void text(char type, String text) {
    add(new Text(type, text), 1 + text.length());
  }

  @Override
  public void shared(SharedText text) {
    text(PacketType.MESSAGE, text.text());
  }

  @Override
  public void binary(byte[] message) {
    add(new Binary(message), 2 + message.length / 3 * 4);
  }

  @Override
  public long waiting() {
    return bytes;
  }

  @Override
  public void finish(int status) {
    if (!finished) {
      finished = true;
      waiting.add(new Text(PacketType.CLOSE, ""));
      answer();
    }
  }

  @Override
  public void hangUp() {
    finish(CloseStatus.GOING_AWAY);
  }

  /** Ends the transport without what still waits; a poll that waits is told. */
  void abort() {
    waiting.clear();
    finished = true;
    if (poll != null) {
      waiting.add(new Text(PacketType.CLOSE, ""));
      answer();
    }
  }

  /** Whether the client has not been told yet that the session is over. */
  boolean hasLastWords() {
    return finished && !waiting.isEmpty();
  }

  /** Whether a poll waits for packets. */
  boolean pollWaits() {
    return poll != null;
  }

  /** A poll arrived. */
  void poll(Exchange arrived) {
    if (poll != null) {
      // Two polls at once would let packets overtake each other.
      session.fail(CloseReason.PROTOCOL_ERROR, CloseStatus.PROTOCOL_ERROR);
      arrived.refuse(EngineError.BAD_REQUEST);
      return;
    }
    poll = arrived;
    if (!waiting.isEmpty()) {
      answer();
    } else if (session.upgrading()) {
      release();
    }
  }

  /** The client gave up waiting. */
  void gone(Exchange exchange) {
    if (exchange == poll) {
      poll = null;
      session.fail(CloseReason.TRANSPORT_LOST, CloseStatus.NORMAL);
    }
  }

  /** Ends the poll that waits, if any, without a message. */
  void release() {
    if (poll != null) {
      waiting.add(new Text(PacketType.NOOP, ""));
      answer();
    }
  }

  /** Hands over to a WebSocket what no poll has fetched. */
  void moveTo(WebSocketTransport socket) {
    finished = true;
    for (Waiting packet : waiting) {
      if (packet instanceof Binary binary) {
        socket.binary(binary.message());
      } else if (packet instanceof Text text) {
        socket.text(text.type(), text.text());
      }
    }
    waiting.clear();
  }

  @Override
  public void flush() {
    dirty = false;
    if (!waiting.isEmpty()) {
      answer();
    }
  }

  private void add(Waiting packet, int length) {
    if (finished) {
      return;
    }
    if (bytes > 0 && bytes + length > loop.config.outboundBytes()) {
      session.fail(CloseReason.SLOW, CloseStatus.NORMAL);
      return;
    }
    bytes += length;
    waiting.add(packet);
    if (poll != null && !dirty) {
      dirty = true;
      loop.flushLater(this);
    }
  }

  private void answer() {
    Exchange exchange = poll;
    if (exchange == null) {
      return;
    }
    poll = null;
    StringBuilder payload = new StringBuilder(bytes + waiting.size());
    for (Waiting packet : waiting) {
      if (payload.length() > 0) {
        payload.append(PollingPayload.SEPARATOR);
      }
      if (packet instanceof Binary binary) {
        payload
            .append(PacketType.BINARY)
            .append(Base64.getEncoder().encodeToString(binary.message()));
      } else if (packet instanceof Text text) {
        payload.append(text.type()).append(text.text());
      }
    }
    waiting.clear();
    bytes = 0;
    exchange.packets(payload.toString());
  }
}
