package com.napalmsky.gateway.engineio;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a client's offer of permessage-deflate (RFC 7692). Neither side may keep its context
 * between messages, whether the client offered that or not: a kept context would cost 300 KB for
 * each socket and make frames useless for more than one of them.
 */
final class DeflateOffer {

  private static final String ANSWER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
  private static final String FULL_WINDOW = "15";

  private DeflateOffer() {}

  /**
   * @param header Sec-WebSocket-Extensions of the request, all values joined by commas; or null
   * @return the header of the response, or null when compression is not used
   */
  static @Nullable String answer(@Nullable String header) {
    if (header == null) {
      return null;
    }
    for (String offer : header.split(",", -1)) {
      String answer = answerOne(offer.split(";", -1));
      if (answer != null) {
        return answer;
      }
    }
    return null;
  }

  private static @Nullable String answerOne(String[] offer) {
    if (!offer[0].trim().equalsIgnoreCase("permessage-deflate")) {
      return null;
    }
    String answer = ANSWER;
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < offer.length; i++) {
      String[] parameter = offer[i].split("=", 2);
      String name = parameter[0].trim().toLowerCase(Locale.ROOT);
      String value = parameter.length == 1 ? "" : parameter[1].trim().replace("\"", "");
      if (!seen.add(name) || !acceptable(name, value)) {
        return null;
      }
      if (name.equals("server_max_window_bits")) {
        answer += "; server_max_window_bits=" + FULL_WINDOW;
      }
    }
    return answer;
  }

  private static boolean acceptable(String name, String value) {
    return switch (name) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
      case "client_max_window_bits" -> value.isEmpty() || windowBits(value);
      // The JDK's compressor knows the full window only.
      case "server_max_window_bits" -> value.equals(FULL_WINDOW);
      default -> false;
    };
  }

  private static boolean windowBits(String value) {
    return value.matches("[89]|1[0-5]");
  }
}
