package com.napalmsky.signaling.call;

class MemoryCallDirectoryTest extends CallDirectorySuite {

  @Override
  CallDirectory directory(int most) {
    return CallDirectory.inMemory(most);
  }
}
