package com.napalmsky.user.media.content;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges a video by its container, and takes out of it what says more than picture and sound. */
final class Video {

  /**
   * What a container turned out to hold.
   *
   * @param seconds of its longest track, by its headers or by its samples, whatever is more
   * @param blanks what is to be taken out
   */
  record Found(double seconds, List<Blank> blanks) {}

  /** A part whose first bytes are to be replaced, and the rest by zeros. */
  record Blank(long at, byte[] header, long end) {}

  /** Counts the parts of a file, so that no file keeps a worker busy with millions of them. */
  static final class Parts {

    private static final int MOST = 200_000;

    private int count;

    void next() {
      if (++count > MOST) {
        throw Unfit.unusable("has too many parts");
      }
    }
  }

  private Video() {}

  /**
   * Judges a file and blanks it in place.
   *
   * @param longest what the sender is told
   * @param tolerance how much longer the file may be, since recorders stop a little late
   * @return its extension
   * @throws Unfit when it cannot be used
   */
  static String examine(Path file, Duration longest, Duration tolerance) throws IOException {
    try (Source source = Source.open(file)) {
      boolean webm = Webm.begins(source);
      if (!webm && !Mp4.begins(source)) {
        throw Unfit.wrongType("must be a WebM or MP4 video");
      }
      Found found = webm ? Webm.read(source) : Mp4.read(source);
      double most = longest.plus(tolerance).toMillis() / 1000.0;
      if (!(found.seconds() <= most)) {
        throw Unfit.unusable(
            String.format(
                Locale.ROOT,
                "is %.0f s long; at most %d s are allowed",
                Math.ceil(found.seconds()),
                longest.toSeconds()));
      }
      for (Blank blank : new ArrayList<>(found.blanks())) {
        source.write(blank.at(), blank.header());
        source.blank(blank.at() + blank.header().length, blank.end());
      }
      return webm ? "webm" : "mp4";
    }
  }
}
