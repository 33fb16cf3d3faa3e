package com.napalmsky.gateway.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.napalmsky.gateway.FuzzedGateway;
import com.napalmsky.gateway.event.ClientEvents;
import com.napalmsky.gateway.event.EventType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Packets of Engine.IO and Socket.IO: by the grammar, and mutated. */
final class Packets {

  /** Fields that some event reads. */
  private static final List<String> FIELDS =
      List.of(
          "sessionToken",
          "toUserId",
          "inviteId",
          "roomId",
          "requestedSeconds",
          "offer",
          "answer",
          "candidate",
          "text",
          "socials");

  private static final List<String> EVENTS =
      ClientEvents.ALL.stream().map(EventType::name).toList();

  /** Characters on which the grammar turns. */
  private static final byte[] TURNS = "0123456789-/,[]{}\":\\bPQ\u001e?".getBytes(UTF_8);

  private Packets() {}

  /** What opens a client's connection: with somebody's token, a wrong one, or none. */
  static String connect(Dice dice) {
    int kind = dice.below(10);
    if (kind == 0) {
      return dice.one("40", "40{}", "40/?a=b,", "40{\"token\":7,\"deltas\":\"1\"}");
    }
    if (kind == 1) {
      return "40{\"token\":" + WildJson.text(dice, 300) + "}";
    }
    return "40{\"token\":\""
        + FuzzedGateway.token(dice.below(FuzzedGateway.USERS))
        + "\",\"deltas\":"
        + dice.one("1", "0", "[]")
        + (dice.percent(20) ? ",\"pid\":" + WildJson.text(dice, 80) : "")
        + (dice.percent(20) ? ",\"offset\":" + WildJson.text(dice, 80) : "")
        + ",\"x\":"
        + WildJson.value(dice, 3)
        + "}";
  }

  /** An event that must be answered and must not cost the connection, whatever it says. */
  static String event(Dice dice, long ack) {
    return "42" + (ack < 0 ? "" : ack) + "[" + name(dice) + arguments(dice) + "]";
  }

  /** The same with attachments, which have to follow. */
  static String binaryEvent(Dice dice, long ack, int attachments) {
    StringBuilder packet = new StringBuilder("45").append(attachments).append('-').append(ack);
    packet.append('[').append(name(dice)).append(",{\"roomId\":\"").append(WildJson.uuid(dice));
    packet.append('"');
    for (int i = 0; i < attachments; i++) {
      String placeholder = "{\"_placeholder\":true,\"num\":" + i + "}";
      packet
          .append(",\"")
          .append(dice.one(FIELDS))
          .append("\":")
          .append(dice.percent(50) ? placeholder : "{\"x\":[" + placeholder + "]}");
    }
    return packet.append("}]").toString();
  }

  private static String name(Dice dice) {
    return dice.percent(95) ? '"' + dice.one(EVENTS) + '"' : WildJson.text(dice, 20);
  }

  private static String arguments(Dice dice) {
    if (dice.percent(10)) {
      return dice.percent(30) ? "" : "," + WildJson.value(dice, 20);
    }
    StringBuilder payload = new StringBuilder(",{");
    int fields = dice.below(4);
    payload.append("\"roomId\":").append(field(dice, "roomId"));
    for (int i = 0; i < fields; i++) {
      String field = dice.one(FIELDS);
      payload.append(",\"").append(field).append("\":").append(field(dice, field));
    }
    payload.append('}');
    return dice.percent(5) ? payload + "," + WildJson.value(dice, 5) : payload.toString();
  }

  private static String field(Dice dice, String name) {
    if (dice.percent(25)) {
      return WildJson.value(dice, 20);
    }
    return switch (name) {
      case "sessionToken" -> "\"" + FuzzedGateway.token(dice.below(FuzzedGateway.USERS)) + "\"";
      case "requestedSeconds" -> Integer.toString(dice.between(-1, 2_000));
      case "offer", "answer" ->
          "{\"type\":\"offer\",\"sdp\":"
              + (dice.percent(1) ? "\"" + "s".repeat(70_000) + "\"" : WildJson.text(dice, 200))
              + "}";
      case "candidate" -> WildJson.object(dice, 3);
      case "text" -> WildJson.text(dice, dice.percent(10) ? 2_000 : 30);
      case "socials" -> "{\"instagram\":" + WildJson.value(dice, 1) + ",\"discord\":\"d\"}";
      default -> '"' + WildJson.uuid(dice) + '"';
    };
  }

  /** Any packet of the grammar, also those that end a session. */
  static String any(Dice dice) {
    return switch (dice.below(12)) {
      case 0 -> dice.one("1", "2", "2probe", "3", "3probe", "5", "6", "", "7", "4", "b", "bQUJD");
      case 1 -> dice.one("41", "41/x,", "44{}", "40", "40/admin,", "43", "437[]", "461-3[1]");
      case 2 -> binaryEvent(dice, 5, dice.between(0, 3));
      case 3 -> "42" + dice.one("", "/,", "/x,", "/?q,") + "[" + WildJson.value(dice, 40) + "]";
      case 4 -> connect(dice);
      default -> event(dice, dice.percent(50) ? -1 : dice.below(1_000_000));
    };
  }

  /** A packet with some damage. */
  static byte[] mutated(Dice dice) {
    if (dice.percent(3)) {
      return dice.bytes(dice.below(200));
    }
    byte[] packet = any(dice).getBytes(UTF_8);
    int mutations = dice.below(4);
    for (int i = 0; i < mutations; i++) {
      packet = mutate(dice, packet);
    }
    return packet;
  }

  private static byte[] mutate(Dice dice, byte[] packet) {
    int at = dice.below(packet.length + 1);
    int end = Math.min(packet.length, at + dice.between(1, 12));
    switch (dice.below(9)) {
      case 0:
        return splice(packet, at, end);
      case 1:
        return splice(packet, at, at, Arrays.copyOfRange(packet, at, end));
      case 2:
        return Arrays.copyOf(packet, at);
      case 3:
        return splice(packet, at, at, dice.bytes(dice.between(1, 8)));
      case 4:
        return splice(packet, at, at, TURNS[dice.below(TURNS.length)]);
      case 5:
        return splice(packet, at, Math.min(packet.length, at + 1), TURNS[dice.below(TURNS.length)]);
      case 6:
        return splice(packet, at, end, "9".repeat(dice.between(1, 400)).getBytes(UTF_8));
      case 7:
        return splice(
            packet,
            at,
            at,
            dice.one("[", "{\"a\":").repeat(dice.between(1, 3_000)).getBytes(UTF_8));
      default:
        return splice(packet, at, at, dice.one(BROKEN_UTF8));
    }
  }

  private static final byte[][] BROKEN_UTF8 = {
    {(byte) 0xc0, (byte) 0x80},
    {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
    {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
    {(byte) 0xff},
    {(byte) 0xe2, (byte) 0x82},
    {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
  };

  private static byte[] splice(byte[] packet, int from, int to, byte... middle) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(packet.length + middle.length);
    whole.write(packet, 0, from);
    whole.writeBytes(middle);
    whole.write(packet, to, packet.length - to);
    return whole.toByteArray();
  }
}
