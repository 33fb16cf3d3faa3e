package com.napalmsky.matchmaking.invite;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Clients of Redis on an event loop of their own, for tests that run on their own thread. */
final class LoopRedis implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  /** An adapter of a port, whose operations are carried out on the loop. */
  <T> T adapter(
      Class<T> port, RedisConfig config, List<RedisScript> scripts, Function<RedisClient, T> make) {
    T adapter =
        await(
            onLoop(
                () ->
                    Future.succeededFuture(make.apply(RedisClient.open(vertx, config, scripts)))));
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> onLoop(method, adapter, arguments)));
  }

  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("the store did not answer", failed);
    }
  }

  /** Waits for an answer, be it a failure. */
  static void settle(Future<?> future) {
    await(future.transform(Future::succeededFuture));
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private Object onLoop(Method method, Object adapter, Object[] arguments) {
    boolean answers = Future.class.equals(method.getReturnType());
    Future<Object> done =
        onLoop(
            () -> {
              try {
                Object result = method.invoke(adapter, arguments);
                return answers ? asFuture(result) : Future.succeededFuture(result);
              } catch (IllegalAccessException | InvocationTargetException broken) {
                return Future.failedFuture(broken);
              }
            });
    return answers ? done : await(done);
  }

  @SuppressWarnings("unchecked")
  private static Future<Object> asFuture(Object result) {
    return (Future<Object>) result;
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(now -> task.get().onComplete(promise::complete, promise::fail));
    return promise.future();
  }
}
