package com.napalmsky.gateway.event;

import com.napalmsky.gateway.event.ClientMessage.Accept;
import com.napalmsky.gateway.event.ClientMessage.Auth;
import com.napalmsky.gateway.event.ClientMessage.Decline;
import com.napalmsky.gateway.event.ClientMessage.InCall;
import com.napalmsky.gateway.event.ClientMessage.Invite;
import com.napalmsky.gateway.event.ClientMessage.Plain;
import com.napalmsky.gateway.event.ClientMessage.ToCallee;
import com.napalmsky.gateway.event.EventType.Limit;
import com.napalmsky.gateway.event.EventType.Parser;
import com.napalmsky.gateway.event.EventType.Right;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every event a client may send: sections 7 and 10 of the wire contract as a table. */
public final class ClientEvents {

  /** The longest chat line, in UTF-16 code units; what is longer is cut. */
  public static final int MOST_CHAT_CHARACTERS = 500;

  /** The longest offer or answer, as JSON text. */
  public static final int MOST_DESCRIPTION_CHARACTERS = 64 * 1024;

  /** The longest candidate, as JSON text. */
  public static final int MOST_CANDIDATE_CHARACTERS = 4 * 1024;

  /** The longest social name. */
  public static final int MOST_SOCIAL_CHARACTERS = 64;

  /** The only keys of shared socials that are carried. */
  public static final List<String> SOCIALS =
      List.of("instagram", "tiktok", "twitter", "snapchat", "discord");

  private static final int MOST_TOKEN_CHARACTERS = 200;
  private static final int MOST_PATH_CHARACTERS = 10;
  private static final Plain PLAIN = new Plain();

  public static final EventType<Auth> AUTH =
      type("auth", Right.OPEN, Limit.USUAL, ClientEvents::auth);
  public static final EventType<Plain> PRESENCE_JOIN = plain("presence:join", Right.SESSION);
  public static final EventType<Plain> PRESENCE_LEAVE = plain("presence:leave", Right.SESSION);
  public static final EventType<Plain> QUEUE_JOIN = plain("queue:join", Right.ACCESS);
  public static final EventType<Plain> QUEUE_LEAVE = plain("queue:leave", Right.SESSION);
  public static final EventType<Invite> CALL_INVITE =
      type("call:invite", Right.ACCESS, Limit.USUAL, ClientEvents::invite);
  public static final EventType<Accept> CALL_ACCEPT =
      type("call:accept", Right.ACCESS, Limit.USUAL, ClientEvents::accept);
  public static final EventType<Decline> CALL_DECLINE =
      type(
          "call:decline",
          Right.SESSION,
          Limit.USUAL,
          arguments -> new Decline(Payload.of(arguments).id("inviteId")));
  public static final EventType<ToCallee> CALL_EXTEND_WAIT =
      type("call:extend-wait", Right.SESSION, Limit.USUAL, ClientEvents::toCallee);
  public static final EventType<ToCallee> CALL_RESCIND =
      type("call:rescind", Right.SESSION, Limit.USUAL, ClientEvents::toCallee);
  public static final EventType<InCall> ROOM_JOIN =
      type("room:join", Right.CALL, Limit.USUAL, inCall(payload -> new CallAction.Join()));
  public static final EventType<InCall> RTC_OFFER =
      signal("rtc:offer", Limit.USUAL, SignalKind.OFFER, "offer", MOST_DESCRIPTION_CHARACTERS);
  public static final EventType<InCall> RTC_ANSWER =
      signal("rtc:answer", Limit.USUAL, SignalKind.ANSWER, "answer", MOST_DESCRIPTION_CHARACTERS);
  public static final EventType<InCall> RTC_ICE =
      signal("rtc:ice", Limit.ICE, SignalKind.ICE, "candidate", MOST_CANDIDATE_CHARACTERS);
  public static final EventType<InCall> RTC_PATH =
      type("rtc:path", Right.CALL, Limit.USUAL, inCall(ClientEvents::tellPath));
  public static final EventType<InCall> ROOM_CHAT =
      type("room:chat", Right.CALL, Limit.USUAL, inCall(ClientEvents::say));
  public static final EventType<InCall> ROOM_GIVE_SOCIAL =
      type("room:giveSocial", Right.CALL, Limit.USUAL, inCall(ClientEvents::shareSocials));
  public static final EventType<InCall> CALL_END =
      type("call:end", Right.CALL, Limit.USUAL, inCall(payload -> new CallAction.End()));

  /** Those that name a room. */
  public static final List<EventType<InCall>> IN_CALL =
      List.of(
          ROOM_JOIN,
          RTC_OFFER,
          RTC_ANSWER,
          RTC_ICE,
          RTC_PATH,
          ROOM_CHAT,
          ROOM_GIVE_SOCIAL,
          CALL_END);

  /** The table. */
  public static final List<EventType<?>> ALL =
      List.of(
          AUTH,
          PRESENCE_JOIN,
          PRESENCE_LEAVE,
          QUEUE_JOIN,
          QUEUE_LEAVE,
          CALL_INVITE,
          CALL_ACCEPT,
          CALL_DECLINE,
          CALL_EXTEND_WAIT,
          CALL_RESCIND,
          ROOM_JOIN,
          RTC_OFFER,
          RTC_ANSWER,
          RTC_ICE,
          RTC_PATH,
          ROOM_CHAT,
          ROOM_GIVE_SOCIAL,
          CALL_END);

  private static final Map<String, EventType<?>> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::name, type -> type));

  private ClientEvents() {}

  /** The row of a name; null when clients have no such event. */
  public static @Nullable EventType<?> named(String name) {
    return BY_NAME.get(name);
  }

  private static Auth auth(JsonArray arguments) throws Malformed {
    return new Auth(Payload.of(arguments).text("sessionToken", MOST_TOKEN_CHARACTERS));
  }

  private static Invite invite(JsonArray arguments) throws Malformed {
    Payload payload = Payload.of(arguments);
    return new Invite(
        Payload.uuid(payload.text("toUserId", Payload.MOST_ID_CHARACTERS)),
        payload.wholeNumberOrNull("requestedSeconds"));
  }

  private static Accept accept(JsonArray arguments) throws Malformed {
    Payload payload = Payload.of(arguments);
    return new Accept(payload.id("inviteId"), payload.wholeNumberOrNull("requestedSeconds"));
  }

  private static ToCallee toCallee(JsonArray arguments) throws Malformed {
    return new ToCallee(Payload.of(arguments).id("toUserId"));
  }

  private static @Nullable CallAction say(Payload payload) throws Malformed {
    String line = payload.text("text", Integer.MAX_VALUE).strip();
    if (line.length() > MOST_CHAT_CHARACTERS) {
      boolean splitsAPair = Character.isHighSurrogate(line.charAt(MOST_CHAT_CHARACTERS - 1));
      line = line.substring(0, splitsAPair ? MOST_CHAT_CHARACTERS - 1 : MOST_CHAT_CHARACTERS);
      line = line.stripTrailing();
    }
    return line.isEmpty() ? null : new CallAction.Say(line);
  }

  private static CallAction tellPath(Payload payload) throws Malformed {
    return switch (payload.text("path", MOST_PATH_CHARACTERS)) {
      case "direct" -> new CallAction.TellPath(false);
      case "relay" -> new CallAction.TellPath(true);
      default -> throw new Malformed("path must be direct or relay");
    };
  }

  private static CallAction shareSocials(Payload payload) throws Malformed {
    JsonObject sent = payload.object("socials");
    Map<String, String> socials = new LinkedHashMap<>();
    for (String key : SOCIALS) {
      Object value = sent.getValue(key);
      if (value == null) {
        continue;
      }
      if (!(value instanceof String name)) {
        throw new Malformed("socials." + key + " must be a text");
      }
      if (name.length() > MOST_SOCIAL_CHARACTERS) {
        throw new Malformed(
            "socials." + key + " is too long: at most " + MOST_SOCIAL_CHARACTERS + " characters");
      }
      socials.put(key, name);
    }
    return new CallAction.ShareSocials(socials);
  }

  @FunctionalInterface
  private interface ActionParser {
    @Nullable CallAction parse(Payload payload) throws Malformed;
  }

  private static Parser<InCall> inCall(ActionParser action) {
    return arguments -> {
      Payload payload = Payload.of(arguments);
      return new InCall(payload.id("roomId"), action.parse(payload));
    };
  }

  private static EventType<InCall> signal(
      String name, Limit limit, SignalKind kind, String field, int most) {
    return type(
        name,
        Right.CALL,
        limit,
        inCall(payload -> new CallAction.Send(kind, payload.objectText(field, most))));
  }

  private static EventType<Plain> plain(String name, Right right) {
    return type(name, right, Limit.USUAL, arguments -> PLAIN);
  }

  private static <M extends ClientMessage> EventType<M> type(
      String name, Right right, Limit limit, Parser<M> parser) {
    return new EventType<>(name, parser, right, limit);
  }
}
