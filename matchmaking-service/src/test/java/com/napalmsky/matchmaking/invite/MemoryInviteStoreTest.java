package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryInviteStoreTest extends InviteStoreSuite {

  @Override
  InviteStore store(int room) {
    return new MemoryInviteStore(room);
  }

  @Test
  void noMoreEndedInvitesAreRememberedThanThereIsRoomFor() {
    InviteStore store = store(2);
    List<UUID> ids = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      Person caller = new Person(new UUID(1, at), "P", Gender.MALE, null, null);
      Person callee = new Person(new UUID(2, at), "Q", Gender.MALE, null, null);
      UUID id = UUID.randomUUID();
      ids.add(id);
      Instant now = Instant.EPOCH;
      assertThat(
              store
                  .place(
                      new PendingInvite(id, caller, callee, 60, now, now.plusSeconds(1), 0),
                      accepted(now))
                  .compose(placed -> store.withdraw(id, now))
                  .result())
          .isPresent();
    }

    assertThat(ids.stream().filter(id -> store.stateOf(id).result().isPresent()))
        .containsExactly(ids.get(3), ids.get(4));
  }
}
