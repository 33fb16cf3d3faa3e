package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Invites have one hash tag, so that they stand on one node of the cluster. */
@Tag("heavy")
class RedisClusterInviteStoreTest extends InviteStoreSuite {

  private static TestRedisCluster cluster;
  private static LoopRedis redis;

  private final RedisConfig config = cluster.config();

  @BeforeAll
  static void open() {
    cluster = TestRedisCluster.start();
    redis = new LoopRedis();
  }

  @AfterAll
  static void close() {
    redis.close();
    cluster.close();
  }

  @Override
  InviteStore store(int room) {
    return redis.adapter(
        InviteStore.class,
        config,
        RedisInviteStore.SCRIPTS,
        client -> new RedisInviteStore(client, config.keys("invites"), room));
  }
}
