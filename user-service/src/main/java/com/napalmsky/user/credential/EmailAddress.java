package com.napalmsky.user.credential;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that can be right: one {@code @}, something before it, a dotted domain after it, no
 * blanks. Whether mail arrives there is not known.
 *
 * @param text in lower case, at most 254 characters
 */
public record EmailAddress(String text) {

  private static final int LONGEST = 254;
  private static final Pattern SHAPE =
      Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@.\\s\\p{Cntrl}]+(?:\\.[^@.\\s\\p{Cntrl}]+)+");

  /** Reads an address as somebody typed it; empty when it cannot be right. */
  public static Optional<EmailAddress> of(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return lower.length() <= LONGEST && SHAPE.matcher(lower).matches()
        ? Optional.of(new EmailAddress(lower))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "EmailAddress[]";
  }
}
