package com.napalmsky.gateway.engineio;

import java.util.Base64;

/** The body of a polling request: packets with a separator between them. */
final class PollingPayload {

  static final char SEPARATOR = 0x1e;

  /** Takes the packets one by one. */
  interface Receiver {

    /**
     * @return whether the next packet is wanted
     */
    boolean text(String packet);

    /**
     * @return whether the next packet is wanted
     */
    boolean binary(byte[] message);
  }

  private PollingPayload() {}

  /**
   * Hands every packet to the receiver, in order.
   *
   * @throws BrokenMessage when a packet is empty or no base64; those before it were handed over
   */
  static void read(String body, Receiver receiver) throws BrokenMessage {
    int start = 0;
    boolean more = true;
    while (more && start <= body.length()) {
      int end = body.indexOf(SEPARATOR, start);
      if (end < 0) {
        end = body.length();
      }
      if (end == start) {
        throw new BrokenMessage(CloseStatus.PROTOCOL_ERROR);
      }
      more =
          body.charAt(start) == PacketType.BINARY
              ? receiver.binary(base64(body.substring(start + 1, end)))
              : receiver.text(body.substring(start, end));
      start = end + 1;
    }
  }

  private static byte[] base64(String text) throws BrokenMessage {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException invalid) {
      throw new BrokenMessage(CloseStatus.PROTOCOL_ERROR);
    }
  }
}
