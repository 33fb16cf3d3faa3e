package com.napalmsky.shared.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** The time as the bus needs it, in milliseconds. */
interface BusClock {

  /** The present, since 1970. */
  long now();

  /** Succeeds later, on the caller's context. */
  Future<Void> after(long millis);

  static BusClock of(Vertx vertx) {
    return new BusClock() {
      @Override
      public long now() {
        return System.currentTimeMillis();
      }

      @Override
      public Future<Void> after(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(millis, fired -> over.complete());
        return over.future();
      }
    };
  }
}
