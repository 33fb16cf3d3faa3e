package com.napalmsky.signaling.call;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedisCluster;
import com.napalmsky.signaling.OnLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Calls have one hash tag, so that they stand on one node of the cluster. */
@Tag("heavy")
class RedisClusterCallDirectoryTest extends CallDirectorySuite {

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
  CallDirectory directory(int most) {
    return loop.store(
        CallDirectory.class,
        config,
        CallDirectory.redisScripts(),
        client -> CallDirectory.inRedis(client, config.keys("calls"), most));
  }
}
