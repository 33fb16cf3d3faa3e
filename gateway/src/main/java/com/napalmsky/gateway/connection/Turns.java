package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;

/**
 * Lets the events of a socket through one by one, in order: an event that needs to know how an
 * earlier one ended waits until that is known.
 */
final class Turns {

  private final int most;
  private final ConnectionCounters counters;
  private final BiConsumer<Connection, Said> carryOut;

  Turns(int most, ConnectionCounters counters, BiConsumer<Connection, Said> carryOut) {
    this.most = most;
    this.counters = counters;
    this.carryOut = carryOut;
  }

  /** Carries an event out as soon as it is its turn. */
  void take(Connection connection, Said said) {
    ArrayDeque<Said> waiting = connection.waiting;
    if (connection.holds == 0 && waiting == null) {
      carryOut.accept(connection, said);
      return;
    }
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
      connection.waiting = waiting;
    }
    if (waiting.size() == most) {
      counters.count(Count.LINE_FULL);
      said.reply().refuse("Too many events are waiting");
      return;
    }
    waiting.addLast(said);
  }

  /** Has later events wait until something has ended, well or badly. */
  void hold(Connection connection, Future<?> step) {
    if (step.isComplete()) {
      return;
    }
    connection.holds++;
    step.onComplete(
        ended -> {
          connection.holds--;
          goOn(connection);
        });
  }

  /**
   * Has later events wait until something has ended and what follows from it was begun.
   *
   * @return ends like the step; what is chained to it before the step ends comes before any later
   *     event
   */
  <T> Future<T> holdThrough(Connection connection, Future<T> step) {
    if (step.isComplete()) {
      return step;
    }
    Promise<T> result = Promise.promise();
    Promise<Void> followed = Promise.promise();
    step.onComplete(
        value -> {
          result.complete(value);
          followed.complete();
        },
        cause -> {
          result.fail(cause);
          followed.complete();
        });
    hold(connection, followed.future());
    return result.future();
  }

  private void goOn(Connection connection) {
    while (connection.holds == 0) {
      ArrayDeque<Said> waiting = connection.waiting;
      Said next = waiting == null ? null : waiting.pollFirst();
      if (next == null) {
        connection.waiting = null;
        return;
      }
      carryOut.accept(connection, next);
    }
  }
}
