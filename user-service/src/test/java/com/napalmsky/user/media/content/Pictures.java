package com.napalmsky.user.media.content;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small pictures for tests, made here. */
public final class Pictures {

  private Pictures() {}

  /** Red, green (top), blue, white (bottom) quarters. */
  static BufferedImage quarters(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean left = x < width / 2;
        boolean top = y < height / 2;
        image.setRGB(
            x, y, top ? (left ? 0xffff0000 : 0xff00ff00) : (left ? 0xff0000ff : 0xffffffff));
      }
    }
    return image;
  }

  public static byte[] jpeg(int width, int height) {
    return encoded(quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png(int width, int height) {
    return encoded(quarters(width, height, BufferedImage.TYPE_INT_RGB), "png");
  }

  static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The same picture with a segment that a camera writes, placed where it writes it. */
  static byte[] withExif(byte[] jpeg, int orientation, boolean little) {
    ByteBuffer tiff =
        ByteBuffer.allocate(60).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    // The make of the camera, inline, then the orientation.
    tiff.putShort((short) 0x10f).putShort((short) 2).putInt(4).put(new byte[] {'C', 'a', 'm', 0});
    tiff.putShort((short) 0x112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    tiff.put("GPS 52.5 13.4".getBytes(StandardCharsets.US_ASCII));
    byte[] content = concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), tiff.array());
    byte[] head = {
      (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, 0, (byte) (content.length + 2)
    };
    byte[] rest = java.util.Arrays.copyOfRange(jpeg, 2, jpeg.length);
    return concat(head, content, rest);
  }

  /** A PNG of a size that is only claimed. */
  static byte[] pngOfSize(int width, int height) {
    byte[] png = png(8, 8);
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  /**
   * A lossless WebP of one colour: its five codes have one symbol each, so no pixel takes a bit.
   */
  public static byte[] webp(int width, int height, int red, int green, int blue) {
    Bits bits = new Bits();
    bits.put(0x2f, 8);
    bits.put(width - 1, 14);
    bits.put(height - 1, 14);
    // No alpha, version 0, no transform, no colour cache, one group of codes.
    bits.put(0, 1 + 3 + 1 + 1 + 1);
    for (int value : new int[] {green, red, blue, 255}) {
      // A simple code of one symbol of eight bits.
      bits.put(0b101, 3);
      bits.put(value, 8);
    }
    bits.put(0b001, 3);
    bits.put(0, 1);
    // The decoder reads eight bytes at a time.
    bits.put(0, 32);
    bits.put(0, 32);
    byte[] stream = bits.bytes();
    ByteBuffer riff = ByteBuffer.allocate(20 + stream.length).order(ByteOrder.LITTLE_ENDIAN);
    riff.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(12 + stream.length);
    riff.put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII)).putInt(stream.length).put(stream);
    return riff.array();
  }

  private static final class Bits {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    void put(int value, int bits) {
      for (int i = 0; i < bits; i++) {
        pending |= (value >> i & 1) << count;
        if (++count == 8) {
          out.write(pending);
          pending = 0;
          count = 0;
        }
      }
    }

    byte[] bytes() {
      put(0, (8 - count) % 8);
      // Chunks are of even length.
      if (out.size() % 2 == 1) {
        out.write(0);
      }
      return out.toByteArray();
    }
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
