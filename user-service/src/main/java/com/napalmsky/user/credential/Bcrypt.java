package com.napalmsky.user.credential;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.HashData;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bcrypt as everybody else computes it: the password in UTF-8 with one zero byte after it, of which
 * the first 72 bytes count.
 *
 * <p>The library itself cuts long passwords one byte earlier, which would lock out people whose
 * hashes were made elsewhere; so key and cut are made here. That a tail beyond 72 bytes does not
 * count is a property of the hashes that exist, and 72 bytes are more than enough.
 */
final class Bcrypt {

  private static final int KEY_BYTES = 72;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 23;

  private Bcrypt() {}

  /** A hash with a new salt; takes a quarter of a second at cost 12. */
  static String hash(String password, int cost, SecureRandom random) {
    byte[] salt = random(SALT_BYTES, random);
    return text(cost, salt, raw(password, cost, salt).rawHash);
  }

  /** A hash of nobody's password, as costly to compare with as any other; made at once. */
  static String ofNobody(int cost, SecureRandom random) {
    return text(cost, random(SALT_BYTES, random), random(HASH_BYTES, random));
  }

  private static byte[] random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(int cost, byte[] salt, byte[] hash) {
    HashData data = new HashData(cost, Version.VERSION_2B, salt, hash);
    return new String(
        Version.VERSION_2B.formatter.createHashMessage(data), StandardCharsets.US_ASCII);
  }

  /** Whether a hash, made here or elsewhere, is that of a password; false for what is no hash. */
  static boolean matches(String password, String hash) {
    HashData stored;
    try {
      stored = Version.VERSION_2B.parser.parse(hash.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalBCryptFormatException | IllegalArgumentException notAHash) {
      return false;
    }
    HashData offered = raw(password, stored.cost, stored.rawSalt);
    return MessageDigest.isEqual(stored.rawHash, offered.rawHash);
  }

  private static HashData raw(String password, int cost, byte[] salt) {
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(text, Math.min(text.length + 1, KEY_BYTES));
    return BCrypt.with(Version.VERSION_2Y_NO_NULL_TERMINATOR).hashRaw(cost, salt, key);
  }
}
