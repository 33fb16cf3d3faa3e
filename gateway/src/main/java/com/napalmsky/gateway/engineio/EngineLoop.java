package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.runtime.Timers;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What all sessions of one event loop share: its deadlines, one compressor and one inflater instead
 * of one per socket, and the flushing of everything written in one turn of the loop together.
 *
 * <p>{@link #run} is safe from any thread; everything else is confined to the loop.
 */
final class EngineLoop {

  /** Something written to that has not been flushed. */
  interface Flushable {
    void flush();
  }

  final EngineConfig config;
  final EngineMeter meter;
  final Wheel wheel;
  final FrameWriter writer;
  final Inflation inflation;

  private final EventExecutor executor;
  private final Consumer<Runnable> dispatcher;
  private final List<SharedText> encoded = new ArrayList<>();
  private List<Flushable> unflushed = new ArrayList<>();
  private List<Flushable> flushing = new ArrayList<>();
  private boolean flushScheduled;

  /**
   * @param dispatcher runs something on the context that belongs to the loop, when already on its
   *     thread
   */
  EngineLoop(
      EngineConfig config,
      EngineMeter meter,
      Timers timers,
      EventExecutor executor,
      Consumer<Runnable> dispatcher) {
    this.config = config;
    this.meter = meter;
    this.executor = executor;
    this.dispatcher = dispatcher;
    this.wheel = new Wheel(timers, tick(config));
    this.writer = new FrameWriter(config);
    this.inflation = new Inflation(config.maxPayload());
  }

  /** Runs something here: now when on this loop, else as soon as the loop gets to it, in order. */
  void run(Runnable action) {
    if (executor.inEventLoop()) {
      dispatcher.accept(action);
    } else {
      executor.execute(() -> dispatcher.accept(action));
    }
  }

  /** Whether the caller is on this loop. */
  boolean here() {
    return executor.inEventLoop();
  }

  /**
   * Notes how much there is of a message that has not come whole. The process bounds what all
   * clients together have begun: each may send a megabyte, thousands of them need not be let.
   *
   * @param before bytes, as noted last
   * @param after bytes; 0 when it is whole, or was let go of
   * @return false when there is no room; its client is to be sent away then, and to be noted with 0
   */
  boolean unfinished(int before, int after) {
    if (after == before) {
      return true;
    }
    long all = meter.unfinished(after - before);
    if (after < before || all <= config.unfinishedBytes()) {
      return true;
    }
    meter.noRoom();
    return false;
  }

  /** Flushes this at the end of the loop's turn; the caller keeps itself from asking twice. */
  void flushLater(Flushable flushable) {
    unflushed.add(flushable);
    scheduleFlush();
  }

  /** Keeps the encoded bytes of a shared message until the turn's end. */
  void forgetLater(SharedText text) {
    encoded.add(text);
    scheduleFlush();
  }

  void close() {
    writer.close();
    inflation.close();
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      executor.execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    List<Flushable> now = unflushed;
    unflushed = flushing;
    flushing = now;
    for (Flushable flushable : now) {
      flushable.flush();
    }
    now.clear();
    encoded.forEach(SharedText::forget);
    encoded.clear();
  }

  /** A twentieth of the shorter span: fine enough to be punctual, coarse enough to cost nothing. */
  private static Duration tick(EngineConfig config) {
    long shorter = Math.min(config.pingInterval().toMillis(), config.pingTimeout().toMillis());
    return Duration.ofMillis(Math.max(10, Math.min(250, shorter / 20)));
  }
}
