package com.napalmsky.gateway.socketio;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The session that a client says it lost, in its CONNECT packet.
 *
 * @param pid what it was told when that session began; at most 64 characters
 * @param offset of the last event that it got and that had one, perhaps of a session before that;
 *     at most 64 characters
 */
public record Previous(String pid, @Nullable String offset) {

  private static final int LONGEST = 64;

  /** What the payload says, or null when it says nothing of the kind. */
  static @Nullable Previous of(JsonObject auth) {
    if (!(auth.getValue("pid") instanceof String pid) || pid.length() > LONGEST) {
      return null;
    }
    if (!(auth.getValue("offset") instanceof String offset)) {
      return new Previous(pid, null);
    }
    return offset.length() > LONGEST ? null : new Previous(pid, offset);
  }

  @Override
  public String toString() {
    return "Previous[offset=" + offset + "]";
  }
}
