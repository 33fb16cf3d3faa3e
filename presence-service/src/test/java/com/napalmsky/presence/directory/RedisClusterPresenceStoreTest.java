package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;
import com.napalmsky.shared.runtime.redis.TestRedisCluster;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Each store has one hash tag, so that it stands on one node of the cluster. */
class RedisClusterPresenceStoreTest extends PresenceStoreSuite {

  private static Vertx vertx;
  private static TestRedisCluster cluster;
  private static OnRedis onRedis;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    cluster = TestRedisCluster.start();
    onRedis = new OnRedis(vertx, cluster.config());
  }

  @AfterAll
  static void close() {
    onRedis.close();
    cluster.close();
    await(vertx.close());
  }

  @Override
  PresenceStore newStore(Transitions transitions, int usersMax) {
    return onRedis.store(cluster.config(), transitions, usersMax);
  }
}
