package com.napalmsky.gateway.event;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallNotify;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallStart;
import com.napalmsky.shared.contract.gateway.ClientEvent.Chat;
import com.napalmsky.shared.contract.gateway.ClientEvent.MetricsUpdate;
import com.napalmsky.shared.contract.gateway.ClientEvent.PeerDisconnected;
import com.napalmsky.shared.contract.gateway.ClientEvent.PeerReconnected;
import com.napalmsky.shared.contract.gateway.ClientEvent.PeerReconnecting;
import com.napalmsky.shared.contract.gateway.ClientEvent.QrUnlocked;
import com.napalmsky.shared.contract.gateway.ClientEvent.Refused;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.ClientEvent.Signal;
import com.napalmsky.shared.contract.gateway.ClientEvent.SocialShared;
import com.napalmsky.shared.contract.gateway.ClientEvent.WaitExtended;
import com.napalmsky.shared.contract.user.Metrics.PastSession;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the events that services send look on the wire; section 8 of the wire contract. */
public final class ServiceEvents {

  private static final Map<Class<?>, Function<ClientEvent, WireEvent>> ENCODERS = new HashMap<>();

  static {
    put(CallNotify.class, ServiceEvents::notify);
    put(CallDeclined.class, ServiceEvents::declined);
    put(CallRescinded.class, rescinded -> of("call:rescinded", invite(rescinded.inviteId())));
    put(WaitExtended.class, ServiceEvents::waitExtended);
    put(CallStart.class, ServiceEvents::start);
    put(Signal.class, ServiceEvents::signal);
    put(Chat.class, ServiceEvents::chat);
    put(SocialShared.class, ServiceEvents::socialShared);
    put(SessionFinalized.class, ServiceEvents::finalized);
    put(PeerDisconnected.class, gone -> WireEvent.kept("peer:disconnected", null));
    put(PeerReconnecting.class, lost -> WireEvent.kept("peer:reconnecting", null));
    put(PeerReconnected.class, back -> WireEvent.kept("peer:reconnected", null));
    put(MetricsUpdate.class, ServiceEvents::metrics);
    put(QrUnlocked.class, ServiceEvents::unlocked);
    put(Refused.class, refused -> GatewayEvents.error(refused.message()));
  }

  private ServiceEvents() {}

  /** The event as clients get it. */
  public static WireEvent encode(ClientEvent event) {
    Function<ClientEvent, WireEvent> encoder = ENCODERS.get(event.getClass());
    if (encoder == null) {
      throw new IllegalArgumentException("no wire form of " + event.getClass().getName());
    }
    return encoder.apply(event);
  }

  private static <E extends ClientEvent> void put(Class<E> type, Function<E, WireEvent> encoder) {
    ENCODERS.put(type, event -> encoder.apply(type.cast(event)));
  }

  private static WireEvent notify(CallNotify event) {
    return of(
        "call:notify",
        invite(event.inviteId())
            .put("fromUser", person(event.fromUser()))
            .put("requestedSeconds", event.requestedSeconds())
            .put("ttlMs", event.ttlMs())
            .put("expiresAt", event.expiresAt().toEpochMilli()));
  }

  private static WireEvent declined(CallDeclined event) {
    JsonObject payload = invite(event.inviteId()).put("reason", event.reason().wire());
    if (event.toUserId() != null) {
      payload.put("toUserId", event.toUserId().toString());
    }
    putTime(payload, "cooldownExpiry", event.cooldownExpiry());
    return of("call:declined", payload);
  }

  private static WireEvent waitExtended(WaitExtended event) {
    return of(
        "call:wait-extended",
        new JsonObject()
            .put("extraSeconds", event.extraSeconds())
            .put("expiresAt", event.expiresAt().toEpochMilli()));
  }

  private static WireEvent start(CallStart event) {
    return of(
        "call:start",
        new JsonObject()
            .put("roomId", event.roomId().toString())
            .put("agreedSeconds", event.agreedSeconds())
            .put("isInitiator", event.initiator())
            .put(
                "peerUser",
                new JsonObject()
                    .put("userId", event.peerId().toString())
                    .put("name", event.peerName())));
  }

  private static WireEvent signal(Signal event) {
    // The payload is JSON already and may be 64 KiB: it is not parsed to be written again.
    String field =
        switch (event.kind()) {
          case OFFER -> "offer";
          case ANSWER -> "answer";
          case ICE -> "candidate";
        };
    return WireEvent.kept(
        "rtc:" + event.kind().wire(),
        "{\"" + field + "\":" + event.payload() + ",\"from\":\"" + event.from() + "\"}");
  }

  private static WireEvent chat(Chat event) {
    UUID from = event.from();
    return of(
        "room:chat",
        new JsonObject()
            .put("from", from == null ? "system" : from.toString())
            .put("text", event.text())
            .put("timestamp", event.timestamp().toEpochMilli())
            .put("type", "message"));
  }

  private static WireEvent socialShared(SocialShared event) {
    JsonObject socials = new JsonObject();
    event.socials().forEach(socials::put);
    return of(
        "room:socialShared",
        new JsonObject()
            .put("from", event.from().toString())
            .put("timestamp", event.timestamp().toEpochMilli())
            .put("type", "social")
            .put("socials", socials));
  }

  private static WireEvent finalized(SessionFinalized event) {
    JsonObject payload =
        new JsonObject()
            .put("sessionId", event.sessionId())
            .put("roomId", event.roomId().toString())
            .put("duration", event.durationSeconds())
            .put("reason", event.reason().wire());
    putTime(payload, "cooldownExpiry", event.cooldownExpiry());
    return of("session:finalized", payload);
  }

  private static WireEvent metrics(MetricsUpdate event) {
    JsonArray lastSessions = new JsonArray();
    for (PastSession past : event.metrics().lastSessions()) {
      lastSessions.add(
          new JsonObject()
              .put("at", past.at().toEpochMilli())
              .put("duration", past.durationSeconds()));
    }
    return of(
        "metrics:update",
        new JsonObject()
            .put("timerTotalSeconds", event.metrics().timerTotalSeconds())
            .put("sessionCount", event.metrics().sessionCount())
            .put("lastSessions", lastSessions));
  }

  private static WireEvent unlocked(QrUnlocked event) {
    return of(
        "qr:unlocked",
        new JsonObject()
            .put("message", event.message())
            .put("sessionsCompleted", event.sessionsCompleted()));
  }

  private static JsonObject invite(UUID inviteId) {
    return new JsonObject().put("inviteId", inviteId.toString());
  }

  private static JsonObject person(Person person) {
    JsonObject json =
        new JsonObject()
            .put("userId", person.userId().toString())
            .put("name", person.name())
            .put("gender", person.gender().wire());
    putText(json, "selfieUrl", person.selfieUrl());
    putText(json, "videoUrl", person.videoUrl());
    return json;
  }

  private static void putText(JsonObject json, String field, @Nullable String text) {
    if (text != null) {
      json.put(field, text);
    }
  }

  private static void putTime(JsonObject json, String field, @Nullable Instant time) {
    if (time != null) {
      json.put(field, time.toEpochMilli());
    }
  }

  private static WireEvent of(String name, JsonObject payload) {
    return WireEvent.kept(name, payload.encode());
  }
}
