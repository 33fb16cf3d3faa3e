package com.napalmsky.gateway.http.code;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Black and white as PNG, one bit for each pixel. Written out here, since the JDK's own writer
 * brings its whole desktop along.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">the format</a>
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS_OF_A_PIXEL = 1;

  private Png() {}

  static byte[] of(BitMatrix black) {
    ByteArrayOutputStream png = new ByteArrayOutputStream(1024);
    png.writeBytes(SIGNATURE);
    // Grayscale; compression, filter and interlace methods are the first and only ones.
    chunk(
        png,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(black.getWidth())
            .putInt(black.getHeight())
            .put(BITS_OF_A_PIXEL)
            .array());
    chunk(png, "IDAT", deflated(rows(black)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /** Each row begins with a byte that says: not filtered. */
  private static byte[] rows(BitMatrix black) {
    int rowBytes = 1 + (black.getWidth() + 7) / 8;
    byte[] rows = new byte[rowBytes * black.getHeight()];
    for (int y = 0; y < black.getHeight(); y++) {
      for (int x = 0; x < black.getWidth(); x++) {
        if (!black.get(x, y)) {
          rows[y * rowBytes + 1 + x / 8] |= (byte) (0x80 >> (x % 8));
        }
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
      byte[] part = new byte[1024];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    png.writeBytes(number(data.length));
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(number((int) sum.getValue()));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
