package com.napalmsky.user.media.content;

import com.napalmsky.shared.contract.media.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Turns what was sent into what is shown. Blocks; safe for use by several threads.
 *
 * @param mostPixels of a picture, before it is decoded
 * @param longestVideo what people are told; two seconds more are let pass
 */
public record Content(long mostPixels, Duration longestVideo) {

  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /**
   * Judges a file.
   *
   * @param sent changed or moved away
   * @param shown where the result is to be; on the same file system
   * @return the extension that the result deserves: {@code jpg}, {@code webm} or {@code mp4}
   * @throws Unfit when the file cannot be used
   */
  public String prepare(MediaKind kind, Path sent, Path shown) throws IOException {
    if (kind == MediaKind.SELFIE) {
      Selfie.reencode(sent, shown, mostPixels);
      return "jpg";
    }
    String extension = Video.examine(sent, longestVideo, TOLERANCE);
    Files.move(sent, shown, StandardCopyOption.REPLACE_EXISTING);
    return extension;
  }
}
