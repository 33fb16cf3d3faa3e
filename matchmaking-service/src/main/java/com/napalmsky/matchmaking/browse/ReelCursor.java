package com.napalmsky.matchmaking.browse;

import com.napalmsky.matchmaking.pool.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes where a reel stands into a text that only we can write, so that nothing needs to be kept.
 *
 * <p>A cursor is good for the viewer it was issued to, for the order of the ring it was issued
 * under, and for a while.
 */
final class ReelCursor {

  /**
   * Where a reel stands.
   *
   * @param start hash at which it began and at which it ends
   * @param last the last person looked at
   */
  record Position(long start, Place last) {}

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BODY = 5 * Long.BYTES;
  private static final int PROOF = 16;

  private final Mac mac;
  private final Duration life;

  ReelCursor(ReelSettings settings) {
    life = settings.cursorLife();
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret(settings.cursorSecret()), ALGORITHM));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  String write(Position position, UUID viewerId, String epoch, Instant now) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BODY + PROOF)
            .putLong(now.toEpochMilli())
            .putLong(position.start())
            .putLong(position.last().hash())
            .putLong(position.last().id().getMostSignificantBits())
            .putLong(position.last().id().getLeastSignificantBits());
    bytes.put(proof(bytes.array(), viewerId, epoch));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Empty when this is no cursor of ours for this viewer and this order, or too old. */
  Optional<Position> read(@Nullable String cursor, UUID viewerId, String epoch, Instant now) {
    byte[] bytes = decoded(cursor);
    if (bytes.length != BODY + PROOF
        || !MessageDigest.isEqual(
            proof(bytes, viewerId, epoch), Arrays.copyOfRange(bytes, BODY, BODY + PROOF))) {
      return Optional.empty();
    }
    ByteBuffer body = ByteBuffer.wrap(bytes);
    Instant issued = Instant.ofEpochMilli(body.getLong());
    if (!now.isBefore(issued.plus(life))) {
      return Optional.empty();
    }
    long start = body.getLong();
    return Optional.of(
        new Position(start, new Place(body.getLong(), new UUID(body.getLong(), body.getLong()))));
  }

  private static byte[] decoded(@Nullable String cursor) {
    if (cursor == null) {
      return new byte[0];
    }
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notOurs) {
      return new byte[0];
    }
  }

  private byte[] proof(byte[] bytes, UUID viewerId, String epoch) {
    mac.update(bytes, 0, BODY);
    mac.update(viewerId.toString().getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(mac.doFinal(epoch.getBytes(StandardCharsets.UTF_8)), PROOF);
  }

  /** Without one, what nobody outside can know is the epoch, which every instance does. */
  private static byte[] secret(@Nullable String configured) {
    return (configured == null ? "reel" : configured).getBytes(StandardCharsets.UTF_8);
  }
}
