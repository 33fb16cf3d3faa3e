package com.napalmsky.user.call;

import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was written in a call, as it is stored. */
public final class Messages {

  private Messages() {}

  /** As it is written to {@code chat_history.messages}. */
  public static JsonArray json(List<CallMessage> messages) {
    JsonArray json = new JsonArray();
    messages.forEach(message -> json.add(json(message)));
    return json;
  }

  private static JsonObject json(CallMessage message) {
    JsonObject json = new JsonObject().put("at", message.timestamp().toEpochMilli());
    if (message.from() != null) {
      json.put("from", message.from().toString());
    }
    if (message.text() != null) {
      json.put("text", storable(message.text()));
    }
    if (message.socials() != null) {
      JsonObject socials = new JsonObject();
      message.socials().forEach((key, value) -> socials.put(storable(key), storable(value)));
      json.put("socials", socials);
    }
    return json;
  }

  // PostgreSQL's jsonb refuses U+0000, and a call must not be lost for one character.
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  static List<CallMessage> read(JsonArray stored) {
    return stored.stream().map(JsonObject.class::cast).map(Messages::read).toList();
  }

  private static CallMessage read(JsonObject stored) {
    String from = stored.getString("from");
    JsonObject socials = stored.getJsonObject("socials");
    Map<String, String> shared = new HashMap<>();
    if (socials != null) {
      socials.forEach(entry -> shared.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return new CallMessage(
        from == null ? null : UUID.fromString(from),
        Instant.ofEpochMilli(stored.getLong("at")),
        stored.getString("text"),
        socials == null ? null : shared);
  }
}
