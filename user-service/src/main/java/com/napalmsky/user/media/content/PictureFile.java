package com.napalmsky.user.media.content;

import java.io.IOException;

/**
 * What a picture's file says of itself before anything of it is decoded: its type, whether it is
 * whole, and which side is up. The three types are told by their first bytes.
 *
 * @param orientation as Exif has it, 1 to 8; 1 when the file says nothing of it
 */
record PictureFile(Type type, int orientation) {

  enum Type {
    JPEG,
    PNG,
    WEBP
  }

  // A camera writes one scan and a progressive encoder about ten. Each is decoded over the whole
  // picture, so a file of thousands of tiny ones would keep a worker busy for hours.
  private static final int MOST_SCANS = 64;

  private static final long PNG_MAGIC = 0x89504E470D0A1A0AL;
  private static final int ORIENTATION_TAG = 0x112;
  private static final int UPRIGHT = 1;
  private static final int MOST_EXIF_ENTRIES = 200;

  /**
   * Looks at a file.
   *
   * @throws Unfit when it is none of the types, or ends early
   */
  static PictureFile of(Source source) throws IOException {
    if (source.size() >= 16) {
      if (source.u16(0) == 0xFFD8 && source.u8(2) == 0xFF) {
        return new PictureFile(Type.JPEG, jpeg(source));
      }
      if (source.i64(0) == PNG_MAGIC) {
        return new PictureFile(Type.PNG, png(source));
      }
      if (source.word(0).equals("RIFF") && source.word(8).equals("WEBP")) {
        return new PictureFile(Type.WEBP, webp(source));
      }
    }
    throw Unfit.wrongType("must be a JPEG, PNG or WebP picture");
  }

  private static int jpeg(Source source) throws IOException {
    int orientation = UPRIGHT;
    int scans = 0;
    long at = 2;
    while (true) {
      if (source.u8(at) != 0xFF) {
        throw Unfit.damaged();
      }
      int marker = source.u8(at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker == 0xD9) {
        return orientation;
      }
      at += 2;
      if (marker == 0x01 || marker >= 0xD0 && marker <= 0xD8) {
        continue;
      }
      int length = source.u16(at);
      if (length < 2) {
        throw Unfit.damaged();
      }
      if (marker == 0xE1 && length > 16 && source.word(at + 2).equals("Exif")) {
        orientation = exif(source, at + 8, at + length);
      }
      at += length;
      if (marker == 0xDA) {
        if (++scans > MOST_SCANS) {
          throw Unfit.unusable("has too many parts");
        }
        at = endOfScan(source, at);
      }
    }
  }

  private static long endOfScan(Source source, long from) throws IOException {
    long at = from;
    while (true) {
      if (source.u8(at++) == 0xFF) {
        int next = source.u8(at);
        // 00 stands for a plain FF, D0 to D7 are restarts within the scan.
        if (next != 0x00 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
          return at - 1;
        }
      }
    }
  }

  private static int png(Source source) throws IOException {
    int orientation = UPRIGHT;
    long at = 8;
    while (true) {
      long length = source.u32(at);
      String type = source.word(at + 4);
      if (type.equals("IEND")) {
        if (at + 12 > source.size()) {
          throw Unfit.cutShort();
        }
        return orientation;
      }
      if (type.equals("eXIf")) {
        orientation = exif(source, at + 8, at + 8 + length);
      }
      at += 12 + length;
    }
  }

  private static int webp(Source source) throws IOException {
    int orientation = UPRIGHT;
    long end = 8 + u32(source, 4, true);
    if (end > source.size()) {
      throw Unfit.cutShort();
    }
    for (long at = 12; at + 8 <= end; ) {
      long length = u32(source, at + 4, true);
      if (length > end - at - 8) {
        throw Unfit.cutShort();
      }
      if (source.word(at).equals("EXIF") && length > 16) {
        long from = source.word(at + 8).equals("Exif") ? at + 14 : at + 8;
        orientation = exif(source, from, at + 8 + length);
      }
      at += 8 + length + (length & 1);
    }
    return orientation;
  }

  /** A TIFF header and the first directory after it; what cannot be read says nothing. */
  private static int exif(Source source, long tiff, long end) throws IOException {
    if (end > source.size() || end - tiff < 14) {
      return UPRIGHT;
    }
    boolean little = source.u16(tiff) == 0x4949;
    long directory = tiff + u32(source, tiff + 4, little);
    if (directory + 2 > end) {
      return UPRIGHT;
    }
    int entries = Math.min(u16(source, directory, little), MOST_EXIF_ENTRIES);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > end) {
        return UPRIGHT;
      }
      if (u16(source, entry, little) == ORIENTATION_TAG) {
        int value = u16(source, entry + 8, little);
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static int u16(Source source, long at, boolean little) throws IOException {
    int value = source.u16(at);
    return little ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
  }

  private static long u32(Source source, long at, boolean little) throws IOException {
    long value = source.u32(at);
    return little ? Integer.toUnsignedLong(Integer.reverseBytes((int) value)) : value;
  }
}
