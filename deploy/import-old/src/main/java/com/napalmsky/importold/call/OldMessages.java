package com.napalmsky.importold.call;

import com.napalmsky.importold.old.OldJson;
import com.napalmsky.importold.old.OldRow;
import com.napalmsky.importold.step.Outcome;
import com.napalmsky.importold.step.Words;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.user.call.Messages;
import com.napalmsky.user.profile.Socials;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was written in an old call, within the bounds that a call has here. */
final class OldMessages {

  private static final int MOST = 200;
  private static final int LONGEST = 500;
  private static final long LAST_MILLIS = 253_402_300_799_999L;
  private static final String SYSTEM = "system";

  private OldMessages() {}

  /** As they are stored. */
  static String of(OldRow row, OldCall call, Outcome outcome) {
    String text = row.text("messages");
    Optional<JsonArray> array = OldJson.array(text);
    if (text != null && array.isEmpty()) {
      outcome.changed("without its messages, which are no list or too long to be read");
    }
    JsonArray old = array.orElseGet(JsonArray::new);
    List<CallMessage> messages = new ArrayList<>();
    for (int i = 0; i < old.size(); i++) {
      if (old.getValue(i) instanceof JsonObject message) {
        message(message, call).ifPresent(messages::add);
      }
    }
    if (messages.size() < old.size()) {
      outcome.changed("without messages that are empty, or written by neither member");
    }
    if (messages.size() > MOST) {
      outcome.changed("with its last " + MOST + " messages only");
    }
    List<CallMessage> last = messages.subList(Math.max(0, messages.size() - MOST), messages.size());
    return Messages.json(last).encode();
  }

  private static Optional<CallMessage> message(JsonObject old, OldCall call) {
    UUID from = old.getValue("from") instanceof String id ? OldRow.uuidOf(id).orElse(null) : null;
    boolean ofAMember = call.user().equals(from) || call.partner().equals(from);
    // Anybody who was logged in could write into any call.
    if (!ofAMember && !SYSTEM.equals(old.getValue("from"))) {
      return Optional.empty();
    }
    Instant at =
        old.getValue("timestamp") instanceof Number millis
                && millis.longValue() > 0
                && millis.longValue() <= LAST_MILLIS
            ? Instant.ofEpochMilli(millis.longValue())
            : call.startedAt();
    String text = text(old);
    Map<String, String> socials = socials(old);
    return text == null && socials == null
        ? Optional.empty()
        : Optional.of(new CallMessage(from, at, text, text == null ? socials : null));
  }

  private static @Nullable String text(JsonObject old) {
    if (!(old.getValue("text") instanceof String raw)) {
      return null;
    }
    String text = Words.cut(OldJson.storable(raw).strip(), LONGEST);
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Map<String, String> socials(JsonObject old) {
    if (!(old.getValue("socials") instanceof JsonObject raw)) {
      return null;
    }
    Map<String, String> offered = new HashMap<>();
    raw.forEach(
        entry -> {
          if (entry.getValue() instanceof String value) {
            offered.put(entry.getKey(), OldJson.storable(value));
          }
        });
    Map<String, String> kept = Socials.keep(offered);
    return kept.isEmpty() ? null : kept;
  }
}
