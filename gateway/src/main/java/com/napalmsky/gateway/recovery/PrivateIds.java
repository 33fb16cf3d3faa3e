package com.napalmsky.gateway.recovery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a client proves with that a session was its own. Worked out from the session's public id
 * whenever it is needed, so that sockets which never need it hold nothing; only who knows the
 * process's secret can.
 *
 * <p>Belongs to one event loop.
 */
public final class PrivateIds {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  PrivateIds(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }

  /** The private id of a session; 43 characters, never to be logged. */
  public String of(String sid) {
    byte[] id = mac.doFinal(sid.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
