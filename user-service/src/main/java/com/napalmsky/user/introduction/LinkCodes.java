package com.napalmsky.user.introduction;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Makes codes of links: 10 characters, each of {@code A–Z0–9} equally likely. */
final class LinkCodes {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 10;
  private static final Pattern SHAPE = Pattern.compile("[A-Z0-9]{10}");

  private final SecureRandom random = new SecureRandom();

  String next() {
    StringBuilder code = new StringBuilder(LENGTH);
    // Bounded draws reject the uneven rest, so no letter is likelier than another.
    random.ints(LENGTH, 0, ALPHABET.length()).forEach(at -> code.append(ALPHABET.charAt(at)));
    return code.toString();
  }

  static boolean isCode(String text) {
    return SHAPE.matcher(text).matches();
  }
}
