package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket, as the last handler of its Netty channel. It owns everything from frames upwards:
 * fragments, compression, control frames, the closing handshake, and how much may wait for a client
 * that does not read.
 *
 * <pre>
 *   OPEN ──close sent or received──▶ CLOSING ──close received, or time is up──▶ CLOSED
 *     └────────────── connection lost, or too slow ────────────────────────────────┘
 * </pre>
 *
 * <p>Fields are confined to the channel's loop, which is the session's home except for an upgrade
 * that arrived elsewhere; {@link Transport}'s methods may be called from the home.
 */
final class WebSocketTransport extends ChannelInboundHandlerAdapter
    implements Transport, EngineLoop.Flushable {

  private enum State {
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final Logger log = LoggerFactory.getLogger(WebSocketTransport.class);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

  private final EngineLoop loop;
  private final EngineSession session;
  private final boolean deflate;
  private final @Nullable Runnable onClosed;
  private @Nullable ChannelHandlerContext context;
  private State state = State.OPEN;
  private @Nullable ByteBuf fragments;
  private boolean fragmentsAreText;
  private boolean fragmentsAreCompressed;
  private boolean dirty;

  /** Either the limit for a client that reads nothing, or the one for its answer to a close. */
  private Wheel.@Nullable Entry limit;

  /**
   * @param loop the channel's loop
   * @param deflate whether compression was negotiated
   * @param onClosed called once when the channel is closed
   */
  WebSocketTransport(
      EngineLoop loop, EngineSession session, boolean deflate, @Nullable Runnable onClosed) {
    this.loop = loop;
    this.session = session;
    this.deflate = deflate;
    this.onClosed = onClosed;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  // What the session sends.

  @Override
  public void text(char type, String text) {
    EngineLoop home = session.loop();
    ByteBuf frame = home.writer.text(type, text, deflate);
    home.meter.sent(FrameWriter.plainLength(text), frame.readableBytes());
    send(frame);
  }

  @Override
  public void shared(SharedText text) {
    EngineLoop home = session.loop();
    ByteBuf frame = text.frame(home, deflate);
    home.meter.sent(text.plainLength(), frame.readableBytes());
    send(frame);
  }

  @Override
  public void binary(byte[] message) {
    EngineLoop home = session.loop();
    ByteBuf frame = home.writer.binary(message, deflate);
    home.meter.sent(message.length, frame.readableBytes());
    send(frame);
  }

  @Override
  public long waiting() {
    ChannelHandlerContext ctx = context;
    return ctx == null ? 0 : waiting(ctx);
  }

  @Override
  public void finish(int status) {
    if (loop.here()) {
      startClosing(status);
    } else {
      loop.run(() -> startClosing(status));
    }
  }

  @Override
  public void hangUp() {
    if (loop.here()) {
      stopSending();
    } else {
      loop.run(this::stopSending);
    }
  }

  private void send(ByteBuf frame) {
    if (loop.here()) {
      write(frame);
    } else {
      loop.run(() -> write(frame));
    }
  }

  private void write(ByteBuf frame) {
    ChannelHandlerContext ctx = context;
    if (state != State.OPEN || ctx == null) {
      frame.release();
      return;
    }
    if (full(ctx, frame) && dirty) {
      // What this turn of the loop wrote was not even offered to the client yet.
      ctx.flush();
    }
    if (full(ctx, frame)) {
      frame.release();
      tooSlow();
      return;
    }
    writeFrame(ctx, frame);
  }

  private void writeFrame(ChannelHandlerContext ctx, ByteBuf frame) {
    var unused = ctx.write(frame, ctx.voidPromise());
    if (!dirty) {
      dirty = true;
      loop.flushLater(this);
    }
  }

  @Override
  public void flush() {
    dirty = false;
    if (context != null) {
      context.flush();
    }
  }

  private boolean full(ChannelHandlerContext ctx, ByteBuf frame) {
    long waiting = waiting(ctx);
    return waiting > 0 && waiting + frame.readableBytes() > loop.config.outboundBytes();
  }

  private static long waiting(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (state == State.OPEN) {
      if (ctx.channel().isWritable()) {
        callOff();
      } else if (limit == null) {
        limit = loop.wheel.after(loop.config.outboundStall(), this::tooSlow);
      }
    }
  }

  private void tooSlow() {
    if (state == State.OPEN) {
      drop();
      tellGone(CloseReason.SLOW);
    }
  }

  // What the client sends.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof CloseWebSocketFrame close) {
        closeReceived(ctx, close);
      } else if (message instanceof WebSocketFrame frame && state == State.OPEN) {
        receive(ctx, frame);
      }
    } catch (BrokenMessage broken) {
      refuse(broken.status());
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(ChannelHandlerContext ctx, WebSocketFrame frame) throws BrokenMessage {
    boolean text = frame instanceof TextWebSocketFrame;
    if (text || frame instanceof BinaryWebSocketFrame) {
      boolean compressed = compressed(frame.rsv());
      if (frame.isFinalFragment()) {
        deliver(text, compressed, frame.content());
      } else {
        fragmentsAreText = text;
        fragmentsAreCompressed = compressed;
        int length = frame.content().readableBytes();
        fragments = ctx.alloc().buffer(length).writeBytes(frame.content());
        if (!loop.unfinished(0, length)) {
          noRoom();
        }
      }
      return;
    }
    if (frame.rsv() != 0) {
      throw new BrokenMessage(CloseStatus.PROTOCOL_ERROR);
    }
    if (frame instanceof ContinuationWebSocketFrame) {
      receiveFragment(frame);
    } else if (frame instanceof PingWebSocketFrame) {
      write(loop.writer.pong(frame.content()));
    }
  }

  private void receiveFragment(WebSocketFrame frame) throws BrokenMessage {
    ByteBuf message = fragments;
    if (message == null) {
      throw new BrokenMessage(CloseStatus.PROTOCOL_ERROR);
    }
    if (message.readableBytes() + frame.content().readableBytes() > loop.config.maxPayload()) {
      throw new BrokenMessage(CloseStatus.TOO_BIG);
    }
    int before = message.readableBytes();
    message.writeBytes(frame.content());
    if (!frame.isFinalFragment()) {
      if (!loop.unfinished(before, message.readableBytes())) {
        noRoom();
      }
    } else {
      fragments = null;
      var unused = loop.unfinished(before, 0);
      try {
        deliver(fragmentsAreText, fragmentsAreCompressed, message);
      } finally {
        message.release();
      }
    }
  }

  private boolean compressed(int rsv) throws BrokenMessage {
    if (rsv == 0) {
      return false;
    }
    if (rsv != WebSocketExtension.RSV1 || !deflate) {
      throw new BrokenMessage(CloseStatus.PROTOCOL_ERROR);
    }
    return true;
  }

  private void deliver(boolean text, boolean compressed, ByteBuf content) throws BrokenMessage {
    byte[] message = compressed ? loop.inflation.inflate(content) : ByteBufUtil.getBytes(content);
    if (text) {
      String packet = Utf8.decode(message);
      session.loop().run(() -> session.onText(this, packet));
    } else {
      session.loop().run(() -> session.onBinary(this, message));
    }
  }

  // The end.

  private void closeReceived(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    if (state == State.OPEN) {
      int status = close.statusCode();
      startClosing(status < 0 ? CloseStatus.NORMAL : status);
      tellGone(CloseReason.CLIENT_CLOSED);
    }
    if (state == State.CLOSING) {
      closeChannel(ctx);
    }
  }

  /** The process has no room for what this client has begun to send. */
  void noRoom() {
    ChannelHandlerContext ctx = context;
    if (state == State.OPEN && ctx != null) {
      startClosing(CloseStatus.TRY_AGAIN_LATER);
      // What it sends while it is told would have to be kept as well.
      ctx.channel().config().setAutoRead(false);
      tellGone(CloseReason.FULL);
    }
  }

  private void refuse(int status) {
    if (state == State.OPEN) {
      startClosing(status);
      tellGone(CloseReason.PROTOCOL_ERROR);
    }
  }

  private void startClosing(int status) {
    ChannelHandlerContext ctx = context;
    if (state == State.OPEN && ctx != null) {
      awaitClose();
      writeFrame(ctx, loop.writer.close(status));
    }
  }

  /**
   * Without a close frame: OkHttp, and so the client of Socket.IO for Java, stops reading at one
   * and tells nobody, and its user is deaf until something is written or a ping is overdue. The end
   * of the stream is noticed by all.
   */
  private void stopSending() {
    ChannelHandlerContext ctx = context;
    if (state == State.OPEN && ctx != null) {
      awaitClose();
      var unused =
          ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(ctx.channel()));
    }
  }

  private void endOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex) {
      var unused = duplex.shutdownOutput();
    } else {
      drop();
    }
  }

  private void awaitClose() {
    state = State.CLOSING;
    callOff();
    releaseFragments();
    limit = loop.wheel.after(CLOSING_TIME, this::drop);
  }

  /** Closes once everything written before has left, or the limit for closing has passed. */
  private void closeChannel(ChannelHandlerContext ctx) {
    state = State.CLOSED;
    var unused = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private void drop() {
    state = State.CLOSED;
    callOff();
    releaseFragments();
    if (context != null) {
      var unused = context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean lost = state == State.OPEN;
    state = State.CLOSED;
    callOff();
    releaseFragments();
    if (lost) {
      tellGone(CloseReason.TRANSPORT_LOST);
    }
    if (onClosed != null) {
      loop.run(onClosed);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupt) {
      refuse(corrupt.closeStatus().code());
    } else if (cause instanceof TooLongFrameException) {
      refuse(CloseStatus.TOO_BIG);
    } else {
      if (!(cause instanceof IOException)) {
        log.error("a web socket failed", cause);
      }
      boolean lost = state == State.OPEN;
      drop();
      if (lost) {
        tellGone(CloseReason.TRANSPORT_LOST);
      }
    }
  }

  private void tellGone(CloseReason reason) {
    session.loop().run(() -> session.onGone(this, reason));
  }

  private void callOff() {
    if (limit != null) {
      loop.wheel.cancel(limit);
      limit = null;
    }
  }

  private void releaseFragments() {
    if (fragments != null) {
      var unused = loop.unfinished(fragments.readableBytes(), 0);
      fragments.release();
      fragments = null;
    }
  }
}
