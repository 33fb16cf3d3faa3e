package com.napalmsky.presence;

import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;

/** The same service, with its users in Redis. */
class RedisPresenceServiceTest extends PresenceServiceTest {

  @Override
  RedisConfig redis() {
    return TestRedis.shared().config();
  }
}
