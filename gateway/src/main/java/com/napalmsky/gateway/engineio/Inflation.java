package com.napalmsky.gateway.engineio;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks compressed messages of any socket of the loop; each stands alone, since every client is
 * told not to keep its context. Stops at the limit, whatever the message claims to hold.
 *
 * <p>Confined to its event loop.
 */
final class Inflation {

  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  /** Space beyond this is given back after use. */
  private static final int SCRATCH = 65_536;

  private final int limit;
  private final Inflater inflater = new Inflater(true);
  private byte[] out = new byte[4_096];

  Inflation(int limit) {
    this.limit = limit;
  }

  /**
   * Unpacks one message.
   *
   * @param compressed its bytes, which are not consumed
   * @throws BrokenMessage when it is no deflate stream, or larger than the limit
   */
  byte[] inflate(ByteBuf compressed) throws BrokenMessage {
    try {
      inflater.reset();
      inflater.setInput(compressed.nioBuffer());
      int length = drain(0);
      if (!inflater.finished()) {
        inflater.setInput(TAIL);
        length = drain(length);
      }
      return Arrays.copyOf(out, length);
    } catch (DataFormatException corrupt) {
      throw new BrokenMessage(CloseStatus.INVALID_PAYLOAD);
    } finally {
      if (out.length > SCRATCH) {
        out = new byte[4_096];
      }
    }
  }

  void close() {
    inflater.end();
  }

  private int drain(int start) throws DataFormatException, BrokenMessage {
    int length = start;
    while (true) {
      if (length == out.length) {
        // One byte over the limit is enough to know that it was exceeded.
        out = Arrays.copyOf(out, (int) Math.min(limit + 1L, out.length * 2L));
      }
      int produced = inflater.inflate(out, length, out.length - length);
      length += produced;
      if (length > limit) {
        throw new BrokenMessage(CloseStatus.TOO_BIG);
      }
      if (inflater.needsDictionary()) {
        throw new BrokenMessage(CloseStatus.INVALID_PAYLOAD);
      }
      if (inflater.finished() || (produced == 0 && inflater.needsInput())) {
        return length;
      }
      if (produced == 0 && length < out.length) {
        throw new BrokenMessage(CloseStatus.INVALID_PAYLOAD);
      }
    }
  }
}
