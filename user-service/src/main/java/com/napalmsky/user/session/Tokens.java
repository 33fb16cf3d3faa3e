package com.napalmsky.user.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Makes the secrets that clients hold. Safe from any context. */
public final class Tokens {

  private static final int BYTES = 32;
  private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final SecureRandom random = new SecureRandom();

  /** 256 random bits as base64url. */
  public String next() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Whether a text can be the hash of a token at all; anything else need not reach a database. */
  public static boolean isHash(String text) {
    return HASH.matcher(text).matches();
  }
}
