package com.napalmsky.gateway.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Strict UTF-8: what is not valid is refused instead of repaired. */
final class Utf8 {

  private Utf8() {}

  /**
   * @throws BrokenMessage when the bytes are not valid UTF-8
   */
  static String decode(byte[] bytes) throws BrokenMessage {
    String text = new String(bytes, UTF_8);
    // The fast decoder puts U+FFFD for what is invalid; the client may also have sent one.
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        var unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException invalid) {
        throw new BrokenMessage(CloseStatus.INVALID_PAYLOAD);
      }
    }
    return text;
  }
}
