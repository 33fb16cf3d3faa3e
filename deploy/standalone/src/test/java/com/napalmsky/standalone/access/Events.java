package com.napalmsky.standalone.access;

import static java.util.Map.entry;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is sent with each event so that nothing but the caller's standing decides, about a thing of
 * the owner's that is really there. Events without a payload have no line here.
 */
final class Events {

  /** Prepares the thing, and says what is sent. */
  @FunctionalInterface
  private interface Recipe {
    @Nullable JsonObject prepare(Case asked) throws Exception;
  }

  private final Stage stage;
  private final Map<String, Recipe> recipes;

  Events(Stage stage) {
    this.stage = stage;
    this.recipes =
        Map.ofEntries(
            entry("auth", Events::proof),
            entry("call:invite", this::invite),
            entry("call:accept", this::accept),
            entry("call:decline", this::decline),
            entry("call:extend-wait", this::toCallee),
            entry("call:rescind", this::toCallee),
            entry("room:join", this::room),
            entry("rtc:offer", c -> room(c).put("offer", description("offer"))),
            entry("rtc:answer", c -> room(c).put("answer", description("answer"))),
            entry(
                "rtc:ice",
                c -> room(c).put("candidate", new JsonObject().put("candidate", "candidate:1"))),
            entry("rtc:path", c -> room(c).put("path", "direct")),
            entry("room:chat", c -> room(c).put("text", "Hello")),
            entry(
                "room:giveSocial",
                c -> room(c).put("socials", new JsonObject().put("instagram", "zoe"))),
            entry("call:end", this::room));
  }

  /** The events that have a line here. */
  Set<String> described() {
    return recipes.keySet();
  }

  /** Prepares the thing an event is about, and says what is sent. */
  @Nullable JsonObject payload(String event, Case asked) throws Exception {
    Recipe recipe = recipes.get(event);
    return recipe == null ? null : recipe.prepare(asked);
  }

  /** What the caller's socket does before. */
  List<String> before(String event) {
    return event.equals("call:invite") ? List.of("presence:join", "queue:join") : List.of();
  }

  private static JsonObject proof(Case asked) {
    return new JsonObject().put("sessionToken", asked.token());
  }

  private JsonObject invite(Case asked) throws Exception {
    Account somebody = asked.people().account();
    stage.available(asked, somebody);
    return new JsonObject().put("toUserId", somebody.id().toString()).put("requestedSeconds", 120);
  }

  private JsonObject accept(Case asked) throws Exception {
    return decline(asked).put("requestedSeconds", 120);
  }

  private JsonObject decline(Case asked) throws Exception {
    return new JsonObject().put("inviteId", stage.invited(asked).inviteId());
  }

  private JsonObject toCallee(Case asked) throws Exception {
    return new JsonObject().put("toUserId", stage.inviting(asked).to().id().toString());
  }

  private JsonObject room(Case asked) throws Exception {
    return new JsonObject().put("roomId", stage.call(asked).toString());
  }

  private static JsonObject description(String type) {
    return new JsonObject().put("type", type).put("sdp", "v=0");
  }
}
