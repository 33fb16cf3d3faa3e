package com.napalmsky.signaling.finish;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedisCluster;
import com.napalmsky.signaling.OnLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The queue has one hash tag, so that it stands on one node of the cluster. */
@Tag("heavy")
class RedisClusterFinishedCallsTest extends FinishedCallsSuite {

  private static TestRedisCluster cluster;
  private static OnLoop loop;

  private final RedisConfig config = cluster.config();

  @BeforeAll
  static void open() {
    cluster = TestRedisCluster.start();
    loop = new OnLoop();
  }

  @AfterAll
  static void close() {
    loop.close();
    cluster.close();
  }

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
}
