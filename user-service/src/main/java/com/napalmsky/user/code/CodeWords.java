package com.napalmsky.user.code;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Makes access codes: 16 characters, each of {@code A–Z0–9} equally likely. */
final class CodeWords {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 16;
  private static final Pattern SHAPE = Pattern.compile("[A-Z0-9]{16}");

  private final SecureRandom random = new SecureRandom();

  String next() {
    StringBuilder code = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      // Bounded draws reject the uneven rest, so no letter is likelier than another.
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  static boolean isCode(String text) {
    return SHAPE.matcher(text).matches();
  }
}
