package com.napalmsky.gateway;

/** Counted in the process. */
class CodeLimitsTest extends CodeLimitsSuite {

  @Override
  String[] counting() {
    return new String[0];
  }
}
