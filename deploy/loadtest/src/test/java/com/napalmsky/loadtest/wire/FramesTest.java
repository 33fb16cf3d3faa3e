package com.napalmsky.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

  private static final int MASK = 0xA1B2C3D4;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
  void aServerReadsWhatWeWrite(int length) {
    byte[] payload = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    EmbeddedChannel server =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(true)
                    .maxFramePayloadLength(1 << 20)
                    .build()));

    server.writeInbound(
        Frames.masked(ByteBufAllocator.DEFAULT, Frames.TEXT, false, payload, payload.length, MASK));

    TextWebSocketFrame frame = server.readInbound();
    assertThat(frame.text()).isEqualTo("x".repeat(length));
    frame.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535, 65_536})
  void weReadWhatAServerWrites(int length) throws Exception {
    ByteBuf wire = served("y".repeat(length));
    int bytes = wire.readableBytes();
    List<String> texts = new ArrayList<>();

    int taken = Frames.read(wire, (opcode, last, zip, payload) -> texts.add(text(payload)));

    assertThat(taken).isEqualTo(bytes).isEqualTo(Frames.length(length));
    assertThat(texts).containsExactly("y".repeat(length));
    wire.release();
  }

  @Test
  void nothingIsTakenUntilAFrameIsWhole() throws Exception {
    ByteBuf wire = served("z".repeat(300));

    for (int i = 0; i < wire.readableBytes(); i++) {
      ByteBuf part = wire.slice(wire.readerIndex(), i);
      assertThat(Frames.read(part, (opcode, last, zip, payload) -> {})).isZero();
      assertThat(part.readerIndex()).isZero();
    }
    wire.release();
  }

  @Test
  void flagsAreTold() throws Exception {
    ByteBuf wire = Unpooled.wrappedBuffer(new byte[] {0x40 | 1, 1, 'a'});
    List<String> seen = new ArrayList<>();

    int unused =
        Frames.read(
            wire, (opcode, last, zip, payload) -> seen.add(opcode + " " + last + " " + zip));

    assertThat(seen).containsExactly("1 false true");
  }

  @Test
  void aServerThatMasksOrSendsTooMuchIsFound() {
    ByteBuf masked = Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
    ByteBuf huge = Unpooled.buffer().writeByte(0x81).writeByte(127).writeLong(1L << 40);

    assertThatThrownBy(() -> Frames.read(masked, (opcode, last, zip, payload) -> {}))
        .isInstanceOf(ProtocolError.class);
    assertThatThrownBy(() -> Frames.read(huge, (opcode, last, zip, payload) -> {}))
        .isInstanceOf(ProtocolError.class);
  }

  private static ByteBuf served(String text) {
    EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    server.writeOutbound(new TextWebSocketFrame(text));
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf part = server.readOutbound(); part != null; part = server.readOutbound()) {
      all.writeBytes(part);
      part.release();
    }
    return all;
  }

  private static String text(ByteBuf payload) {
    return payload.toString(StandardCharsets.UTF_8);
  }
}
