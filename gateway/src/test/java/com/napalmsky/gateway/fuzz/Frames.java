package com.napalmsky.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** WebSocket frames as clients send them, and as none should. */
final class Frames {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  private static final int FINAL = 0x80;
  private static final int RSV1 = 0x40;
  private static final int MASKED = 0x80;

  private Frames() {}

  static byte[] whole(int opcode, byte[] payload) {
    return frame(FINAL | opcode, payload, payload.length, true, lengthBytes(payload.length));
  }

  /** One message, compressed as permessage-deflate has it. */
  static byte[] deflated(int opcode, byte[] payload) {
    return frame(RSV1 | FINAL | opcode, deflate(payload));
  }

  /** Frames of which hardly one is right. */
  static byte[] wild(Dice dice) {
    byte[] payload = dice.percent(50) ? Packets.mutated(dice) : dice.bytes(dice.below(300));
    switch (dice.below(14)) {
      case 0:
        return frame(FINAL | dice.one(3, 4, 5, 6, 7, 11, 12, 13, 14, 15), payload);
      case 1:
        return frame(FINAL | dice.one(0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70) | TEXT, payload);
      case 2:
        return frame(RSV1 | FINAL | dice.one(TEXT, BINARY), payload);
      case 3:
        // A length that is not there, or no length at all.
        return frame(FINAL | TEXT, payload, dice.one(-1L, 1L << 62, 2_000_000L, 70_000L), true, 8);
      case 4:
        // Longer in its header than needed.
        return frame(FINAL | TEXT, payload, payload.length, true, dice.one(2, 8));
      case 5:
        return frame(FINAL | TEXT, payload, payload.length, false, lengthBytes(payload.length));
      case 6:
        // Control frames must be short and whole.
        return frame(
            dice.one(0, FINAL) | dice.one(8, 9, 10), dice.bytes(dice.one(0, 1, 2, 125, 126, 300)));
      case 7:
        return frame(dice.one(0, FINAL), payload);
      case 8:
        return join(frame(TEXT, payload), frame(FINAL | PING, new byte[3]), frame(TEXT, payload));
      case 9:
        return join(
            frame(dice.one(0, RSV1) | TEXT, payload),
            frame(0, payload),
            frame(dice.one(FINAL, FINAL | RSV1), payload));
      case 10:
        // Two megabytes of nothing in two kilobytes.
        return frame(RSV1 | FINAL | TEXT, deflate(new byte[2_000_000]));
      case 11:
        int status = dice.one(0, 999, 1000, 1004, 1005, 1006, 1015, 2999, 3000, 5000, 65535);
        return frame(FINAL | CLOSE, new byte[] {(byte) (status >> 8), (byte) status, (byte) 0xff});
      case 12:
        return deflated(TEXT, payload);
      default:
        return dice.bytes(dice.between(1, 400));
    }
  }

  static byte[] frame(int head, byte[] payload) {
    return frame(head, payload, payload.length, true, lengthBytes(payload.length));
  }

  private static byte[] frame(
      int head, byte[] payload, long length, boolean masked, int lengthBytes) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write(head);
    int mask = masked ? MASKED : 0;
    if (lengthBytes == 0) {
      frame.write(mask | (int) length);
    } else {
      frame.write(mask | (lengthBytes == 2 ? 126 : 127));
      for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
        frame.write((int) (length >> shift));
      }
    }
    byte[] key = {0x11, 0x22, 0x33, 0x44};
    if (masked) {
      frame.writeBytes(key);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
    }
    return frame.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  private static int lengthBytes(int length) {
    if (length < 126) {
      return 0;
    }
    return length < 65_536 ? 2 : 8;
  }

  private static byte[] deflate(byte[] payload) {
    Deflater deflater = new Deflater(6, true);
    try {
      deflater.setInput(payload);
      byte[] out = new byte[payload.length + 64];
      int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      byte[] message = new byte[Math.max(0, length - 4)];
      System.arraycopy(out, 0, message, 0, message.length);
      return message;
    } finally {
      deflater.end();
    }
  }
}
