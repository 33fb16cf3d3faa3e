package com.napalmsky.gateway.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompressionTest {

  private static final int LIMIT = 100_000;

  private final FrameWriter writer = new FrameWriter(Fixtures.config());
  private final Inflation inflation = new Inflation(LIMIT);

  @AfterEach
  void close() {
    writer.close();
    inflation.close();
  }

  @Test
  void aShortTextIsFramedPlain() {
    ByteBuf frame = writer.text('4', "hällo", true);

    assertThat(frame.readUnsignedByte()).isEqualTo((short) 0x81);
    assertThat(frame.readUnsignedByte()).isEqualTo((short) 7);
    assertThat(frame.toString(UTF_8)).isEqualTo("4hällo");
    frame.release();
  }

  @Test
  void framesOfEverySizeAndKindAreReadBack() throws BrokenMessage {
    for (int length :
        new int[] {0, 1, 124, 125, 126, 1_023, 1_024, 65_534, 65_535, 65_536, 90_000}) {
      for (boolean deflate : new boolean[] {true, false}) {
        String text = "é€😀ab".repeat(length / 11 + 1).substring(0, Math.max(0, length / 3));
        ByteBuf frame = writer.text('4', text, deflate);
        assertThat(read(frame)).isEqualTo("4" + text);
      }
    }
  }

  @Test
  void whatCompressionWouldEnlargeStaysPlain() {
    byte[] noise = new byte[4_096];
    new Random(1).nextBytes(noise);

    ByteBuf frame = writer.binary(noise, true);

    assertThat(frame.getUnsignedByte(0)).isEqualTo((short) 0x82);
    frame.release();
  }

  @Test
  void messagesStandAloneSoThatFramesCanBeShared() throws BrokenMessage {
    String text = "{\"userId\":\"5b0c\"}".repeat(200);
    ByteBuf first = writer.text('4', text, true);
    ByteBuf second = writer.text('4', text, true);

    assertThat(first).isEqualTo(second);
    assertThat(read(second)).isEqualTo("4" + text);
    assertThat(read(first)).isEqualTo("4" + text);
  }

  @Test
  void aBombIsCutAtTheLimit() {
    byte[] bomb = deflate(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(LIMIT);

    assertThatThrownBy(() -> inflation.inflate(Unpooled.wrappedBuffer(bomb)))
        .isInstanceOfSatisfying(
            BrokenMessage.class, broken -> assertThat(broken.status()).isEqualTo(1009));
  }

  @Test
  void theLimitItselfIsAllowed() throws BrokenMessage {
    assertThat(inflation.inflate(Unpooled.wrappedBuffer(deflate(new byte[LIMIT])))).hasSize(LIMIT);
    assertThatThrownBy(
            () -> inflation.inflate(Unpooled.wrappedBuffer(deflate(new byte[LIMIT + 1]))))
        .isInstanceOf(BrokenMessage.class);
  }

  @Test
  void noiseIsRefusedOrReadButNeverThrowsAnythingElse() throws BrokenMessage {
    Random random = new Random(42);
    byte[] good = deflate("something sensible ".repeat(50).getBytes(UTF_8));
    for (int round = 0; round < 5_000; round++) {
      byte[] noise = round % 2 == 0 ? good.clone() : new byte[random.nextInt(200)];
      if (round % 2 == 0) {
        noise[random.nextInt(noise.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        random.nextBytes(noise);
      }
      try {
        assertThat(inflation.inflate(Unpooled.wrappedBuffer(noise)).length)
            .isLessThanOrEqualTo(LIMIT);
      } catch (BrokenMessage expected) {
        assertThat(expected.status()).isIn(1007, 1009);
      }
    }
    assertThat(inflation.inflate(Unpooled.wrappedBuffer(good)))
        .isEqualTo("something sensible ".repeat(50).getBytes(UTF_8));
  }

  @Test
  void gzipBodiesAreReadByOthers() throws IOException {
    byte[] body = "0123456789".repeat(1_000).getBytes(UTF_8);

    byte[] zipped = writer.gzip(body);

    assertThat(zipped).isNotNull().hasSizeLessThan(200);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
        .isEqualTo(body);
    assertThat(writer.gzip(Arrays.copyOf(body, 1_000))).isNull();
  }

  @Test
  void invalidUtf8IsRefusedAndAReplacementCharacterIsNot() throws BrokenMessage {
    assertThat(Utf8.decode("a\uFFFDb😀".getBytes(UTF_8))).isEqualTo("a\uFFFDb😀");
    for (byte[] invalid :
        new byte[][] {
          {(byte) 0xff}, {(byte) 0xc0, (byte) 0x80}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}
        }) {
      assertThatThrownBy(() -> Utf8.decode(invalid)).isInstanceOf(BrokenMessage.class);
    }
  }

  private static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(plain);
    byte[] out = new byte[plain.length / 10 + 1_000];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, length - 4);
  }

  private String read(ByteBuf frame) throws BrokenMessage {
    try {
      boolean compressed = (frame.readByte() & 0x40) != 0;
      int length = frame.readUnsignedByte();
      if (length == 126) {
        length = frame.readUnsignedShort();
      } else if (length == 127) {
        length = (int) frame.readLong();
      }
      assertThat(frame.readableBytes()).isEqualTo(length);
      byte[] bytes = compressed ? inflation.inflate(frame) : ByteBufUtil.getBytes(frame);
      return new String(bytes, UTF_8);
    } finally {
      frame.release();
    }
  }
}
