package com.napalmsky.loadtest.people;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;

/** Does something for each of many, a few at a time; the outcome of one never stops the others. */
final class Workers<T> {

  private final EventLoop loop;
  private final Iterator<T> items;
  private final Function<T, Future<?>> action;
  private final Promise<Void> over = Promise.promise();
  private int working;

  private Workers(EventLoop loop, Iterator<T> items, Function<T, Future<?>> action) {
    this.loop = loop;
    this.items = items;
    this.action = action;
  }

  /** Completes when the action is done for each; actions run and end on the loop. */
  static <T> Future<Void> each(
      EventLoop loop, Iterable<T> items, int atOnce, Function<T, Future<?>> action) {
    Workers<T> workers = new Workers<>(loop, items.iterator(), action);
    loop.execute(
        () -> {
          workers.working = atOnce;
          for (int i = 0; i < atOnce; i++) {
            workers.next();
          }
        });
    return workers.over.future();
  }

  private void next() {
    if (!items.hasNext()) {
      if (--working == 0) {
        over.complete();
      }
      return;
    }
    // By way of the loop: actions that are done at once must not pile up on the stack.
    var unused = action.apply(items.next()).onComplete(done -> loop.execute(this::next));
  }
}
