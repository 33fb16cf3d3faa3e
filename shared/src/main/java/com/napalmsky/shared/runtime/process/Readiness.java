package com.napalmsky.shared.runtime.process;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
  private volatile boolean stopping;

  private record Check(String name, Supplier<Future<Boolean>> works, @Nullable Context context) {}

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
      answers.add(ask(check).timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS).otherwise(false));
    }
    return Future.join(answers)
        .map(
            all -> {
              Map<String, Boolean> report = new LinkedHashMap<>();
              report.put("serving", !stopping);
              for (int i = 0; i < answers.size(); i++) {
                report.merge(asked.get(i).name(), answers.get(i).result(), Boolean::logicalAnd);
              }
              return report;
            });
  }

  private static Future<Boolean> ask(Check check) {
    Context context = check.context();
    if (context == null) {
      return works(check);
    }
    Promise<Boolean> answer = Promise.promise();
    context.runOnContext(there -> works(check).onComplete(answer));
    return answer.future();
  }

  private static Future<Boolean> works(Check check) {
    try {
      return check.works().get();
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }
}
