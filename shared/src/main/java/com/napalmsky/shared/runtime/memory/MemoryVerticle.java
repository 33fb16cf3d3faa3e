package com.napalmsky.shared.runtime.memory;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Gives a guard its context, and stops it with its service. */
public final class MemoryVerticle extends VerticleBase {

  private final MemoryGuard guard;

  public MemoryVerticle(MemoryGuard guard) {
    this.guard = guard;
  }

  @Override
  public Future<?> start() {
    guard.begin(Timers.of(vertx));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    guard.end();
    return Future.succeededFuture();
  }
}
