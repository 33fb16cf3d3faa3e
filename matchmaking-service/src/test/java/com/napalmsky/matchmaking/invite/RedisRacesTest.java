package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Each of the two has a connection of its own. */
class RedisRacesTest extends RacesSuite {

  private static LoopRedis redis;

  private RedisConfig config;

  @BeforeAll
  static void open() {
    redis = new LoopRedis();
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @Override
  InviteStore store() {
    config = TestRedis.shared().config();
    return connected();
  }

  @Override
  InviteStore another(InviteStore store) {
    return connected();
  }

  private InviteStore connected() {
    return redis.adapter(
        InviteStore.class,
        config,
        RedisInviteStore.SCRIPTS,
        client -> new RedisInviteStore(client, config.keys("invites"), 1_000));
  }
}
