package com.napalmsky.gateway.event;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one object that comes with a client event, read field by field with a bound on each. */
final class Payload {

  private static final int UUID_LENGTH = 36;
  private static final int DEEPEST = 8;

  private final JsonObject fields;

  private Payload(JsonObject fields) {
    this.fields = fields;
  }

  /**
   * @throws Malformed when the first argument is no object
   */
  static Payload of(JsonArray arguments) throws Malformed {
    if (!arguments.isEmpty() && arguments.getValue(0) instanceof JsonObject fields) {
      return new Payload(fields);
    }
    throw new Malformed("This event needs an object as its payload");
  }

  /**
   * @throws Malformed when the field is no text or longer than that
   */
  String text(String field, int most) throws Malformed {
    if (!(fields.getValue(field) instanceof String text)) {
      throw new Malformed(field + " must be a text");
    }
    if (text.length() > most) {
      throw new Malformed(field + " is too long: at most " + most + " characters");
    }
    return text;
  }

  /**
   * @throws Malformed when the field is no id
   */
  UUID id(String field) throws Malformed {
    UUID id = uuid(text(field, MOST_ID_CHARACTERS));
    if (id == null) {
      throw new Malformed(field + " must be an id");
    }
    return id;
  }

  /** The longest text that is taken for an attempt at an id. */
  static final int MOST_ID_CHARACTERS = 200;

  /** The id that a text is in canonical form, or null. */
  static @Nullable UUID uuid(String text) {
    // UUID.fromString takes "1-1-1-1-1" for an id.
    if (text.length() != UUID_LENGTH) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      return null;
    }
  }

  /** A whole number that fits, also one written as 60.0; null for whatever else is there. */
  @Nullable Integer wholeNumberOrNull(String field) {
    if (fields.getValue(field) instanceof Number number) {
      double value = number.doubleValue();
      if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
        return (int) value;
      }
    }
    return null;
  }

  /**
   * An object as JSON text.
   *
   * @param most length of the text
   * @throws Malformed when the field is no object, too large or nested beyond reason
   */
  String objectText(String field, int most) throws Malformed {
    JsonObject object = object(field);
    if (deeperThan(object.getMap(), DEEPEST)) {
      throw new Malformed(field + " is nested too deeply");
    }
    String text = object.encode();
    if (text.length() > most) {
      throw new Malformed(field + " is too large: at most " + most + " characters");
    }
    return text;
  }

  /**
   * @throws Malformed when the field is no object
   */
  JsonObject object(String field) throws Malformed {
    if (fields.getValue(field) instanceof JsonObject object) {
      return object;
    }
    throw new Malformed(field + " must be an object");
  }

  private static boolean deeperThan(@Nullable Object value, int levels) {
    Iterable<?> children;
    if (value instanceof Map<?, ?> map) {
      children = map.values();
    } else if (value instanceof List<?> list) {
      children = list;
    } else if (value instanceof JsonObject object) {
      children = object.getMap().values();
    } else if (value instanceof JsonArray array) {
      children = array.getList();
    } else {
      return false;
    }
    if (levels == 0) {
      return true;
    }
    for (Object child : children) {
      if (deeperThan(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }
}
