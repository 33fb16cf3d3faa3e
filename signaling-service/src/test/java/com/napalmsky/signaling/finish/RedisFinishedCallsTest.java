package com.napalmsky.signaling.finish;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import com.napalmsky.signaling.OnLoop;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisFinishedCallsTest extends FinishedCallsSuite {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final OnLoop loop = new OnLoop();
  private final RedisConfig config = TestRedis.shared().config();

  @Override
  FinishedCalls queue(int most, int mostAside) {
    return loop.store(
        FinishedCalls.class,
        config,
        FinishedCalls.redisScripts(),
        client ->
            new RedisFinishedCalls(
                client, config.keys("finished-calls"), "first", most, mostAside));
  }

  private FinishedCalls queue(RedisConfig redis, String consumer, int most, int mostAside) {
    return loop.store(
        FinishedCalls.class,
        redis,
        FinishedCalls.redisScripts(),
        client ->
            FinishedCalls.inRedis(client, redis.keys("finished-calls"), consumer, most, mostAside));
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void theCallsOfADeadInstanceAreClaimedByAnother() {
    var first = queue(config, "first", 10, 10);
    var second = queue(config, "second", 10, 10);
    var call = call();
    got(first.add(call, NOW.plusSeconds(60)));

    assertThat(got(second.claim(5, NOW, NOW.plusSeconds(60)))).isEmpty();
    assertThat(got(second.claim(5, NOW.plusSeconds(60), NOW.plusSeconds(120))))
        .containsExactly(call);

    String stream = config.keys("finished-calls").of("calls");
    assertThat(TestRedis.shared().command("XPENDING " + stream + " recorders")).isEqualTo("*4");
    got(second.remove(call.roomId()));
    assertThat(got(first.size())).isZero();
    assertThat(got(first.perishable())).isZero();
  }

  @Test
  void withoutRedisCallsAreKeptHereAndMoveToItWhenItIsBack() {
    try (TestRedis server = TestRedis.start()) {
      var redis = server.config("x");
      var queue = queue(redis, "first", 10, 10);
      var before = call();
      got(queue.add(before, NOW));
      server.stop();
      var call = call();

      assertThat(got(queue.add(call, NOW))).isTrue();
      assertThat(got(queue.size())).isEqualTo(1);
      assertThat(got(queue.perishable())).isEqualTo(1);
      assertThat(got(queue.claim(5, NOW, NOW))).containsExactly(call);
      server.restart();
      awaitMove(queue);

      assertThat(got(queue.size())).isEqualTo(1);
      assertThat(got(queue(redis, "second", 10, 10).claim(5, NOW, NOW.plusSeconds(60))))
          .containsExactly(call);
    }
  }

  @Test
  void whatFindsTheQueueFullIsKeptHere() {
    var queue = queue(config, "first", 1, 10);
    got(queue.add(call(), NOW.plusSeconds(60)));
    var call = call();

    assertThat(got(queue.add(call, NOW))).isTrue();

    assertThat(got(queue.perishable())).isEqualTo(1);
    assertThat(got(queue.claim(5, NOW, NOW.plusSeconds(60)))).containsExactly(call);
    got(queue.remove(call.roomId()));
    assertThat(got(queue.size())).isEqualTo(1);
  }

  private static void awaitMove(FinishedCalls queue) {
    for (int i = 0; i < 5_000 && got(queue.perishable()) > 0; i++) {
      got(queue.claim(5, NOW, NOW));
    }
    assertThat(got(queue.perishable())).isZero();
  }

  @Test
  void whatNobodyCanReadIsSetAside() {
    var queue = queue(10, 10);
    var call = call();
    got(queue.add(call, NOW));
    var keys = config.keys("finished-calls");
    String id = "1-1";
    TestRedis server = TestRedis.shared();
    server.command("DEL " + keys.of("calls"));
    server.command("XGROUP CREATE " + keys.of("calls") + " recorders 0 MKSTREAM");
    server.command("XADD " + keys.of("calls") + " " + id + " room " + call.roomId() + " call {");
    server.command("HSET " + keys.of("rooms") + " " + call.roomId() + " " + id);
    server.command("DEL " + keys.of("free"));
    server.command("ZADD " + keys.of("free") + " 0 " + id);

    assertThat(got(queue.claim(5, NOW, NOW))).isEmpty();

    assertThat(got(queue.asideSize())).isEqualTo(1);
    assertThat(got(queue.size())).isZero();
  }
}
