package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.CARL;
import static com.napalmsky.presence.Cast.OTHER_ROOM;
import static com.napalmsky.presence.Cast.ROOM;
import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.directory.PresenceStore.Claimed;
import com.napalmsky.presence.directory.PresenceStore.Expired;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every presence store is held to; with {@link PresenceStoreRaceSuite}. */
abstract class PresenceStoreSuite extends PresenceStoreStage {

  @Test
  void aChangeOfStateIsReturnedOnceWithTheNextOffset() {
    Applied connected = apply(ANNA, new SocketAuthenticated(socket(1)));
    Applied entered = apply(ANNA, new QueueEntered(person(ANNA), socket(1)));
    Applied again = apply(ANNA, new QueueEntered(person(ANNA), socket(1)));
    Applied lost = apply(ANNA, new SocketLost(socket(1)));

    StreamPosition first = connected.change().position();
    assertThat(first.offset()).isEqualTo(1);
    assertThat(connected.change())
        .isEqualTo(
            new Changed(first, ANNA, PresenceState.OFFLINE, PresenceState.ONLINE, null, null));
    assertThat(entered.change())
        .isEqualTo(
            new Changed(
                new StreamPosition(first.epoch(), 2),
                ANNA,
                PresenceState.ONLINE,
                PresenceState.AVAILABLE,
                person(ANNA),
                null));
    assertThat(again.change()).isNull();
    assertThat(lost.change())
        .isEqualTo(
            new Changed(
                new StreamPosition(first.epoch(), 3),
                ANNA,
                PresenceState.AVAILABLE,
                PresenceState.GRACE,
                null,
                null));
  }

  @Test
  void anotherStoreHasAnotherEpoch() {
    PresenceStore other = newStore(transitions, USERS_MAX);

    assertThat(await(other.available(null, 1)).position().epoch())
        .isNotEqualTo(await(store.available(null, 1)).position().epoch());
  }

  @Test
  void aNewProfileOfAnAvailableUserIsAChangeAndAnEqualOneIsNot() {
    available(ANNA, 1);

    Applied anew = apply(ANNA, new ProfileChanged(person(ANNA, "Anew")));
    Applied same = apply(ANNA, new ProfileChanged(person(ANNA, "Anew")));

    assertThat(anew.change().from()).isEqualTo(PresenceState.AVAILABLE);
    assertThat(anew.change().to()).isEqualTo(PresenceState.AVAILABLE);
    assertThat(anew.change().person()).isEqualTo(person(ANNA, "Anew"));
    assertThat(same.change()).isNull();
    assertThat(await(store.available(null, 10)).available()).containsExactly(person(ANNA, "Anew"));
  }

  @Test
  void aProfileChangedDuringGraceIsShownOnReturn() {
    available(ANNA, 1);
    apply(ANNA, new SocketLost(socket(1)));

    Applied changed = apply(ANNA, new ProfileChanged(person(ANNA, "Anew")));
    Applied back = apply(ANNA, new SocketAuthenticated(socket(2)));

    assertThat(changed.change()).isNull();
    assertThat(back.change().person()).isEqualTo(person(ANNA, "Anew"));
  }

  @Test
  void whoLosesAccessLeavesTheLobby() {
    available(ANNA, 1);

    Applied barred = apply(ANNA, new AccessLost());

    assertThat(barred.change().to()).isEqualTo(PresenceState.ONLINE);
    assertThat(await(store.available(null, 10)).available()).isEmpty();
  }

  @Test
  void aClaimTakesBothWithTheirPrimarySockets() {
    available(ANNA, 1);
    available(BEN, 2);

    Claimed claimed = await(store.claim(claim(ROOM, ANNA, BEN)));

    assertThat(claimed.reply().claimed()).isTrue();
    assertThat(claimed.reply().firstState()).isEqualTo(PresenceState.AVAILABLE);
    assertThat(claimed.reply().firstSocket()).isEqualTo(socket(1));
    assertThat(claimed.reply().secondSocket()).isEqualTo(socket(2));
    assertThat(claimed.changes()).extracting(Changed::userId).containsExactly(ANNA, BEN);
    assertThat(claimed.changes())
        .extracting(change -> change.position().offset())
        .containsExactly(5L, 6L);
    assertThat(claimed.changes())
        .allSatisfy(
            change -> {
              assertThat(change.to()).isEqualTo(PresenceState.IN_CALL);
              assertThat(change.roomId()).isEqualTo(ROOM);
            });
  }

  @Test
  void theSameClaimAgainIsClaimedAndChangesNothing() {
    available(ANNA, 1);
    available(BEN, 2);
    await(store.claim(claim(ROOM, ANNA, BEN)));

    Claimed again = await(store.claim(claim(ROOM, ANNA, BEN)));

    assertThat(again.reply().claimed()).isTrue();
    assertThat(again.reply().firstSocket()).isEqualTo(socket(1));
    assertThat(again.changes()).isEmpty();
  }

  @Test
  void aReleaseOfAnotherRoomLeavesTheCallAlone() {
    available(ANNA, 1);
    available(BEN, 2);
    await(store.claim(claim(ROOM, ANNA, BEN)));

    assertThat(apply(ANNA, new CallReleased(OTHER_ROOM)).change()).isNull();
    Applied released = apply(ANNA, new CallReleased(ROOM));

    assertThat(released.change().roomId()).isEqualTo(ROOM);
    assertThat(count()).isEqualTo(new Counted(2, 0, 1, 0));
  }

  @Test
  void gracesEndInTheOrderOfTheirDeadlinesAndNotBeforeThem() {
    for (int user = 1; user <= 3; user++) {
      available(id(user), user);
      apply(id(user), new SocketLost(socket(user)));
      now = now.plusSeconds(1);
    }

    Expired early = await(store.expire(START.plusMillis(4_999), 10));
    Expired two = await(store.expire(START.plusSeconds(6), 10));

    assertThat(early.changes()).isEmpty();
    assertThat(early.next()).isEqualTo(START.plusSeconds(5));
    assertThat(two.changes()).extracting(Changed::userId).containsExactly(id(1), id(2));
    assertThat(two.changes()).extracting(Changed::to).containsOnly(PresenceState.OFFLINE);
    assertThat(two.next()).isEqualTo(START.plusSeconds(7));
    assertThat(find(id(1))).isEqualTo(User.GONE);
  }

  @Test
  void noMoreGracesEndAtOnceThanAskedFor() {
    for (int user = 1; user <= 3; user++) {
      available(id(user), user);
      apply(id(user), new SocketLost(socket(user)));
    }

    Expired some = await(store.expire(START.plusSeconds(60), 2));
    Expired rest = await(store.expire(START.plusSeconds(60), 2));

    assertThat(some.changes()).hasSize(2);
    assertThat(some.next()).isEqualTo(START.plusSeconds(5));
    assertThat(rest.changes()).hasSize(1);
    assertThat(rest.next()).isNull();
  }

  @Test
  void whoCameBackIsNotEndedByTheDeadlineOfAnOldLoss() {
    available(ANNA, 1);
    apply(ANNA, new SocketLost(socket(1)));
    now = START.plusSeconds(3);
    apply(ANNA, new SocketAuthenticated(socket(2)));
    now = START.plusSeconds(4);
    apply(ANNA, new SocketLost(socket(2)));

    Expired atOldDeadline = await(store.expire(START.plusSeconds(5), 10));
    Expired atNewDeadline = await(store.expire(START.plusSeconds(9), 10));

    assertThat(atOldDeadline.changes()).isEmpty();
    assertThat(atOldDeadline.next()).isEqualTo(START.plusSeconds(9));
    assertThat(atNewDeadline.changes()).hasSize(1);
  }

  @Test
  void pagesOfASnapshotGoThroughEveryAvailableUserOnceByTheTextOfTheirIds() {
    // One of them has the highest bit, which a signed order would put in front.
    List<UUID> ids =
        List.of(id(3), id(1), UUID.fromString("ffffffff-0000-4000-8000-000000000000"), id(2));
    ids.forEach(user -> available(user, user.getLeastSignificantBits()));
    apply(CARL, new SocketAuthenticated(socket(50)));

    SnapshotPage first = await(store.available(null, 3));
    SnapshotPage second = await(store.available(id(3), 3));

    assertThat(first.available()).extracting(Person::userId).containsExactly(id(1), id(2), id(3));
    assertThat(first.more()).isTrue();
    assertThat(first.position().offset()).isEqualTo(9);
    assertThat(second.available()).extracting(Person::userId).containsExactly(ids.get(2));
    assertThat(second.more()).isFalse();
    assertThat(await(store.available(ids.get(2), 3)).available()).isEmpty();
    assertThat(await(store.available(null, 4)).more()).isFalse();
  }

  @Test
  void aNewUserBeyondTheBoundIsRefusedAndThoseInsideAreNot() {
    for (int user = 1; user <= USERS_MAX; user++) {
      available(id(user), user);
    }
    apply(id(1), new SocketLost(socket(1)));

    assertThatThrownBy(() -> apply(id(99), new SocketAuthenticated(socket(99))))
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.OVERLOADED));
    assertThat(find(id(99))).isEqualTo(User.GONE);
    assertThat(apply(id(1), new SocketAuthenticated(socket(100))).user().presence())
        .isEqualTo(PresenceState.AVAILABLE);
    assertThat(await(store.load())).isEqualTo(new PresenceStore.Load(USERS_MAX, USERS_MAX, 1));
  }

  @Test
  void aUserWhoIsGoneMakesRoom() {
    for (int user = 1; user <= USERS_MAX; user++) {
      apply(id(user), new SocketAuthenticated(socket(user)));
    }
    apply(id(1), new Left(socket(1)));
    apply(id(1), new SocketLost(socket(1)));

    Applied late = apply(id(99), new SocketAuthenticated(socket(99)));

    assertThat(late.user().presence()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void usersAreFoundInTheOrderOfTheQuestion() {
    available(ANNA, 1);
    apply(BEN, new SocketAuthenticated(socket(2)));

    List<User> found = await(store.find(List.of(CARL, BEN, ANNA)));

    assertThat(found)
        .extracting(User::presence)
        .containsExactly(PresenceState.OFFLINE, PresenceState.ONLINE, PresenceState.AVAILABLE);
  }
}
