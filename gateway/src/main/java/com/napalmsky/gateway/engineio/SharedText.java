package com.napalmsky.gateway.engineio;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A text message for many sessions of one event loop, framed once for sockets with compression and
 * once for those without, when the first of each kind needs it. The frames live until the end of
 * the loop's turn; sent again later, the message is framed again.
 *
 * <p>Confined to one event loop.
 */
public final class SharedText {

  private final String text;
  private int plainLength;
  private @Nullable ByteBuf plain;
  private @Nullable ByteBuf deflated;

  /**
   * @param text the message without the packet type
   */
  public SharedText(String text) {
    this.text = text;
  }

  /** The message without the packet type. */
  public String text() {
    return text;
  }

  /** The frame, to be released by the one who writes it. */
  ByteBuf frame(EngineLoop loop, boolean deflate) {
    if (plain == null && deflated == null) {
      loop.forgetLater(this);
      plainLength = FrameWriter.plainLength(text);
    }
    boolean compress = deflate && plainLength >= loop.config.deflateThreshold();
    ByteBuf frame = compress ? deflated : plain;
    if (frame == null) {
      frame = loop.writer.text(PacketType.MESSAGE, text, compress);
      if (compress) {
        deflated = frame;
      } else {
        plain = frame;
      }
    }
    return frame.retainedDuplicate();
  }

  int plainLength() {
    return plainLength;
  }

  void forget() {
    if (plain != null) {
      plain.release();
      plain = null;
    }
    if (deflated != null) {
      deflated.release();
      deflated = null;
    }
  }
}
