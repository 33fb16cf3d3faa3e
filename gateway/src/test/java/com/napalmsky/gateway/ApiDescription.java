package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** openapi.yaml, to hold answers to it. */
final class ApiDescription {

  /** What the file says of all operations at once. */
  private static final Set<Integer> ANYWHERE = Set.of(301, 403, 405, 408, 413, 414, 415, 431, 500);

  /** A documented answer. */
  record Documented(String method, String path, int status) {}

  private final JsonNode root;

  ApiDescription() {
    try {
      root = new YAMLMapper().readTree(GatewayService.openApi());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String version() {
    return root.path("openapi").asText();
  }

  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    for (Documented answer : answers()) {
      operations.add(answer.method() + " " + answer.path());
    }
    return operations;
  }

  /** Operations under a heading. */
  Set<String> operationsOf(String tag) {
    Set<String> operations = new TreeSet<>();
    forEach(
        (name, operation) -> {
          if (operation.path("tags").toString().contains("\"" + tag + "\"")) {
            operations.add(name);
          }
        });
    return operations;
  }

  /** Operations that may answer 403 in this way. */
  Set<String> operationsRefusingWith(String response) {
    Set<String> operations = new TreeSet<>();
    forEach(
        (name, operation) -> {
          if (operation.at("/responses/403/$ref").asText().endsWith("/" + response)) {
            operations.add(name);
          }
        });
    return operations;
  }

  /** Operations under a heading that read a query, each with its fields. */
  Map<String, Set<String>> queriesOf(String tag) {
    Map<String, Set<String>> queries = new TreeMap<>();
    Set<String> under = operationsOf(tag);
    forEach(
        (name, operation) -> {
          for (JsonNode parameter : operation.path("parameters")) {
            if (under.contains(name) && parameter.path("in").asText().equals("query")) {
              queries
                  .computeIfAbsent(name, first -> new TreeSet<>())
                  .add(parameter.path("name").asText());
            }
          }
        });
    return queries;
  }

  private void forEach(BiConsumer<String, JsonNode> action) {
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation ->
                            action.accept(
                                operation.getKey().toUpperCase() + " " + path.getKey(),
                                operation.getValue())));
  }

  List<Documented> answers() {
    List<Documented> answers = new ArrayList<>();
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation ->
                            operation
                                .getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(
                                    status ->
                                        answers.add(
                                            new Documented(
                                                operation.getKey().toUpperCase(),
                                                path.getKey(),
                                                Integer.parseInt(status))))));
    return answers;
  }

  /**
   * Fails when an answer is not as the file says.
   *
   * @param body null when there is none
   */
  void check(String method, String path, int status, JsonNode body) {
    JsonNode operation = described(path).path(method.toLowerCase());
    if (operation.isMissingNode()) {
      return;
    }
    JsonNode response = resolve(operation.path("responses").path(String.valueOf(status)));
    String where = method + " " + path + " " + status;
    if (status == 403 && body.path("error").asText().contains("address is banned")) {
      checkValue(where, root.at("/components/schemas/AddressRefusal"), body);
      return;
    }
    boolean foreign = status == 403 && body.path("error").asText().contains("origin");
    if (response.isMissingNode() || foreign) {
      assertThat(ANYWHERE).as(where + " is documented").contains(status);
      assertThat(body.path("error").isTextual()).as(where + " has an error").isTrue();
      return;
    }
    JsonNode schema = response.path("content").path("application/json").path("schema");
    if (body == null && response.path("content").has("text/html")) {
      return;
    }
    if (!schema.isMissingNode()) {
      checkValue(where, schema, body);
    }
  }

  /** What the file says of a path; one that it names outright comes before a pattern. */
  private JsonNode described(String path) {
    JsonNode paths = root.path("paths");
    if (paths.has(path)) {
      return paths.path(path);
    }
    Iterator<String> patterns = paths.fieldNames();
    while (patterns.hasNext()) {
      String pattern = patterns.next();
      if (pattern.contains("{") && path.matches(pattern.replaceAll("\\{\\w+}", "[^/]+"))) {
        return paths.path(pattern);
      }
    }
    return paths.path(path);
  }

  private void checkValue(String where, JsonNode schemaOrRef, JsonNode value) {
    JsonNode schema = resolve(schemaOrRef);
    if (schema.has("oneOf")) {
      for (JsonNode option : schema.path("oneOf")) {
        JsonNode one = resolve(option);
        if (one.path("type").asText().equals("null") == value.isNull()) {
          checkValue(where, one, value);
          return;
        }
      }
      fail(where + " fits no option: " + value);
    }
    checkType(where, schema.path("type"), value);
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      schema.path("enum").forEach(one -> allowed.add(one.asText()));
      assertThat(allowed).as(where).contains(value.asText());
    }
    if (value.isObject()) {
      checkObject(where, schema, value);
    }
    if (value.isArray()) {
      for (JsonNode item : value) {
        checkValue(where + "[]", schema.path("items"), item);
      }
    }
  }

  private void checkObject(String where, JsonNode schema, JsonNode value) {
    for (JsonNode required : schema.path("required")) {
      assertThat(value.has(required.asText())).as(where + " has " + required.asText()).isTrue();
    }
    Iterator<String> names = value.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      JsonNode property = schema.path("properties").path(name);
      JsonNode described =
          property.isMissingNode() ? schema.path("additionalProperties") : property;
      assertThat(described.isMissingNode()).as(where + " documents " + name).isFalse();
      checkValue(where + "." + name, described, value.path(name));
    }
  }

  private static void checkType(String where, JsonNode type, JsonNode value) {
    List<String> allowed = new ArrayList<>();
    if (type.isArray()) {
      type.forEach(one -> allowed.add(one.asText()));
    } else {
      allowed.add(type.asText());
    }
    String actual =
        switch (value.getNodeType()) {
          case STRING -> "string";
          case BOOLEAN -> "boolean";
          case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
          case OBJECT -> "object";
          case ARRAY -> "array";
          case NULL -> "null";
          default -> "nothing";
        };
    assertThat(allowed).as(where + " type of " + value).contains(actual);
  }

  private JsonNode resolve(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    JsonNode target = root.at(node.path("$ref").asText().substring(1));
    assertThat(target.isMissingNode()).as(node.toString()).isFalse();
    return target;
  }
}
