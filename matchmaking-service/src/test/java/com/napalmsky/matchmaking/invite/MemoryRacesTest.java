package com.napalmsky.matchmaking.invite;

class MemoryRacesTest extends RacesSuite {

  @Override
  InviteStore store() {
    return new MemoryInviteStore(1_000);
  }

  @Override
  InviteStore another(InviteStore store) {
    return store;
  }
}
