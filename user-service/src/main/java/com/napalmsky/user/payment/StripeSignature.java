package com.napalmsky.user.payment;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Stripe-Signature}: {@code t=<seconds>,v1=<hex>,…}. A {@code v1} is the
 * HMAC-SHA256 of {@code <seconds>.<body>}; while a secret is being replaced there are several, of
 * which one has to be right.
 *
 * @see <a href="https://docs.stripe.com/webhooks#verify-manually">Stripe's description</a>
 */
final class StripeSignature {

  /** How far the clock of the signer may be from ours, in either direction. */
  static final Duration TOLERANCE = Duration.ofSeconds(300);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST_ITEMS = 20;
  private static final HexFormat HEX = HexFormat.of();

  private StripeSignature() {}

  /** Whether a body is what the holder of the secret signed a short while ago. */
  static boolean isValid(String header, byte[] body, String secret, Instant now) {
    String time = null;
    List<byte[]> offered = new ArrayList<>();
    for (String item : header.split(",", MOST_ITEMS)) {
      String[] pair = item.trim().split("=", 2);
      if (pair.length == 2 && pair[0].equals("t")) {
        time = pair[1];
      } else if (pair.length == 2 && pair[0].equals("v1")) {
        byte[] hash = hex(pair[1]);
        if (hash != null) {
          offered.add(hash);
        }
      }
    }
    if (time == null || !isRecent(time, now)) {
      return false;
    }
    byte[] right = hash(time, body, secret);
    boolean valid = false;
    for (byte[] hash : offered) {
      // In constant time, and without telling which one it was.
      valid |= MessageDigest.isEqual(right, hash);
    }
    return valid;
  }

  private static boolean isRecent(String time, Instant now) {
    try {
      long seconds = Long.parseLong(time);
      // Not a difference of two numbers of the sender's choice, which could overflow.
      return seconds >= now.minus(TOLERANCE).getEpochSecond()
          && seconds <= now.plus(TOLERANCE).getEpochSecond();
    } catch (NumberFormatException notATime) {
      return false;
    }
  }

  private static byte @Nullable [] hex(String text) {
    try {
      return HEX.parseHex(text);
    } catch (IllegalArgumentException notHex) {
      return null;
    }
  }

  private static byte[] hash(String time, byte[] body, String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
