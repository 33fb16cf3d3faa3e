package com.napalmsky.user.media.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiny videos for tests, built byte by byte: right containers around samples that are no pictures.
 */
public final class Videos {

  private Videos() {}

  // ---- WebM ----

  /** As a browser's recorder writes it: no length anywhere, segment and clusters open. */
  public static byte[] recordedWebm(double seconds) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(
        element("1549A966", element("2AD7B1", uint(1_000_000)), element("4D80", text("rec"))));
    parts.add(tracks(1));
    long end = Math.round(seconds * 1000);
    for (long at = 0; at <= end; at += 5000) {
      List<byte[]> cluster = new ArrayList<>();
      cluster.add(element("E7", uint(at)));
      for (long block = 0; block <= Math.min(4999, end - at); block += 500) {
        cluster.add(block(block));
      }
      if (at + 5000 > end) {
        cluster.add(block(end - at));
      }
      parts.add(open("1F43B675", cluster));
    }
    return Pictures.concat(ebml("webm"), open("18538067", parts));
  }

  /** As an encoder writes it: everything has its size. */
  static byte[] encodedWebm(double claimedSeconds, long lastBlockMillis, byte[]... more) {
    byte[] info =
        element(
            "1549A966",
            element("2AD7B1", uint(1_000_000)),
            element("4489", ByteBuffer.allocate(8).putDouble(claimedSeconds * 1000).array()));
    byte[] group =
        element("A0", element("A1", block(0, (byte) 1)), element("9B", uint(lastBlockMillis)));
    byte[] cluster = element("1F43B675", element("E7", uint(0)), block(0), group);
    byte[] all = Pictures.concat(info, tracks(1), cluster, Pictures.concat(more));
    return Pictures.concat(ebml("webm"), element("18538067", all));
  }

  static byte[] ebml(String docType) {
    return element("1A45DFA3", element("4286", uint(1)), element("4282", text(docType)));
  }

  static byte[] tracks(int type) {
    return element(
        "1654AE6B",
        element(
            "AE", element("D7", uint(1)), element("83", uint(type)), element("86", text("V_VP8"))));
  }

  static byte[] block(long relativeMillis) {
    return element("A3", block(relativeMillis, (byte) 0x80));
  }

  private static byte[] block(long relativeMillis, byte flags) {
    return ByteBuffer.allocate(12)
        .put((byte) 0x81)
        .putShort((short) relativeMillis)
        .put(flags)
        .put(text("not VP8!"))
        .array();
  }

  static byte[] element(String id, byte[]... content) {
    byte[] all = Pictures.concat(content);
    byte[] size = ByteBuffer.allocate(8).putLong(all.length | 1L << 56).array();
    return Pictures.concat(java.util.HexFormat.of().parseHex(id), size, all);
  }

  static byte[] open(String id, List<byte[]> content) {
    return Pictures.concat(
        java.util.HexFormat.of().parseHex(id + "01FFFFFFFFFFFFFF"),
        Pictures.concat(content.toArray(byte[][]::new)));
  }

  static byte[] uint(long value) {
    return ByteBuffer.allocate(8).putLong(value).array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  // ---- MP4 ----

  /** With its samples in one piece: the headers claim one length, the samples add up to another. */
  public static byte[] mp4(double claimedSeconds, double sampleSeconds) {
    return mp4("isom", "vide", claimedSeconds, sampleSeconds, new byte[0]);
  }

  static byte[] mp4(String brand, String handler, double claimed, double samples, byte[] inMovie) {
    byte[] sampleData = box("mdat", text("not H.264"));
    byte[] head = Pictures.concat(ftyp(brand), sampleData);
    byte[] moov =
        box(
            "moov",
            header("mvhd", 1000, Math.round(claimed * 1000)),
            track(handler, claimed, samples, head.length - 9),
            inMovie);
    return Pictures.concat(head, moov);
  }

  /** In fragments of a second, as browsers record it: the headers claim nothing. */
  public static byte[] fragmentedMp4(int seconds, boolean eachDuration) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(ftyp("iso5"));
    parts.add(
        box(
            "moov",
            header("mvhd", 1000, 0),
            track("vide", 0, 0, 0),
            box("mvex", box("trex", ints(0, 1, 1, 500, 0, 0)))));
    for (int i = 0; i < seconds; i++) {
      byte[] run =
          eachDuration
              ? box("trun", ints(0x301, 2, 8, 500, 1, 500, 1))
              : box("trun", ints(0x201, 2, 8, 1, 1));
      parts.add(
          box(
              "moof",
              box("mfhd", ints(0, i + 1)),
              box("traf", box("tfhd", ints(0x20000, 1)), box("tfdt", ints(0, i * 1000)), run)));
      parts.add(box("mdat", text("xy")));
    }
    return Pictures.concat(parts.toArray(byte[][]::new));
  }

  static byte[] ftyp(String brand) {
    return box("ftyp", text(brand), ints(512), text(brand));
  }

  private static byte[] track(String handler, double claimed, double samples, int offset) {
    byte[] table =
        samples == 0
            ? box("stts", ints(0, 0))
            : box("stts", ints(0, 1, 2, (int) Math.round(samples * 500)));
    byte[] offsets = samples == 0 ? box("stco", ints(0, 0)) : box("stco", ints(0, 1, offset));
    return box(
        "trak",
        box("tkhd", ints(0, 0, 0, 1, 0, (int) Math.round(claimed * 1000))),
        box(
            "mdia",
            header("mdhd", 1000, Math.round(claimed * 1000)),
            box("hdlr", ints(0, 0), text(handler), ints(0, 0, 0), text("name\0")),
            box("minf", box("stbl", table, offsets))));
  }

  private static byte[] header(String type, int timescale, long duration) {
    return box(type, ints(0, 0, 0, timescale, (int) duration, 0));
  }

  static byte[] box(String type, byte[]... content) {
    byte[] all = Pictures.concat(content);
    return Pictures.concat(ints(all.length + 8), text(type), all);
  }

  static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }
}
