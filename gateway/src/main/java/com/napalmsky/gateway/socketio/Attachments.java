package com.napalmsky.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binary arguments travel as messages of their own, with placeholders in the text: this puts them
 * back, and takes them out.
 */
final class Attachments {

  private static final String MARK = "_placeholder";
  private static final String NUMBER = "num";

  private final Packet packet;
  private final int limit;
  private final List<Buffer> received = new ArrayList<>();
  private final BitSet placed = new BitSet();
  private int bytes;

  /**
   * @param limit bytes of all attachments together
   */
  Attachments(Packet packet, int limit) {
    this.packet = packet;
    this.limit = limit;
  }

  /**
   * Takes the next binary message.
   *
   * @return the whole packet, or null while more is missing
   */
  @Nullable Packet add(Buffer attachment) throws MalformedPacket {
    bytes += attachment.length();
    if (bytes > limit) {
      throw new MalformedPacket("too large attachments");
    }
    received.add(attachment);
    return received.size() < packet.attachments() ? null : complete();
  }

  /** The packet with what was received. */
  Packet complete() throws MalformedPacket {
    JsonArray arguments = (JsonArray) filled(packet.arguments());
    return new Packet(
        packet.type(), packet.namespace(), packet.attachments(), packet.id(), arguments, null);
  }

  /** Depth is bounded: the packet came through {@link BoundedJson}. */
  private Object filled(Object value) throws MalformedPacket {
    if (value instanceof JsonArray array) {
      List<@Nullable Object> items = new ArrayList<>(array.size());
      for (Object item : array) {
        items.add(item == null ? null : filled(item));
      }
      return new JsonArray(items);
    }
    if (value instanceof JsonObject object) {
      if (Boolean.TRUE.equals(object.getValue(MARK))) {
        return attachment(object.getValue(NUMBER));
      }
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : object) {
        Object item = field.getValue();
        fields.put(field.getKey(), item == null ? null : filled(item));
      }
      return new JsonObject(fields);
    }
    return value;
  }

  /** Each has one place: in thousands of them, a megabyte would be gigabytes once written out. */
  private Buffer attachment(@Nullable Object number) throws MalformedPacket {
    if (number instanceof Integer index
        && index >= 0
        && index < received.size()
        && !placed.get(index)) {
      placed.set(index);
      return received.get(index);
    }
    throw new MalformedPacket("a placeholder of nothing, or a second one");
  }

  /**
   * Takes binary values out of arguments.
   *
   * @param taken gets them in order
   * @return the arguments with placeholders
   */
  static JsonArray takeOut(JsonArray arguments, List<Buffer> taken) {
    List<@Nullable Object> items = new ArrayList<>(arguments.size());
    // The plain list: a JsonArray's own iterator turns buffers into text.
    for (Object item : arguments.getList()) {
      items.add(takenOut(item, taken));
    }
    return new JsonArray(items);
  }

  private static @Nullable Object takenOut(@Nullable Object value, List<Buffer> taken) {
    if (value instanceof Buffer buffer) {
      taken.add(buffer);
      return new JsonObject().put(MARK, true).put(NUMBER, taken.size() - 1);
    }
    if (value instanceof JsonArray array) {
      return takeOut(array, taken);
    }
    if (value instanceof JsonObject object) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      object.getMap().forEach((name, item) -> fields.put(name, takenOut(item, taken)));
      return new JsonObject(fields);
    }
    return value;
  }
}
