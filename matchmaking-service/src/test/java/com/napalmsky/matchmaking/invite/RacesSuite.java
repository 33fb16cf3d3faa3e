package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Ended;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Two instances on one store. Every request to another service, every step of the store, every
 * answer and every announcement is carried out in a random order, another one in each repetition.
 */
abstract class RacesSuite {

  private final List<Runnable> waiting = new ArrayList<>();
  private World world;
  private Random random;
  private InviteStore store;
  private Invites one;
  private Invites two;
  private UUID ann;
  private UUID bob;
  private UUID cid;

  /** A store with nothing in it. */
  abstract InviteStore store();

  /** The same store as another instance sees it. */
  abstract InviteStore another(InviteStore store);

  @BeforeEach
  void begin(RepetitionInfo repetition) {
    world = new World();
    random = new Random(repetition.getCurrentRepetition());
    store = store();
    one = new Instance(world, new SlowBus(), slow(store)).invites;
    two = new Instance(world, new SlowBus(), slow(another(store))).invites;
    ann = world.available("Ann");
    bob = world.available("Bob");
    cid = world.available("Cid");
    world.announceThrough(waiting::add);
  }

  @RepeatedTest(100)
  void acceptsOfOneInviteByTwoDevicesAreOneCall() {
    UUID inviteId = pending(ann, bob);
    SocketRef other = new SocketRef("gw-2-0", 99);

    Future<Accepted> first = one.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    Future<Accepted> second = two.accept(new Accept(bob, other, inviteId, 300));
    settle();

    assertThat(Stream.of(first, second).map(accepted -> accepted.result().outcome()))
        .containsExactlyInAnyOrder(AcceptOutcome.STARTED, AcceptOutcome.UNKNOWN_INVITE);
    assertThat(world.opened).hasSize(1);
    assertThat(pending()).isZero();
  }

  @RepeatedTest(100)
  void anAcceptThatIsSentAgainIsTheSameCall() {
    UUID inviteId = pending(ann, bob);

    Future<Accepted> first = one.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    Future<Accepted> again = two.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    settle();

    UUID room = world.opened.get(0).roomId();
    assertThat(world.opened).hasSize(1);
    assertThat(Stream.of(first, again).map(Future::result))
        .contains(new Accepted(AcceptOutcome.STARTED, room))
        .allMatch(
            accepted ->
                accepted.outcome() == AcceptOutcome.UNKNOWN_INVITE
                    || room.equals(accepted.roomId()));
    assertThat(world.toldTo(ann, CallDeclined.class)).isEmpty();
    assertThat(pending()).isZero();
  }

  @RepeatedTest(100)
  void mutualInvitesAreOneCall() {
    Future<Invited> first = one.invite(new Invite(ann, world.socket(ann), bob, 300));
    Future<Invited> second = two.invite(new Invite(bob, world.socket(bob), ann, 100));
    settle();

    List<InviteOutcome> outcomes = List.of(first.result().outcome(), second.result().outcome());
    assertThat(outcomes).containsExactlyInAnyOrder(InviteOutcome.SENT, InviteOutcome.MATCHED);
    assertThat(world.opened).hasSize(1);
    assertThat(world.opened.get(0).initiator().userId())
        .isEqualTo(outcomes.get(0) == InviteOutcome.SENT ? ann : bob);
    assertThat(world.opened.get(0).agreedSeconds()).isEqualTo(200);
    assertThat(pending()).isZero();
    assertThat(world.bus.sent(SetCooldown.class)).isEmpty();
  }

  @RepeatedTest(100)
  void anAcceptAndARescindHaveOneWinner() {
    UUID inviteId = pending(ann, bob);

    Future<Accepted> accepted = one.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    Future<Ended> rescinded = two.rescind(new Rescind(ann, bob));
    settle();

    boolean started = accepted.result().outcome() == AcceptOutcome.STARTED;
    assertThat(rescinded.result().found()).isEqualTo(!started);
    assertThat(world.opened).hasSize(started ? 1 : 0);
    assertThat(world.cooldown(ann, bob) == null).isEqualTo(started);
    assertThat(world.toldTo(bob, CallRescinded.class)).hasSize(started ? 0 : 1);
  }

  @RepeatedTest(100)
  void anAcceptADeclineAndTheDeadlineHaveOneWinner() {
    UUID inviteId = pending(ann, bob);
    world.timers.advance(Duration.ofMillis(22_999));

    Future<Accepted> accepted = one.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    Future<Ended> declined = two.decline(new Decline(bob, inviteId));
    waiting.add(() -> world.timers.advance(Duration.ofMillis(1)));
    settle();

    boolean started = accepted.result().outcome() == AcceptOutcome.STARTED;
    assertThat(started && declined.result().found()).isFalse();
    assertThat(world.opened).hasSize(started ? 1 : 0);
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(started ? 0 : 1);
    assertThat(world.bus.sent(SetCooldown.class)).hasSize(started ? 0 : 1);
    assertThat(pending()).isZero();
  }

  @RepeatedTest(100)
  void anAcceptAndALostCallerLeaveNobodyInACallAlone() {
    UUID inviteId = pending(ann, bob);

    Future<Accepted> accepted = one.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    waiting.add(() -> world.moveUnlessTaken(ann, PresenceState.OFFLINE));
    settle();

    if (accepted.result().outcome() == AcceptOutcome.STARTED) {
      assertThat(world.opened).hasSize(1);
      assertThat(world.state(ann)).isEqualTo(PresenceState.IN_CALL);
      assertThat(world.cooldown(ann, bob)).isNull();
    } else {
      assertThat(world.opened).isEmpty();
      assertThat(world.state(bob)).isEqualTo(PresenceState.AVAILABLE);
      assertThat(world.toldTo(bob, CallRescinded.class)).hasSize(1);
    }
    assertThat(pending()).isZero();
  }

  @RepeatedTest(100)
  void whoIsTakenByOneCallIsInNoOther() {
    UUID annToBob = pending(ann, bob);
    UUID cidToAnn = pending(cid, ann);

    Future<Accepted> byBob = one.accept(new Accept(bob, world.socket(bob), annToBob, 300));
    Future<Accepted> byAnn = two.accept(new Accept(ann, world.socket(ann), cidToAnn, 300));
    settle();

    assertThat(Stream.of(byBob, byAnn).map(accepted -> accepted.result().outcome()))
        .containsOnlyOnce(AcceptOutcome.STARTED);
    assertThat(world.opened).hasSize(1);
    assertThat(pending()).isZero();
    boolean bobWon = byBob.result().outcome() == AcceptOutcome.STARTED;
    assertThat(world.toldTo(bobWon ? cid : ann, CallDeclined.class))
        .hasSize(1)
        .allMatch(declined -> declined.reason() == DeclineReason.BUSY);
    assertThat(world.bus.sent(SetCooldown.class)).isEmpty();
  }

  @RepeatedTest(100)
  void aCalleeGetsOneOfTwoInvitesThatComeAtOnce() {
    Future<Invited> first = one.invite(new Invite(ann, world.socket(ann), bob, 300));
    Future<Invited> second = two.invite(new Invite(cid, world.socket(cid), bob, 300));
    settle();

    assertThat(Stream.of(first, second).map(invited -> invited.result().outcome()))
        .containsExactlyInAnyOrder(InviteOutcome.SENT, InviteOutcome.DECLINED);
    assertThat(Stream.of(first, second).map(invited -> invited.result().reason()))
        .contains(DeclineReason.BUSY);
    assertThat(world.toldTo(bob)).hasSize(1);
  }

  @RepeatedTest(100)
  void aCallerHasOneOfTwoInvitesThatHeMakesAtOnce() {
    Future<Invited> first = one.invite(new Invite(ann, world.socket(ann), bob, 300));
    Future<Invited> second = two.invite(new Invite(ann, world.socket(ann), cid, 300));
    settle();

    assertThat(Stream.of(first, second).map(invited -> invited.result().outcome()))
        .containsExactlyInAnyOrder(InviteOutcome.SENT, InviteOutcome.DECLINED);
    assertThat(pending()).isEqualTo(1);
  }

  @RepeatedTest(100)
  void anInviteToOneWhoLeavesIsDeclinedOneWayOrTheOther() {
    Future<Invited> invited = one.invite(new Invite(ann, world.socket(ann), bob, 300));
    waiting.add(() -> world.move(bob, PresenceState.ONLINE));
    settle();

    assertThat(pending()).isZero();
    boolean sent = invited.result().outcome() == InviteOutcome.SENT;
    if (!sent) {
      assertThat(invited.result().reason()).isEqualTo(DeclineReason.OFFLINE);
    }
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(sent ? 1 : 0);
    assertThat(world.bus.sent(SetCooldown.class)).isEmpty();
  }

  @RepeatedTest(100)
  void anInviteToOneWhoIsJustTakenIsDeclinedOneWayOrTheOther() {
    UUID cidToBob = pending(cid, bob);
    Future<Accepted> accepted = one.accept(new Accept(bob, world.socket(bob), cidToBob, 300));
    Future<Invited> invited = two.invite(new Invite(ann, world.socket(ann), bob, 300));
    settle();

    assertThat(accepted.result().outcome()).isEqualTo(AcceptOutcome.STARTED);
    assertThat(world.opened).hasSize(1);
    assertThat(pending()).isZero();
    if (invited.result().outcome() == InviteOutcome.SENT) {
      assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
    } else {
      assertThat(invited.result().reason()).isIn(DeclineReason.BUSY, DeclineReason.OFFLINE);
    }
  }

  @RepeatedTest(100)
  void anInviteRescindedDuringItsDeliveryIsNeverLeftWithTheCallee() {
    Future<Invited> invited = one.invite(new Invite(ann, world.socket(ann), bob, 300));
    List<Future<Ended>> rescinds = new ArrayList<>();
    for (int attempt = 0; attempt < 5; attempt++) {
      waiting.add(() -> rescinds.add(two.rescind(new Rescind(ann, bob))));
    }
    settle();

    assertThat(invited.result().outcome()).isEqualTo(InviteOutcome.SENT);
    boolean rescinded = rescinds.stream().anyMatch(ended -> ended.result().found());
    assertThat(pending()).isEqualTo(rescinded ? 0 : 1);
    if (rescinded) {
      assertThat(world.toldTo(bob)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(world.toldTo(bob).get(world.toldTo(bob).size() - 1))
          .isInstanceOf(CallRescinded.class);
    }
  }

  private int pending() {
    return LoopRedis.await(store.size());
  }

  private UUID pending(UUID caller, UUID callee) {
    Future<Invited> invited = one.invite(new Invite(caller, world.socket(caller), callee, 300));
    settle();
    assertThat(invited.result().outcome()).isEqualTo(InviteOutcome.SENT);
    return invited.result().inviteId();
  }

  private void settle() {
    while (!waiting.isEmpty()) {
      waiting.remove(random.nextInt(waiting.size())).run();
    }
  }

  private <T> Future<T> later(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    waiting.add(
        () -> {
          // A real store answers on a thread of its own, and its step is done before another's.
          Future<T> done = step.get();
          if (!done.isComplete()) {
            LoopRedis.settle(done);
          }
          waiting.add(() -> done.onComplete(promise::complete, promise::fail));
        });
    return promise.future();
  }

  private final class SlowBus implements Bus {
    @Override
    public <Q extends Record, R extends Record> Future<R> request(
        Endpoint<Q, R> endpoint, Q request) {
      return later(() -> world.bus.request(endpoint, request));
    }

    @Override
    public <E extends Record> void publish(Topic<E> topic, E event) {
      waiting.add(() -> world.bus.publish(topic, event));
    }
  }

  @SuppressWarnings("unchecked")
  private InviteStore slow(InviteStore store) {
    return (InviteStore)
        Proxy.newProxyInstance(
            InviteStore.class.getClassLoader(),
            new Class<?>[] {InviteStore.class},
            (proxy, method, arguments) ->
                later(
                    () -> {
                      try {
                        return (Future<Object>) method.invoke(store, arguments);
                      } catch (IllegalAccessException | InvocationTargetException broken) {
                        throw new AssertionError(broken);
                      }
                    }));
  }
}
