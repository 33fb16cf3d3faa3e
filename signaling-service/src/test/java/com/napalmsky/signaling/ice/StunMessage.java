package com.napalmsky.signaling.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** As much of STUN and TURN (RFC 8489, RFC 8656) as it takes to ask for a relay. */
final class StunMessage {

  static final int BINDING = 0x0001;
  static final int BOUND = 0x0101;
  static final int ALLOCATE = 0x0003;
  static final int ALLOCATED = 0x0103;
  static final int NOT_ALLOCATED = 0x0113;

  static final int USERNAME = 0x0006;
  static final int MESSAGE_INTEGRITY = 0x0008;
  static final int ERROR_CODE = 0x0009;
  static final int LIFETIME = 0x000d;
  static final int REALM = 0x0014;
  static final int NONCE = 0x0015;
  static final int XOR_RELAYED_ADDRESS = 0x0016;
  static final int REQUESTED_TRANSPORT = 0x0019;

  private static final int COOKIE = 0x2112a442;
  private static final int HEADER = 20;
  private static final int LONGEST = 1_500;
  private static final byte UDP = 17;

  private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST);

  StunMessage(int type) {
    byte[] transaction = new byte[12];
    new SecureRandom().nextBytes(transaction);
    bytes.putShort((short) type).putShort((short) 0).putInt(COOKIE).put(transaction);
  }

  /** A request for a relay over UDP. */
  static StunMessage allocate() {
    return new StunMessage(ALLOCATE).with(REQUESTED_TRANSPORT, new byte[] {UDP, 0, 0, 0});
  }

  StunMessage with(int attribute, byte[] value) {
    bytes.putShort((short) attribute).putShort((short) value.length).put(value);
    while (bytes.position() % 4 != 0) {
      bytes.put((byte) 0);
    }
    return this;
  }

  StunMessage with(int attribute, String value) {
    return with(attribute, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs what is there, with long-term credentials. */
  StunMessage signed(String username, String realm, String password) {
    try {
      byte[] key =
          MessageDigest.getInstance("MD5")
              .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      // The length counts the signature, which is not there yet.
      bytes.putShort(2, (short) (bytes.position() - HEADER + 4 + mac.getMacLength()));
      mac.update(bytes.array(), 0, bytes.position());
      return with(MESSAGE_INTEGRITY, mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  byte[] bytes() {
    bytes.putShort(2, (short) (bytes.position() - HEADER));
    byte[] sent = new byte[bytes.position()];
    System.arraycopy(bytes.array(), 0, sent, 0, sent.length);
    return sent;
  }

  /** What came back. */
  record Answer(int type, Map<Integer, byte[]> attributes) {

    static Answer read(byte[] datagram, int length) {
      ByteBuffer in = ByteBuffer.wrap(datagram, 0, length);
      int type = in.getShort();
      in.position(HEADER);
      Map<Integer, byte[]> attributes = new HashMap<>();
      while (in.remaining() >= 4) {
        int attribute = in.getShort() & 0xffff;
        byte[] value = new byte[in.getShort() & 0xffff];
        in.get(value);
        in.position(Math.min(in.limit(), (in.position() + 3) / 4 * 4));
        attributes.put(attribute, value);
      }
      return new Answer(type, attributes);
    }

    String text(int attribute) {
      return new String(attributes.get(attribute), StandardCharsets.UTF_8);
    }

    int number(int attribute) {
      return ByteBuffer.wrap(attributes.get(attribute)).getInt();
    }

    int error() {
      byte[] value = attributes.get(ERROR_CODE);
      return value == null ? 0 : value[2] * 100 + value[3];
    }
  }
}
