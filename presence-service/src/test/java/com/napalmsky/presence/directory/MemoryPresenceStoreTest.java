package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;

class MemoryPresenceStoreTest extends PresenceStoreSuite {

  @Override
  PresenceStore newStore(Transitions transitions, int usersMax) {
    return new MemoryPresenceStore(transitions, usersMax, LEASE);
  }
}
