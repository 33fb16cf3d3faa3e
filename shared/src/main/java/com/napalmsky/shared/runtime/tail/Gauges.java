package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.bus.TrafficContract.Gauge;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much there is of the few things that a watcher sees at a glance. Parts of the process add to
 * it; nobody is asked while nobody watches. Safe from any thread.
 */
public final class Gauges implements Shareable {

  /** Sockets that are open. */
  public static final String SOCKETS = "sockets";

  /** Sockets of people who can be invited. */
  public static final String LOBBY = "lobby";

  /** Calls that this process carries. */
  public static final String CALLS = "calls";

  private static final String MAP = "com.napalmsky.tail";
  private static final Duration LIMIT = Duration.ofMillis(800);

  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private record Asked(String name, LongSupplier amount, @Nullable Context context) {}

  Gauges() {}

  /** Those of a Vert.x; the same each time. */
  public static Gauges of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Gauges>getLocalMap(MAP)
        .computeIfAbsent("gauges", first -> new Gauges());
  }

  /**
   * Adds something. What several add under one name is summed up.
   *
   * @param amount asked on the context that added it
   */
  public void add(String name, LongSupplier amount) {
    asked.add(new Asked(name, amount, Vertx.currentContext()));
  }

  /** All of them, in the order of their names, without who does not answer in time. */
  Future<List<Gauge>> read() {
    List<Asked> all = List.copyOf(asked);
    List<Future<Long>> answers = new ArrayList<>();
    for (Asked one : all) {
      answers.add(ask(one).timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }
    return Future.join(answers)
        .transform(
            joined -> {
              Map<String, Long> sums = new TreeMap<>();
              for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).succeeded()) {
                  sums.merge(all.get(i).name(), answers.get(i).result(), Long::sum);
                }
              }
              List<Gauge> gauges = new ArrayList<>();
              sums.forEach((name, amount) -> gauges.add(new Gauge(name, amount)));
              return Future.succeededFuture(gauges);
            });
  }

  private static Future<Long> ask(Asked one) {
    Context context = one.context();
    if (context == null) {
      return amount(one);
    }
    Promise<Long> answer = Promise.promise();
    context.runOnContext(there -> amount(one).onComplete(answer));
    return answer.future();
  }

  private static Future<Long> amount(Asked one) {
    try {
      return Future.succeededFuture(one.amount().getAsLong());
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }
}
