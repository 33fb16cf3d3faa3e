package com.napalmsky.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.shared.contract.user.Cursor;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Places in lists as clients see them: {@code next} of a page is the {@code before} of the one that
 * follows. A time in milliseconds is a place as well.
 */
public final class Cursors {

  private static final int LONGEST = 100;
  private static final char BETWEEN = '_';
  // Beyond it, databases refuse.
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

  private Cursors() {}

  /** The place that a query names, or null for the beginning. */
  public static @Nullable Cursor before(Fields query) {
    String text = query.optionalText("before", LONGEST);
    if (text == null) {
      return null;
    }
    Cursor place = place(text);
    if (place == null || place.at().isBefore(Instant.EPOCH) || place.at().isAfter(END_OF_TIME)) {
      throw Refusal.field("before", "must be the next of another page, or a time in milliseconds");
    }
    return place;
  }

  private static @Nullable Cursor place(String text) {
    int between = text.indexOf(BETWEEN);
    try {
      return between < 0
          ? new Cursor(Instant.ofEpochMilli(Long.parseLong(text)), null)
          : new Cursor(
              Instant.parse(text.substring(0, between)),
              UUID.fromString(text.substring(between + 1)));
    } catch (DateTimeException | IllegalArgumentException notOurs) {
      return null;
    }
  }

  /** Writes where the next page begins. */
  public static void next(JsonGenerator out, @Nullable Cursor next) throws IOException {
    JsonText.nullable(out, "next", next == null ? null : next.at() + "" + BETWEEN + next.id());
  }
}
