package com.napalmsky.gateway.socketio;

import com.napalmsky.gateway.engineio.EngineSession;
import com.napalmsky.gateway.socketio.SocketHandler.Identity;
import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to one namespace.
 *
 * <pre>
 *   CONNECTING ──accepted──▶ CONNECTED ──41, or the session ends──▶ CLOSED
 *        └───────── refused, or the session ends ────────────────────▲
 * </pre>
 */
final class ClientSocket implements Socket {

  enum State {
    CONNECTING,
    CONNECTED,
    CLOSED
  }

  /** What exists only until the connect is decided. */
  static final class Undecided {
    private final JsonObject auth;
    private final List<Packet> packets = new ArrayList<>();
    private int size;

    private Undecided(JsonObject auth) {
      this.auth = auth;
    }
  }

  private static final int MOST_WAITING_PACKETS = 32;
  private static final int MOST_WAITING_CHARACTERS = 65_536;

  private final EngineSession session;
  private final String namespace;
  private final long id;
  private String sid;
  private final Handshake handshake;
  private State state = State.CONNECTING;
  private @Nullable Undecided undecided;
  private @Nullable Object attachment;

  ClientSocket(
      EngineSession session,
      String namespace,
      long id,
      String sid,
      Handshake handshake,
      JsonObject auth) {
    this.session = session;
    this.namespace = namespace;
    this.id = id;
    this.sid = sid;
    this.handshake = handshake;
    this.undecided = new Undecided(auth);
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String sid() {
    return sid;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public void emit(String event, @Nullable String payload) {
    if (state == State.CONNECTED) {
      session.send(PacketCodec.event(namespace, event, payload));
    }
  }

  @Override
  public void emit(String event, @Nullable String payload, String offset) {
    if (state == State.CONNECTED) {
      session.send(PacketCodec.event(namespace, event, payload, offset));
    }
  }

  @Override
  public void emit(Broadcast frame) {
    if (state != State.CONNECTED) {
      return;
    }
    if (namespace.equals(Packet.MAIN)) {
      session.send(frame.shared());
    } else {
      emit(frame.event(), frame.payload());
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (state != State.CLOSED) {
      if (!reason.reconnect()) {
        session.send(PacketCodec.disconnected(namespace));
      }
      session.close(reason);
    }
  }

  @Override
  public void identified() {
    session.identify();
  }

  @Override
  public void probe(Duration limit) {
    if (state != State.CLOSED) {
      session.probe(limit);
    }
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(Object attachment) {
    this.attachment = attachment;
  }

  String namespace() {
    return namespace;
  }

  State state() {
    return state;
  }

  /** The payload of the connect; empty once the connect is decided. */
  JsonObject auth() {
    return undecided == null ? new JsonObject() : undecided.auth;
  }

  /**
   * Lets a packet wait for the decision.
   *
   * @param size characters and bytes it holds
   * @return whether there was room
   */
  boolean await(Packet packet, int size) {
    Undecided waiting = undecided;
    if (waiting == null
        || waiting.packets.size() >= MOST_WAITING_PACKETS
        || waiting.size + size > MOST_WAITING_CHARACTERS) {
      return false;
    }
    waiting.packets.add(packet);
    waiting.size += size;
    return true;
  }

  /** The client is let in and told so. */
  List<Packet> accept(Identity identity) {
    Undecided waiting = undecided;
    undecided = null;
    state = State.CONNECTED;
    sid = identity.sid();
    session.send(PacketCodec.connected(namespace, sid, identity.pid()));
    return waiting == null ? List.of() : waiting.packets;
  }

  /** The socket is gone, or never came to be. */
  void end() {
    state = State.CLOSED;
    undecided = null;
  }

  /** Sends an event with any arguments, of which some may be {@link Buffer}s. */
  void emitAll(String event, JsonArray arguments) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(event);
    for (Object argument : arguments.getList()) {
      all.add(argument);
    }
    send(Packet.Type.EVENT, Packet.Type.BINARY_EVENT, Packet.NO_ID, new JsonArray(all));
  }

  /** Sends an acknowledgement with any arguments, of which some may be {@link Buffer}s. */
  void acknowledgeAll(long ackId, JsonArray arguments) {
    send(Packet.Type.ACK, Packet.Type.BINARY_ACK, ackId, arguments);
  }

  /** Sends an acknowledgement. */
  void acknowledge(long ackId, String payload) {
    if (state == State.CONNECTED) {
      session.send(PacketCodec.ack(namespace, ackId, payload));
    }
  }

  private void send(Packet.Type text, Packet.Type binary, long ackId, JsonArray arguments) {
    if (state == State.CONNECTED) {
      List<Buffer> taken = new ArrayList<>();
      JsonArray left = Attachments.takeOut(arguments, taken);
      Packet.Type type = taken.isEmpty() ? text : binary;
      session.send(PacketCodec.arguments(type, namespace, taken.size(), ackId, left.encode()));
      taken.forEach(session::send);
    }
  }
}
