package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;

class MemoryPresenceStoreRaceTest extends PresenceStoreRaceSuite {

  @Override
  PresenceStore newStore(Transitions transitions, int usersMax) {
    return new MemoryPresenceStore(transitions, usersMax, LEASE);
  }
}
