package com.napalmsky.user.media;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;

/** A file as a client sends it: in pieces, to its end or not so far. Confined to a context. */
final class Bytes implements ReadStream<Buffer> {

  enum End {
    WHOLE,
    /** The connection is lost. */
    BROKEN,
    /** Nothing more comes, ever. */
    SILENT
  }

  private static final int PIECE = 16 << 10;

  private final Context context;
  private final byte[] content;
  private final long length;
  private final End end;
  private Handler<Buffer> handler = piece -> {};
  private Handler<Throwable> failed = cause -> {};
  private Handler<Void> ended = nothing -> {};
  private long sent;
  private boolean paused = true;
  private boolean over;

  /**
   * @param length how much of the content, again and again if it is shorter, is sent
   */
  Bytes(Context context, byte[] content, long length, End end) {
    this.context = context;
    this.content = content;
    this.length = length;
    this.end = end;
  }

  private void go() {
    if (paused || over) {
      return;
    }
    if (sent < length) {
      int from = (int) (sent % content.length);
      int size = (int) Math.min(Math.min(PIECE, content.length - from), length - sent);
      sent += size;
      handler.handle(Buffer.buffer(size).appendBytes(content, from, size));
      context.runOnContext(next -> go());
      return;
    }
    over = true;
    switch (end) {
      case WHOLE -> ended.handle(null);
      case BROKEN -> failed.handle(new IOException("connection lost"));
      case SILENT -> {}
    }
  }

  /** Whether there is nothing more to come. */
  boolean over() {
    return over;
  }

  @Override
  public Bytes exceptionHandler(Handler<Throwable> handler) {
    failed = handler;
    return this;
  }

  @Override
  public Bytes handler(Handler<Buffer> handler) {
    this.handler = handler;
    return this;
  }

  @Override
  public Bytes endHandler(Handler<Void> handler) {
    ended = handler;
    return this;
  }

  @Override
  public Bytes pause() {
    paused = true;
    return this;
  }

  @Override
  public Bytes resume() {
    paused = false;
    context.runOnContext(next -> go());
    return this;
  }

  @Override
  public Bytes fetch(long amount) {
    return resume();
  }
}
