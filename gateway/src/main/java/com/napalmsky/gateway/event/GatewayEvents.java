package com.napalmsky.gateway.event;

import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The events that the gateway sends of its own accord; section 8 of the wire contract. */
public final class GatewayEvents {

  private GatewayEvents() {}

  /** {@code auth:success}; clients that do not want the time ignore it. */
  public static WireEvent authSuccess(Instant now) {
    return WireEvent.passing("auth:success", "{\"serverTime\":" + now.toEpochMilli() + "}");
  }

  /** {@code auth:failed}. */
  public static WireEvent authFailed() {
    return WireEvent.passing("auth:failed", null);
  }

  /** {@code auth:banned}. */
  public static WireEvent authBanned(String message) {
    return event("auth:banned", new JsonObject().put("message", message).put("banned", true));
  }

  /** {@code session:invalidated}. */
  public static WireEvent sessionInvalidated(String message) {
    return event(
        "session:invalidated", new JsonObject().put("message", message).put("reason", "new_login"));
  }

  /** {@code error}. */
  public static WireEvent error(String message) {
    return event("error", new JsonObject().put("message", message));
  }

  /** {@code queue:update}. */
  public static WireEvent queueUpdate(UUID userId, boolean available) {
    return WireEvent.passing(
        "queue:update", "{\"userId\":\"" + userId + "\",\"available\":" + available + "}");
  }

  /** {@code presence:update} of somebody who is not there any more. */
  public static WireEvent wentOffline(UUID userId) {
    return WireEvent.passing(
        "presence:update", "{\"userId\":\"" + userId + "\",\"online\":false,\"available\":false}");
  }

  /**
   * {@code lobby:delta}. Nobody is in two of the lists.
   *
   * @param add to be invited from now on
   * @param remove not to be invited any more
   * @param offline gone
   */
  public static WireEvent lobbyDelta(List<UUID> add, List<UUID> remove, List<UUID> offline) {
    JsonObject payload = new JsonObject();
    putUnlessEmpty(payload, "add", add);
    putUnlessEmpty(payload, "remove", remove);
    putUnlessEmpty(payload, "offline", offline);
    return event("lobby:delta", payload);
  }

  /** {@code referral:notification}; clients take the first word of the message for the name. */
  public static WireEvent introduction(Notification notification) {
    UUID introducer = notification.introducedBy();
    return event(
        "referral:notification",
        new JsonObject()
            .put(
                "message",
                notification.newcomerName()
                    + " was introduced to you by "
                    + notification.introducedByName())
            .put(
                "notification",
                new JsonObject()
                    .put("id", notification.id().toString())
                    .put("forUserId", notification.forUserId().toString())
                    .put("referredUserId", notification.newcomerId().toString())
                    .put("referredName", notification.newcomerName())
                    .put("introducedBy", introducer == null ? null : introducer.toString())
                    .put("introducedByName", notification.introducedByName())
                    .put("timestamp", notification.at().toEpochMilli())
                    .put("read", notification.read())));
  }

  /** {@code call:again}. */
  public static WireEvent wishedAgain(ReunionWished wished) {
    return event(
        "call:again",
        new JsonObject()
            .put("roomId", wished.roomId().toString())
            .put("from", wished.wisherId().toString())
            .put("agreed", wished.agreed()));
  }

  /** {@code announcement}. */
  public static WireEvent announcement(Announcement announcement) {
    return event(
        "announcement",
        new JsonObject()
            .put("id", announcement.id().toString())
            .put("text", announcement.text())
            .put("madeAt", announcement.madeAt().toEpochMilli())
            .put("endsAt", announcement.endsAt().toEpochMilli()));
  }

  /** {@code announcement:withdrawn}. */
  public static WireEvent announcementWithdrawn(UUID id) {
    return WireEvent.passing("announcement:withdrawn", "{\"id\":\"" + id + "\"}");
  }

  private static void putUnlessEmpty(JsonObject payload, String field, List<UUID> people) {
    if (!people.isEmpty()) {
      JsonArray ids = new JsonArray();
      people.forEach(person -> ids.add(person.toString()));
      payload.put(field, ids);
    }
  }

  private static WireEvent event(String name, JsonObject payload) {
    return WireEvent.passing(name, payload.encode());
  }
}
