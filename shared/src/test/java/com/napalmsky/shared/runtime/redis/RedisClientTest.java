package com.napalmsky.shared.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RedisClientTest {

  private static final RedisScript ADD = RedisScript.of(RedisClientTest.class, "add.lua");
  private static final int ATTEMPTS_MAX = 2_000;

  private final List<RedisClient> opened = new ArrayList<>();
  private Vertx vertx;
  private Context loop;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    loop = vertx.getOrCreateContext();
  }

  @AfterEach
  void stop() throws Exception {
    await(onLoop(() -> Future.join(opened.stream().map(RedisClient::close).toList())));
    await(vertx.close());
  }

  @Test
  void aScriptIsRunAndAnswered() throws Exception {
    RedisConfig config = TestRedis.shared().config();
    RedisClient redis = open(config);

    assertThat(add(redis, config, 2)).isEqualTo(2);
    assertThat(add(redis, config, 3)).isEqualTo(5);
  }

  @Test
  void aScriptThatTheServerForgotIsSentOnceMore() throws Exception {
    try (TestRedis server = TestRedis.start()) {
      RedisClient redis = open(server.config());
      assertThat(add(redis, server.config("x"), 1)).isEqualTo(1);

      server.command("SCRIPT FLUSH");

      assertThat(add(redis, server.config("x"), 1)).isEqualTo(2);
    }
  }

  @Test
  void operationsThatDoNotWaitForEachOtherAreDoneInTheirOrder() throws Exception {
    RedisConfig config = TestRedis.shared().config();
    RedisClient redis = open(config);

    List<Long> sums =
        await(
            onLoop(
                () ->
                    Future.join(
                            IntStream.range(0, 1_000)
                                .mapToObj(i -> run(redis, config, 1).map(Response::toLong))
                                .toList())
                        .map(all -> all.<Long>list())));

    assertThat(sums).isEqualTo(IntStream.rangeClosed(1, 1_000).mapToObj(Long::valueOf).toList());
  }

  @Test
  void itsOwnCloseIsNoLossToWarnOf() throws Exception {
    RedisConfig config = TestRedis.shared().config();
    RedisClient redis = open(config);
    assertThat(add(redis, config, 2)).isEqualTo(2);
    Logger log = (Logger) LoggerFactory.getLogger(RedisClient.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);

    try {
      await(onLoop(redis::close));
      await(onLoop(Future::succeededFuture));
    } finally {
      log.detachAppender(said);
    }

    assertThat(said.list).isEmpty();
  }

  @Test
  void whatRedisRefusesForAFaultOfTheCommandIsNotUnavailable() throws Exception {
    RedisClient redis = open(TestRedis.shared().config());

    assertThatThrownBy(
            () -> await(onLoop(() -> redis.send(Request.cmd(Command.INCRBY).arg("k").arg("x")))))
        .hasMessageContaining("not an integer");
    assertThat(redis.reachable()).isTrue();
  }

  @Test
  void moreThanMayWaitIsRefusedAsOverloaded() throws Exception {
    RedisConfig config = bounded(TestRedis.shared().config(), 2);
    RedisClient redis = open(config);

    Future<Response> third =
        await(
            onLoop(
                () -> {
                  Future<Response> unused = run(redis, config, 1);
                  Future<Response> alike = run(redis, config, 1);
                  return Future.succeededFuture(run(redis, config, 1));
                }));

    assertThat(third.cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.OVERLOADED));
  }

  @Test
  void whileTheServerIsGoneEverythingFailsAtOnceAndAfterwardsItIsAskedAgain() throws Exception {
    try (TestRedis server = TestRedis.start()) {
      RedisConfig config = server.config();
      RedisClient redis = open(config);
      assertThat(add(redis, config, 1)).isEqualTo(1);

      server.stop();
      until(() -> onLoop(() -> redis.probe().map(true).otherwise(false)).map(up -> !up));
      until(() -> onLoop(() -> Future.succeededFuture(!redis.reachable())));

      Future<Response> refused = await(onLoop(() -> Future.succeededFuture(run(redis, config, 1))));
      assertThat(refused.isComplete()).isTrue();
      assertThat(refused.cause()).isInstanceOf(ServiceFailure.class).hasMessageContaining("redis");
      assertThat(redis.health()).containsEntry("redis", "away");

      server.restart();
      until(() -> onLoop(() -> redis.probe().map(true).otherwise(false)));
      assertThat(add(redis, config, 1)).isEqualTo(1);
      assertThat(redis.health()).containsEntry("redis", "connected");
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftAndFoundAgain() throws Exception {
    try (TestRedis server = TestRedis.start()) {
      RedisConfig config = server.config().withTimeLimit(Duration.ofMillis(200));
      RedisClient redis = open(config);
      assertThat(add(redis, config, 1)).isEqualTo(1);

      server.pause();
      assertThatThrownBy(() -> add(redis, config, 1)).isInstanceOf(ServiceFailure.class);

      server.resume();
      until(() -> onLoop(() -> redis.probe().map(true).otherwise(false)));
      assertThat(add(redis, config, 1)).isBetween(2L, 3L);
    }
  }

  @Test
  void aServerThatIsNotThereYetIsFoundWhenItComes() throws Exception {
    try (TestRedis server = TestRedis.start()) {
      server.stop();
      RedisClient redis = open(server.config());
      until(() -> onLoop(() -> Future.succeededFuture(!redis.reachable())));

      server.restart();

      until(() -> onLoop(() -> redis.probe().map(true).otherwise(false)));
    }
  }

  @Test
  void thePasswordOfTheUrlIsUsed() throws Exception {
    try (TestRedis server = TestRedis.start("--requirepass", "p@ss")) {
      RedisConfig without = server.config();
      RedisConfig with =
          new RedisConfig(
              RedisMode.SINGLE,
              List.of("redis://:p%40ss@127.0.0.1:" + server.port()),
              "",
              null,
              "test",
              without.timeLimit(),
              without.connectLimit(),
              without.inFlightMax(),
              without.retryMax());

      RedisClient stranger = open(without);
      until(() -> onLoop(() -> Future.succeededFuture(!stranger.reachable())));
      assertThat(add(open(with), with, 1)).isEqualTo(1);
    }
  }

  @Test
  void scriptsAreRunOnEachNodeOfACluster() throws Exception {
    try (TestRedisCluster cluster = TestRedisCluster.start()) {
      RedisConfig config = cluster.config();
      RedisClient redis = open(config);

      for (int round = 1; round <= 2; round++) {
        for (int id = 0; id < 30; id++) {
          List<String> key = List.of(config.keys("sums").each("" + id, "sum"));
          assertThat(await(onLoop(() -> redis.run(ADD, key, List.of("1")))).toLong())
              .isEqualTo(round);
        }
      }

      assertThat(cluster.nodes()).noneMatch(node -> node.command("DBSIZE").equals(":0"));
    }
  }

  @Test
  void aClusterThatWasAwayIsFoundAgain() throws Exception {
    try (TestRedisCluster cluster = TestRedisCluster.start()) {
      RedisConfig config = cluster.config().withTimeLimit(Duration.ofMillis(300));
      RedisClient redis = open(config);
      assertThat(add(redis, config, 1)).isEqualTo(1);

      cluster.nodes().forEach(TestRedis::pause);
      assertThatThrownBy(() -> add(redis, config, 1)).isInstanceOf(ServiceFailure.class);

      cluster.nodes().forEach(TestRedis::resume);
      until(() -> onLoop(() -> run(redis, config, 1).map(true).otherwise(false)));
    }
  }

  @Test
  void afterAFailoverTheSentinelsSayWhereToGoOn() throws Exception {
    try (TestRedis master = TestRedis.start();
        TestRedis replica = TestRedis.start("--replicaof", "127.0.0.1", "" + master.port());
        TestRedis sentinel = TestRedis.startSentinel(master, "first")) {
      RedisConfig single = master.config();
      RedisConfig config =
          new RedisConfig(
              RedisMode.SENTINEL,
              List.of(sentinel.url()),
              "first",
              null,
              single.prefix(),
              single.timeLimit(),
              single.connectLimit(),
              single.inFlightMax(),
              single.retryMax());
      RedisClient redis = open(config);
      assertThat(add(redis, config, 1)).isEqualTo(1);
      until(() -> Future.succeededFuture(replica.command("DBSIZE").equals(":1")));
      // A Sentinel that has not heard of the replica yet has nobody to choose.
      until(() -> Future.succeededFuture(sentinel.command("SENTINEL REPLICAS first").equals("*1")));

      master.stop();

      until(() -> onLoop(() -> run(redis, config, 1).map(true).otherwise(false)));
      assertThat(add(redis, config, 1)).isEqualTo(3);
      assertThat(redis.health()).containsEntry("redis", "connected");
    }
  }

  private static RedisConfig bounded(RedisConfig config, int inFlightMax) {
    return new RedisConfig(
        config.mode(),
        config.urls(),
        config.masterName(),
        config.caFile(),
        config.prefix(),
        config.timeLimit(),
        config.connectLimit(),
        inFlightMax,
        config.retryMax());
  }

  private RedisClient open(RedisConfig config) throws Exception {
    RedisClient redis =
        await(onLoop(() -> Future.succeededFuture(RedisClient.open(vertx, config, List.of(ADD)))));
    opened.add(redis);
    return redis;
  }

  private long add(RedisClient redis, RedisConfig config, int number) throws Exception {
    return await(onLoop(() -> run(redis, config, number))).toLong();
  }

  private static Future<Response> run(RedisClient redis, RedisConfig config, int number) {
    return redis.run(
        ADD, List.of(config.keys("sums").of("sum")), List.of(Integer.toString(number)));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(go -> work.get().onComplete(done));
    return done.future();
  }

  private static void until(Supplier<Future<Boolean>> condition) throws Exception {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (await(condition.get())) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new AssertionError("not within " + ATTEMPTS_MAX + " attempts");
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
