package com.napalmsky.matchmaking.invite;

import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallNotify;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.user.UserContract;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitesTest {

  private final World world = new World();
  private final InviteStore store = new MemoryInviteStore(1_000);
  private final Invites invites = new Instance(world, world.bus, store).invites;
  private final UUID ann = world.available("Ann");
  private final UUID bob = world.available("Bob");
  private final UUID cid = world.available("Cid");

  @Test
  void anInviteIsPlacedAndDelivered() {
    Invited sent = invite(ann, bob, 300);

    assertThat(sent.outcome()).isEqualTo(InviteOutcome.SENT);
    assertThat(sent.expiresAt()).isEqualTo(world.timers.now().plusSeconds(23));
    assertThat(world.toldTo(bob))
        .containsExactly(
            new CallNotify(sent.inviteId(), world.person(ann), 300, 20_000, sent.expiresAt()));
    assertThat(invites.waitingFor(ann).result()).contains(world.person(bob));
    assertThat(invites.waitingFor(bob).result()).isEmpty();
  }

  @Test
  void nobodyInvitesHimself() {
    assertDeclined(invite(ann, ann, 5), DeclineReason.INVALID_TARGET);
  }

  @Test
  void aStrangerCannotBeInvited() {
    assertDeclined(invite(ann, null, 5), DeclineReason.USER_NOT_FOUND);
    assertDeclined(invite(ann, new UUID(1, 1), 5), DeclineReason.USER_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -60, 0, 59, 1801, Integer.MAX_VALUE})
  void aLengthThatNoCallMayHaveIsRefused(int seconds) {
    assertDeclined(invite(ann, bob, seconds), DeclineReason.INVALID_DURATION);
    assertDeclined(invite(ann, bob, null), DeclineReason.INVALID_DURATION);
    assertThat(store.size().result()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 1800})
  void theShortestAndTheLongestCallAreAllowed(int seconds) {
    assertThat(invite(ann, bob, seconds).outcome()).isEqualTo(InviteOutcome.SENT);
  }

  @Test
  void theLengthIsJudgedBeforeTheCalleesState() {
    UUID away = world.account("Away");

    assertDeclined(invite(ann, away, 59), DeclineReason.INVALID_DURATION);
    assertDeclined(invite(ann, away, 60), DeclineReason.OFFLINE);
  }

  @Test
  void whoIsNotAvailableLooksOfflineOrBusy() {
    world.move(bob, ONLINE);
    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);
    world.move(bob, GRACE);
    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);
    world.move(bob, IN_CALL);
    assertDeclined(invite(ann, bob, 300), DeclineReason.BUSY);
  }

  @Test
  void aHiddenPersonLooksOfflineWhateverHeDoes() {
    world.hidden.put(ann, List.of(bob));
    world.cooldown(ann, bob, world.timers.now().plusSeconds(60));

    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);
    world.move(bob, IN_CALL);
    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);
  }

  @Test
  void aCooldownIsNamedWithItsEnd() {
    world.cooldown(ann, bob, world.timers.now().plusSeconds(60));

    Invited declined = invite(ann, bob, 300);

    assertDeclined(declined, DeclineReason.COOLDOWN);
    assertThat(declined.cooldownExpiry()).isEqualTo(world.timers.now().plusSeconds(60));
    world.timers.advance(Duration.ofSeconds(60));
    assertThat(invite(ann, bob, 300).outcome()).isEqualTo(InviteOutcome.SENT);
  }

  @Test
  void aCooldownThatStartedSinceIsRespected() {
    assertDeclined(invite(ann, bob, 5), DeclineReason.INVALID_DURATION);
    Invited first = invite(ann, bob, 300);
    assertThat(invites.decline(new Decline(bob, first.inviteId())).result().found()).isTrue();

    assertDeclined(invite(ann, bob, 300), DeclineReason.COOLDOWN);
    assertDeclined(invite(bob, ann, 300), DeclineReason.COOLDOWN);
  }

  @Test
  void withoutTheOverlayNobodyIsInvited() {
    world.silence(UserContract.GET_OVERLAY);

    assertThat(inviteFuture(ann, bob, 300).cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE));
    assertThat(store.size().result()).isZero();
  }

  @Test
  void withoutPresenceNobodyIsInvited() {
    world.silence(PresenceContract.LOCATE);

    assertThat(inviteFuture(ann, bob, 300).failed()).isTrue();
    assertThat(store.size().result()).isZero();
  }

  @Test
  void aCallerWhoIsNotAvailableIsBusy() {
    world.move(ann, IN_CALL);
    assertDeclined(invite(ann, bob, 300), DeclineReason.BUSY);
    world.move(ann, ONLINE);
    assertDeclined(invite(ann, bob, 300), DeclineReason.BUSY);
  }

  @Test
  void aCallerWaitsForOneAnswerAtATime() {
    assertThat(invite(ann, bob, 300).outcome()).isEqualTo(InviteOutcome.SENT);

    assertDeclined(invite(ann, cid, 300), DeclineReason.BUSY);
    assertDeclined(invite(ann, bob, 300), DeclineReason.BUSY);
    assertThat(world.toldTo(cid)).isEmpty();
  }

  @Test
  void aCalleeAnswersOneInviteAtATime() {
    assertThat(invite(ann, bob, 300).outcome()).isEqualTo(InviteOutcome.SENT);

    assertDeclined(invite(cid, bob, 300), DeclineReason.BUSY);
    assertThat(world.toldTo(bob)).hasSize(1);
  }

  @Test
  void anInviteThatCannotBeDeliveredIsNotKept() {
    world.deadSockets.add(world.socket(bob).id());

    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);

    assertThat(store.size().result()).isZero();
    assertThat(world.cooldown(ann, bob)).isNull();
    assertThat(invite(ann, cid, 300).outcome()).isEqualTo(InviteOutcome.SENT);
  }

  @Test
  void anInviteOfWhichNobodyKnowsWhetherItArrivedIsTakenBack() {
    UUID dan = world.available("Dan");
    world.serve(
        GatewayContract.DELIVER.at(World.LOOP),
        asked -> Future.failedFuture(ServiceFailure.unavailable("TIMEOUT")));

    assertDeclined(invite(ann, dan, 300), DeclineReason.OFFLINE);

    assertThat(store.size().result()).isZero();
    assertThat(
            world.bus.sent(GatewayContract.Deliver.class).stream()
                .map(GatewayContract.Deliver::order)
                .map(Object::toString))
        .anyMatch(order -> order.contains("CallRescinded"));
  }

  @Test
  void anInviteAcceptedBeforeItsDeliveryIsKnownIsACall() {
    Promise<Delivered> delivery = holdDelivery();
    Future<Invited> invited = inviteFuture(ann, bob, 300);
    UUID inviteId = store.outgoing(ann).result().orElseThrow().id();
    assertThat(accept(bob, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.STARTED);

    delivery.fail(ServiceFailure.unavailable("TIMEOUT"));

    assertThat(invited.result().outcome()).isEqualTo(InviteOutcome.SENT);
    assertThat(world.opened).hasSize(1);
    assertThat(world.toldTo(bob, CallRescinded.class)).isEmpty();
  }

  @Test
  void anInviteRescindedBeforeItsDeliveryIsKnownIsTakenFromTheCalleeAfterwards() {
    Promise<Delivered> delivery = holdDelivery();
    Future<Invited> invited = inviteFuture(ann, bob, 300);
    assertThat(
            store
                .takeBetween(ann, bob, InviteStoreSuite.end(Ending.TAKEN_BACK, world.timers.now()))
                .result())
        .isPresent();
    releaseDelivery();

    delivery.complete(new Delivered(List.of()));

    assertThat(invited.result().outcome()).isEqualTo(InviteOutcome.SENT);
    assertThat(world.toldTo(bob, CallRescinded.class)).hasSize(1);
  }

  @Test
  void aCalleeWhoLeavesWhileTheInviteIsMadeIsOffline() {
    world.serve(
        PresenceContract.LOCATE,
        asked -> {
          var located = world.located(asked.userIds());
          world.move(bob, ONLINE);
          return Future.succeededFuture(located);
        });

    assertDeclined(invite(ann, bob, 300), DeclineReason.OFFLINE);
    assertThat(store.size().result()).isZero();
    assertThat(world.toldTo(bob)).isEmpty();
  }

  @Test
  void aCallerWhoIsTakenWhileTheInviteIsMadeIsBusy() {
    world.serve(
        PresenceContract.LOCATE,
        asked -> {
          var located = world.located(asked.userIds());
          world.move(ann, IN_CALL);
          return Future.succeededFuture(located);
        });

    assertDeclined(invite(ann, bob, 300), DeclineReason.BUSY);
    assertThat(store.size().result()).isZero();
  }

  @Test
  void tenInvitesInAMinuteAreEnough() {
    UUID eve = world.available("Eve");
    for (int at = 0; at < 10; at++) {
      UUID callee = world.available("P" + at);
      assertThat(invite(eve, callee, 300).outcome()).isEqualTo(InviteOutcome.SENT);
      assertThat(
              store
                  .takeBetween(eve, callee, InviteStoreSuite.end(Ending.TAKEN, world.timers.now()))
                  .result())
          .isPresent();
    }

    assertDeclined(invite(eve, bob, 300), DeclineReason.RATE_LIMITED);
    world.timers.advance(Duration.ofSeconds(6));
    assertThat(invite(eve, bob, 300).outcome()).isEqualTo(InviteOutcome.SENT);
  }

  @Test
  void toAnswerWithAnInviteIsAllowedWhenTheRateIsUsedUp() {
    IntStream.range(0, 10)
        .mapToObj(at -> world.available("P" + at))
        .forEach(
            callee -> {
              assertThat(invite(ann, callee, 300).outcome()).isEqualTo(InviteOutcome.SENT);
              assertThat(
                      store
                          .takeBetween(
                              ann, callee, InviteStoreSuite.end(Ending.TAKEN, world.timers.now()))
                          .result())
                  .isPresent();
            });
    assertThat(invite(bob, ann, 300).outcome()).isEqualTo(InviteOutcome.SENT);

    assertThat(invite(ann, bob, 300).outcome()).isEqualTo(InviteOutcome.MATCHED);
  }

  @Test
  void aFullStoreIsAFailureThatMayPass() {
    InviteSettings small =
        new InviteSettings(
            1,
            10,
            10,
            Duration.ofMillis(200),
            10,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            3,
            Duration.ofSeconds(3),
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofMinutes(10));
    Invites full = new Instance(world, world.bus, new MemoryInviteStore(1), small).invites;
    UUID dan = world.available("Dan");
    assertThat(full.invite(new Invite(ann, world.socket(ann), bob, 300)).succeeded()).isTrue();

    assertThat(full.invite(new Invite(cid, world.socket(cid), dan, 300)).cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class, failure -> assertThat(failure.code()).isEqualTo(Code.OVERLOADED));
  }

  @Test
  void oneWhomOnlyPresenceKnowsCanBeInvitedAsWell() {
    Invites deaf = new Instance(worldWithoutSnapshot(), world.bus, store).invites;

    assertThat(deaf.invite(new Invite(ann, world.socket(ann), bob, 300)).result().outcome())
        .isEqualTo(InviteOutcome.SENT);
  }

  @Test
  void anAcceptedInviteIsACallOfTheMeanLength() {
    UUID inviteId = invite(ann, bob, 300).inviteId();

    Accepted accepted = accept(bob, inviteId, 101);

    assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
    assertThat(world.opened).hasSize(1);
    var open = world.opened.get(0);
    assertThat(open.roomId()).isEqualTo(accepted.roomId());
    assertThat(open.agreedSeconds()).isEqualTo(200);
    assertThat(open.initiator())
        .isEqualTo(new SignalingContract.Member(ann, "Ann", world.socket(ann)));
    assertThat(open.other()).isEqualTo(new SignalingContract.Member(bob, "Bob", world.socket(bob)));
    assertThat(world.cooldown(ann, bob)).isNull();
    assertThat(store.size().result()).isZero();
  }

  @Test
  void onlyTheCalleeAccepts() {
    UUID inviteId = invite(ann, bob, 300).inviteId();

    assertThat(accept(ann, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(accept(cid, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(accept(cid, inviteId, 5).outcome()).isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(accept(bob, UUID.randomUUID(), 300).outcome())
        .isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(accept(bob, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.STARTED);
  }

  @Test
  void aWrongLengthLeavesTheInvitePending() {
    UUID inviteId = invite(ann, bob, 300).inviteId();

    assertThat(accept(bob, inviteId, 59).outcome()).isEqualTo(AcceptOutcome.INVALID_DURATION);
    assertThat(accept(bob, inviteId, null).outcome()).isEqualTo(AcceptOutcome.INVALID_DURATION);
    assertThat(accept(bob, inviteId, 60).outcome()).isEqualTo(AcceptOutcome.STARTED);
  }

  @Test
  void anInviteCannotBeAcceptedTwice() {
    UUID inviteId = invite(ann, bob, 300).inviteId();
    assertThat(accept(bob, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.STARTED);

    assertThat(accept(bob, inviteId, 300).outcome()).isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(world.opened).hasSize(1);
  }

  @Test
  void theReverseInviteIsAnAcceptance() {
    UUID first = invite(ann, bob, 300).inviteId();

    Invited second = invite(bob, ann, 101);

    assertThat(second.outcome()).isEqualTo(InviteOutcome.MATCHED);
    assertThat(second.roomId()).isEqualTo(world.opened.get(0).roomId());
    assertThat(second.inviteId()).isNotEqualTo(first);
    assertThat(world.opened).hasSize(1);
    assertThat(world.opened.get(0).initiator().userId()).isEqualTo(ann);
    assertThat(world.opened.get(0).agreedSeconds()).isEqualTo(200);
    assertThat(world.toldTo(ann, CallNotify.class)).isEmpty();
  }

  private World worldWithoutSnapshot() {
    world.silence(PresenceContract.SNAPSHOT);
    return world;
  }

  private Promise<Delivered> holdDelivery() {
    Promise<Delivered> delivery = Promise.promise();
    world.serve(GatewayContract.DELIVER.at(World.LOOP), asked -> delivery.future());
    return delivery;
  }

  private void releaseDelivery() {
    world.serve(
        GatewayContract.DELIVER.at(World.LOOP),
        asked -> Future.succeededFuture(world.deliver(asked)));
  }

  private Future<Invited> inviteFuture(UUID caller, UUID callee, Integer seconds) {
    return invites.invite(new Invite(caller, world.socket(caller), callee, seconds));
  }

  private Invited invite(UUID caller, UUID callee, Integer seconds) {
    return inviteFuture(caller, callee, seconds).result();
  }

  private Accepted accept(UUID callee, UUID inviteId, Integer seconds) {
    return invites.accept(new Accept(callee, world.socket(callee), inviteId, seconds)).result();
  }

  private static void assertDeclined(Invited invited, DeclineReason reason) {
    assertThat(invited.outcome()).isEqualTo(InviteOutcome.DECLINED);
    assertThat(invited.reason()).isEqualTo(reason);
    assertThat(invited.inviteId()).isNotNull();
  }
}
