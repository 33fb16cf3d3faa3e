package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client's session, whatever carries it. Confined to its home loop.
 *
 * <pre>
 *   polling ──2probe──▶ probing ──5──▶ websocket
 *      │                   │               │
 *      └───────────────────┴──── any ──────┴──▶ closed (once, with one reason)
 * </pre>
 *
 * <p>The session's own entry on the wheel is its heartbeat: either the next ping is due, or the
 * answer to the last one is overdue.
 */
public final class EngineSession extends Wheel.Entry {

  /** Who made the session. */
  interface Owner {

    /** What the session is for. */
    EngineHandler handler();

    /** Somebody signed in on the session; called once. */
    void identified(EngineSession session);

    /** The session is over; called before the handler hears of it. */
    void ended(EngineSession session);
  }

  private static final String PROBE = "probe";
  private static final byte MOST_UNANSWERED = 100;

  private final EngineLoop loop;
  private final Owner owner;
  private final String sid;
  private final String remoteIp;
  private final String userAgent;
  private Transport transport;
  private @Nullable WebSocketTransport probe;
  private Wheel.@Nullable Entry probeLimit;
  private @Nullable Object attachment;
  private boolean open = true;
  private boolean awaitsPong;

  /** Each ping is answered: an answer is one to the last ping only when there is no other. */
  private byte unanswered;

  private boolean heard;
  private boolean doubted;
  private boolean probed;
  private boolean failed;
  private boolean identified;

  /** A session over polling. */
  EngineSession(Owner owner, EngineLoop loop, String sid, String remoteIp, String agent) {
    this.owner = owner;
    this.loop = loop;
    this.sid = sid;
    this.remoteIp = remoteIp;
    this.userAgent = agent;
    this.transport = new PollingTransport(this, loop);
  }

  /** The true client address. */
  public String remoteIp() {
    return remoteIp;
  }

  /** At most 200 characters. */
  public String userAgent() {
    return userAgent;
  }

  /** Whether messages can be sent and received. */
  public boolean open() {
    return open;
  }

  /** Somebody signed in on it. */
  public void identify() {
    if (open && !identified) {
      identified = true;
      owner.identified(this);
    }
  }

  boolean identified() {
    return identified;
  }

  /** Sends a text message. Does nothing on a closed session. */
  public void send(String message) {
    if (open) {
      transport.text(PacketType.MESSAGE, message);
    }
  }

  /** Sends a text message that other sessions get too. Does nothing on a closed session. */
  public void send(SharedText message) {
    if (open) {
      transport.shared(message);
    }
  }

  /** Sends a binary message. Does nothing on a closed session. */
  public void send(Buffer message) {
    if (open) {
      transport.binary(message.getBytes());
    }
  }

  /**
   * Ends the session after what was sent before. {@link EngineHandler#onClose} is called before
   * this returns. Does nothing on a closed session.
   */
  public void close(CloseReason reason) {
    if (open) {
      open = false;
      switch (reason) {
        case SHUTDOWN -> transport.hangUp();
        case PROTOCOL_ERROR -> transport.finish(CloseStatus.PROTOCOL_ERROR);
        case FULL -> transport.finish(CloseStatus.TRY_AGAIN_LATER);
        default -> transport.finish(CloseStatus.NORMAL);
      }
      end(reason);
    }
  }

  /**
   * Finds out whether the client is still there: it is pinged at once, and the session ends as
   * {@link CloseReason#PING_TIMEOUT} when nothing is heard within the limit. A second call while
   * the answer is awaited changes nothing. Does nothing on a closed session.
   *
   * @param limit up to one tick of the wheel may be missing from it
   */
  public void probe(Duration limit) {
    if (open && !doubted) {
      doubted = true;
      ping(limit);
    }
  }

  /**
   * Notes how much is kept of a message that has not come whole, besides what the session itself
   * keeps.
   *
   * @param before bytes, as noted last
   * @param after bytes; 0 when it is whole, or was let go of
   * @return false when the process has no room for it: close the session as {@link
   *     CloseReason#FULL} then
   */
  public boolean unfinished(int before, int after) {
    return loop.unfinished(before, after);
  }

  /** Runs an action on the home loop, once; cheaper and coarser than a timer of its own. */
  public Cancellable after(Duration delay, Runnable action) {
    Wheel.Entry entry = loop.wheel.after(delay, action);
    return () -> loop.wheel.cancel(entry);
  }

  /** Runs an action on the home loop, from any thread: now when already there. */
  public void run(Runnable action) {
    loop.run(action);
  }

  /** What the handler keeps with this session; null until it sets something. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Keeps something with this session. */
  public void attach(Object attachment) {
    this.attachment = attachment;
  }

  EngineLoop loop() {
    return loop;
  }

  String sid() {
    return sid;
  }

  /** The polling side, or null once a WebSocket replaced it or was there from the start. */
  @Nullable PollingTransport polling() {
    return transport instanceof PollingTransport polling ? polling : null;
  }

  /** Starts the session on a WebSocket of its own. */
  void startOn(WebSocketTransport socket) {
    transport = socket;
    start();
  }

  /** Starts the heartbeat. */
  void start() {
    loop.wheel.schedule(this, loop.config.pingInterval());
  }

  @Override
  void expired() {
    if (!awaitsPong || heard) {
      doubted = false;
      ping(loop.config.pingTimeout());
    } else {
      fail(CloseReason.PING_TIMEOUT, CloseStatus.GOING_AWAY);
    }
  }

  private void ping(Duration limit) {
    if (unanswered == 0) {
      owner.handler().onPing(this);
    }
    if (unanswered < MOST_UNANSWERED) {
      unanswered++;
    }
    awaitsPong = true;
    heard = false;
    loop.wheel.schedule(this, limit);
    transport.text(PacketType.PING, "");
  }

  /** Bytes that wait for the client. */
  long waiting() {
    return transport.waiting();
  }

  /** Ends the session because of its client or its transport; nothing more is delivered. */
  void fail(CloseReason reason, int status) {
    if (open) {
      open = false;
      failed = true;
      if (transport instanceof PollingTransport polling) {
        polling.abort();
      } else {
        transport.finish(status);
      }
      end(reason);
    }
  }

  /** Whether the client or its transport ended the session by breaking a rule. */
  boolean failed() {
    return failed;
  }

  /** A WebSocket asks to replace polling. */
  void offer(WebSocketTransport candidate) {
    if (!open || probe != null || polling() == null) {
      candidate.finish(CloseStatus.NORMAL);
      return;
    }
    probe = candidate;
    probeLimit =
        loop.wheel.after(
            loop.config.upgradeTimeout(),
            () -> {
              dropProbe();
              candidate.finish(CloseStatus.NORMAL);
            });
  }

  /** Whether a poll must be answered at once, so that the client can change its transport. */
  boolean upgrading() {
    return probed;
  }

  /** A WebSocket of this session received a text. */
  void onText(WebSocketTransport from, String packet) {
    if (from == transport) {
      if (open) {
        onPacket(packet);
      }
    } else if (from == probe) {
      onProbe(from, packet);
    }
  }

  /** A binary message arrived on a WebSocket of this session. */
  void onBinary(WebSocketTransport from, byte[] message) {
    if (from == transport && open) {
      heard = true;
      owner.handler().onBinary(this, Buffer.buffer(message));
    }
  }

  /** A WebSocket of this session is gone, or has to go. */
  void onGone(WebSocketTransport gone, CloseReason reason) {
    if (gone == probe) {
      dropProbe();
    } else if (gone == transport && open) {
      open = false;
      end(reason);
    }
  }

  /** A packet of the client, with its type. */
  void onPacket(String packet) {
    heard = true;
    char type = packet.isEmpty() ? 0 : packet.charAt(0);
    switch (type) {
      case PacketType.MESSAGE -> owner.handler().onText(this, packet.substring(1));
      case PacketType.PONG -> {
        awaitsPong = false;
        if (unanswered > 0) {
          unanswered--;
        }
        doubted = false;
        loop.wheel.schedule(this, loop.config.pingInterval());
        owner.handler().onPong(this);
      }
      case PacketType.CLOSE -> {
        open = false;
        if (transport instanceof PollingTransport polling) {
          polling.release();
          polling.abort();
        } else {
          transport.finish(CloseStatus.NORMAL);
        }
        end(CloseReason.CLIENT_CLOSED);
      }
      case PacketType.UPGRADE, PacketType.NOOP -> {}
      default -> fail(CloseReason.PROTOCOL_ERROR, CloseStatus.PROTOCOL_ERROR);
    }
  }

  /** Takes the packets of one polling body, until the session is over. */
  PollingPayload.Receiver received() {
    return new PollingPayload.Receiver() {
      @Override
      public boolean text(String packet) {
        onPacket(packet);
        return open;
      }

      @Override
      public boolean binary(byte[] message) {
        heard = true;
        owner.handler().onBinary(EngineSession.this, Buffer.buffer(message));
        return open;
      }
    };
  }

  private void onProbe(WebSocketTransport candidate, String packet) {
    if (packet.equals(PacketType.PING + PROBE)) {
      candidate.text(PacketType.PONG, PROBE);
      probed = true;
      PollingTransport polling = polling();
      if (polling != null) {
        polling.release();
      }
    } else if (probed && packet.equals(String.valueOf(PacketType.UPGRADE))) {
      PollingTransport polling = polling();
      dropProbe();
      transport = candidate;
      if (polling != null) {
        polling.release();
        polling.moveTo(candidate);
      }
      loop.meter.upgraded();
    } else {
      dropProbe();
      candidate.finish(CloseStatus.PROTOCOL_ERROR);
    }
  }

  private void dropProbe() {
    probe = null;
    probed = false;
    if (probeLimit != null) {
      loop.wheel.cancel(probeLimit);
      probeLimit = null;
    }
  }

  private void end(CloseReason reason) {
    loop.wheel.cancel(this);
    if (probe != null) {
      WebSocketTransport candidate = probe;
      dropProbe();
      candidate.finish(CloseStatus.NORMAL);
    }
    loop.meter.ended(transport instanceof WebSocketTransport, reason);
    owner.ended(this);
    owner.handler().onClose(this, reason);
  }
}
