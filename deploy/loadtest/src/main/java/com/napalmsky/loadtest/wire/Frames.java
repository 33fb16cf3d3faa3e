package com.napalmsky.loadtest.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** WebSocket frames (RFC 6455) as a client writes and reads them. */
public final class Frames {

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int MASKED = 0x80;
  private static final int LARGEST = 16 << 20;

  /** Takes frames; the payload is valid during the call only. */
  @FunctionalInterface
  public interface Sink {

    /**
     * @param compressed whether the first reserved bit is set
     */
    void frame(int opcode, boolean last, boolean compressed, ByteBuf payload);
  }

  private Frames() {}

  /** One whole message as a masked frame. */
  public static ByteBuf masked(
      ByteBufAllocator allocator,
      int opcode,
      boolean compressed,
      byte[] payload,
      int length,
      int mask) {
    ByteBuf frame = allocator.buffer(14 + length);
    frame.writeByte(FIN | (compressed ? COMPRESSED : 0) | opcode);
    if (length < 126) {
      frame.writeByte(MASKED | length);
    } else if (length <= 0xFFFF) {
      frame.writeByte(MASKED | 126).writeShort(length);
    } else {
      frame.writeByte(MASKED | 127).writeLong(length);
    }
    frame.writeInt(mask);
    for (int i = 0; i < length; i++) {
      frame.writeByte(payload[i] ^ (mask >>> (24 - 8 * (i & 3))));
    }
    return frame;
  }

  /** The bytes that a server's frame takes on the wire. */
  public static int length(int payload) {
    return payload + (payload < 126 ? 2 : payload <= 0xFFFF ? 4 : 10);
  }

  /**
   * Reads one frame of a server, if it is there as a whole.
   *
   * @return the bytes it took on the wire; 0, with nothing read, when more must arrive first
   * @throws ProtocolError for a frame that no server may send
   */
  public static int read(ByteBuf in, Sink sink) throws ProtocolError {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return 0;
    }
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    if ((second & MASKED) != 0) {
      throw new ProtocolError("the server masks its frames");
    }
    long length = second & 0x7F;
    int header = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (available < header) {
      return 0;
    }
    if (length == 126) {
      length = in.getUnsignedShort(start + 2);
    } else if (length == 127) {
      length = in.getLong(start + 2);
    }
    if (length < 0 || length > LARGEST) {
      throw new ProtocolError("a frame of more than " + LARGEST + " bytes");
    }
    if (available < header + length) {
      return 0;
    }
    in.skipBytes(header);
    ByteBuf payload = in.readSlice((int) length);
    sink.frame(first & 0x0F, (first & FIN) != 0, (first & COMPRESSED) != 0, payload);
    return header + (int) length;
  }
}
