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

import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.directory.PresenceStore.Claimed;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.Joined;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The races that every presence store is held to. */
abstract class PresenceStoreRaceSuite extends PresenceStoreStage {

  @Test
  void twoClaimsOfOneUserHaveExactlyOneWinner() {
    for (int round = 0; round < 100; round++) {
      // Given
      store = newStore(transitions, USERS_MAX);
      available(ANNA, 1);
      available(BEN, 2);
      available(CARL, 3);

      // When
      boolean benFirst = round % 2 == 0;
      Future<Claimed> one = store.claim(claim(ROOM, ANNA, benFirst ? BEN : CARL));
      Future<Claimed> other = store.claim(claim(OTHER_ROOM, benFirst ? CARL : BEN, ANNA));

      // Then
      assertThat(await(one).reply().claimed()).isNotEqualTo(await(other).reply().claimed());
      assertThat(count()).isEqualTo(new Counted(3, 1, 2, 0));
      Claimed loser = await(one).reply().claimed() ? await(other) : await(one);
      assertThat(loser.changes()).isEmpty();
      assertThat(loser.reply().firstSocket()).isNull();
      assertThat(loser.reply().secondSocket()).isNull();
    }
  }

  @Test
  void aClaimAgainstALossEitherTakesBothOrNeither() {
    for (int round = 0; round < 100; round++) {
      // Given
      store = newStore(transitions, USERS_MAX);
      available(ANNA, 1);
      available(BEN, 2);

      // When
      Future<Applied> lost = null;
      if (round % 2 == 0) {
        lost = store.apply(ANNA, new SocketLost(socket(1)), now);
      }
      Future<Claimed> claimed = store.claim(claim(ROOM, ANNA, BEN));
      if (lost == null) {
        lost = store.apply(ANNA, new SocketLost(socket(1)), now);
      }

      // Then
      User anna = await(lost).user();
      boolean won = await(claimed).reply().claimed();
      User ben = find(BEN);
      assertThat(find(ANNA).presence()).isEqualTo(PresenceState.GRACE);
      assertThat(anna.in(ROOM)).isEqualTo(won);
      assertThat(ben.in(ROOM)).isEqualTo(won);
      assertThat(count()).isEqualTo(won ? new Counted(1, 0, 1, 1) : new Counted(1, 1, 0, 1));
    }
  }

  /**
   * Whatever happens in whatever order: the counters are what a recount finds, the snapshot holds
   * exactly those available, the offsets have no gap, and the facts added up give the states.
   */
  @RepeatedTest(100)
  void randomInterleavingsKeepEverythingInStep(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<UUID> users = LongStream.rangeClosed(1, 8).mapToObj(number -> id(number)).toList();
    Map<UUID, PresenceState> told = new HashMap<>();
    List<Long> offsets = new ArrayList<>();

    for (int turn = 0; turn < 300; turn++) {
      now = now.plusMillis(random.nextInt(2_000));
      for (Changed change : happen(random, users)) {
        assertThat(told.getOrDefault(change.userId(), PresenceState.OFFLINE))
            .isEqualTo(change.from());
        told.put(change.userId(), change.to());
        offsets.add(change.position().offset());
      }
    }

    Map<PresenceState, Integer> recount = new EnumMap<>(PresenceState.class);
    for (UUID user : users) {
      PresenceState state = find(user).presence();
      recount.merge(state, 1, Integer::sum);
      assertThat(told.getOrDefault(user, PresenceState.OFFLINE)).isEqualTo(state);
      assertThat(find(user).sockets().inOrder()).doesNotHaveDuplicates().hasSizeLessThan(3);
    }
    int free = recount.getOrDefault(PresenceState.AVAILABLE, 0);
    int inCall = recount.getOrDefault(PresenceState.IN_CALL, 0);
    assertThat(count())
        .isEqualTo(
            new Counted(
                recount.getOrDefault(PresenceState.ONLINE, 0) + free + inCall,
                free,
                inCall,
                recount.getOrDefault(PresenceState.GRACE, 0)));
    assertThat(await(store.available(null, 100)).available())
        .extracting(Person::userId)
        .containsExactlyElementsOf(
            users.stream()
                .filter(user -> find(user).presence() == PresenceState.AVAILABLE)
                .toList());
    assertThat(offsets)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, offsets.size()).boxed().toList());
    assertThat(offsets).isNotEmpty();
  }

  private List<Changed> happen(Random random, List<UUID> users) {
    int chosen = random.nextInt(users.size());
    UUID user = users.get(chosen);
    SocketRef socket = socket(chosen * 10L + random.nextInt(3));
    UUID room = id(1_000 + random.nextInt(3));
    if (random.nextInt(5) == 0) {
      return await(store.expire(now, 2)).changes();
    }
    if (random.nextInt(4) == 0) {
      UUID other = users.get((chosen + 1 + random.nextInt(users.size() - 1)) % users.size());
      return await(store.claim(new ClaimPair(room, user, socket, other, null))).changes();
    }
    List<UserEvent> events =
        List.of(
            new SocketAuthenticated(socket),
            new SocketLost(socket),
            new Joined(socket),
            new Left(socket),
            new QueueEntered(person(user), socket),
            new QueueEntered(person(user), socket),
            new QueueLeft(socket),
            new CallReleased(room),
            new ProfileChanged(person(user, "Name " + random.nextInt(2))),
            new AccessLost());
    Changed change = apply(user, events.get(random.nextInt(events.size()))).change();
    return change == null ? List.of() : List.of(change);
  }
}
