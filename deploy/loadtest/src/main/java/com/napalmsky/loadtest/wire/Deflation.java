package com.napalmsky.loadtest.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The compressor and the decompressor that all connections of an event loop share. Every message is
 * compressed by itself, which is always allowed.
 *
 * <p>Confined to one event loop.
 */
public final class Deflation implements AutoCloseable {

  private static final byte[] TAIL = {0, 0, -1, -1};
  private static final int LARGEST = 16 << 20;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Inflater shared = new Inflater(true);
  private byte[] scratch = new byte[64 << 10];

  /** A message that was compressed; valid until the next call. */
  public record Compressed(byte[] bytes, int length) {}

  /** Compresses one message. */
  public Compressed deflate(byte[] message) {
    deflater.reset();
    deflater.setInput(message);
    int length = 0;
    while (true) {
      length += deflater.deflate(scratch, length, scratch.length - length, Deflater.SYNC_FLUSH);
      if (length < scratch.length) {
        // The empty block that ends a flush is left out by the protocol.
        return new Compressed(scratch, length - TAIL.length);
      }
      scratch = Arrays.copyOf(scratch, scratch.length * 2);
    }
  }

  /**
   * Decompresses one message.
   *
   * @param own the connection's decompressor when the server keeps its context; null to use the
   *     shared one
   * @throws ProtocolError when it cannot be decompressed or is too large
   */
  public String inflate(ByteBuf message, @Nullable Inflater own) throws ProtocolError {
    Inflater inflater = own == null ? shared : own;
    if (own == null) {
      inflater.reset();
    }
    try {
      int length = 0;
      inflater.setInput(message.nioBuffer());
      length = drain(inflater, length);
      inflater.setInput(TAIL);
      length = drain(inflater, length);
      return new String(scratch, 0, length, StandardCharsets.UTF_8);
    } catch (DataFormatException malformed) {
      throw new ProtocolError("a message that cannot be decompressed");
    }
  }

  private int drain(Inflater inflater, int from) throws DataFormatException, ProtocolError {
    int length = from;
    while (true) {
      length += inflater.inflate(scratch, length, scratch.length - length);
      if (length < scratch.length) {
        return length;
      }
      if (length >= LARGEST) {
        throw new ProtocolError("a message of more than " + LARGEST + " bytes");
      }
      scratch = Arrays.copyOf(scratch, scratch.length * 2);
    }
  }

  @Override
  public void close() {
    deflater.end();
    shared.end();
  }
}
