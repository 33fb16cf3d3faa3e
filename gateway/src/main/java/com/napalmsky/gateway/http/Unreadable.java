package com.napalmsky.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** Answers to requests that never reached an operation. */
final class Unreadable {

  private Unreadable() {}

  /**
   * @param cause why the parser gave up, or null
   */
  static Answer answer(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return answer(414);
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return answer(431);
    }
    return answer(400);
  }

  /** Whether a percent sign stands before anything but two hexadecimal digits. */
  static boolean hasBrokenEscape(String uri) {
    for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 1)) {
      if (at + 2 >= uri.length() || !isHex(uri.charAt(at + 1)) || !isHex(uri.charAt(at + 2))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(char digit) {
    return Character.digit(digit, 16) >= 0 && digit < 128;
  }

  /**
   * @param status as the router or the body reader chose it
   */
  static Answer answer(int status) {
    return switch (status) {
      case 404 -> Answer.error(404, "There is nothing at this address");
      case 405 -> Answer.error(405, "This method is not allowed here");
      case 408 -> Answer.error(408, "The request was not sent in time");
      case 413 -> Answer.error(413, "The body is too large");
      case 414 -> Answer.error(414, "The address is too long");
      case 415 -> Answer.error(415, "Only application/json is understood here");
      case 431 -> Answer.error(431, "The headers are too large");
      default ->
          status >= 400 && status < 500
              ? Answer.error(status, "The request is not valid")
              : Answer.error(500, "Something went wrong on our side");
    };
  }
}
