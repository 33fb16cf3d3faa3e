package com.napalmsky.gateway.event;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.user.AnnouncementContract.Announcement;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.IntroductionContract.Notification;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.Metrics.PastSession;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One of each event, with every field there is. */
public final class Samples {

  static final UUID ANNA = UUID.fromString("0b0e7a2c-2a0e-4c51-9f6e-1f0a4f0f8a01");
  static final UUID INVITE = UUID.fromString("0b0e7a2c-2a0e-4c51-9f6e-1f0a4f0f8a02");
  static final UUID ROOM = UUID.fromString("0b0e7a2c-2a0e-4c51-9f6e-1f0a4f0f8a03");
  static final Instant TIME = Instant.ofEpochMilli(1_760_000_000_000L);

  private Samples() {}

  /** What a client sends with an event; empty when it needs nothing. */
  public static JsonObject of(EventType<?> type) {
    JsonObject inRoom = new JsonObject().put("roomId", ROOM.toString());
    return switch (type.name()) {
      case "auth" -> new JsonObject().put("sessionToken", "token");
      case "call:invite" ->
          new JsonObject().put("toUserId", ANNA.toString()).put("requestedSeconds", 300);
      case "call:accept" ->
          new JsonObject().put("inviteId", INVITE.toString()).put("requestedSeconds", 200);
      case "call:decline" -> new JsonObject().put("inviteId", INVITE.toString());
      case "call:extend-wait", "call:rescind" -> new JsonObject().put("toUserId", ANNA.toString());
      case "rtc:offer" -> inRoom.put("offer", description("offer"));
      case "rtc:answer" -> inRoom.put("answer", description("answer"));
      case "rtc:ice" ->
          inRoom.put(
              "candidate",
              new JsonObject()
                  .put("candidate", "candidate:1 1 udp 1 192.0.2.1 1 typ host")
                  .put("sdpMid", "0")
                  .put("sdpMLineIndex", 0)
                  .put("usernameFragment", "ab"));
      case "rtc:path" -> inRoom.put("path", "relay");
      case "room:chat" -> inRoom.put("text", "1 < 2 > 0");
      case "room:giveSocial" ->
          inRoom.put(
              "socials",
              new JsonObject()
                  .put("instagram", "anna")
                  .put("tiktok", "anna")
                  .put("twitter", "anna")
                  .put("snapchat", "anna")
                  .put("discord", "anna"));
      case "room:join", "call:end" -> inRoom;
      default -> new JsonObject();
    };
  }

  private static JsonObject description(String type) {
    return new JsonObject().put("type", type).put("sdp", "v=0\r\n");
  }

  /** One of each event that a service can send. */
  static List<ClientEvent> ofServices() {
    Person person = new Person(ANNA, "Anna", Gender.FEMALE, "https://m/s.jpg", "https://m/v.webm");
    return List.of(
        new ClientEvent.CallNotify(INVITE, person, 300, 20_000, TIME),
        new ClientEvent.CallDeclined(INVITE, DeclineReason.COOLDOWN, ANNA, TIME),
        new ClientEvent.CallRescinded(INVITE),
        new ClientEvent.WaitExtended(20, TIME),
        new ClientEvent.CallStart(ROOM, 250, true, ANNA, "Anna", "sig-1"),
        new ClientEvent.Signal(SignalKind.OFFER, "{\"type\":\"offer\",\"sdp\":\"v=0\"}", ANNA),
        new ClientEvent.Signal(SignalKind.ANSWER, "{\"type\":\"answer\",\"sdp\":\"v=0\"}", ANNA),
        new ClientEvent.Signal(SignalKind.ICE, "{\"candidate\":\"\",\"sdpMid\":\"0\"}", ANNA),
        new ClientEvent.Chat(ANNA, "1 < 2 > 0", TIME),
        new ClientEvent.Chat(null, "gone", TIME),
        new ClientEvent.SocialShared(
            ANNA,
            TIME,
            Map.of(
                "instagram", "a", "tiktok", "a", "twitter", "a", "snapchat", "a", "discord", "a")),
        new ClientEvent.SessionFinalized("session-1", ROOM, 250, EndReason.COMPLETED, TIME),
        new ClientEvent.PeerDisconnected(),
        new ClientEvent.PeerReconnecting(),
        new ClientEvent.PeerReconnected(),
        new ClientEvent.MetricsUpdate(new Metrics(250, 1, List.of(new PastSession(TIME, 250)))),
        new ClientEvent.QrUnlocked("Your code is unlocked", 4),
        new ClientEvent.Refused("no"));
  }

  /** The same without whatever may be missing. */
  static List<ClientEvent> ofServicesBare() {
    Person person = new Person(ANNA, "Anna", Gender.UNSPECIFIED, null, null);
    return List.of(
        new ClientEvent.CallNotify(INVITE, person, 300, 20_000, TIME),
        new ClientEvent.CallDeclined(INVITE, DeclineReason.USER_DECLINED, null, null),
        new ClientEvent.SessionFinalized("session-1", ROOM, 0, EndReason.SETUP_FAILED, null),
        new ClientEvent.SocialShared(ANNA, TIME, Map.of()),
        new ClientEvent.MetricsUpdate(new Metrics(0, 0, List.of())));
  }

  /** One of each event that the gateway sends itself. */
  static List<WireEvent> ofGateway() {
    return List.of(
        GatewayEvents.authSuccess(TIME),
        GatewayEvents.authFailed(),
        GatewayEvents.authBanned("Account suspended"),
        GatewayEvents.error("no"),
        GatewayEvents.sessionInvalidated("elsewhere"),
        GatewayEvents.introduction(
            new Notification(INVITE, ANNA, ROOM, "New", ANNA, "Anna", TIME, false)),
        GatewayEvents.introduction(
            new Notification(INVITE, ANNA, ROOM, "New", null, "Deleted account", TIME, true)),
        GatewayEvents.wishedAgain(new ReunionWished(ROOM, ANNA, INVITE, true)),
        GatewayEvents.announcement(
            new Announcement(INVITE, "Back at <eight>", TIME, TIME.plusSeconds(60))),
        GatewayEvents.announcementWithdrawn(INVITE),
        GatewayEvents.queueUpdate(ANNA, true),
        GatewayEvents.wentOffline(ANNA),
        GatewayEvents.lobbyDelta(List.of(ANNA), List.of(INVITE), List.of(ROOM)));
  }
}
