package com.napalmsky.gateway.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of strangers: nesting, numbers and names are bounded before anything is built from
 * them. Safe from any thread.
 */
final class BoundedJson {

  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 256;

  private final JsonFactory factory;

  /**
   * @param depth how deep arrays and objects may nest
   * @param length of the longest text
   */
  BoundedJson(int depth, int length) {
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(length)
                    .build())
            // Names come from strangers; a table of them would grow without use.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
  }

  /**
   * Reads one value.
   *
   * @return a {@link JsonObject}, {@link JsonArray}, String, Number, Boolean or null
   */
  @Nullable Object read(String text) throws MalformedPacket {
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken token = parser.nextToken();
      Object value = value(parser, token);
      if (parser.nextToken() != null) {
        throw new MalformedPacket("more than one value");
      }
      return value;
    } catch (IOException | RuntimeException malformed) {
      throw new MalformedPacket("no valid JSON");
    }
  }

  private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token)
      throws IOException, MalformedPacket {
    if (token == null) {
      throw new MalformedPacket("no value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new MalformedPacket("not a value");
    };
  }

  private static JsonObject object(JsonParser parser) throws IOException, MalformedPacket {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken()));
    }
    return new JsonObject(fields);
  }

  private static JsonArray array(JsonParser parser) throws IOException, MalformedPacket {
    List<@Nullable Object> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token));
    }
    return new JsonArray(items);
  }
}
