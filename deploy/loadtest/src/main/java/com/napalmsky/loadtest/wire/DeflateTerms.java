package com.napalmsky.loadtest.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What client and server agreed on for permessage-deflate (RFC 7692).
 *
 * @param enabled whether messages may be compressed at all
 * @param serverKeepsContext whether a message of the server may refer to its earlier ones
 * @param clientWindowBits how far back a message of the client may refer
 */
public record DeflateTerms(boolean enabled, boolean serverKeepsContext, int clientWindowBits) {

  /** What browsers offer. */
  public static final String OFFER = "permessage-deflate; client_max_window_bits";

  /** No compression. */
  public static final DeflateTerms NONE = new DeflateTerms(false, false, 15);

  /** Reads the answer of the server, null when it gave none. */
  public static DeflateTerms of(@Nullable String answer) {
    if (answer == null || !answer.trim().startsWith("permessage-deflate")) {
      return NONE;
    }
    boolean keeps = true;
    int bits = 15;
    for (String part : answer.toLowerCase(Locale.ROOT).split(";")) {
      String term = part.trim();
      if (term.equals("server_no_context_takeover")) {
        keeps = false;
      } else if (term.matches("client_max_window_bits=\"?(8|9|1[0-5])\"?")) {
        bits = Integer.parseInt(term.replaceAll("\\D", ""));
      }
    }
    return new DeflateTerms(true, keeps, bits);
  }

  /** Whether a message of this size can be compressed without knowing about windows. */
  public boolean allows(int bytes) {
    return enabled && bytes <= 1 << clientWindowBits;
  }
}
