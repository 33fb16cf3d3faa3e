package com.napalmsky.gateway.socketio;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.napalmsky.gateway.socketio.Packet.Type;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Socket.IO 5 packets as text: {@code <type>[<attachments>-][<namespace>,][<ack id>][<JSON>]}. Safe
 * from any thread.
 */
final class PacketCodec {

  private static final int MOST_ATTACHMENTS = 16;
  private static final int LONGEST_NAMESPACE = 128;
  private static final int LONGEST_EVENT = 64;
  private static final int LONGEST_ID = 15;
  private static final JsonArray NONE = new JsonArray(List.of());

  /** Names by which client libraries report about themselves. */
  private static final Set<String> RESERVED =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  private final BoundedJson json;

  PacketCodec(BoundedJson json) {
    this.json = json;
  }

  /**
   * Reads a packet.
   *
   * @throws MalformedPacket for everything that is not exactly one
   */
  Packet decode(String text) throws MalformedPacket {
    Type type = type(text);
    int position = 1;
    int attachments = 0;
    if (type.binary()) {
      int dash = digits(text, position);
      if (dash == position || dash == text.length() || text.charAt(dash) != '-') {
        throw new MalformedPacket("no number of attachments");
      }
      long number = number(text, position, dash);
      if (number > MOST_ATTACHMENTS) {
        throw new MalformedPacket("too many attachments");
      }
      attachments = (int) number;
      position = dash + 1;
    }
    String namespace = Packet.MAIN;
    if (position < text.length() && text.charAt(position) == '/') {
      int comma = text.indexOf(',', position);
      int end = comma < 0 ? text.length() : comma;
      namespace = namespace(text.substring(position, end));
      position = comma < 0 ? end : end + 1;
    }
    long id = Packet.NO_ID;
    int endOfId = digits(text, position);
    if (endOfId > position) {
      id = number(text, position, endOfId);
      position = endOfId;
    }
    String rest = text.substring(position);
    return packet(type, namespace, attachments, id, rest.isEmpty() ? null : rest);
  }

  private Packet packet(
      Type type, String namespace, int attachments, long id, @Nullable String payload)
      throws MalformedPacket {
    switch (type) {
      case CONNECT -> {
        Object auth = payload == null ? null : json.read(payload);
        if (payload != null && !(auth instanceof JsonObject)) {
          throw new MalformedPacket("auth is no object");
        }
        return new Packet(type, namespace, 0, id, NONE, (JsonObject) auth);
      }
      case DISCONNECT -> {
        if (payload != null) {
          throw new MalformedPacket("a disconnect has no payload");
        }
        return new Packet(type, namespace, 0, id, NONE, null);
      }
      case CONNECT_ERROR -> throw new MalformedPacket("only servers refuse");
      default -> {
        if (payload == null || !(json.read(payload) instanceof JsonArray arguments)) {
          throw new MalformedPacket("arguments are no array");
        }
        if (type == Type.EVENT || type == Type.BINARY_EVENT) {
          checkName(arguments);
        } else if (id == Packet.NO_ID) {
          throw new MalformedPacket("an acknowledgement of nothing");
        }
        return new Packet(type, namespace, attachments, id, arguments, null);
      }
    }
  }

  private static Type type(String text) throws MalformedPacket {
    int number = text.isEmpty() ? -1 : text.charAt(0) - '0';
    Type[] types = Type.values();
    if (number < 0 || number >= types.length) {
      throw new MalformedPacket("unknown packet type");
    }
    return types[number];
  }

  private static void checkName(JsonArray arguments) throws MalformedPacket {
    if (arguments.isEmpty()
        || !(arguments.getValue(0) instanceof String name)
        || name.length() > LONGEST_EVENT
        || RESERVED.contains(name)) {
      throw new MalformedPacket("no name of an event");
    }
  }

  /** Without the query that clients may append to it. */
  private static String namespace(String text) throws MalformedPacket {
    if (text.length() > LONGEST_NAMESPACE) {
      throw new MalformedPacket("too long a namespace");
    }
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  private static int digits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long number(String text, int start, int end) throws MalformedPacket {
    if (end - start > LONGEST_ID) {
      throw new MalformedPacket("too large a number");
    }
    return Long.parseLong(text, start, end, 10);
  }

  // To clients.

  /**
   * The answer to an accepted connect.
   *
   * @param pid what the client may come back with, or null
   */
  static String connected(String namespace, String sid, @Nullable String pid) {
    StringBuilder packet = head(Type.CONNECT, namespace).append("{\"sid\":\"").append(sid);
    if (pid != null) {
      packet.append("\",\"pid\":\"").append(pid);
    }
    return packet.append("\"}").toString();
  }

  /**
   * The answer to a refused connect.
   *
   * @param data JSON text, or null
   */
  static String refused(String namespace, String message, @Nullable String data) {
    StringBuilder packet = head(Type.CONNECT_ERROR, namespace).append("{\"message\":");
    quote(packet, message);
    if (data != null) {
      packet.append(",\"data\":").append(data);
    }
    return packet.append('}').toString();
  }

  /** The server ends the client's connection to a namespace. */
  static String disconnected(String namespace) {
    return head(Type.DISCONNECT, namespace).toString();
  }

  /**
   * An event.
   *
   * @param payload the one argument as JSON text, or null
   */
  static String event(String namespace, String name, @Nullable String payload) {
    return event(namespace, name, payload, null);
  }

  /**
   * An event.
   *
   * @param payload the first argument as JSON text, or null
   * @param offset the last argument, or null
   */
  static String event(
      String namespace, String name, @Nullable String payload, @Nullable String offset) {
    StringBuilder packet =
        new StringBuilder(32 + name.length() + (payload == null ? 0 : payload.length()));
    head(packet, Type.EVENT, namespace).append('[');
    quote(packet, name);
    if (payload != null) {
      packet.append(',').append(payload);
    }
    if (offset != null) {
      packet.append(',');
      quote(packet, offset);
    }
    return packet.append(']').toString();
  }

  /**
   * An acknowledgement.
   *
   * @param payload the one argument as JSON text
   */
  static String ack(String namespace, long id, String payload) {
    return head(Type.ACK, namespace).append(id).append('[').append(payload).append(']').toString();
  }

  /**
   * An event or acknowledgement with any arguments, some of which may be binary.
   *
   * @param arguments JSON text of an array, with placeholders for what is binary
   */
  static String arguments(Type type, String namespace, int attachments, long id, String arguments) {
    StringBuilder packet = new StringBuilder().append((char) ('0' + type.ordinal()));
    if (type.binary()) {
      packet.append(attachments).append('-');
    }
    appendNamespace(packet, namespace);
    if (id != Packet.NO_ID) {
      packet.append(id);
    }
    return packet.append(arguments).toString();
  }

  private static StringBuilder head(Type type, String namespace) {
    return head(new StringBuilder(), type, namespace);
  }

  private static StringBuilder head(StringBuilder packet, Type type, String namespace) {
    packet.append((char) ('0' + type.ordinal()));
    appendNamespace(packet, namespace);
    return packet;
  }

  private static void appendNamespace(StringBuilder packet, String namespace) {
    if (!namespace.equals(Packet.MAIN)) {
      packet.append(namespace).append(',');
    }
  }

  private static void quote(StringBuilder packet, String text) {
    packet.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, packet);
    packet.append('"');
  }
}
