package com.napalmsky.gateway;

/** Counted in the process. */
class RateLimitTest extends RateLimitSuite {

  @Override
  String[] counting() {
    return new String[0];
  }
}
