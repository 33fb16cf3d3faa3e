package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import org.junit.jupiter.api.AfterEach;

class RedisInviteStoreTest extends InviteStoreSuite {

  private final LoopRedis redis = new LoopRedis();
  private final RedisConfig config = TestRedis.shared().config();

  @Override
  InviteStore store(int room) {
    return redis.adapter(
        InviteStore.class,
        config,
        RedisInviteStore.SCRIPTS,
        client -> new RedisInviteStore(client, config.keys("invites"), room));
  }

  @AfterEach
  void end() {
    redis.close();
  }
}
