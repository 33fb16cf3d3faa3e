package com.napalmsky.gateway;

import com.napalmsky.shared.runtime.redis.TestRedis;

/** Counted in Redis. */
class SharedRateLimitTest extends RateLimitSuite {

  @Override
  String[] counting() {
    TestRedis server = TestRedis.shared();
    return new String[] {
      "REDIS_URL",
      server.url(),
      "REDIS_TIMEOUT_MILLIS",
      "10000",
      "REDIS_PREFIX",
      server.config().prefix(),
      // Nothing is said of how long Redis takes on a busy machine.
      "GATEWAY_LIMIT_WAIT_MILLIS",
      "2000"
    };
  }
}
