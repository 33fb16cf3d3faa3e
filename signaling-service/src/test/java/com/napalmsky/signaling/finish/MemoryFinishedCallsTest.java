package com.napalmsky.signaling.finish;

class MemoryFinishedCallsTest extends FinishedCallsSuite {

  @Override
  FinishedCalls queue(int most, int mostAside) {
    return FinishedCalls.inMemory(most, mostAside);
  }
}
