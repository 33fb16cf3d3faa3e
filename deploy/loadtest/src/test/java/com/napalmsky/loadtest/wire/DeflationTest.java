package com.napalmsky.loadtest.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflationTest {

  private final Deflation deflation = new Deflation();

  @AfterEach
  void close() {
    deflation.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 300_000})
  void whatIsCompressedComesBack(int length) throws Exception {
    String text = "äb".repeat(length);

    Deflation.Compressed compressed = deflation.deflate(text.getBytes(StandardCharsets.UTF_8));
    ByteBuf wire = Unpooled.copiedBuffer(compressed.bytes(), 0, compressed.length());

    assertThat(deflation.inflate(wire, null)).isEqualTo(text);
  }

  @Test
  void messagesDoNotDependOnEachOther() throws Exception {
    byte[] message = "the same again and again".getBytes(StandardCharsets.UTF_8);
    ByteBuf first = wire(deflation.deflate(message));
    ByteBuf second = wire(deflation.deflate(message));

    assertThat(second).isEqualTo(first);
    assertThat(deflation.inflate(second, null)).isEqualTo("the same again and again");
  }

  @Test
  void aServerThatKeepsItsContextIsUnderstoodByAnInflaterOfItsOwn() throws Exception {
    Deflater server = new Deflater(6, true);
    ByteBuf first = kept(server, "hello hello hello, my dear");
    ByteBuf second = kept(server, "hello hello hello, my dear");
    Inflater own = new Inflater(true);

    assertThat(second.readableBytes()).isLessThan(first.readableBytes());
    assertThat(deflation.inflate(first, own)).isEqualTo("hello hello hello, my dear");
    assertThat(deflation.inflate(second, own)).isEqualTo("hello hello hello, my dear");
    own.end();
    server.end();
  }

  @Test
  void garbageIsAProtocolError() {
    ByteBuf garbage = Unpooled.wrappedBuffer(new byte[] {-1, -1, -1, -1});

    assertThatThrownBy(() -> deflation.inflate(garbage, null)).isInstanceOf(ProtocolError.class);
  }

  @Test
  void aBombIsAProtocolError() {
    byte[] zeros = new byte[32 << 20];
    ByteBuf bomb = wire(deflation.deflate(zeros));

    assertThatThrownBy(() -> deflation.inflate(bomb, null)).isInstanceOf(ProtocolError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | false | false | 15",
        "x-webkit-deflate-frame | false | false | 15",
        "permessage-deflate | true | true | 15",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover | true | false | 15",
        "permessage-deflate; client_max_window_bits=10 | true | true | 10"
      })
  void theAnswerOfTheServerDecides(String answer, boolean enabled, boolean keeps, int bits) {
    assertThat(DeflateTerms.of(answer)).isEqualTo(new DeflateTerms(enabled, keeps, bits));
  }

  @Test
  void whatDoesNotFitIntoTheWindowIsSentAsItIs() {
    DeflateTerms small = DeflateTerms.of("permessage-deflate; client_max_window_bits=9");

    assertThat(small.allows(512)).isTrue();
    assertThat(small.allows(513)).isFalse();
    assertThat(DeflateTerms.NONE.allows(1)).isFalse();
  }

  private static ByteBuf kept(Deflater server, String text) {
    byte[] out = new byte[1_000];
    server.setInput(text.getBytes(StandardCharsets.UTF_8));
    int length = server.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    return Unpooled.wrappedBuffer(Arrays.copyOf(out, length - 4));
  }

  private static ByteBuf wire(Deflation.Compressed compressed) {
    return Unpooled.copiedBuffer(compressed.bytes(), 0, compressed.length());
  }
}
