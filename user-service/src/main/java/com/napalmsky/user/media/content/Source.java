package com.napalmsky.user.media.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of numbers, read at any place through one window of 32 KiB. What lies beyond the end ends
 * in {@link Unfit}. Not safe for use by several threads.
 */
final class Source implements AutoCloseable {

  private static final int WINDOW_BYTES = 32 << 10;
  private static final byte[] NOTHING = new byte[8 << 10];

  private final FileChannel file;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
  private long windowAt;

  private Source(FileChannel file, long size) {
    this.file = file;
    this.size = size;
    window.limit(0);
  }

  static Source open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new Source(file, file.size());
  }

  /** The length of the file. */
  long size() {
    return size;
  }

  /** A byte, from 0 to 255. */
  int u8(long at) throws IOException {
    return window.get(show(at, 1)) & 0xff;
  }

  int u16(long at) throws IOException {
    return window.getShort(show(at, 2)) & 0xffff;
  }

  long u32(long at) throws IOException {
    return window.getInt(show(at, 4)) & 0xffff_ffffL;
  }

  /** Eight bytes; negative when the first bit is set. */
  long i64(long at) throws IOException {
    return window.getLong(show(at, 8));
  }

  /** Eight bytes as a length, which no file of ours reaches when it is negative. */
  long length(long at) throws IOException {
    long value = i64(at);
    if (value < 0) {
      throw Unfit.cutShort();
    }
    return value;
  }

  /** Four characters. */
  String word(long at) throws IOException {
    byte[] bytes = new byte[4];
    window.get(show(at, 4), bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A text of at most 64 bytes. */
  String text(long at, long length) throws IOException {
    if (length > 64) {
      throw Unfit.damaged();
    }
    byte[] bytes = new byte[(int) length];
    window.get(show(at, bytes.length), bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Replaces bytes by others. */
  void write(long at, byte[] bytes) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    while (from.hasRemaining()) {
      at += file.write(from, at);
    }
    window.limit(0);
  }

  /** Replaces bytes by zeros. */
  void blank(long from, long to) throws IOException {
    for (long at = from; at < to; at += NOTHING.length) {
      write(at, to - at < NOTHING.length ? new byte[(int) (to - at)] : NOTHING);
    }
  }

  private int show(long at, int length) throws IOException {
    if (at < 0 || length > size - at) {
      throw Unfit.cutShort();
    }
    if (at < windowAt || at + length > windowAt + window.limit()) {
      window.clear();
      windowAt = at;
      while (window.hasRemaining() && file.read(window, windowAt + window.position()) > 0) {
        // Reads until the window or the file is full.
      }
      window.flip();
      if (window.limit() < length) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return (int) (at - windowAt);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
