package com.napalmsky.gateway.http.referral;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids that clients send. */
final class Ids {

  // UUID.fromString also takes what is shorter.
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /** Null for what is no id, and so is nobody's. */
  static @Nullable UUID parse(String text) {
    return SHAPE.matcher(text).matches() ? UUID.fromString(text) : null;
  }
}
