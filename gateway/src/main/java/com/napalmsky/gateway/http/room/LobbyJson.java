package com.napalmsky.gateway.http.room;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ReelPage;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Instant;

/** How the lobby looks on the wire. */
final class LobbyJson {

  private static final int BYTES_OF_A_PERSON = 360;
  private static final int BYTES_AROUND = 128;

  private static final SerializableString HAS_COOLDOWN = new SerializedString("hasCooldown");
  private static final SerializableString COOLDOWN_EXPIRY = new SerializedString("cooldownExpiry");
  private static final SerializableString INTRODUCED = new SerializedString("wasIntroducedToMe");
  private static final SerializableString INTRODUCED_BY = new SerializedString("introducedBy");

  private LobbyJson() {}

  /** {@code {users, totalAvailable}}. */
  static Buffer queue(Page page) {
    return JsonText.object(
        BYTES_AROUND + page.candidates().size() * BYTES_OF_A_PERSON,
        out -> {
          out.writeArrayFieldStart("users");
          for (Candidate candidate : page.candidates()) {
            write(out, candidate);
          }
          out.writeEndArray();
          out.writeNumberField("totalAvailable", page.totalAvailable());
        });
  }

  /** {@code {items, cursor, hasMore}}. */
  static Buffer reel(ReelPage page) {
    return JsonText.object(
        BYTES_AROUND + page.people().size() * BYTES_OF_A_PERSON,
        out -> {
          out.writeArrayFieldStart("items");
          for (Person person : page.people()) {
            out.writeStartObject();
            JsonText.person(out, person);
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeStringField("cursor", page.cursor());
          out.writeBooleanField("hasMore", page.more());
        });
  }

  private static void write(JsonGenerator out, Candidate candidate) throws IOException {
    Instant cooldown = candidate.cooldownExpiry();
    out.writeStartObject();
    JsonText.person(out, candidate.person());
    out.writeFieldName(HAS_COOLDOWN);
    out.writeBoolean(cooldown != null);
    out.writeFieldName(COOLDOWN_EXPIRY);
    if (cooldown == null) {
      out.writeNull();
    } else {
      out.writeNumber(cooldown.toEpochMilli());
    }
    out.writeFieldName(INTRODUCED);
    out.writeBoolean(candidate.introducedToViewer());
    out.writeFieldName(INTRODUCED_BY);
    if (candidate.introducedBy() == null) {
      out.writeNull();
    } else {
      out.writeString(candidate.introducedBy());
    }
    out.writeEndObject();
  }
}
