package com.napalmsky.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two gateways, each with a connection of its own. */
class SharedRateLimitsTest {

  private static final String ANNA = "account:anna@example.org";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final Windows ownWindows = windows();
  private final List<RedisClient> opened = new ArrayList<>();

  @AfterEach
  void stop() {
    Future<Void> closed =
        onLoop(
            null,
            unused -> Future.join(opened.stream().map(RedisClient::close).toList()).mapEmpty());
    assertThat(await(closed)).isNull();
    assertThat(await(vertx.close())).isNull();
  }

  @Test
  void allGatewaysCountTogether() {
    RedisConfig config = TestRedis.shared().config();
    RateLimits one = gateway(config, ownWindows);
    RateLimits two = gateway(config, windows());

    assertThat(granted(one, 2) + granted(two, 10)).isEqualTo(3);
    assertThat(ask(limits -> limits.look(Limit.GUESTS, ANNA), one).exceeded()).isTrue();
    assertThat(ask(limits -> limits.look(Limit.GUESTS, "ip:192.0.2.1"), one).exceeded()).isFalse();
    assertThat(ownWindows.refusals()).containsEntry(Limit.GUESTS, 1L);
  }

  @Test
  void whatOneGatewayGivesBackAnotherCanTake() {
    RedisConfig config = TestRedis.shared().config();
    RateLimits one = gateway(config, ownWindows);
    RateLimits two = gateway(config, windows());
    assertThat(granted(one, 3)).isEqualTo(3);

    assertThat(ask(limits -> limits.giveBack(Limit.GUESTS, ANNA), one).remaining()).isEqualTo(1);

    assertThat(granted(two, 5)).isEqualTo(1);
  }

  @Test
  void aWindowEndsAnHourAfterItsFirstRequestAndNamesNobody() {
    RedisConfig config = TestRedis.shared().config();
    Allowance first = ask(limits -> limits.take(Limit.GUESTS, ANNA), gateway(config, ownWindows));

    assertThat(first.resetSeconds()).isBetween(3_590L, 3_600L);
    assertThat(first.remaining()).isEqualTo(2);
    assertThat(TestRedis.shared().command("EVAL \"" + countKeys(config, "anna") + "\" 0"))
        .isEqualTo(":0");
    assertThat(TestRedis.shared().command("EVAL \"" + countKeys(config, "guests") + "\" 0"))
        .isEqualTo(":1");
  }

  @Test
  void whileRedisIsDeafOrGoneEachGatewayCountsForItself() {
    try (TestRedis server = TestRedis.start()) {
      RateLimits one = gateway(server.config().withTimeLimit(Duration.ofSeconds(1)), ownWindows);
      assertThat(granted(one, 3)).isEqualTo(3);

      server.pause();
      assertThat(granted(one, 5)).isEqualTo(3);
      server.resume();
      server.stop();
      assertThat(granted(one, 5)).isZero();

      server.restart();
      assertThat(await(untilCounted(one, System.nanoTime()))).isNull();
    }
  }

  private Future<Void> untilCounted(RateLimits limits, long since) {
    assertThat(System.nanoTime() - since).isLessThan(TimeUnit.SECONDS.toNanos(15));
    return onLoop(limits, on -> on.look(Limit.GUESTS, ANNA))
        .compose(
            allowance ->
                allowance.exceeded()
                    ? vertx.timer(20).compose(over -> untilCounted(limits, since))
                    : Future.succeededFuture());
  }

  private static String countKeys(RedisConfig config, String part) {
    return "return #redis.call('KEYS','*" + config.prefix() + ":*" + part + "*')";
  }

  private static Windows windows() {
    return new Windows(new ManualTimers(), Map.of(Limit.GUESTS, 3), 100);
  }

  private RateLimits gateway(RedisConfig config, Windows here) {
    return await(
        onLoop(
            null,
            unused -> {
              RedisClient client =
                  RedisClient.open(
                      vertx, config.hurried(Duration.ofMillis(500)), SharedRateLimits.SCRIPTS);
              opened.add(client);
              return Future.succeededFuture(
                  new SharedRateLimits(client, config.keys("limits"), here));
            }));
  }

  private long granted(RateLimits limits, int attempts) {
    return IntStream.range(0, attempts)
        .filter(at -> !ask(on -> on.take(Limit.GUESTS, ANNA), limits).exceeded())
        .count();
  }

  private Allowance ask(Function<RateLimits, Future<Allowance>> question, RateLimits limits) {
    return await(onLoop(limits, question));
  }

  private <T> Future<T> onLoop(RateLimits limits, Function<RateLimits, Future<T>> task) {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(now -> task.apply(limits).onComplete(promise::complete, promise::fail));
    return promise.future();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("no answer", failed);
    }
  }
}
