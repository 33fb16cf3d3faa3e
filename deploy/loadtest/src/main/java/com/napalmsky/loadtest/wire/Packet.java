package com.napalmsky.loadtest.wire;

/**
 * One Engine.IO 4 packet, with the Socket.IO 5 packet of the default namespace inside it.
 *
 * @param ack the number of an acknowledgement, -1 where there is none
 * @param name of an event, else empty
 * @param payload JSON text: the first argument of an event or acknowledgement, the body of OPEN,
 *     CONNECTED and REFUSED; empty where there is none
 */
public record Packet(Type type, int ack, String name, String payload) {

  /** What a server sends. */
  public enum Type {
    OPEN,
    CLOSE,
    PING,
    CONNECTED,
    REFUSED,
    DISCONNECT,
    EVENT,
    ACK,
    /** Nothing that concerns a client of ours. */
    OTHER
  }

  /** The answer to a ping. */
  public static final String PONG = "3";

  private static final Packet NOTHING = of(Type.OTHER, "");

  /** Reads a text; never fails, what is not understood is {@link Type#OTHER}. */
  public static Packet parse(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    return switch (text.charAt(0)) {
      case '0' -> of(Type.OPEN, text.substring(1));
      case '1' -> of(Type.CLOSE, "");
      case '2' -> of(Type.PING, "");
      case '4' -> text.length() < 2 ? NOTHING : message(text);
      default -> NOTHING;
    };
  }

  /** The packet that asks for the default namespace. */
  public static String connect(String token, boolean deltas) {
    return "40{\"token\":\"" + token + "\"" + (deltas ? ",\"deltas\":1" : "") + "}";
  }

  /**
   * An event.
   *
   * @param ack number of the acknowledgement that is wanted, -1 for none
   * @param payload JSON text of its argument, empty for none
   */
  public static String event(String name, String payload, int ack) {
    return "42"
        + (ack < 0 ? "" : Integer.toString(ack))
        + "[\""
        + name
        + (payload.isEmpty() ? "\"]" : "\"," + payload + "]");
  }

  private static Packet message(String text) {
    return switch (text.charAt(1)) {
      case '0' -> of(Type.CONNECTED, text.substring(2));
      case '1' -> of(Type.DISCONNECT, "");
      case '2' -> event(text);
      case '3' -> acknowledgement(text);
      case '4' -> of(Type.REFUSED, text.substring(2));
      default -> NOTHING;
    };
  }

  private static Packet event(String text) {
    int open = text.indexOf("[\"");
    int close = open < 0 ? -1 : text.indexOf('"', open + 2);
    if (close < 0) {
      return NOTHING;
    }
    return new Packet(Type.EVENT, -1, text.substring(open + 2, close), argument(text, close + 1));
  }

  private static Packet acknowledgement(String text) {
    int open = text.indexOf('[');
    if (open < 3 || open > 11) {
      return NOTHING;
    }
    try {
      int ack = Integer.parseInt(text, 2, open, 10);
      return new Packet(Type.ACK, ack, "", argument(text, open));
    } catch (NumberFormatException noNumber) {
      return NOTHING;
    }
  }

  /**
   * What stands between the comma or bracket at a place and the closing bracket, without the offset
   * that is the last argument of some events.
   */
  private static String argument(String text, int before) {
    int end = text.lastIndexOf(']');
    int first = before + 1;
    if (end > first && text.charAt(first) == '{') {
      end = text.lastIndexOf('}', end) + 1;
    } else if (end > first && text.charAt(first) == '"') {
      end = first;
    }
    return end <= first ? "" : text.substring(first, end);
  }

  private static Packet of(Type type, String payload) {
    return new Packet(type, -1, "", payload);
  }
}
