package com.napalmsky.gateway.socketio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A socket that keeps what it is sent. */
public final class FakeSocket implements Socket {

  /** What a client got: an event and its payload, empty when there is none. */
  public record Got(String event, JsonObject payload) {}

  private final long id;
  private final Handshake handshake;
  private final List<Got> got = new ArrayList<>();
  private final List<Broadcast> broadcasts = new ArrayList<>();
  private final List<String> offsets = new ArrayList<>();
  private final List<Duration> probes = new ArrayList<>();
  private SocketHandler handler;
  private CloseReason closed;
  private Object attachment;
  private Runnable whenSent = () -> {};

  public FakeSocket(long id, String token, boolean deltas) {
    this.id = id;
    handshake = new Handshake("192.0.2.1", "test", token, deltas);
  }

  /** Whom a close is reported to. */
  public void reportTo(SocketHandler handler) {
    this.handler = handler;
  }

  /** What happens whenever it is sent something. */
  public void whenSent(Runnable action) {
    whenSent = action;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String sid() {
    return "sid-" + id;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public void emit(String event, String payload) {
    whenSent.run();
    got.add(new Got(event, payload == null ? new JsonObject() : new JsonObject(payload)));
  }

  @Override
  public void emit(String event, String payload, String offset) {
    offsets.add(offset);
    emit(event, payload);
  }

  @Override
  public void emit(Broadcast frame) {
    broadcasts.add(frame);
    emit(frame.event(), frame.payload());
  }

  @Override
  public void close(CloseReason reason) {
    if (closed == null) {
      closed = reason;
      if (handler != null) {
        handler.onClose(this, reason);
      }
    }
  }

  @Override
  public void identified() {}

  @Override
  public void probe(Duration limit) {
    probes.add(limit);
  }

  @Override
  public Object attachment() {
    return attachment;
  }

  @Override
  public void attach(Object attachment) {
    this.attachment = attachment;
  }

  /** The limits within which it was asked whether its client is there, oldest first. */
  public List<Duration> probes() {
    return List.copyOf(probes);
  }

  /** Why it was closed; null while it is open. */
  public CloseReason closed() {
    return closed;
  }

  /** Everything sent to it, oldest first. */
  public List<Got> got() {
    return List.copyOf(got);
  }

  /** The names of the events sent to it, oldest first. */
  public List<String> events() {
    return got.stream().map(Got::event).toList();
  }

  /** The payloads of one event, oldest first. */
  public List<JsonObject> got(String event) {
    return got.stream().filter(one -> one.event().equals(event)).map(Got::payload).toList();
  }

  /** The shared frames sent to it, oldest first. */
  public List<Broadcast> broadcasts() {
    return List.copyOf(broadcasts);
  }

  /** The offsets that came with events, oldest first. */
  public List<String> offsets() {
    return List.copyOf(offsets);
  }

  /** Forgets what was sent. */
  public void forget() {
    got.clear();
    broadcasts.clear();
    offsets.clear();
  }
}
