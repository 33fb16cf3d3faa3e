package com.napalmsky.user.media.content;

import com.napalmsky.user.media.content.Video.Blank;
import com.napalmsky.user.media.content.Video.Found;
import com.napalmsky.user.media.content.Video.Parts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads MP4 (ISO base media, ISO/IEC 14496-12), whole or in fragments. Its length is the greatest
 * that any header claims or the samples add up to: players differ in whom they believe.
 */
final class Mp4 {

  // HEIF pictures, M4A sound and QuickTime movies are of the same family, and not among them.
  private static final Set<String> BRANDS =
      Set.of(
          "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42",
          "avc1", "av01", "dash", "msdh", "M4V ", "MSNV", "mmp4", "3gp4", "3gp5");
  private static final Set<String> TOP =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "free", "skip", "wide", "sidx", "ssix", "mfra",
          "emsg", "prft", "pdin", "meta", "uuid");
  // Places, device names, and whatever else anybody hides where players do not look.
  private static final Set<String> TALKATIVE = Set.of("udta", "meta", "uuid", "free", "skip");
  private static final Set<String> SINGLE = Set.of("ftyp", "moov");
  private static final byte[] FREE = "free".getBytes(StandardCharsets.US_ASCII);

  private static final int TRUN_DATA_OFFSET = 0x1;
  private static final int TRUN_FIRST_FLAGS = 0x4;
  private static final int TRUN_DURATION = 0x100;
  private static final int TRUN_OTHERS = 0xe00;
  private static final int TFHD_BASE = 0x1;
  private static final int TFHD_DESCRIPTION = 0x2;
  private static final int TFHD_DURATION = 0x8;

  /** A part: its content is from {@code body} to {@code end}. */
  private record Box(String type, long at, long body, long end) {}

  private static final class Track {
    double timescale;
    double headerSeconds;
    double sampleSeconds;
    long defaultDuration;
    boolean picture;
    double firstFragment = -1;
    double nextFragment;
    double fragmentSeconds;
  }

  private final Source source;
  private final Parts parts = new Parts();
  private final List<Blank> blanks = new ArrayList<>();
  private final Map<Long, Track> tracks = new HashMap<>();
  private double movieTimescale;
  private double movieSeconds;

  private Mp4(Source source) {
    this.source = source;
  }

  /** Whether the file says that it is one. */
  static boolean begins(Source source) throws IOException {
    if (source.size() < 16 || !source.word(4).equals("ftyp")) {
      return false;
    }
    long end = Math.min(source.u32(0), Math.min(source.size(), 512));
    for (long at = 8; at + 4 <= end; at += 4) {
      // At 12 stands a version.
      if (at != 12 && BRANDS.contains(source.word(at))) {
        return true;
      }
    }
    return false;
  }

  static Found read(Source source) throws IOException {
    return new Mp4(source).read();
  }

  private Found read() throws IOException {
    Set<String> seen = new java.util.HashSet<>();
    for (Box box : children(0, source.size())) {
      if (!TOP.contains(box.type())) {
        throw Unfit.unusable("has parts that do not belong into a video");
      }
      if (!seen.add(box.type()) && SINGLE.contains(box.type())) {
        throw Unfit.damaged();
      }
      switch (box.type()) {
        case "moov" -> movie(box);
        case "moof" -> fragment(box);
        default -> hush(box);
      }
    }
    if (!seen.contains("moov")) {
      throw Unfit.cutShort();
    }
    if (tracks.values().stream().noneMatch(track -> track.picture)) {
      throw Unfit.unusable("has no picture");
    }
    double seconds = movieSeconds;
    for (Track track : tracks.values()) {
      seconds = Math.max(seconds, track.headerSeconds);
      seconds = Math.max(seconds, track.sampleSeconds);
      seconds = Math.max(seconds, track.fragmentSeconds);
    }
    boolean samples =
        tracks.values().stream()
            .anyMatch(track -> track.sampleSeconds > 0 || track.fragmentSeconds > 0);
    if (!samples || !seen.contains("mdat")) {
      throw Unfit.unusable("is empty");
    }
    return new Found(seconds, blanks);
  }

  private List<Box> children(long from, long to) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long at = from;
    while (at < to) {
      parts.next();
      Box box = box(at, to);
      boxes.add(box);
      at = box.end();
    }
    return boxes;
  }

  private Box box(long at, long to) throws IOException {
    long size = source.u32(at);
    String type = source.word(at + 4);
    long body = at + 8;
    if (size == 1) {
      size = source.length(body);
      body += 8;
    } else if (size == 0) {
      // "To the end of the file", which only what stands last can say.
      size = source.size() - at;
    }
    if (size < body - at) {
      throw Unfit.damaged();
    }
    if (size > to - at) {
      throw to == source.size() ? Unfit.cutShort() : Unfit.damaged();
    }
    return new Box(type, at, body, at + size);
  }

  private void hush(Box box) {
    if (TALKATIVE.contains(box.type()) && box.end() > box.at() + 8) {
      blanks.add(new Blank(box.at() + 4, FREE, box.at() + 8));
      blanks.add(new Blank(box.body(), new byte[0], box.end()));
    }
  }

  private void movie(Box movie) throws IOException {
    for (Box box : children(movie.body(), movie.end())) {
      switch (box.type()) {
        case "mvhd" -> {
          Header header = header(box);
          movieTimescale = header.timescale();
          movieSeconds = Math.max(movieSeconds, header.seconds());
        }
        case "trak" -> track(box);
        case "mvex" -> extended(box);
        default -> hush(box);
      }
    }
    if (movieTimescale == 0) {
      throw Unfit.damaged();
    }
  }

  private record Header(double timescale, double seconds) {}

  /** What mvhd and mdhd have in common. */
  private Header header(Box box) throws IOException {
    boolean wide = version(box) == 1;
    double timescale = source.u32(box.body() + (wide ? 20 : 12));
    long duration = wide ? source.i64(box.body() + 24) : source.u32(box.body() + 16);
    // All bits set: not known.
    boolean unknown = duration == (wide ? -1 : 0xffff_ffffL);
    if (timescale == 0) {
      throw Unfit.damaged();
    }
    return new Header(timescale, unknown ? 0 : unsigned(duration) / timescale);
  }

  private void track(Box trak) throws IOException {
    Track track = new Track();
    for (Box box : children(trak.body(), trak.end())) {
      switch (box.type()) {
        case "tkhd" -> {
          if (tracks.put(source.u32(box.body() + (version(box) == 1 ? 20 : 12)), track) != null) {
            throw Unfit.damaged();
          }
        }
        case "mdia" -> media(box, track);
        default -> hush(box);
      }
    }
    if (track.timescale == 0 || !tracks.containsValue(track)) {
      throw Unfit.damaged();
    }
  }

  private void media(Box mdia, Track track) throws IOException {
    long table = 0;
    Box samples = null;
    for (Box box : children(mdia.body(), mdia.end())) {
      switch (box.type()) {
        case "mdhd" -> {
          Header header = header(box);
          track.timescale = header.timescale();
          track.headerSeconds = header.seconds();
        }
        case "hdlr" -> track.picture = source.word(box.body() + 8).equals("vide");
        case "minf" -> samples = box;
        default -> hush(box);
      }
    }
    if (samples == null || track.timescale == 0) {
      throw Unfit.damaged();
    }
    for (Box minf : children(samples.body(), samples.end())) {
      if (minf.type().equals("stbl")) {
        for (Box box : children(minf.body(), minf.end())) {
          table += sampleTable(box, track);
        }
      }
    }
    if (table == 0) {
      throw Unfit.damaged();
    }
  }

  private int sampleTable(Box box, Track track) throws IOException {
    switch (box.type()) {
      case "stts" -> {
        long entries = entries(box, 8);
        for (long i = 0; i < entries; i++) {
          long at = box.body() + 8 + 8 * i;
          track.sampleSeconds += (double) source.u32(at) * source.u32(at + 4) / track.timescale;
        }
        return 1;
      }
      case "stco" -> {
        long entries = entries(box, 4);
        for (long i = 0; i < entries; i++) {
          present(source.u32(box.body() + 8 + 4 * i));
        }
      }
      case "co64" -> {
        long entries = entries(box, 8);
        for (long i = 0; i < entries; i++) {
          present(source.length(box.body() + 8 + 8 * i));
        }
      }
      default -> hush(box);
    }
    return 0;
  }

  private long entries(Box box, int bytesEach) throws IOException {
    long entries = source.u32(box.body() + 4);
    if (entries > (box.end() - box.body() - 8) / bytesEach) {
      throw Unfit.damaged();
    }
    return entries;
  }

  private void present(long offset) {
    if (offset >= source.size()) {
      throw Unfit.cutShort();
    }
  }

  private void extended(Box mvex) throws IOException {
    for (Box box : children(mvex.body(), mvex.end())) {
      if (box.type().equals("mehd") && movieTimescale > 0) {
        boolean wide = version(box) == 1;
        double duration = wide ? unsigned(source.i64(box.body() + 4)) : source.u32(box.body() + 4);
        movieSeconds = Math.max(movieSeconds, duration / movieTimescale);
      } else if (box.type().equals("trex")) {
        Track track = tracks.get(source.u32(box.body() + 4));
        if (track != null) {
          track.defaultDuration = source.u32(box.body() + 12);
        }
      }
    }
  }

  private void fragment(Box moof) throws IOException {
    for (Box box : children(moof.body(), moof.end())) {
      if (box.type().equals("traf")) {
        fragmentOfTrack(children(box.body(), box.end()));
      } else {
        hush(box);
      }
    }
  }

  private void fragmentOfTrack(List<Box> boxes) throws IOException {
    Track track = null;
    long usual = 0;
    for (Box box : boxes) {
      switch (box.type()) {
        case "tfhd" -> {
          track = tracks.get(source.u32(box.body() + 4));
          if (track == null) {
            throw Unfit.damaged();
          }
          int flags = flags(box);
          long at = box.body() + 8 + ((flags & TFHD_BASE) != 0 ? 8 : 0);
          at += (flags & TFHD_DESCRIPTION) != 0 ? 4 : 0;
          usual = (flags & TFHD_DURATION) != 0 ? source.u32(at) : track.defaultDuration;
        }
        case "tfdt" -> {
          if (track != null) {
            boolean wide = version(box) == 1;
            track.nextFragment =
                wide ? unsigned(source.i64(box.body() + 4)) : source.u32(box.body() + 4);
          }
        }
        case "trun" -> {
          if (track == null) {
            throw Unfit.damaged();
          }
          run(box, track, usual);
        }
        default -> hush(box);
      }
    }
  }

  private void run(Box trun, Track track, long usual) throws IOException {
    int flags = flags(trun);
    long samples = source.u32(trun.body() + 4);
    long at = trun.body() + 8 + ((flags & TRUN_DATA_OFFSET) != 0 ? 4 : 0);
    at += (flags & TRUN_FIRST_FLAGS) != 0 ? 4 : 0;
    int bytesEach = 4 * Integer.bitCount(flags & (TRUN_DURATION | TRUN_OTHERS));
    if (at > trun.end() || bytesEach > 0 && samples > (trun.end() - at) / bytesEach) {
      throw Unfit.damaged();
    }
    if (track.firstFragment < 0) {
      track.firstFragment = track.nextFragment;
    }
    if ((flags & TRUN_DURATION) == 0) {
      track.nextFragment += (double) samples * usual;
    } else {
      // The duration stands first in each entry.
      for (long i = 0; i < samples; i++) {
        track.nextFragment += source.u32(at + i * bytesEach);
      }
    }
    track.fragmentSeconds =
        Math.max(
            track.fragmentSeconds, (track.nextFragment - track.firstFragment) / track.timescale);
  }

  private int version(Box box) throws IOException {
    return source.u8(box.body());
  }

  private int flags(Box box) throws IOException {
    return (int) (source.u32(box.body()) & 0xff_ffff);
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : value + 0x1p64;
  }
}
