package com.napalmsky.signaling;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An event loop for adapters that are confined to one, to be used from a test's thread. */
public final class OnLoop implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final List<Step<Void>> closing = new ArrayList<>();

  /**
   * An adapter whose futures are those of its own loop.
   *
   * @param port the interface through which it is used
   */
  public <P> P store(
      Class<P> port,
      RedisConfig config,
      List<RedisScript> scripts,
      Function<RedisClient, P> adapter) {
    Context loop = vertx.getOrCreateContext();
    P store =
        got(
            on(
                loop,
                () -> {
                  RedisClient client = RedisClient.open(vertx, config, scripts);
                  closing.add(() -> on(loop, client::close));
                  return Future.succeededFuture(adapter.apply(client));
                }));
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (method.getReturnType() != Future.class) {
                return method.invoke(store, arguments);
              }
              return on(
                  loop,
                  () -> {
                    try {
                      return (Future<?>) method.invoke(store, arguments);
                    } catch (IllegalAccessException | InvocationTargetException fault) {
                      return Future.failedFuture(fault);
                    }
                  });
            }));
  }

  private interface Step<T> {
    Future<T> take();
  }

  private static <T> Future<T> on(Context loop, Step<T> step) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(running -> step.take().onComplete(done::complete, done::fail));
    return done.future();
  }

  /** What a future brings, which must not fail. */
  @CanIgnoreReturnValue
  public static <T> T got(Future<T> future) {
    CountDownLatch done = new CountDownLatch(1);
    future.onComplete(any -> done.countDown());
    try {
      if (!done.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("no answer within 20 s");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    if (future.failed()) {
      throw new AssertionError(future.cause());
    }
    return future.result();
  }

  @Override
  public void close() {
    closing.forEach(step -> got(step.take()));
    got(vertx.close());
  }
}
