package com.napalmsky.user.media.content;

import com.napalmsky.user.media.content.Video.Blank;
import com.napalmsky.user.media.content.Video.Found;
import com.napalmsky.user.media.content.Video.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads WebM, which is Matroska (RFC 9559) in EBML (RFC 8794). What a browser records says neither
 * how long it is nor how large its segment and clusters are; the blocks tell.
 */
final class Webm {

  private static final long EBML = 0x1A45DFA3L;
  private static final long DOC_TYPE = 0x4282;
  private static final long SEGMENT = 0x18538067L;
  private static final long SEEK_HEAD = 0x114D9B74L;
  private static final long INFO = 0x1549A966L;
  private static final long TRACKS = 0x1654AE6BL;
  private static final long CLUSTER = 0x1F43B675L;
  private static final long CUES = 0x1C53BB6BL;
  private static final long CHAPTERS = 0x1043A770L;
  private static final long TAGS = 0x1254C367L;
  private static final long ATTACHMENTS = 0x1941A469L;
  private static final int VOID = 0xEC;
  private static final int CRC = 0xBF;
  private static final long TIMESTAMP_SCALE = 0x2AD7B1L;
  private static final long DURATION = 0x4489;
  private static final long TRACK_ENTRY = 0xAE;
  private static final long TRACK_TYPE = 0x83;
  private static final long TIMESTAMP = 0xE7;
  private static final long SIMPLE_BLOCK = 0xA3;
  private static final long BLOCK_GROUP = 0xA0;
  private static final long BLOCK = 0xA1;
  private static final long BLOCK_DURATION = 0x9B;

  private static final long PICTURE = 1;
  private static final double NANOS = 1e9;
  private static final long USUAL_SCALE = 1_000_000;
  // Beyond it, nanoseconds are counted wrong; it is 285 years.
  private static final long LAST_TIMESTAMP = 1L << 53;
  private static final int UNKNOWN = -1;

  /** A part: its content is from {@code body} to {@code end}; UNKNOWN when it does not say. */
  private record Element(long id, long at, long body, long end) {}

  private final Source source;
  private final Parts parts = new Parts();
  private final List<Blank> blanks = new ArrayList<>();
  private long scale = USUAL_SCALE;
  private double claimed;
  private boolean picture;
  private boolean blocks;
  private double first = Double.MAX_VALUE;
  private double last = -Double.MAX_VALUE;

  private Webm(Source source) {
    this.source = source;
  }

  /** Whether the file says that it is one. */
  static boolean begins(Source source) throws IOException {
    if (source.size() < 16 || source.u32(0) != EBML) {
      return false;
    }
    Webm webm = new Webm(source);
    try {
      Element header = webm.element(0, source.size());
      for (Element field : webm.children(header)) {
        if (field.id() == DOC_TYPE) {
          // May be filled up with zeros.
          String type = source.text(field.body(), field.end() - field.body());
          return type.replace("\0", "").equals("webm");
        }
      }
    } catch (Unfit unreadable) {
      return false;
    }
    return false;
  }

  static Found read(Source source) throws IOException {
    return new Webm(source).read();
  }

  private Found read() throws IOException {
    long at = element(0, source.size()).end();
    Element segment = element(at, source.size());
    if (segment.id() != SEGMENT) {
      throw Unfit.damaged();
    }
    if (segment.end() != UNKNOWN && segment.end() != source.size()) {
      throw Unfit.unusable("has parts that do not belong into a video");
    }
    segment(segment.body(), source.size());
    if (!picture) {
      throw Unfit.unusable("has no picture");
    }
    if (!blocks) {
      throw Unfit.unusable("is empty");
    }
    double played = (last - first) * scale / NANOS;
    return new Found(Math.max(claimed * scale / NANOS, played), blanks);
  }

  private void segment(long from, long to) throws IOException {
    long at = from;
    while (at < to) {
      Element part = element(at, to);
      at = part.end();
      if (part.id() == CLUSTER) {
        at = cluster(part, to);
      } else if (part.id() == INFO) {
        info(part);
      } else if (part.id() == TRACKS) {
        tracks(part);
      } else if (part.id() == TAGS
          || part.id() == ATTACHMENTS
          || part.id() == CHAPTERS
          || part.id() == VOID) {
        hush(part);
      } else if (part.id() != SEEK_HEAD && part.id() != CUES && part.id() != CRC) {
        throw Unfit.unusable("has parts that do not belong into a video");
      }
      if (at == UNKNOWN) {
        throw Unfit.damaged();
      }
    }
  }

  private void info(Element info) throws IOException {
    for (Element field : children(info)) {
      if (field.id() == TIMESTAMP_SCALE) {
        scale = number(field);
        if (scale == 0 || scale > NANOS) {
          throw Unfit.damaged();
        }
      } else if (field.id() == DURATION) {
        claimed = real(field);
        if (!(claimed >= 0)) {
          throw Unfit.damaged();
        }
      }
    }
  }

  private void tracks(Element tracks) throws IOException {
    for (Element entry : children(tracks)) {
      if (entry.id() == TRACK_ENTRY) {
        for (Element field : children(entry)) {
          picture |= field.id() == TRACK_TYPE && number(field) == PICTURE;
        }
      }
    }
  }

  /**
   * @return where the next part of the segment begins
   */
  private long cluster(Element cluster, long segmentEnd) throws IOException {
    boolean open = cluster.end() == UNKNOWN;
    long to = open ? segmentEnd : cluster.end();
    long base = 0;
    long at = cluster.body();
    while (at < to) {
      Element part = element(at, to);
      if (open && ofSegment(part.id())) {
        return at;
      }
      if (part.end() == UNKNOWN) {
        throw Unfit.damaged();
      }
      if (part.id() == TIMESTAMP) {
        base = number(part);
        if (base < 0 || base > LAST_TIMESTAMP) {
          throw Unfit.damaged();
        }
      } else if (part.id() == SIMPLE_BLOCK) {
        block(base, part, 0);
      } else if (part.id() == BLOCK_GROUP) {
        group(base, part);
      } else if (part.id() == VOID) {
        hush(part);
      }
      at = part.end();
    }
    return to;
  }

  private void group(long base, Element group) throws IOException {
    long duration = 0;
    Element block = null;
    for (Element part : children(group)) {
      if (part.id() == BLOCK) {
        block = part;
      } else if (part.id() == BLOCK_DURATION) {
        duration = number(part);
        if (duration < 0 || duration > LAST_TIMESTAMP) {
          throw Unfit.damaged();
        }
      }
    }
    if (block != null) {
      block(base, block, duration);
    }
  }

  private void block(long base, Element block, long duration) throws IOException {
    int trackBytes = Integer.numberOfLeadingZeros(source.u8(block.body())) - 23;
    if (trackBytes > 8 || block.body() + trackBytes + 3 > block.end()) {
      throw Unfit.damaged();
    }
    double at = base + (short) source.u16(block.body() + trackBytes);
    blocks = true;
    first = Math.min(first, at);
    last = Math.max(last, at + duration);
  }

  private static boolean ofSegment(long id) {
    return id == CLUSTER
        || id == CUES
        || id == TAGS
        || id == INFO
        || id == TRACKS
        || id == SEEK_HEAD
        || id == CHAPTERS
        || id == ATTACHMENTS;
  }

  private void hush(Element element) {
    if (element.end() == UNKNOWN) {
      throw Unfit.damaged();
    }
    // The header may become shorter than it was; its rest is filler then.
    int sizeBytes = (int) Math.min(8, element.body() - element.at() - 1);
    long content = element.end() - element.at() - 1 - sizeBytes;
    byte[] header = new byte[1 + sizeBytes];
    header[0] = (byte) VOID;
    for (int i = 0; i < sizeBytes; i++) {
      header[sizeBytes - i] = (byte) (content >>> (8 * i));
    }
    header[1] |= (byte) (0x80 >>> (sizeBytes - 1));
    blanks.add(new Blank(element.at(), header, element.end()));
  }

  private List<Element> children(Element parent) throws IOException {
    if (parent.end() == UNKNOWN) {
      throw Unfit.damaged();
    }
    List<Element> children = new ArrayList<>();
    long at = parent.body();
    while (at < parent.end()) {
      Element child = element(at, parent.end());
      if (child.end() == UNKNOWN) {
        throw Unfit.damaged();
      }
      children.add(child);
      at = child.end();
    }
    return children;
  }

  private Element element(long at, long to) throws IOException {
    parts.next();
    int first = source.u8(at);
    int idBytes = Integer.numberOfLeadingZeros(first) - 23;
    if (idBytes > 4) {
      throw Unfit.damaged();
    }
    long id = 0;
    for (int i = 0; i < idBytes; i++) {
      id = id << 8 | source.u8(at + i);
    }
    long sizeAt = at + idBytes;
    int sizeBytes = Integer.numberOfLeadingZeros(source.u8(sizeAt)) - 23;
    if (sizeBytes > 8) {
      throw Unfit.damaged();
    }
    long size = source.u8(sizeAt) & (0xff >>> sizeBytes);
    long all = 0xff >>> sizeBytes;
    for (int i = 1; i < sizeBytes; i++) {
      size = size << 8 | source.u8(sizeAt + i);
      all = all << 8 | 0xff;
    }
    long body = sizeAt + sizeBytes;
    if (size == all) {
      return new Element(id, at, body, UNKNOWN);
    }
    if (size > to - body) {
      throw to == source.size() ? Unfit.cutShort() : Unfit.damaged();
    }
    return new Element(id, at, body, body + size);
  }

  private long number(Element field) throws IOException {
    long bytes = field.end() - field.body();
    if (bytes > 8) {
      throw Unfit.damaged();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | source.u8(field.body() + i);
    }
    return value;
  }

  private double real(Element field) throws IOException {
    long bytes = field.end() - field.body();
    if (bytes == 4) {
      return Float.intBitsToFloat((int) source.u32(field.body()));
    }
    if (bytes == 8) {
      return Double.longBitsToDouble(source.i64(field.body()));
    }
    if (bytes == 0) {
      return 0;
    }
    throw Unfit.damaged();
  }
}
