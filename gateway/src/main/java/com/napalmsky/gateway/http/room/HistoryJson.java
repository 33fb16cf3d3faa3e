package com.napalmsky.gateway.http.room;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import java.io.IOException;

/** How past calls look on the wire. */
final class HistoryJson {

  private HistoryJson() {}

  /** One HistoryEntry. */
  static void write(JsonGenerator out, HistoryEntry entry) throws IOException {
    out.writeStartObject();
    out.writeStringField("sessionId", entry.sessionId());
    out.writeStringField("roomId", entry.roomId().toString());
    out.writeStringField("partnerId", entry.partnerId().toString());
    out.writeStringField("partnerName", entry.partnerName());
    JsonText.time(out, "startedAt", entry.startedAt());
    out.writeNumberField("duration", entry.durationSeconds());
    out.writeArrayFieldStart("messages");
    for (CallMessage message : entry.messages()) {
      write(out, message);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, CallMessage message) throws IOException {
    out.writeStartObject();
    out.writeStringField("from", message.from() == null ? "system" : message.from().toString());
    JsonText.time(out, "timestamp", message.timestamp());
    if (message.socials() == null) {
      out.writeStringField("type", "message");
      out.writeStringField("text", message.text() == null ? "" : message.text());
    } else {
      out.writeStringField("type", "social");
      JsonText.texts(out, "socials", message.socials());
    }
    out.writeEndObject();
  }
}
