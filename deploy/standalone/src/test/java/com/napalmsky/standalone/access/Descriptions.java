package com.napalmsky.standalone.access;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** Which routes and events there are: what the gateway itself describes. */
final class Descriptions {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private Descriptions() {}

  /** Method and path of each operation, and whether it asks for a session. */
  static Map<String, Boolean> routes() throws IOException {
    Map<String, Boolean> routes = new LinkedHashMap<>();
    map(load("/openapi.yaml").get("paths"))
        .forEach(
            (path, operations) ->
                map(operations)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            routes.put(
                                method.toUpperCase(Locale.ROOT) + " " + path,
                                map(operation).containsKey("security"));
                          }
                        }));
    return routes;
  }

  /** The names of the events that clients may send. */
  static Set<String> events() throws IOException {
    Map<String, Object> page = load("/asyncapi.yaml");
    Map<String, Object> messages = map(map(page.get("components")).get("messages"));
    Set<String> events = new LinkedHashSet<>();
    for (String key :
        map(map(map(page.get("channels")).get("fromClient")).get("messages")).keySet()) {
      events.add(String.valueOf(map(messages.get(key)).get("name")));
    }
    return events;
  }

  private static Map<String, Object> load(String resource) throws IOException {
    try (InputStream text = Descriptions.class.getResourceAsStream(resource)) {
      return new Yaml().load(Objects.requireNonNull(text, resource));
    }
  }

  @SuppressWarnings("unchecked") // Keys of these files are texts.
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}
