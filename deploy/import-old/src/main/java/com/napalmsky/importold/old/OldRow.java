package com.napalmsky.importold.old;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the old database, each value as the text that PostgreSQL prints. What cannot be
 * understood is empty, like what is not there.
 */
public final class OldRow {

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern MILLIS = Pattern.compile("\\d{12,14}");
  private static final int EXAMPLE_LENGTH = 8;

  // 2025-10-10 12:34:56.789, and what a column with a zone adds to that.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "+00")
          .optionalEnd()
          .toFormatter();

  private final Map<String, String> values;
  private final List<String> key;
  private final String example;
  private final ZoneId zone;

  /**
   * @param values without those that are null
   * @param example the text that names the row, before it is shortened
   * @param zone of times that say none
   */
  OldRow(Map<String, String> values, List<String> key, String example, ZoneId zone) {
    this.values = Map.copyOf(values);
    this.key = List.copyOf(key);
    this.example = example;
    this.zone = zone;
  }

  /** The values of the key, in order. */
  public List<String> key() {
    return key;
  }

  /** A text by which its owner finds the row, and nobody else: the beginning of an id. */
  public String example() {
    return example.length() <= EXAMPLE_LENGTH
        ? example
        : example.substring(0, EXAMPLE_LENGTH) + "…";
  }

  /** As it is. */
  public @Nullable String text(String column) {
    return values.get(column);
  }

  /** Without blanks around it; empty when nothing is left. */
  public Optional<String> word(String column) {
    return Optional.ofNullable(values.get(column))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  public Optional<UUID> uuid(String column) {
    return word(column).flatMap(OldRow::uuidOf);
  }

  /** A text as a uuid in its usual form. */
  public static Optional<UUID> uuidOf(String text) {
    return UUID_SHAPE.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  /** A whole number, brought into bounds. */
  public Optional<Long> whole(String column, long least, long most) {
    return word(column)
        .filter(text -> WHOLE.matcher(text).matches())
        .map(Long::parseLong)
        .map(number -> Math.max(least, Math.min(most, number)));
  }

  public Optional<Boolean> flag(String column) {
    return word(column)
        .flatMap(
            text ->
                switch (text) {
                  case "true", "t" -> Optional.of(true);
                  case "false", "f" -> Optional.of(false);
                  default -> Optional.empty();
                });
  }

  /** A point in time: in the zone that it says, else in the old database's; or milliseconds. */
  public Optional<Instant> instant(String column) {
    return word(column)
        .flatMap(
            text ->
                MILLIS.matcher(text).matches()
                    ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                    : parsed(text));
  }

  private Optional<Instant> parsed(String text) {
    try {
      TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          time instanceof LocalDateTime local
              ? local.atZone(zone).toInstant()
              : Instant.from(time));
    } catch (DateTimeException infinityOrBeforeChrist) {
      return Optional.empty();
    }
  }
}
