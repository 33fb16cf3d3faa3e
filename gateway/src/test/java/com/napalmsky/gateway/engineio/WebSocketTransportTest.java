package com.napalmsky.gateway.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.runtime.ManualTimers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The WebSocket alone, on a channel without a network. */
class WebSocketTransportTest {

  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;

  private final ManualTimers timers = new ManualTimers();
  private final EngineMeter meter = new EngineMeter();
  private final List<String> heard = new ArrayList<>();
  private final List<CloseReason> closed = new ArrayList<>();
  private EmbeddedChannel channel;
  private EngineSession session;
  private EngineLoop loop;

  @BeforeEach
  void open() {
    open(Fixtures.config());
  }

  private void reopen(EngineConfig config) {
    channel.finishAndReleaseAll();
    loop.close();
    closed.clear();
    open(config);
  }

  private void open(EngineConfig config) {
    channel = new EmbeddedChannel();
    loop = new EngineLoop(config, meter, timers, channel.eventLoop(), Runnable::run);
    session = new EngineSession(new Owner(), loop, "a.sid", "192.0.2.1", "agent");
    meter.opened(true);
    WebSocketTransport socket = new WebSocketTransport(loop, session, true, null);
    channel
        .pipeline()
        .addLast(
            new FrameReader(
                WebSocketDecoderConfig.newBuilder()
                    .allowExtensions(true)
                    .closeOnProtocolViolation(false)
                    .maxFramePayloadLength(config.maxPayload())
                    .build(),
                loop,
                socket::noRoom),
            socket);
    session.startOn(socket);
  }

  @AfterEach
  void nothingLeaks() {
    channel.finishAndReleaseAll();
    loop.close();
    assertThat(meter.unfinishedBytes()).isZero();
  }

  @Test
  void messagesGoBothWays() {
    receive(TEXT, "4hello");
    session.send("there");

    assertThat(heard).containsExactly("hello");
    assertThat(sent()).containsExactly("4there");
  }

  @Test
  void compressedMessagesAreRead() {
    receive(0xC1, deflate("4hello".getBytes(UTF_8)));

    assertThat(heard).containsExactly("hello");
  }

  @Test
  void aBombClosesTheSocket() {
    receive(0xC1, deflate(new byte[20_000_000]));

    assertThat(closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    assertThat(sent()).containsExactly("close 1009");
  }

  @Test
  void fragmentsAreJoinedAndControlFramesMayComeBetween() {
    receive(0x01, "4he");
    receive(PING, "x");
    receive(0x00, "l");
    receive(0x80, "lo");

    assertThat(heard).containsExactly("hello");
    assertThat(sent()).containsExactly("pong x");
  }

  @Test
  void compressedFragmentsAreJoinedBeforeTheyAreInflated() {
    byte[] whole = deflate(("4" + "abc".repeat(300)).getBytes(UTF_8));

    receive(0x41, Arrays.copyOf(whole, 4));
    receive(0x80, Arrays.copyOfRange(whole, 4, whole.length));

    assertThat(heard).containsExactly("abc".repeat(300));
  }

  @Test
  void fragmentsTogetherMayNotExceedTheLimit() {
    byte[] part = new byte[400_000];
    receive(0x02, part);
    receive(0x00, part);
    receive(0x00, part);

    assertThat(closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    assertThat(sent()).containsExactly("close 1009");
  }

  @Test
  void fragmentsForWhichThereIsNoRoomCloseTheSocketForTheClientToComeBack() {
    reopen(Fixtures.cramped(100_000));

    receive(0x02, new byte[60_000]);
    assertThat(meter.unfinishedBytes()).isEqualTo(60_000);
    receive(0x00, new byte[60_000]);

    assertThat(closed).containsExactly(CloseReason.FULL);
    assertThat(sent()).containsExactly("close 1013");
    assertThat(meter.unfinishedRefused()).isEqualTo(1);
    assertThat(meter.unfinishedBytes()).isZero();
  }

  @Test
  void aFrameForWhoseBeginningThereIsNoRoomClosesTheSocket() {
    reopen(Fixtures.cramped(100_000));

    channel.writeInbound(start(900_000, 90_000));
    assertThat(closed).isEmpty();
    channel.writeInbound(Unpooled.buffer().writeZero(90_000));

    assertThat(closed).containsExactly(CloseReason.FULL);
    assertThat(sent()).containsExactly("close 1013");
    assertThat(channel.config().isAutoRead()).isFalse();
  }

  @Test
  void aMessageThatComesWholeNeedsNoRoom() {
    reopen(Fixtures.cramped(65_536));

    receive(0x82, new byte[900_000]);
    receive(TEXT, "4hello");

    assertThat(closed).isEmpty();
    assertThat(heard).hasSize(2).endsWith("hello");
  }

  @Test
  void everyBreachOfTheProtocolClosesTheSocketOnce() {
    Object[][] breaches = {
      {"unknown packet", TEXT, bytes("abc"), 1002},
      {"empty packet", TEXT, bytes(""), 1002},
      {"ping from a client", TEXT, bytes("2"), 1002},
      {"open from a client", TEXT, bytes("0"), 1002},
      {"invalid UTF-8", TEXT, new byte[] {'4', (byte) 0xff}, 1007},
      {"no deflate stream", 0xC1, new byte[] {(byte) 0xff, (byte) 0xff}, 1007},
      {"unknown extension", 0xA1, bytes("4a"), 1002},
      {"continuation of nothing", 0x80, bytes("4a"), 1002},
      {"compressed continuation", 0xC0, bytes("4a"), 1002},
      {"compressed ping", 0xC9, bytes("a"), 1002},
      {"reserved opcode", 0x83, bytes("a"), 1002},
      {"close without a status", CLOSE, new byte[] {1}, 1002}
    };
    for (Object[] breach : breaches) {
      open();
      closed.clear();

      receive((int) breach[1], (byte[]) breach[2]);
      receive(TEXT, "4more");

      assertThat(closed).as((String) breach[0]).containsExactly(CloseReason.PROTOCOL_ERROR);
      assertThat(sent()).as((String) breach[0]).containsExactly("close " + breach[3]);
      assertThat(heard).isEmpty();
      channel.finishAndReleaseAll();
    }
  }

  @Test
  void anUnmaskedFrameIsRefused() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) TEXT, 2, '4', 'a'}));

    assertThat(closed).containsExactly(CloseReason.PROTOCOL_ERROR);
  }

  @Test
  void aFrameThatAnnouncesTooMuchIsRefusedBeforeItArrives() {
    ByteBuf head = Unpooled.buffer().writeByte(0x82).writeByte(0xFF).writeLong(1_000_001);
    channel.writeInbound(head);

    assertThat(closed).containsExactly(CloseReason.PROTOCOL_ERROR);
    assertThat(sent()).containsExactly("close 1009");
  }

  @Test
  void aClientsCloseIsAnsweredAndEndsTheConnection() {
    receive(CLOSE, new byte[] {0x03, (byte) 0xE9});

    assertThat(closed).containsExactly(CloseReason.CLIENT_CLOSED);
    assertThat(sent()).containsExactly("close 1001");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void afterOurCloseTheClientHasTwoSecondsToAnswer() {
    session.send("last");
    session.close(CloseReason.DISPLACED);

    assertThat(closed).containsExactly(CloseReason.DISPLACED);
    assertThat(sent()).containsExactly("4last", "close 1000");
    timers.advance(Duration.ofMillis(1_500));
    assertThat(channel.isOpen()).isTrue();
    timers.advance(Duration.ofSeconds(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void whoIsToComeBackFindsTheConnectionEndedWithoutAWord() {
    session.send("last");
    session.close(CloseReason.SHUTDOWN);

    assertThat(closed).containsExactly(CloseReason.SHUTDOWN);
    assertThat(sent()).containsExactly("4last");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aLostConnectionIsTold() {
    receive(0x01, "4half");
    channel.close();

    assertThat(closed).containsExactly(CloseReason.TRANSPORT_LOST);
    assertThat(meter.openWebSockets()).isZero();
    assertThat(meter.closed(CloseReason.TRANSPORT_LOST)).isOne();
  }

  @Test
  void nothingIsHeardOrSentAfterTheEnd() {
    session.close(CloseReason.BANNED);
    receive(TEXT, "4late");
    session.send("late");
    session.close(CloseReason.SLOW);

    assertThat(heard).isEmpty();
    assertThat(sent()).containsExactly("close 1000");
    assertThat(closed).containsExactly(CloseReason.BANNED);
  }

  @Test
  void pingsAreSentAndAnswersKeepTheSessionOpen() {
    for (int i = 0; i < 5; i++) {
      timers.advance(Duration.ofSeconds(25));
      channel.runPendingTasks();
      assertThat(sent()).containsExactly("2");
      timers.advance(Duration.ofSeconds(1));
      receive(TEXT, "3");
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void aSilentClientIsClosedAfterIntervalAndTimeout() {
    timers.advance(Duration.ofSeconds(84));
    assertThat(closed).isEmpty();

    timers.advance(Duration.ofSeconds(2));
    assertThat(closed).containsExactly(CloseReason.PING_TIMEOUT);
  }

  @Test
  void aClientThatTalksIsAlive() {
    for (int i = 0; i < 30; i++) {
      timers.advance(Duration.ofSeconds(10));
      receive(TEXT, "4still here");
    }
    assertThat(closed).isEmpty();
  }

  @Test
  void aClientThatDoesNotReadIsClosedAsSlow() {
    unwritable();
    for (int i = 0; i < 6; i++) {
      session.send("x".repeat(1_000).repeat(50) + i);
      session.send(Buffer.buffer(noise(50_000)));
    }

    assertThat(closed).containsExactly(CloseReason.SLOW);
    assertThat(meter.closed(CloseReason.SLOW)).isOne();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void oneLargeMessageIsNotSlowness() {
    session.send(Buffer.buffer(new byte[900_000]));
    session.send("next");

    assertThat(closed).isEmpty();
    channel.runPendingTasks();
    channel.releaseOutbound();
  }

  @Test
  void sharedMessagesAreEncodedOnceAndForgotten() {
    SharedText shared = new SharedText("abc".repeat(1_000));
    session.send(shared);
    session.send(shared);
    assertThat(sent()).containsExactly("deflated", "deflated");

    session.send(shared);
    assertThat(sent()).containsExactly("deflated");
  }

  @Test
  void noiseNeverEscapesTheHandler() {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      open();
      byte[] noise = new byte[1 + random.nextInt(60)];
      random.nextBytes(noise);
      if (round % 2 == 0) {
        receive(0x80 | (random.nextInt(128)), noise);
      } else {
        channel.writeInbound(Unpooled.copiedBuffer(noise));
      }
      channel.checkException();
      channel.finishAndReleaseAll();
    }
    open();
  }

  /** Leaves everything written in the channel's buffer. */
  private void unwritable() {
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void flush(ChannelHandlerContext context) {}
            });
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(5).nextBytes(noise);
    return noise;
  }

  private void receive(int head, String payload) {
    receive(head, bytes(payload));
  }

  private void receive(int head, byte[] payload) {
    ByteBuf frame = Unpooled.buffer().writeByte(head);
    if (payload.length < 126) {
      frame.writeByte(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.writeByte(0x80 | 126).writeShort(payload.length);
    } else {
      frame.writeByte(0x80 | 127).writeLong(payload.length);
    }
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.writeByte(payload[i] ^ mask[i & 3]);
    }
    channel.writeInbound(frame);
  }

  /** The head of a frame, and as much of what it announces. */
  private static ByteBuf start(int announced, int come) {
    return Unpooled.buffer()
        .writeByte(0x82)
        .writeByte(0xFF)
        .writeLong(announced)
        .writeInt(0)
        .writeZero(come);
  }

  private List<String> sent() {
    channel.runPendingTasks();
    List<String> all = new ArrayList<>();
    for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
      if (frame.isReadable()) {
        all.add(describe(frame));
      }
      frame.release();
    }
    return all;
  }

  private static String describe(ByteBuf frame) {
    int head = frame.readUnsignedByte();
    int length = frame.readUnsignedByte();
    return switch (head) {
      case 0x81 -> frame.skipBytes(length == 126 ? 2 : 0).toString(UTF_8);
      case 0xC1 -> "deflated";
      case 0x88 -> "close " + frame.readUnsignedShort();
      case 0x8A -> "pong " + frame.toString(UTF_8);
      default -> "frame " + head;
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(plain);
    byte[] out = new byte[plain.length / 10 + 1_000];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, length - 4);
  }

  private final class Owner implements EngineSession.Owner, EngineHandler {

    @Override
    public void identified(EngineSession session) {}

    @Override
    public EngineHandler handler() {
      return this;
    }

    @Override
    public void ended(EngineSession session) {}

    @Override
    public void onOpen(EngineSession session) {}

    @Override
    public void onText(EngineSession session, String message) {
      heard.add(message);
    }

    @Override
    public void onBinary(EngineSession session, Buffer message) {
      heard.add(message.toString());
    }

    @Override
    public void onClose(EngineSession session, CloseReason reason) {
      closed.add(reason);
    }
  }
}
