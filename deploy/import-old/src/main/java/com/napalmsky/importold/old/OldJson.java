package com.napalmsky.importold.old;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON that anybody may have written. */
public final class OldJson {

  private OldJson() {}

  /** An array; empty when the text is none. */
  public static Optional<JsonArray> array(@Nullable String text) {
    return decoded(text).filter(JsonArray.class::isInstance).map(JsonArray.class::cast);
  }

  /** An object; empty when the text is none. */
  public static Optional<JsonObject> object(@Nullable String text) {
    return decoded(text).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }

  private static Optional<Object> decoded(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.decodeValue(text));
    } catch (DecodeException notJson) {
      return Optional.empty();
    }
  }

  /** A string without what PostgreSQL refuses: U+0000 goes, half a surrogate pair is replaced. */
  public static String storable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> point != 0)
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
