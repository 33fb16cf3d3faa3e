package com.napalmsky.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.Gender;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to asyncapi.yaml and the file to the code. */
class AsyncApiTest {

  private final JsonObject file = read();
  private final Map<String, JsonObject> fromClient = messages("fromClient");
  private final Map<String, JsonObject> toClient = messages("toClient");

  @Test
  void theTableAndTheFileNameTheSameClientEvents() {
    assertThat(fromClient.keySet())
        .containsExactlyInAnyOrderElementsOf(
            ClientEvents.ALL.stream().map(EventType::name).toList());
  }

  @Test
  void theEncodersAndTheFileNameTheSameServerEvents() {
    assertThat(toClient.keySet())
        .isEqualTo(sentEvents().map(WireEvent::name).collect(Collectors.toSet()));
  }

  @Test
  void everyEventOfTheContractHasASampleAndSoAnEncoder() {
    Set<Class<?>> sampled =
        Samples.ofServices().stream().map(ClientEvent::getClass).collect(Collectors.toSet());

    assertThat(sampled).containsExactlyInAnyOrder(ClientEvent.class.getPermittedSubclasses());
  }

  @Test
  void everySampleOfTheClientIsValidAndAcceptedByItsParser() {
    for (EventType<?> type : ClientEvents.ALL) {
      JsonObject payload = schema(fromClient, type.name());
      if (payload == null) {
        assertThat(Samples.of(type)).as(type.name()).isEmpty();
      } else {
        assertValid(type.name(), payload, Samples.of(type));
      }
      assertThatCode(() -> parse(type, Samples.of(type))).doesNotThrowAnyException();
    }
  }

  @Test
  void theParserDemandsExactlyTheFieldsThatTheFileRequires() {
    for (EventType<?> type : ClientEvents.ALL) {
      JsonObject payload = schema(fromClient, type.name());
      if (payload == null) {
        continue;
      }
      Set<String> required = texts(payload.getJsonArray("required"));
      assertThat(Samples.of(type).fieldNames())
          .as(type.name())
          .containsExactlyInAnyOrderElementsOf(payload.getJsonObject("properties").fieldNames());
      for (String field : Samples.of(type).fieldNames()) {
        JsonObject without = Samples.of(type).copy();
        without.remove(field);
        if (required.contains(field)) {
          assertThatThrownBy(() -> parse(type, without))
              .as(type.name() + " without " + field)
              .isInstanceOf(Malformed.class)
              .hasMessageStartingWith(field);
        } else {
          assertThatCode(() -> parse(type, without)).doesNotThrowAnyException();
        }
      }
    }
  }

  @Test
  void everyEventThatIsSentIsValid() {
    sentEvents()
        .forEach(
            event -> {
              JsonObject payload = schema(toClient, event.name());
              if (payload == null) {
                assertThat(event.payload()).as(event.name()).isNull();
              } else {
                assertValid(event.name(), payload, new JsonObject(event.payload()));
              }
            });
  }

  @Test
  void theEventsThatCarryAnOffsetAreThoseThatAreKept() {
    Set<String> kept =
        sentEvents().filter(WireEvent::kept).map(WireEvent::name).collect(Collectors.toSet());
    Set<String> passing =
        sentEvents().filter(it -> !it.kept()).map(WireEvent::name).collect(Collectors.toSet());

    Set<String> withOffset =
        toClient.keySet().stream()
            .filter(name -> toClient.get(name).getBoolean("x-offset", false))
            .collect(Collectors.toSet());

    assertThat(withOffset).isEqualTo(kept).doesNotContainAnyElementsOf(passing);
    assertThat(passing).contains("queue:update", "presence:update", "lobby:delta");
  }

  @Test
  void everyFieldOfTheFileIsReallySent() {
    Map<String, Set<String>> sent = new HashMap<>();
    sentEvents()
        .filter(event -> event.payload() != null)
        .forEach(
            event ->
                sent.computeIfAbsent(event.name(), name -> new TreeSet<>())
                    .addAll(paths("", new JsonObject(event.payload()))));

    toClient.forEach(
        (name, message) -> {
          JsonObject payload = schema(toClient, name);
          if (payload != null) {
            assertThat(sent.get(name)).as(name).containsAll(declared("", payload));
          }
        });
  }

  @Test
  void theWordsOfTheFileAreThoseOfTheContract() {
    JsonObject declined = schema(toClient, "call:declined").getJsonObject("properties");
    JsonObject finalized = schema(toClient, "session:finalized").getJsonObject("properties");
    JsonObject caller =
        schema(toClient, "call:notify")
            .getJsonObject("properties")
            .getJsonObject("fromUser")
            .getJsonObject("properties");

    assertThat(texts(declined.getJsonObject("reason").getJsonArray("enum")))
        .isEqualTo(words(DeclineReason.values(), DeclineReason::wire));
    assertThat(texts(finalized.getJsonObject("reason").getJsonArray("enum")))
        .isEqualTo(words(EndReason.values(), EndReason::wire));
    assertThat(texts(caller.getJsonObject("gender").getJsonArray("enum")))
        .isEqualTo(words(Gender.values(), Gender::wire));
  }

  private static <E> Set<String> words(E[] values, java.util.function.Function<E, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.toSet());
  }

  private static Stream<WireEvent> sentEvents() {
    return Stream.of(
            Samples.ofServices().stream().map(ServiceEvents::encode),
            Samples.ofServicesBare().stream().map(ServiceEvents::encode),
            Samples.ofGateway().stream())
        .flatMap(events -> events);
  }

  private static ClientMessage parse(EventType<?> type, JsonObject payload) throws Malformed {
    return type.parser().parse(JsonArray.of(payload));
  }

  private static void assertValid(String name, JsonObject schema, JsonObject payload) {
    OutputUnit result =
        Validator.create(
                JsonSchema.of(schema),
                new JsonSchemaOptions()
                    .setDraft(Draft.DRAFT7)
                    .setBaseUri("https://napalmsky.invalid"))
            .validate(payload);
    assertThat(result.getValid()).as(name + " " + payload + " " + result.getErrors()).isTrue();
  }

  private Map<String, JsonObject> messages(String channel) {
    Map<String, JsonObject> byName = new HashMap<>();
    JsonObject listed =
        file.getJsonObject("channels").getJsonObject(channel).getJsonObject("messages");
    for (String key : listed.fieldNames()) {
      JsonObject message = resolve(listed.getJsonObject(key));
      assertThat(byName.put(message.getString("name"), message)).as(key).isNull();
    }
    return byName;
  }

  private static JsonObject schema(Map<String, JsonObject> messages, String name) {
    return messages.get(name).getJsonObject("payload");
  }

  /** The same with every reference replaced by what it refers to. */
  private JsonObject resolve(JsonObject object) {
    if (object.containsKey("$ref")) {
      JsonObject target = file;
      for (String step : object.getString("$ref").substring(2).split("/")) {
        target = target.getJsonObject(step);
      }
      return resolve(target);
    }
    JsonObject resolved = new JsonObject();
    for (String key : object.fieldNames()) {
      Object value = object.getValue(key);
      resolved.put(key, value instanceof JsonObject nested ? resolve(nested) : value);
    }
    return resolved;
  }

  private static Set<String> declared(String prefix, JsonObject schema) {
    Set<String> paths = new TreeSet<>();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (String field : properties.fieldNames()) {
      paths.add(prefix + field);
      paths.addAll(declared(prefix + field + ".", properties.getJsonObject(field)));
    }
    if (schema.containsKey("items")) {
      paths.addAll(declared(prefix, schema.getJsonObject("items")));
    }
    return paths;
  }

  private static Set<String> paths(String prefix, JsonObject payload) {
    Set<String> paths = new TreeSet<>();
    for (String field : payload.fieldNames()) {
      paths.add(prefix + field);
      Object value = payload.getValue(field);
      if (value instanceof JsonArray list && !list.isEmpty()) {
        value = list.getValue(0);
      }
      if (value instanceof JsonObject nested) {
        paths.addAll(paths(prefix + field + ".", nested));
      }
    }
    return paths;
  }

  private static Set<String> texts(JsonArray array) {
    return array == null
        ? Set.of()
        : array.stream().map(String::valueOf).collect(Collectors.toSet());
  }

  private static JsonObject read() {
    try (InputStream yaml = AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml")) {
      return new JsonObject(new YAMLMapper().readTree(yaml).toString());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void theFileIsAnAsyncApiDocument() {
    assertThat(file.getString("asyncapi")).isEqualTo("3.0.0");
    assertThat(file.getJsonObject("components").getJsonObject("messages").fieldNames())
        .hasSize(fromClient.size() + toClient.size());
    assertThat(List.of("hear", "tell"))
        .containsExactlyInAnyOrderElementsOf(file.getJsonObject("operations").fieldNames());
  }
}
