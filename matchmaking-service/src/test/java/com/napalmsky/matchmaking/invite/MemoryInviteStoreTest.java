package com.napalmsky.matchmaking.invite;

class MemoryInviteStoreTest extends InviteStoreSuite {

  @Override
  InviteStore store(int room) {
    return new MemoryInviteStore(room);
  }
}
