package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.matchmaking.invite.InviteStore.ExpiryOutcome;
import com.napalmsky.matchmaking.invite.InviteStore.PlaceOutcome;
import com.napalmsky.matchmaking.invite.InviteStore.TakenOf;
import com.napalmsky.matchmaking.invite.InviteStore.Unfinished;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link InviteStore} is held to. */
abstract class InviteStoreSuite {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(23);
  private static final Instant HELD = NOW.plusSeconds(10);
  private static final Instant AGAIN = NOW.plusSeconds(60);
  private static final UUID ROOM_ID = new UUID(7, 7);
  private static final int ROOM = 5;

  private final Person ann = person("Ann");
  private final Person bob = person("Bob");
  private final Person cid = person("Cid");

  /** A store with nothing in it and room for some invites. */
  abstract InviteStore store(int room);

  private InviteStore store;

  @BeforeEach
  void begin() {
    store = store(ROOM);
  }

  @Test
  void aPlacedInviteIsFoundByIdAndByEitherUser() {
    PendingInvite invite = placed(ann, bob);

    assertThat(get(store.find(invite.id()))).contains(invite);
    assertThat(get(store.outgoing(ann.userId()))).contains(invite);
    assertThat(get(store.outgoing(bob.userId()))).isEmpty();
    assertThat(get(store.stateOf(invite.id()))).contains(InviteState.PENDING);
    assertThat(get(store.size())).isEqualTo(1);
  }

  @Test
  void aCallerHasOnePendingInvite() {
    placed(ann, bob);

    assertThat(place(ann, cid)).isEqualTo(PlaceOutcome.CALLER_BUSY);
    assertThat(place(ann, bob)).isEqualTo(PlaceOutcome.CALLER_BUSY);
  }

  @Test
  void aCalleeHasOnePendingInvite() {
    placed(ann, bob);

    assertThat(place(cid, bob)).isEqualTo(PlaceOutcome.CALLEE_BUSY);
  }

  @Test
  void whoWaitsForAnAnswerCanBeInvited() {
    placed(ann, bob);

    assertThat(place(cid, ann)).isEqualTo(PlaceOutcome.PLACED);
  }

  @Test
  void theReverseOfAPendingInviteTakesIt() {
    PendingInvite first = placed(ann, bob);

    var second = get(store.place(invite(bob, ann), accepted(NOW)));

    assertThat(second.outcome()).isEqualTo(PlaceOutcome.MUTUAL);
    assertThat(second.taken()).isEqualTo(first);
    assertThat(get(store.stateOf(first.id()))).contains(InviteState.ACCEPTED);
    assertThat(get(store.size())).isZero();
  }

  @Test
  void theReverseIsSeenBeforeAnythingElse() {
    PendingInvite first = placed(ann, bob);
    placed(bob, cid);

    assertThat(get(store.place(invite(bob, ann), accepted(NOW))).taken()).isEqualTo(first);
  }

  @Test
  void theReverseOfAnOverdueInviteIsPlaced() {
    placed(ann, bob);

    assertThat(get(store.place(invite(bob, ann), accepted(LATER))).outcome())
        .isEqualTo(PlaceOutcome.PLACED);
  }

  @Test
  void aFullStoreTakesNoMore() {
    for (int at = 0; at < ROOM; at++) {
      placed(person("P"), person("Q"));
    }

    assertThat(place(ann, bob)).isEqualTo(PlaceOutcome.FULL);
    assertThat(get(store.size())).isEqualTo(ROOM);
  }

  @Test
  void anInviteIsTakenOnceAndFreesBothPlaces() {
    PendingInvite invite = placed(ann, bob);

    assertThat(get(store.withdraw(invite.id(), NOW))).contains(invite);

    assertThat(get(store.withdraw(invite.id(), NOW))).isEmpty();
    assertThat(get(store.find(invite.id()))).isEmpty();
    assertThat(get(store.stateOf(invite.id()))).contains(InviteState.VOID);
    assertThat(place(ann, cid)).isEqualTo(PlaceOutcome.PLACED);
    assertThat(place(person("Dan"), bob)).isEqualTo(PlaceOutcome.PLACED);
  }

  @Test
  void onlyTheCalleeTakesAsCalleeAndOnlyInTime() {
    PendingInvite invite = placed(ann, bob);

    assertThat(takeAsCallee(invite, ann.userId(), NOW)).isEmpty();
    assertThat(takeAsCallee(invite, cid.userId(), NOW)).isEmpty();
    assertThat(takeAsCallee(invite, bob.userId(), LATER)).isEmpty();
    assertThat(takeAsCallee(invite, bob.userId(), LATER.minusMillis(1))).contains(invite);
    assertThat(takeAsCallee(invite, bob.userId(), NOW)).isEmpty();
    assertThat(get(store.stateOf(invite.id()))).contains(InviteState.ACCEPTED);
  }

  @Test
  void onlyTheRightPairTakesBetween() {
    PendingInvite invite = placed(ann, bob);

    assertThat(takeBetween(ann, cid, NOW)).isEmpty();
    assertThat(takeBetween(bob, ann, NOW)).isEmpty();
    assertThat(takeBetween(ann, bob, LATER)).isEmpty();
    assertThat(takeBetween(ann, bob, NOW)).contains(invite);
    assertThat(takeBetween(ann, bob, NOW)).isEmpty();
  }

  @Test
  void onlyAnOverdueInviteExpires() {
    PendingInvite invite = placed(ann, bob);

    var early = get(store.takeOverdue(invite.id(), end(Ending.TIMED_OUT, LATER.minusMillis(1))));
    var due = get(store.takeOverdue(invite.id(), end(Ending.TIMED_OUT, LATER)));
    var again = get(store.takeOverdue(invite.id(), end(Ending.TIMED_OUT, LATER)));

    assertThat(early.outcome()).isEqualTo(ExpiryOutcome.NOT_DUE);
    assertThat(early.invite()).isEqualTo(invite);
    assertThat(due.outcome()).isEqualTo(ExpiryOutcome.EXPIRED);
    assertThat(again.outcome()).isEqualTo(ExpiryOutcome.GONE);
    assertThat(get(store.stateOf(invite.id()))).contains(InviteState.EXPIRED);
  }

  @Test
  void anExtensionMovesTheDeadlineAFewTimes() {
    PendingInvite invite = placed(ann, bob);

    assertThat(extend(ann, bob).orElseThrow().deadline()).isEqualTo(LATER.plusSeconds(20));
    PendingInvite twice = extend(ann, bob).orElseThrow();

    assertThat(twice.extensions()).isEqualTo(2);
    assertThat(extend(ann, bob)).isEmpty();
    assertThat(get(store.find(invite.id()))).contains(twice);
    assertThat(get(store.takeOverdue(invite.id(), end(Ending.TIMED_OUT, LATER))).outcome())
        .isEqualTo(ExpiryOutcome.NOT_DUE);
  }

  @Test
  void onlyTheRightPairExtendsAndOnlyInTime() {
    placed(ann, bob);

    assertThat(extend(bob, ann)).isEmpty();
    assertThat(extend(ann, cid)).isEmpty();
    assertThat(get(store.extend(ann.userId(), bob.userId(), Duration.ofSeconds(20), 3, LATER)))
        .isEmpty();
  }

  @Test
  void overdueInvitesAreListedUpToALimit() {
    List<UUID> ids = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      ids.add(placed(person("P"), person("Q")).id());
    }

    assertThat(get(store.overdue(LATER.minusMillis(1), 10))).isEmpty();
    assertThat(get(store.overdue(LATER, 2))).hasSize(2);
    assertThat(get(store.overdue(LATER, 10)))
        .extracting(PendingInvite::id)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void whatIsTakenOfAUserIsWhatHeGotOrMade() {
    PendingInvite made = placed(ann, bob);
    PendingInvite got = placed(cid, ann);

    var incoming = get(store.takeOf(ann.userId(), end(Ending.CALLEE_GONE, NOW), null));
    var both =
        get(
            store.takeOf(
                ann.userId(), end(Ending.CALLEE_GONE, NOW), end(Ending.CALLER_GONE, LATER)));

    assertThat(incoming).isEqualTo(new TakenOf(got, null));
    assertThat(both).isEqualTo(new TakenOf(null, made));
    assertThat(get(store.stateOf(got.id()))).contains(InviteState.DECLINED);
    assertThat(get(store.stateOf(made.id()))).contains(InviteState.RESCINDED);
    assertThat(get(store.size())).isZero();
  }

  @Test
  void anEndIsHandedOnOnlyWhenNobodyHoldsItAnyMore() {
    PendingInvite invite = placed(ann, bob);
    End end = end(Ending.REFUSED, NOW);
    assertThat(get(store.takeAsCallee(invite.id(), bob.userId(), end))).contains(invite);

    assertThat(unfinished(HELD.minusMillis(1))).isEmpty();
    assertThat(unfinished(HELD)).containsExactly(new Unfinished(invite, end).heldUntil(AGAIN));
    assertThat(unfinished(HELD)).isEmpty();
    assertThat(unfinished(AGAIN)).hasSize(1);
  }

  @Test
  void anAcceptanceIsHandedOnWithAllThatACallNeeds() {
    PendingInvite invite = placed(ann, bob);
    End end = accepted(NOW);
    assertThat(get(store.place(invite(bob, ann), end)).taken()).isEqualTo(invite);

    assertThat(unfinished(HELD)).containsExactly(new Unfinished(invite, end).heldUntil(AGAIN));
  }

  @Test
  void whoAcceptsAgainGetsWhatHeAccepted() {
    PendingInvite invite = placed(ann, bob);
    End first = accepted(NOW);
    End again =
        new End(
            Ending.ACCEPTED,
            new Acceptance(new UUID(8, 8), new SocketRef("gw-1", 7), 120),
            NOW.plusSeconds(3),
            HELD);
    End elsewhere =
        new End(
            Ending.ACCEPTED,
            new Acceptance(new UUID(9, 9), new SocketRef("gw-2", 1), 120),
            NOW.plusSeconds(3),
            HELD);

    assertThat(get(store.accept(invite.id(), cid.userId(), first))).isEmpty();
    assertThat(get(store.accept(invite.id(), bob.userId(), first)))
        .contains(new Unfinished(invite, first));
    assertThat(get(store.accept(invite.id(), bob.userId(), again)))
        .contains(new Unfinished(invite, first));
    assertThat(get(store.accept(invite.id(), bob.userId(), elsewhere))).isEmpty();
    assertThat(get(store.accept(invite.id(), ann.userId(), again))).isEmpty();
    get(store.finished(invite.id()));
    assertThat(get(store.accept(invite.id(), bob.userId(), again))).isEmpty();
  }

  @Test
  void whatWasDeclinedOrIsOverdueIsNotAccepted() {
    PendingInvite declined = placed(ann, bob);
    assertThat(get(store.takeAsCallee(declined.id(), bob.userId(), end(Ending.REFUSED, NOW))))
        .isPresent();
    PendingInvite overdue = placed(ann, cid);

    assertThat(get(store.accept(declined.id(), bob.userId(), accepted(NOW)))).isEmpty();
    assertThat(get(store.accept(overdue.id(), cid.userId(), accepted(LATER)))).isEmpty();
  }

  @Test
  void whoHoldsAnEndKeepsIt() {
    PendingInvite invite = placed(ann, bob);
    assertThat(takeBetween(ann, bob, NOW)).isPresent();

    get(store.hold(invite.id(), HELD.plusSeconds(5)));

    assertThat(unfinished(HELD)).isEmpty();
    assertThat(unfinished(HELD.plusSeconds(5))).hasSize(1);
  }

  @Test
  void whatIsFinishedIsHandedOnToNobody() {
    PendingInvite invite = placed(ann, bob);
    assertThat(takeBetween(ann, bob, NOW)).isPresent();

    get(store.finished(invite.id()));
    get(store.hold(invite.id(), HELD));

    assertThat(unfinished(AGAIN)).isEmpty();
    assertThat(get(store.stateOf(invite.id()))).contains(InviteState.RESCINDED);
  }

  @Test
  void nothingIsLeftToBeDoneAboutAWithdrawnInvite() {
    PendingInvite invite = placed(ann, bob);

    assertThat(get(store.withdraw(invite.id(), NOW))).contains(invite);

    assertThat(unfinished(AGAIN)).isEmpty();
  }

  @Test
  void ofAllWhoTakeOneInviteAtOnceOneGetsIt() {
    PendingInvite invite = placed(ann, bob);

    List<Future<Optional<PendingInvite>>> takers = new ArrayList<>();
    for (int at = 0; at < 10; at++) {
      takers.add(store.takeAsCallee(invite.id(), bob.userId(), accepted(NOW)));
      takers.add(store.takeBetween(ann.userId(), bob.userId(), end(Ending.TAKEN_BACK, NOW)));
    }

    assertThat(takers.stream().filter(taker -> get(taker).isPresent())).hasSize(1);
  }

  @Test
  void noMoreEndedInvitesAreRememberedThanThereIsRoomFor() {
    List<UUID> ids = new ArrayList<>();
    for (int at = 0; at < ROOM + 3; at++) {
      PendingInvite invite = invite(person("P"), person("Q"));
      Instant now = NOW.plusSeconds(at);
      ids.add(invite.id());
      assertThat(get(store.place(invite, accepted(now))).outcome()).isEqualTo(PlaceOutcome.PLACED);
      assertThat(get(store.withdraw(invite.id(), now))).isPresent();
    }

    assertThat(ids.stream().filter(id -> get(store.stateOf(id)).isPresent()))
        .containsExactlyElementsOf(ids.subList(3, ids.size()));
  }

  @Test
  void unfinishedInvitesTakeRoomToo() {
    for (int at = 0; at < ROOM; at++) {
      PendingInvite invite = placed(person("P"), bob);
      assertThat(get(store.takeAsCallee(invite.id(), bob.userId(), accepted(NOW)))).isPresent();
    }

    assertThat(place(ann, bob)).isEqualTo(PlaceOutcome.FULL);
  }

  @Test
  void anInviteThatNeverWasHasNoState() {
    assertThat(get(store.stateOf(UUID.randomUUID()))).isEmpty();
  }

  static End end(Ending ending, Instant at) {
    return new End(ending, null, at, HELD);
  }

  static End accepted(Instant at) {
    return new End(
        Ending.ACCEPTED, new Acceptance(ROOM_ID, new SocketRef("gw-1", 7), 120), at, HELD);
  }

  private List<Unfinished> unfinished(Instant now) {
    return get(store.unfinished(now, AGAIN, 10));
  }

  @CanIgnoreReturnValue
  private PendingInvite placed(Person caller, Person callee) {
    PendingInvite invite = invite(caller, callee);
    assertThat(get(store.place(invite, accepted(NOW))).outcome()).isEqualTo(PlaceOutcome.PLACED);
    return invite;
  }

  private PlaceOutcome place(Person caller, Person callee) {
    return get(store.place(invite(caller, callee), accepted(NOW))).outcome();
  }

  private Optional<PendingInvite> takeAsCallee(PendingInvite invite, UUID callee, Instant now) {
    return get(store.takeAsCallee(invite.id(), callee, accepted(now)));
  }

  private Optional<PendingInvite> takeBetween(Person caller, Person callee, Instant now) {
    return get(store.takeBetween(caller.userId(), callee.userId(), end(Ending.TAKEN_BACK, now)));
  }

  private Optional<PendingInvite> extend(Person caller, Person callee) {
    return get(store.extend(caller.userId(), callee.userId(), Duration.ofSeconds(20), 2, NOW));
  }

  private static PendingInvite invite(Person caller, Person callee) {
    return new PendingInvite(UUID.randomUUID(), caller, callee, 300, NOW, LATER, 0);
  }

  private static Person person(String name) {
    return new Person(UUID.randomUUID(), name, Gender.UNSPECIFIED, null, null);
  }

  @CanIgnoreReturnValue
  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("the store did not answer", failed);
    }
  }
}
