package com.napalmsky.gateway.connection;

import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all sockets of an event loop, because presence may have forgotten some: a few at a
 * time, the next one when one is answered, so that presence sets the pace. What fails is tried
 * again after a while; what comes meanwhile waits for nothing.
 *
 * <p>Confined to one event loop. Bounded by its sockets.
 */
final class RollCall {

  /** So many of each loop of each gateway are asked for at once. */
  private static final int MOST_AT_ONCE = 16;

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Logger LOG = LoggerFactory.getLogger(RollCall.class);

  private final Timers timers;
  private final Consumer<Consumer<Connection>> all;
  private final Function<Connection, Future<?>> call;
  private ArrayDeque<Connection> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean pausing;

  /**
   * @param all hands out every connection of the loop
   * @param call has presence know one; it fails when presence could not be asked
   */
  RollCall(
      Timers timers, Consumer<Consumer<Connection>> all, Function<Connection, Future<?>> call) {
    this.timers = timers;
    this.all = all;
    this.call = call;
  }

  /** Begins, from the beginning if it was under way. */
  void begin() {
    ArrayDeque<Connection> everyone = new ArrayDeque<>();
    all.accept(everyone::add);
    waiting = everyone;
    if (!everyone.isEmpty()) {
      LOG.info("presence is told of every socket again sockets={}", everyone.size());
    }
    goOn();
  }

  /** Goes on with those of which presence could not be told before, unless it is under way. */
  void makeUp() {
    if (size() == 0) {
      all.accept(
          connection -> {
            if (!connection.attached && !connection.attachOwed) {
              waiting.addLast(connection);
            }
          });
      goOn();
    }
  }

  /** How many have not been answered yet. */
  int size() {
    return waiting.size() + underWay;
  }

  private void goOn() {
    while (!pausing && underWay < MOST_AT_ONCE && !waiting.isEmpty()) {
      Connection next = waiting.removeFirst();
      if (next.session == null || !next.open()) {
        continue;
      }
      underWay++;
      call.apply(next)
          .onComplete(
              done -> {
                underWay--;
                goOn();
              },
              cause -> {
                underWay--;
                waiting.addFirst(next);
                pause();
              });
    }
  }

  private void pause() {
    if (!pausing) {
      pausing = true;
      var unused =
          timers.after(
              PAUSE,
              () -> {
                pausing = false;
                goOn();
              });
    }
  }
}
