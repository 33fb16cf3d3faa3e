package com.napalmsky.gateway.http.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What {@code asyncapi.yaml} says, as far as people want to read it.
 *
 * @param about of the protocol as a whole
 * @param channels one for each direction
 */
record AsyncApi(String title, String about, List<Channel> channels) {

  /** One direction. */
  record Channel(String key, String about, List<Event> events) {}

  /**
   * @param key unique in the file, unlike the name
   * @param offset whether it has an offset as last argument
   * @param fields empty when the event has no payload
   */
  record Event(String key, String name, String about, boolean offset, List<Field> fields) {}

  /**
   * @param name with the names of the objects around it, such as {@code fromUser.name}
   * @param required whether it is always there
   */
  record Field(String name, String type, boolean required, String about) {}

  /**
   * Reads the file.
   *
   * @throws IllegalStateException when it is not as it should be
   */
  static AsyncApi of(String yaml) {
    return new Reader(asMap(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml))).read();
  }

  private static Map<?, ?> asMap(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException("asyncapi.yaml has " + value + " where an object should be");
  }

  /** Follows references. */
  private record Reader(Map<?, ?> root) {

    AsyncApi read() {
      Map<?, ?> info = asMap(root.get("info"));
      List<Channel> channels = new ArrayList<>();
      asMap(root.get("channels")).forEach((key, channel) -> channels.add(channel(key, channel)));
      return new AsyncApi(text(info.get("title")), text(info.get("description")), channels);
    }

    private Channel channel(Object key, Object described) {
      Map<?, ?> channel = asMap(described);
      List<Event> events = new ArrayList<>();
      asMap(channel.get("messages")).forEach((name, message) -> events.add(event(name, message)));
      return new Channel(text(key), text(channel.get("description")), events);
    }

    private Event event(Object key, Object described) {
      Map<?, ?> message = resolve(described);
      List<Field> fields = new ArrayList<>();
      if (message.get("payload") != null) {
        addFields("", resolve(message.get("payload")), fields);
      }
      return new Event(
          text(key),
          text(message.get("name")),
          text(message.get("summary")),
          Boolean.TRUE.equals(message.get("x-offset")),
          fields);
    }

    private void addFields(String prefix, Map<?, ?> schema, List<Field> fields) {
      if (schema.get("properties") == null) {
        return;
      }
      Set<?> required =
          schema.get("required") instanceof List<?> names ? Set.copyOf(names) : Set.of();
      asMap(schema.get("properties"))
          .forEach(
              (name, property) -> {
                String path = prefix + name;
                Map<?, ?> resolved = resolve(property);
                fields.add(
                    new Field(
                        path,
                        type(asMap(property), resolved),
                        required.contains(name),
                        text(resolved.get("description"))));
                addFields(path + ".", resolved, fields);
                if (resolved.get("items") != null) {
                  addFields(path + "[].", resolve(resolved.get("items")), fields);
                }
              });
    }

    private String type(Map<?, ?> property, Map<?, ?> resolved) {
      if (resolved.get("const") != null) {
        return "always " + resolved.get("const");
      }
      if (resolved.get("enum") instanceof List<?> values) {
        return "one of " + values.stream().map(String::valueOf).collect(Collectors.joining(", "));
      }
      if (resolved.get("items") != null) {
        Map<?, ?> items = asMap(resolved.get("items"));
        return "list of " + type(items, resolve(items)) + most(resolved.get("maxItems"), "items");
      }
      Object type = resolved.get("type") == null ? "any" : resolved.get("type");
      Object reference = property.get("$ref");
      String shared = reference == null ? "" : lastPart(text(reference)) + ", ";
      return shared + type + most(resolved.get("maxLength"), "characters");
    }

    private static String most(@Nullable Object bound, String unit) {
      return bound == null ? "" : ", at most " + bound + " " + unit;
    }

    private Map<?, ?> resolve(@Nullable Object described) {
      Map<?, ?> map = asMap(described);
      if (map.get("$ref") == null) {
        return map;
      }
      Map<?, ?> target = root;
      String reference = text(map.get("$ref"));
      for (String part : reference.substring("#/".length()).split("/")) {
        target = asMap(target.get(part));
      }
      return target;
    }

    private static String lastPart(String reference) {
      return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String text(@Nullable Object value) {
      return value == null ? "" : value.toString().trim();
    }
  }
}
