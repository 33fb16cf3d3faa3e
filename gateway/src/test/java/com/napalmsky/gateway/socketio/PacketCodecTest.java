package com.napalmsky.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.gateway.socketio.Packet.Type;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCodecTest {

  private final PacketCodec codec = new PacketCodec(new BoundedJson(32, 1_000_000));

  @Test
  void connectsAreRead() throws MalformedPacket {
    assertThat(codec.decode("0"))
        .isEqualTo(new Packet(Type.CONNECT, "/", 0, -1, new JsonArray(), null));
    assertThat(codec.decode("0{\"token\":\"123\"}").auth())
        .isEqualTo(new JsonObject().put("token", "123"));
    assertThat(codec.decode("0/custom,{\"a\":1}"))
        .isEqualTo(
            new Packet(
                Type.CONNECT, "/custom", 0, -1, new JsonArray(), new JsonObject().put("a", 1)));
    assertThat(codec.decode("0/custom").namespace()).isEqualTo("/custom");
    assertThat(codec.decode("0/custom?x=1,").namespace()).isEqualTo("/custom");
  }

  @Test
  void eventsAreRead() throws MalformedPacket {
    Packet packet = codec.decode("2/chat,12[\"hey\",1,null,{\"a\":[true]}]");

    assertThat(packet.type()).isEqualTo(Type.EVENT);
    assertThat(packet.namespace()).isEqualTo("/chat");
    assertThat(packet.id()).isEqualTo(12);
    assertThat(packet.arguments().encode()).isEqualTo("[\"hey\",1,null,{\"a\":[true]}]");
  }

  @Test
  void attachmentsAreAnnouncedAndPutBack() throws MalformedPacket {
    Packet packet =
        codec.decode(
            "52-7[\"f\",{\"_placeholder\":true,\"num\":1},{\"d\":[{\"_placeholder\":true,\"num\":0}]}]");
    Attachments attachments = new Attachments(packet, 100);

    assertThat(attachments.add(Buffer.buffer("a"))).isNull();
    Packet whole = attachments.add(Buffer.buffer("b"));

    assertThat(whole.id()).isEqualTo(7);
    assertThat(whole.arguments().getBuffer(1)).isEqualTo(Buffer.buffer("b"));
    assertThat(whole.arguments().getJsonObject(2).getJsonArray("d").getBuffer(0))
        .isEqualTo(Buffer.buffer("a"));

    List<Buffer> taken = new ArrayList<>();
    assertThat(Attachments.takeOut(whole.arguments(), taken).encode())
        .isEqualTo(
            "[\"f\",{\"_placeholder\":true,\"num\":0},{\"d\":[{\"_placeholder\":true,\"num\":1}]}]");
    assertThat(taken).containsExactly(Buffer.buffer("b"), Buffer.buffer("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "51-[\"f\",{\"_placeholder\":true,\"num\":1}]",
        "51-[\"f\",{\"_placeholder\":true,\"num\":-1}]",
        "51-[\"f\",{\"_placeholder\":true}]",
        "51-[\"f\",{\"_placeholder\":true,\"num\":\"0\"}]",
        "51-[\"f\",{\"_placeholder\":true,\"num\":0.5}]"
      })
  void placeholdersOfNothingAreRefused(String text) throws MalformedPacket {
    Attachments attachments = new Attachments(codec.decode(text), 100);

    assertThatThrownBy(() -> attachments.add(Buffer.buffer("a")))
        .isInstanceOf(MalformedPacket.class);
  }

  @Test
  void attachmentsTogetherAreBounded() throws MalformedPacket {
    Attachments attachments = new Attachments(codec.decode("52-[\"f\"]"), 100);

    assertThat(attachments.add(Buffer.buffer(new byte[60]))).isNull();
    assertThatThrownBy(() -> attachments.add(Buffer.buffer(new byte[60])))
        .isInstanceOf(MalformedPacket.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "7",
        "abc",
        "0\"text\"",
        "0[]",
        "0null",
        "0{",
        "1{}",
        "2",
        "2{}",
        "2[]",
        "2[1]",
        "2[null]",
        "2[\"a\"",
        "2[\"a\"]]",
        "2[\"a\"][\"b\"]",
        "2[\"connect\"]",
        "2[\"disconnect\"]",
        "2abc[\"a\"]",
        "2-1[\"a\"]",
        "21234567890123456[\"a\"]",
        "3[\"a\"]",
        "3",
        "4{}",
        "5[\"a\"]",
        "5-[\"a\"]",
        "517-[\"a\"]",
        "599999999999999999999-[\"a\"]",
        "51",
        "6-1[\"a\"]",
        "2[\"a\",NaN]",
        "2[\"a\",01]",
        "2['a']"
      })
  void whatIsNoPacketIsRefused(String text) {
    assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(MalformedPacket.class);
  }

  @Test
  void depthNumbersAndNamesAreBounded() {
    String deep = "2[\"a\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
    String number = "2[\"a\"," + "9".repeat(100) + "]";
    String event = "2[\"" + "a".repeat(65) + "\"]";
    String namespace = "0/" + "a".repeat(200);
    String name = "2[\"a\",{\"" + "k".repeat(300) + "\":1}]";

    for (String text : List.of(deep, number, event, namespace, name)) {
      assertThatThrownBy(() -> codec.decode(text)).isInstanceOf(MalformedPacket.class);
    }
  }

  @Test
  void noiseThrowsNothingElse() {
    Random random = new Random(17);
    String alphabet = "0123456-/,[]{}\":ab\\u_e.+ \u0000é\ud83d";
    String good = "52-/ns,13[\"event\",{\"_placeholder\":true,\"num\":0},{\"a\":[1,\"é\"]}]";
    int read = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder noise = new StringBuilder(round % 2 == 0 ? good : "");
      for (int i = random.nextInt(8); i >= 0; i--) {
        char character = alphabet.charAt(random.nextInt(alphabet.length()));
        if (noise.length() > 0 && random.nextBoolean()) {
          noise.setCharAt(random.nextInt(noise.length()), character);
        } else {
          noise.insert(random.nextInt(noise.length() + 1), character);
        }
      }
      try {
        Packet packet = codec.decode(noise.toString());
        read++;
        assertThat(packet.namespace()).startsWith("/");
      } catch (MalformedPacket expected) {
        assertThat(expected).hasMessageNotContaining("Exception");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void packetsToClientsAreWrittenAsTheyExpectThem() {
    assertThat(PacketCodec.connected("/", "x", null)).isEqualTo("0{\"sid\":\"x\"}");
    assertThat(PacketCodec.connected("/custom", "x", null)).isEqualTo("0/custom,{\"sid\":\"x\"}");
    assertThat(PacketCodec.refused("/random", "Invalid namespace", null))
        .isEqualTo("4/random,{\"message\":\"Invalid namespace\"}");
    assertThat(PacketCodec.refused("/", "a \"b\"\n", "{\"retryAfter\":5}"))
        .isEqualTo("4{\"message\":\"a \\\"b\\\"\\n\",\"data\":{\"retryAfter\":5}}");
    assertThat(PacketCodec.disconnected("/")).isEqualTo("1");
    assertThat(PacketCodec.event("/", "auth:success", null)).isEqualTo("2[\"auth:success\"]");
    assertThat(PacketCodec.event("/", "a", "{\"b\":1}")).isEqualTo("2[\"a\",{\"b\":1}]");
    assertThat(PacketCodec.ack("/", 456, "1")).isEqualTo("3456[1]");
    assertThat(PacketCodec.arguments(Type.BINARY_ACK, "/c", 2, 7, "[]")).isEqualTo("62-/c,7[]");
  }
}
