package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;

class MemoryPresenceLeaseTest extends PresenceLeaseSuite {

  @Override
  PresenceStore newStore(Transitions transitions, int usersMax) {
    return new MemoryPresenceStore(transitions, usersMax, LEASE);
  }
}
