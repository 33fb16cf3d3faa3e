package com.napalmsky.shared.runtime.process;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process can do its work now. Parts add what they depend on; balancers and rolling
 * updates believe the sum. Safe from any thread.
 */
public final class Readiness {

  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final List<Check> checks = new CopyOnWriteArrayList<>();
  private final List<Telling> tellings = new CopyOnWriteArrayList<>();
  private volatile boolean begun;
  private volatile boolean stopping;

  private record Check(String name, Supplier<Future<Boolean>> works, @Nullable Context context) {}

  private record Telling(
      String name, Supplier<Future<JsonObject>> text, @Nullable Context context) {}

  /**
   * Adds something that this process cannot do without. Of several with one name each must work.
   *
   * @param name as operators call it
   * @param works asked each time, on the context that added it; failed, or silent for 2 s, counts
   *     as no
   */
  public void needs(String name, Supplier<Future<Boolean>> works) {
    checks.add(new Check(name, works, Vertx.currentContext()));
  }

  /**
   * Adds something that is told beside what works, and does not count.
   *
   * @param name of the field in the answer
   * @param text asked each time, on the context that added it; left out when failed, or silent for
   *     2 s
   */
  public void tells(String name, Supplier<Future<JsonObject>> text) {
    tellings.add(new Telling(name, text, Vertx.currentContext()));
  }

  /** Everything is started: from now on what was added decides. Before that the answer is no. */
  public void begin() {
    begun = true;
  }

  /** From now on no: the process is about to go. */
  public void stop() {
    stopping = true;
  }

  /** Whether the process is about to go. */
  public boolean stopping() {
    return stopping;
  }

  /** What works, by name, in the order in which it was added. Never fails. */
  public Future<Map<String, Boolean>> report() {
    List<Check> asked = List.copyOf(checks);
    List<Future<Boolean>> answers = new ArrayList<>();
    for (Check check : asked) {
      answers.add(
          on(check.context(), check.works())
              .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              .otherwise(false));
    }
    return Future.join(answers)
        .map(
            all -> {
              Map<String, Boolean> report = new LinkedHashMap<>();
              report.put("serving", begun && !stopping);
              for (int i = 0; i < answers.size(); i++) {
                report.merge(asked.get(i).name(), answers.get(i).result(), Boolean::logicalAnd);
              }
              return report;
            });
  }

  /** What is told beside it, by name. Never fails. */
  Future<Map<String, JsonObject>> told() {
    List<Telling> asked = List.copyOf(tellings);
    List<Future<JsonObject>> answers = new ArrayList<>();
    for (Telling telling : asked) {
      answers.add(
          on(telling.context(), telling.text()).timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }
    return Future.join(answers)
        .transform(
            all -> {
              Map<String, JsonObject> told = new LinkedHashMap<>();
              for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).succeeded()) {
                  told.put(asked.get(i).name(), answers.get(i).result());
                }
              }
              return Future.succeededFuture(told);
            });
  }

  private static <T> Future<T> on(@Nullable Context context, Supplier<Future<T>> question) {
    if (context == null) {
      return answer(question);
    }
    Promise<T> answer = Promise.promise();
    context.runOnContext(there -> answer(question).onComplete(answer));
    return answer.future();
  }

  private static <T> Future<T> answer(Supplier<Future<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }
}
