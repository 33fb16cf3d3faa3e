package com.napalmsky.gateway.engineio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/** Reads frames, and notes what it holds of one that has not come whole. */
final class FrameReader extends WebSocket13FrameDecoder {

  private final EngineLoop loop;
  private final Runnable noRoom;
  private int held;

  /**
   * @param noRoom called when the process has no room for what it holds
   */
  FrameReader(WebSocketDecoderConfig config, EngineLoop loop, Runnable noRoom) {
    super(config);
    this.loop = loop;
    this.noRoom = noRoom;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    super.channelRead(ctx, message);
    int holds = ctx.isRemoved() ? 0 : actualReadableBytes();
    if (holds != held && !note(holds)) {
      noRoom.run();
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    super.handlerRemoved0(ctx);
    note(0);
  }

  @CanIgnoreReturnValue
  private boolean note(int holds) {
    boolean room = loop.unfinished(held, holds);
    held = holds;
    return room;
  }
}
