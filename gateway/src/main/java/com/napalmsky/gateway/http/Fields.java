package com.napalmsky.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body or a query, each read with its type and bound. What does not fit ends in a
 * {@link Refusal} with status 400 that names the field.
 */
public final class Fields {

  // The year 9999: beyond it, databases refuse.
  private static final long MOST_MILLIS = 253_402_300_799_999L;

  private static final int LONGEST_ID = 36;
  private static final int LONGEST_GUESS = 100;
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final @Nullable Map<String, @Nullable Object> values;

  private Fields() {
    values = null;
  }

  /**
   * @param values numbers, booleans, maps, lists and texts; a query has texts only
   */
  public Fields(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** Something that is no JSON object: whatever is asked of it is refused. */
  static Fields unreadable() {
    return new Fields();
  }

  /** Refuses what is no JSON object, for operations that read no field. */
  public void requireReadable() {
    if (values == null) {
      throw notAnObject();
    }
  }

  /** Whether the field is missing, null, or another thing that counts as nothing: false, 0, "". */
  public boolean isNothing(String name) {
    Object value = value(name);
    return value == null
        || value.equals(false)
        || value.equals("")
        || (value instanceof Number number && number.doubleValue() == 0);
  }

  /** A text that must be there, as it was sent. */
  public String text(String name, int longest) {
    String text = optionalText(name, longest);
    if (text == null) {
      throw Refusal.field(name, "is required");
    }
    return text;
  }

  /** A text as it was sent, or null when it is missing, null or blank. */
  public @Nullable String optionalText(String name, int longest) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw Refusal.field(name, "must be a text");
    }
    if (text.isBlank()) {
      return null;
    }
    if (text.length() > longest) {
      throw Refusal.field(name, "must have at most " + longest + " characters");
    }
    // PostgreSQL cannot store it, and no person types it.
    if (text.indexOf('\0') >= 0) {
      throw Refusal.field(name, "must not contain a null character");
    }
    return text;
  }

  /** A switch, or the default when it is missing or null. */
  public boolean flag(String name, boolean byDefault) {
    Object value = value(name);
    if (value == null) {
      return byDefault;
    }
    if (!(value instanceof Boolean flag)) {
      throw Refusal.field(name, "must be true or false");
    }
    return flag;
  }

  /**
   * One of the words of a closed set, or null when it is missing, null or blank.
   *
   * @param word what a choice is called
   */
  public <T> @Nullable T optionalChoice(String name, List<T> choices, Function<T, String> word) {
    String text = optionalText(name, LONGEST_GUESS);
    if (text == null) {
      return null;
    }
    return choices.stream()
        .filter(choice -> word.apply(choice).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.field(
                    name,
                    "must be one of "
                        + choices.stream().map(word).collect(Collectors.joining(", "))));
  }

  /** A whole number of a query, brought down to the greatest allowed one. */
  public int count(String name, int byDefault, int most) {
    Object value = value(name);
    if (value == null) {
      return byDefault;
    }
    try {
      long number = Long.parseLong(value.toString());
      if (number >= 1) {
        return (int) Math.min(number, most);
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, together with numbers out of range.
    }
    throw Refusal.field(name, "must be a whole number of at least 1");
  }

  /** A time of a query in milliseconds, or null when it is missing. */
  public @Nullable Long optionalMillis(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    try {
      long number = Long.parseLong(value.toString());
      if (number >= 0 && number <= MOST_MILLIS) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, together with numbers out of range.
    }
    throw Refusal.field(name, "must be a time in milliseconds");
  }

  /** Who is meant by a text that must be there; null when it is no id, and so is nobody's. */
  public @Nullable UUID idOfAnybody(String name) {
    String text = text(name, LONGEST_GUESS);
    return ID.matcher(text).matches() ? UUID.fromString(text) : null;
  }

  /** Somebody's or something's id that must be there. */
  public UUID id(String name) {
    UUID id = optionalId(name);
    if (id == null) {
      throw Refusal.field(name, "is required");
    }
    return id;
  }

  /** Somebody's or something's id, or null when it is missing, null or blank. */
  public @Nullable UUID optionalId(String name) {
    String text = optionalText(name, LONGEST_ID);
    if (text == null) {
      return null;
    }
    if (!ID.matcher(text).matches()) {
      throw Refusal.field(name, "must be an id");
    }
    return UUID.fromString(text);
  }

  /** An object, or null when the field is missing or null. */
  public @Nullable Map<?, ?> optionalObject(String name) {
    Object value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw Refusal.field(name, "must be an object");
    }
    return object;
  }

  private @Nullable Object value(String name) {
    if (values == null) {
      throw notAnObject();
    }
    return values.get(name);
  }

  private static Refusal notAnObject() {
    return Refusal.of(400, "The body is not a JSON object");
  }
}
