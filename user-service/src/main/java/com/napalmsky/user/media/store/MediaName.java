package com.napalmsky.user.media.store;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a stored file: 144 random bits, so that it cannot be guessed, and an extension of
 * ours, which alone tells the type it is given out with.
 */
public record MediaName(String text) {

  private static final int RANDOM_BYTES = 18;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{24}\\.(jpg|webm|mp4)");

  public MediaName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a name of ours");
    }
  }

  /**
   * A name that nobody has used.
   *
   * @param extension {@code jpg}, {@code webm} or {@code mp4}
   */
  public static MediaName random(SecureRandom random, String extension) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new MediaName(
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "." + extension);
  }

  /** Empty for a text that cannot be a name; it reaches no path and no bucket. */
  public static Optional<MediaName> read(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new MediaName(text)) : Optional.empty();
  }

  public String contentType() {
    return switch (text.substring(text.indexOf('.') + 1)) {
      case "jpg" -> "image/jpeg";
      case "webm" -> "video/webm";
      default -> "video/mp4";
    };
  }

  /** What a browser calls the file when it is saved. */
  public String disposition() {
    boolean picture = text.endsWith(".jpg");
    return "inline; filename=\""
        + (picture ? "selfie" : "video")
        + text.substring(text.indexOf('.'))
        + "\"";
  }

  @Override
  public String toString() {
    return text;
  }
}
