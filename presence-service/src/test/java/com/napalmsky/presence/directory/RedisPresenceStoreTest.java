package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisPresenceStoreTest extends PresenceStoreSuite {

  private static Vertx vertx;
  private static OnRedis onRedis;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    onRedis = new OnRedis(vertx, TestRedis.shared().config());
  }

  @AfterAll
  static void close() {
    onRedis.close();
    await(vertx.close());
  }

  @Override
  PresenceStore newStore(Transitions transitions, int usersMax) {
    return onRedis.store(TestRedis.shared().config(), transitions, usersMax);
  }
}
