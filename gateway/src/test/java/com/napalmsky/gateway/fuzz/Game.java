package com.napalmsky.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.fuzz.Requests.Request;
import com.napalmsky.gateway.fuzz.Wire.Answer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * One misbehaving client from its connect to its end. Its number and the seed decide every byte it
 * sends.
 */
final class Game {

  /** An id that no event of chance has. */
  private static final long PROBE = 900_000_000_000_001L;

  private static final int MOST_EVENTS = 500;
  private static final int BATCH = 32;

  private final Dice dice;
  private final int port;
  private final int host;
  private int thrown;

  Game(long seed, int number, int port) {
    this.dice = new Dice(seed, number);
    this.port = port;
    this.host = 2 + number % 200;
  }

  /**
   * Plays it.
   *
   * @return how many packets, frames or requests were thrown at the gateway
   */
  int play() throws IOException {
    int kind = dice.below(1_000);
    if (kind < 25) {
      events();
    } else if (kind < 600) {
      mutatedPackets();
    } else if (kind < 800) {
      wildFrames();
    } else if (kind < 880) {
      requests();
    } else if (kind < 960) {
      polling();
    } else {
      halfOpenUpgrade();
    }
    return thrown;
  }

  private Wire open() throws IOException {
    return Wire.open(port, host);
  }

  /** Nothing that keeps to the grammar may cost the connection, and all of it is answered once. */
  private void events() throws IOException {
    try (Wire wire = open()) {
      Wire.granted(wire.upgrade("", dice.percent(50)));
      wire.text(Packets.connect(dice));
      if (wire.textWith("40", "44").startsWith("44")) {
        return;
      }
      int left = dice.between(100, MOST_EVENTS);
      long ack = 0;
      while (left > 0) {
        int batch = Math.min(left, BATCH);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < batch; i++) {
          boolean asks = dice.percent(90);
          if (dice.percent(3)) {
            int attachments = dice.between(1, 4);
            wire.text(Packets.binaryEvent(dice, ++ack, attachments));
            for (int part = 0; part < attachments; part++) {
              wire.send(Frames.whole(Frames.BINARY, dice.bytes(dice.below(200))));
            }
            asks = true;
          } else {
            wire.text(Packets.event(dice, asks ? ++ack : -1));
          }
          if (asks) {
            expected.add("43" + ack + "[{\"ok\":");
          }
          thrown++;
        }
        while (!expected.isEmpty()) {
          String answer = wire.textWith("43");
          assertThat(answer).as("answers still due: %s", expected).isNotNull();
          String beginning = answer.substring(0, answer.indexOf(':') + 1);
          assertThat(expected.remove(beginning)).as("an answer to nothing: %s", answer).isTrue();
        }
        left -= batch;
      }
      leave(wire);
    }
  }

  /** Each costs at most its own connection; until then the connection answers. */
  private void mutatedPackets() throws IOException {
    try (Wire wire = open()) {
      Wire.granted(wire.upgrade("", dice.percent(30)));
      if (dice.percent(90)) {
        wire.text(Packets.connect(dice));
        assertThat(wire.textWith("40", "44")).isNotNull();
      }
      int rounds = dice.between(2, 12);
      for (int round = 0; round < rounds; round++) {
        int burst = dice.between(1, 4);
        for (int i = 0; i < burst; i++) {
          int opcode = dice.percent(93) ? Frames.TEXT : Frames.BINARY;
          byte[] packet = Packets.mutated(dice);
          wire.send(
              dice.percent(90) ? Frames.whole(opcode, packet) : Frames.deflated(opcode, packet));
        }
        wire.text("42" + (PROBE + round) + "[\"presence:join\"]");
        thrown += burst;
        if (wire.textWith("43" + (PROBE + round) + "[") == null) {
          break;
        }
      }
      leave(wire);
    } catch (IOException closed) {
      // A broken packet may end the connection while more is written.
    }
  }

  private void wildFrames() throws IOException {
    try (Wire wire = open()) {
      Wire.granted(wire.upgrade("", dice.percent(60)));
      if (dice.percent(50)) {
        wire.text(Packets.connect(dice));
      }
      int frames = dice.between(1, 6);
      for (int i = 0; i < frames; i++) {
        thrown++;
        wire.send(Frames.wild(dice));
      }
      leave(wire);
    } catch (IOException closed) {
      // As above.
    }
  }

  private void requests() throws IOException {
    Wire wire = open();
    try {
      int count = dice.between(5, 20);
      for (int i = 0; i < count; i++) {
        Request request = Requests.any(dice);
        thrown++;
        try {
          wire.send(request.bytes());
          Answer answer = wire.answer(request.head());
          assertThat(answer.status())
              .as(() -> start(request.bytes()) + "\n---\n" + answer.text())
              .isBetween(200, 499);
          if (!answer.closes()) {
            continue;
          }
        } catch (IOException closed) {
          // Too large a body is not read to its end.
        }
        wire.close();
        wire = open();
      }
      if (dice.percent(60)) {
        thrown++;
        wire.send(Requests.broken(dice));
        wire.finish();
      }
    } catch (IOException closed) {
      // Refused before it was sent to the end.
    } finally {
      wire.close();
    }
  }

  private static String start(byte[] request) {
    return new String(request, 0, Math.min(request.length, 1_500), ISO_8859_1);
  }

  /** Long-polling in the wrong order, with wrong bodies and for sessions of nobody. */
  private void polling() throws IOException {
    try (Wire wire = open()) {
      Answer opened = get(wire, "/socket.io/?EIO=4&transport=polling");
      assertThat(opened.status()).isEqualTo(200);
      String sid = sidOf(opened);
      String url = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
      if (dice.percent(80)) {
        assertThat(post(wire, url, Packets.connect(dice).getBytes(UTF_8)).status()).isEqualTo(200);
        assertThat(get(wire, url).status()).isEqualTo(200);
      }
      int rounds = dice.between(1, 8);
      for (int round = 0; round < rounds; round++) {
        thrown++;
        switch (dice.below(8)) {
          case 0 -> {
            String wrong =
                dice.one(
                    "/socket.io/?EIO=4&transport=polling&sid=0.x",
                    "/socket.io/",
                    "/socket.io/?EIO=3",
                    "/socket.io/?transport=polling&sid=%ff",
                    "/socket.io/?EIO=4&transport=x",
                    "/socket.io/?EIO=4&transport=websocket&sid=" + sid,
                    "/socket.io/?EIO=4&transport=polling&sid=",
                    "/socket.io/?transport=%zz");
            assertThat(get(wire, wrong).status()).isEqualTo(400);
          }
          case 1 -> {
            String method = dice.one("PUT", "DELETE", "HEAD", "PATCH");
            wire.send(method + " " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(wire.answer(method.equals("HEAD")).status()).isBetween(400, 405);
          }
          case 2 -> {
            if (dice.percent(5)) {
              post(wire, url, new byte[1_000_100]);
              return;
            }
          }
          case 3 -> {
            // Two polls at once: whatever becomes of the second, the first may not wait for long.
            try (Wire other = open()) {
              wire.send("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
              other.send("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
              assertThat(wire.answer(false).status()).isIn(200, 400);
            }
            return;
          }
          default -> {
            Answer answer = post(wire, url, payload());
            assertThat(answer.status()).isIn(200, 400);
            if (answer.closes()) {
              return;
            }
          }
        }
      }
      if (dice.percent(50)) {
        wire.send("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
        wire.reset();
      }
    } catch (IOException closed) {
      // After an answer that closes.
    }
  }

  private byte[] payload() {
    int packets = dice.between(1, 4);
    byte[] payload = Packets.mutated(dice);
    for (int i = 1; i < packets; i++) {
      payload = Frames.join(payload, new byte[] {0x1e}, Packets.mutated(dice));
    }
    thrown += packets - 1;
    return payload;
  }

  /** Upgrades that are not asked for properly, not finished, or given up. */
  private void halfOpenUpgrade() throws IOException {
    thrown++;
    try (Wire poll = open();
        Wire upgrade = open()) {
      String sid = sidOf(get(poll, "/socket.io/?EIO=4&transport=polling"));
      String url = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
      if (dice.percent(30)) {
        badHandshake(upgrade, dice.percent(50) ? "&sid=" + sid : "");
        upgrade.finish();
        return;
      }
      if (dice.percent(70)) {
        post(poll, url, Packets.connect(dice).getBytes(UTF_8));
      }
      Wire.granted(upgrade.upgrade("&sid=" + sid, dice.percent(50)));
      boolean polls = dice.percent(50);
      if (polls) {
        poll.send("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      boolean probes = dice.percent(70);
      if (probes) {
        upgrade.text("2probe");
        if (upgrade.textWith("3probe") == null) {
          return;
        }
        // The poll is answered when the client may change over.
        if (polls) {
          assertThat(poll.answer(false).status()).isIn(200, 400);
        }
      }
      switch (dice.below(6)) {
        case 0 -> upgrade.text("5");
        case 1 -> upgrade.send(Frames.wild(dice));
        case 2 -> upgrade.send(Frames.whole(Frames.TEXT, Packets.mutated(dice)));
        case 3 -> {
          upgrade.send(
              Frames.join(
                  Frames.whole(Frames.TEXT, new byte[] {'5'}),
                  Frames.whole(Frames.TEXT, Packets.mutated(dice))));
        }
        case 4 -> {
          if (!polls || probes) {
            post(poll, url, payload());
          }
        }
        default -> poll.reset();
      }
      leave(upgrade);
    } catch (IOException closed) {
      // The session or the upgrade was ended.
    }
  }

  private void badHandshake(Wire wire, String query) throws IOException {
    StringBuilder request =
        new StringBuilder(dice.one("GET", "GET", "POST", "HEAD"))
            .append(" /socket.io/?EIO=")
            .append(dice.one("4", "4", "3", "x"))
            .append("&transport=")
            .append(dice.one("websocket", "websocket", "polling"))
            .append(query)
            .append(" HTTP/1.1\r\nHost: x\r\nUpgrade: ")
            .append(dice.one("websocket", "WebSocket", "h2c", "websocket, x"))
            .append("\r\n");
    if (dice.percent(80)) {
      request
          .append("Connection: ")
          .append(dice.one("Upgrade", "keep-alive", "close"))
          .append("\r\n");
    }
    if (dice.percent(80)) {
      request
          .append("Sec-WebSocket-Key: ")
          .append(dice.one("AAAAAAAAAAAAAAAAAAAAAA==", "short", "", "é".repeat(24)))
          .append("\r\n");
    }
    request.append("Sec-WebSocket-Version: ").append(dice.one("13", "13", "8", "x")).append("\r\n");
    request
        .append("Sec-WebSocket-Extensions: ")
        .append(
            dice.one(
                "permessage-deflate; client_max_window_bits=99",
                ",;=,",
                "permessage-deflate;;",
                "permessage-deflate; server_max_window_bits=8, permessage-deflate",
                "x-y"))
        .append("\r\n");
    if (dice.percent(20)) {
      request.append(dice.one("Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n"));
    }
    int end = dice.percent(70) ? request.length() : dice.below(request.length());
    wire.send(request.substring(0, end) + (end == request.length() ? "\r\n" : ""));
    if (dice.percent(50)) {
      wire.send(Frames.wild(dice));
    }
  }

  /** Goodbyes, from polite to none. */
  private void leave(Wire wire) throws IOException {
    switch (dice.below(5)) {
      case 0 -> {
        wire.send(Frames.frame(0x80 | Frames.CLOSE, new byte[] {3, (byte) 0xe8}));
        wire.finish();
      }
      case 1 -> {
        wire.text("41");
        wire.finish();
      }
      case 2 -> {
        wire.text("1");
        wire.finish();
      }
      case 3 -> wire.reset();
      default -> wire.finish();
    }
  }

  private static String sidOf(Answer opened) {
    String text = opened.text();
    int start = text.indexOf("\"sid\":\"") + 7;
    return text.substring(start, text.indexOf('"', start));
  }

  private static Answer get(Wire wire, String url) throws IOException {
    wire.send("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return wire.answer(false);
  }

  private static Answer post(Wire wire, String url, byte[] body) throws IOException {
    String head =
        "POST " + url + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n";
    wire.send(Frames.join(head.getBytes(ISO_8859_1), body));
    return wire.answer(false);
  }
}
