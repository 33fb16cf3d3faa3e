package com.napalmsky.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Builds whole WebSocket frames as servers send them, compressed where it pays, and gzip bodies.
 * Each message is compressed alone (no context takeover), so that one compressor serves all sockets
 * of the loop and a compressed frame is good for every socket that negotiated deflate.
 *
 * <p>Confined to its event loop.
 */
final class FrameWriter {

  private static final int FINAL = 0x80;
  private static final int COMPRESSED = 0x40;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PONG = 0xA;
  private static final int LONGEST_CONTROL_PAYLOAD = 125;

  /** Scratch space beyond this is given back after use. */
  private static final int SCRATCH = 65_536;

  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final int threshold;
  private final ByteBufAllocator allocator;
  private @Nullable Deflater deflater;
  private byte[] scratch = new byte[1_024];

  FrameWriter(EngineConfig config) {
    this.threshold = config.deflateThreshold();
    this.allocator = ByteBufAllocator.DEFAULT;
    this.deflater = config.deflateLevel() == 0 ? null : new Deflater(config.deflateLevel(), true);
  }

  /**
   * A text frame of a packet: its type and text.
   *
   * @param deflate whether the socket negotiated compression
   */
  ByteBuf text(char type, String text, boolean deflate) {
    int length = 1 + ByteBufUtil.utf8Bytes(text);
    Deflater compressor = deflater;
    if (deflate && compressor != null && length >= threshold) {
      byte[] plain = new byte[length];
      plain[0] = (byte) type;
      ByteBuf target = Unpooled.wrappedBuffer(plain).writerIndex(1);
      ByteBufUtil.reserveAndWriteUtf8(target, text, length - 1);
      ByteBuf frame = deflated(compressor, TEXT, plain, length);
      if (frame != null) {
        return frame;
      }
    }
    ByteBuf frame = frame(FINAL | TEXT, length).writeByte(type);
    ByteBufUtil.reserveAndWriteUtf8(frame, text, length - 1);
    return frame;
  }

  /** A binary frame. */
  ByteBuf binary(byte[] message, boolean deflate) {
    Deflater compressor = deflater;
    if (deflate && compressor != null && message.length >= threshold) {
      ByteBuf frame = deflated(compressor, BINARY, message, message.length);
      if (frame != null) {
        return frame;
      }
    }
    return frame(FINAL | BINARY, message.length).writeBytes(message);
  }

  /** A close frame without a text. */
  ByteBuf close(int status) {
    return frame(FINAL | CLOSE, 2).writeShort(status);
  }

  /** The answer to a ping frame. */
  ByteBuf pong(ByteBuf payload) {
    int length = Math.min(payload.readableBytes(), LONGEST_CONTROL_PAYLOAD);
    return frame(FINAL | PONG, length).writeBytes(payload, payload.readerIndex(), length);
  }

  /** A gzip body, or null when it is not worth it. */
  byte @Nullable [] gzip(byte[] body) {
    Deflater compressor = deflater;
    if (compressor == null || body.length < threshold) {
      return null;
    }
    int length = deflate(compressor, body, body.length, Deflater.NO_FLUSH);
    CRC32 crc = new CRC32();
    crc.update(body);
    byte[] zipped = new byte[GZIP_HEADER.length + length + 8];
    ByteBuf target = Unpooled.wrappedBuffer(zipped).writerIndex(0);
    target.writeBytes(GZIP_HEADER).writeBytes(scratch, 0, length);
    target.writeIntLE((int) crc.getValue()).writeIntLE(body.length);
    trim();
    return zipped;
  }

  /** Gives the compressor's memory back; what is written from now on is not compressed. */
  void close() {
    if (deflater != null) {
      deflater.end();
      deflater = null;
    }
  }

  /** The bytes that a packet has before framing and compression. */
  static int plainLength(String text) {
    return 1 + ByteBufUtil.utf8Bytes(text);
  }

  private @Nullable ByteBuf deflated(Deflater compressor, int opcode, byte[] plain, int length) {
    // The last four bytes of a sync flush are always 00 00 ff ff; the receiver adds them again.
    int compressed = deflate(compressor, plain, length, Deflater.SYNC_FLUSH) - 4;
    try {
      return compressed >= length
          ? null
          : frame(FINAL | COMPRESSED | opcode, compressed).writeBytes(scratch, 0, compressed);
    } finally {
      trim();
    }
  }

  /** Compresses into the scratch space; NO_FLUSH means to the stream's end. */
  private int deflate(Deflater compressor, byte[] plain, int length, int flush) {
    // More than the worst case, so that one call always ends the job.
    int bound = length + (length >> 8) + 128;
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    compressor.reset();
    compressor.setInput(plain, 0, length);
    if (flush == Deflater.NO_FLUSH) {
      compressor.finish();
    }
    return compressor.deflate(scratch, 0, scratch.length, flush);
  }

  private void trim() {
    if (scratch.length > SCRATCH) {
      scratch = new byte[1_024];
    }
  }

  private ByteBuf frame(int head, int length) {
    if (length <= LONGEST_CONTROL_PAYLOAD) {
      return allocator.directBuffer(2 + length).writeByte(head).writeByte(length);
    }
    if (length <= 0xFFFF) {
      return allocator.directBuffer(4 + length).writeByte(head).writeByte(126).writeShort(length);
    }
    return allocator.directBuffer(10 + length).writeByte(head).writeByte(127).writeLong(length);
  }
}
