package com.napalmsky.matchmaking.invite;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ExtendWait;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.WaitExtended;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownSet;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EndingsTest {

  private final World world = new World();
  private final InviteStore store = new MemoryInviteStore(1_000);
  private final Invites invites = new Instance(world, world.bus, store).invites;
  private final UUID ann = world.available("Ann");
  private final UUID bob = world.available("Bob");
  private final UUID cid = world.available("Cid");
  private final Instant start = world.timers.now();

  @Test
  void aDeclineIsToldAndKeepsTheTwoApartForADay() {
    UUID inviteId = invite(ann, bob);

    assertThat(decline(bob, inviteId)).isTrue();

    Instant until = start.plus(Duration.ofHours(24));
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.USER_DECLINED, bob, until));
    assertThat(world.cooldown(ann, bob)).isEqualTo(until);
    assertThat(setCooldowns())
        .extracting(SetCooldown::reason)
        .containsExactly(CooldownReason.DECLINED);
    assertThat(decline(bob, inviteId)).isFalse();
  }

  @Test
  void onlyTheCalleeDeclines() {
    UUID inviteId = invite(ann, bob);

    assertThat(decline(ann, inviteId)).isFalse();
    assertThat(decline(cid, inviteId)).isFalse();
    assertThat(decline(bob, UUID.randomUUID())).isFalse();
    assertPending(inviteId);
    assertThat(setCooldowns()).isEmpty();
  }

  @Test
  void aDeclineOfTheCountdownIsATimeout() {
    UUID inviteId = invite(ann, bob);
    world.timers.advance(Duration.ofSeconds(19));

    assertThat(decline(bob, inviteId)).isTrue();

    Instant until = world.timers.now().plus(Duration.ofMinutes(10));
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.TIMEOUT, bob, until));
    assertThat(world.cooldown(ann, bob)).isEqualTo(until);
  }

  @Test
  void aDeclineJustBeforeIsADecline() {
    UUID inviteId = invite(ann, bob);
    world.timers.advance(Duration.ofMillis(18_999));

    assertThat(decline(bob, inviteId)).isTrue();

    assertThat(world.toldTo(ann, CallDeclined.class).get(0).reason())
        .isEqualTo(DeclineReason.USER_DECLINED);
  }

  @Test
  void anExtensionMovesTheCountdownForDeclinesToo() {
    UUID inviteId = invite(ann, bob);
    assertThat(extend(ann, bob).extended()).isTrue();
    world.timers.advance(Duration.ofSeconds(38));

    assertThat(decline(bob, inviteId)).isTrue();

    assertThat(world.toldTo(ann, CallDeclined.class).get(0).reason())
        .isEqualTo(DeclineReason.USER_DECLINED);
  }

  @Test
  void aRescindIsToldAndKeepsTheTwoApartForAnHour() {
    UUID inviteId = invite(ann, bob);

    assertThat(rescind(ann, bob)).isTrue();

    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(inviteId));
    assertThat(world.toldTo(ann)).isEmpty();
    assertThat(world.cooldown(ann, bob)).isEqualTo(start.plus(Duration.ofHours(1)));
    assertThat(rescind(ann, bob)).isFalse();
  }

  @Test
  void onlyTheCallerRescinds() {
    UUID inviteId = invite(ann, bob);

    assertThat(rescind(bob, ann)).isFalse();
    assertThat(rescind(ann, cid)).isFalse();
    assertThat(rescind(cid, bob)).isFalse();
    assertPending(inviteId);
  }

  @Test
  void aShorterCooldownNeverReplacesALongerOneAndTheLongerOneIsTold() {
    UUID inviteId = invite(ann, bob);
    Instant longer = start.plus(Duration.ofHours(48));
    world.cooldown(ann, bob, longer);

    assertThat(decline(bob, inviteId)).isTrue();

    assertThat(world.cooldown(ann, bob)).isEqualTo(longer);
    assertThat(world.toldTo(ann, CallDeclined.class).get(0).cooldownExpiry()).isEqualTo(longer);
  }

  @Test
  void anInviteThatNobodyAnswersEndsAfterTwentyThreeSeconds() {
    UUID inviteId = invite(ann, bob);
    world.timers.advance(Duration.ofMillis(22_999));
    assertPending(inviteId);

    world.timers.advance(Duration.ofMillis(1));

    Instant until = start.plusSeconds(23).plus(Duration.ofMinutes(10));
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.TIMEOUT, bob, until));
    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(inviteId));
    assertThat(setCooldowns())
        .extracting(SetCooldown::reason)
        .containsExactly(CooldownReason.TIMEOUT);
    assertThat(accept(bob, inviteId)).isEqualTo(AcceptOutcome.UNKNOWN_INVITE);
    assertThat(store.stateOf(inviteId).result()).contains(InviteState.EXPIRED);
  }

  @Test
  void aWaitIsExtendedThreeTimesByTwentySeconds() {
    UUID inviteId = invite(ann, bob);
    for (int extension = 1; extension <= 3; extension++) {
      Instant expiresAt = start.plusSeconds(23 + 20L * extension);
      assertThat(extend(ann, bob)).isEqualTo(new WaitExtended(true, expiresAt));
      assertThat(last(world.toldTo(bob))).isEqualTo(new ClientEvent.WaitExtended(20, expiresAt));
    }

    assertThat(extend(ann, bob)).isEqualTo(new WaitExtended(false, null));

    world.timers.advance(Duration.ofMillis(82_999));
    assertPending(inviteId);
    world.timers.advance(Duration.ofMillis(1));
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
  }

  @Test
  void onlyTheCallerExtends() {
    invite(ann, bob);

    assertThat(extend(bob, ann).extended()).isFalse();
    assertThat(extend(cid, bob).extended()).isFalse();
    assertThat(extend(ann, cid).extended()).isFalse();
    assertThat(world.toldTo(bob, ClientEvent.WaitExtended.class)).isEmpty();
  }

  @Test
  void anInviteWhoseInstanceIsGoneIsEndedByAnother() {
    InviteStore shared = new MemoryInviteStore(100);
    Invites creator = new Instance(world, world.bus, shared).invites;
    assertThat(new Instance(world, world.bus, shared)).isNotNull();
    assertThat(creator.invite(new Invite(ann, world.socket(ann), bob, 300)).succeeded()).isTrue();
    creator.stop();

    world.timers.advance(Duration.ofSeconds(30));

    assertThat(shared.size().result()).isZero();
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
  }

  @Test
  void anInviteExtendedByAnotherInstanceIsEndedOnceAndNotTooEarly() {
    InviteStore shared = new MemoryInviteStore(100);
    Invites creator = new Instance(world, world.bus, shared).invites;
    Invites extender = new Instance(world, world.bus, shared).invites;
    assertThat(creator.invite(new Invite(ann, world.socket(ann), bob, 300)).succeeded()).isTrue();
    assertThat(extender.extendWait(new ExtendWait(ann, bob)).result().extended()).isTrue();

    world.timers.advance(Duration.ofMillis(42_999));
    assertThat(shared.size().result()).isEqualTo(1);
    world.timers.advance(Duration.ofMillis(1));

    assertThat(shared.size().result()).isZero();
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
    assertThat(setCooldowns()).hasSize(1);
  }

  @Test
  void whoLeavesTheQueueDeclinesWhatHeGotAndKeepsWhatHeMade() {
    UUID toBob = invite(ann, bob);
    UUID toCid = invite(bob, cid);

    world.move(bob, ONLINE);

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.OFFLINE, bob, null));
    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(toBob));
    assertThat(setCooldowns()).isEmpty();
    assertPending(toCid);
  }

  @Test
  void whoIsGoneDeclinesWhatHeGotAndTakesBackWhatHeMade() {
    UUID toBob = invite(ann, bob);
    UUID toCid = invite(bob, cid);
    world.move(bob, GRACE);
    assertPending(toBob);
    assertPending(toCid);

    world.move(bob, OFFLINE);

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.OFFLINE, bob, null));
    assertThat(world.toldTo(cid, CallRescinded.class)).containsExactly(new CallRescinded(toCid));
    assertThat(world.cooldown(ann, bob)).isNull();
    assertThat(world.cooldown(bob, cid)).isEqualTo(start.plus(Duration.ofHours(1)));
  }

  @Test
  void whoIsBackWithinTheGraceKeepsHisInvites() {
    UUID toBob = invite(ann, bob);

    world.move(bob, GRACE);
    world.move(bob, AVAILABLE);

    assertPending(toBob);
    assertThat(accept(bob, toBob)).isEqualTo(AcceptOutcome.STARTED);
  }

  @Test
  void aCallVoidsAllOtherInvitesOfBoth() {
    UUID dan = world.available("Dan");
    UUID annToBob = invite(ann, bob);
    UUID cidToAnn = invite(cid, ann);
    UUID bobToDan = invite(bob, dan);

    assertThat(accept(bob, annToBob)).isEqualTo(AcceptOutcome.STARTED);

    assertThat(world.toldTo(cid))
        .containsExactly(new CallDeclined(cidToAnn, DeclineReason.BUSY, ann, null));
    assertThat(world.toldTo(ann, CallRescinded.class)).containsExactly(new CallRescinded(cidToAnn));
    assertThat(world.toldTo(bob, CallDeclined.class))
        .containsExactly(new CallDeclined(bobToDan, DeclineReason.BUSY, dan, null));
    assertThat(world.toldTo(dan, CallRescinded.class)).containsExactly(new CallRescinded(bobToDan));
    assertThat(setCooldowns()).isEmpty();
    assertThat(store.size().result()).isZero();
  }

  @Test
  void aCallVoidsOtherInvitesEvenWhenItsAnnouncementIsLost() {
    UUID annToBob = invite(ann, bob);
    UUID cidToAnn = invite(cid, ann);
    UUID bobToDan = invite(bob, world.available("Dan"));
    world.announceThrough(lost -> {});

    assertThat(accept(bob, annToBob)).isEqualTo(AcceptOutcome.STARTED);

    assertThat(store.stateOf(cidToAnn).result()).contains(InviteState.VOID);
    assertThat(store.stateOf(bobToDan).result()).contains(InviteState.VOID);
  }

  @Test
  void aCallThatStartedElsewhereVoidsToo() {
    UUID toBob = invite(ann, bob);

    world.move(bob, IN_CALL);

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.BUSY, bob, null));
    assertThat(store.stateOf(toBob).result()).contains(InviteState.VOID);
  }

  @ParameterizedTest
  @EnumSource(SessionEnd.class)
  void theEndOfASessionVoidsItsInvitesWithoutAPenalty(SessionEnd end) {
    UUID toBob = invite(ann, bob);
    UUID toCid = invite(bob, cid);

    world.bus.publish(
        UserContract.SESSIONS_ENDED, new SessionsEnded(bob, List.of(UUID.randomUUID()), end));

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.OFFLINE, bob, null));
    assertThat(world.toldTo(cid, CallRescinded.class)).containsExactly(new CallRescinded(toCid));
    assertThat(setCooldowns()).isEmpty();
  }

  private void ban(UUID user, BanStatus status, Instant until) {
    world.bus.publish(
        BanContract.BAN_CHANGED, new BanChanged(user, status, until, world.timers.now()));
  }

  @Test
  void aBanVoidsTheInvitesOfTheBannedUserWithoutAPenalty() {
    UUID toBob = invite(ann, bob);
    UUID toCid = invite(bob, cid);

    ban(bob, BanStatus.TEMPORARY, null);
    ban(bob, BanStatus.TEMPORARY, null);

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.OFFLINE, bob, null));
    assertThat(world.toldTo(cid, CallRescinded.class)).containsExactly(new CallRescinded(toCid));
    assertThat(store.stateOf(toBob).result()).contains(InviteState.VOID);
    assertThat(setCooldowns()).isEmpty();
  }

  @Test
  void aBanThatIsOverVoidsNothing() {
    UUID toBob = invite(ann, bob);

    ban(bob, BanStatus.NONE, null);
    ban(bob, BanStatus.TEMPORARY, world.timers.now());

    assertPending(toBob);
  }

  @Test
  void whoHideFromEachOtherHaveNoInviteBetweenThem() {
    UUID toBob = invite(ann, bob);
    UUID toCid = invite(bob, cid);

    world.bus.publish(BlockContract.PAIR_HIDDEN, new PairHidden(bob, ann));

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(toBob, DeclineReason.OFFLINE, bob, null));
    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(toBob));
    assertPending(toCid);
    assertThat(setCooldowns()).isEmpty();
  }

  @Test
  void aCooldownIsStoredBeforeItIsAnnounced() {
    UUID inviteId = invite(ann, bob);
    world.serve(
        UserContract.SET_COOLDOWN,
        asked -> {
          assertThat(world.toldTo(ann)).isEmpty();
          return Future.succeededFuture(new CooldownSet(asked.until()));
        });

    assertThat(decline(bob, inviteId)).isTrue();

    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
  }

  @Test
  void aCooldownThatIsStoredAtTheSecondAttemptIsAnnounced() {
    UUID inviteId = invite(ann, bob);
    world.silence(UserContract.SET_COOLDOWN);
    assertThat(decline(bob, inviteId)).isTrue();
    assertThat(world.toldTo(ann)).isEmpty();
    world.serve(
        UserContract.SET_COOLDOWN, asked -> Future.succeededFuture(new CooldownSet(asked.until())));

    world.timers.advance(Duration.ofSeconds(1));

    assertThat(world.toldTo(ann, CallDeclined.class).get(0).cooldownExpiry())
        .isEqualTo(start.plus(Duration.ofHours(24)));
  }

  @Test
  void aCooldownThatCannotBeStoredIsCountedAndTheTwoAreToldAllTheSame() {
    UUID inviteId = invite(ann, bob);
    world.silence(UserContract.SET_COOLDOWN);
    assertThat(decline(bob, inviteId)).isTrue();

    world.timers.advance(Duration.ofSeconds(1));

    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.USER_DECLINED, bob, null));
    assertThat(setCooldowns()).hasSize(2);
    assertThat(invites.details().result()).containsEntry("invites.cooldowns-lost", "1");
  }

  @ParameterizedTest
  @EnumSource(
      value = PresenceState.class,
      names = {"ONLINE", "GRACE", "OFFLINE"})
  void aCallerWhoIsNotFreeVoidsTheAcceptedInvite(PresenceState state) {
    UUID inviteId = invite(ann, bob);
    world.moveUnheard(ann, state);

    assertThat(accept(bob, inviteId)).isEqualTo(AcceptOutcome.NOT_FREE);

    assertThat(world.opened).isEmpty();
    assertThat(setCooldowns()).isEmpty();
    assertThat(store.size().result()).isZero();
    assertThat(world.toldTo(bob, CallRescinded.class)).hasSize(1);
    assertThat(world.state(bob)).isEqualTo(AVAILABLE);
  }

  @Test
  void theCallerOfARefusedClaimIsToldWhatTheCalleeIs() {
    UUID first = invite(ann, bob);
    world.moveUnheard(bob, IN_CALL);
    assertThat(accept(bob, first)).isEqualTo(AcceptOutcome.NOT_FREE);
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(first, DeclineReason.BUSY, bob, null));

    UUID second = invite(ann, cid);
    world.moveUnheard(cid, ONLINE);
    assertThat(accept(cid, second)).isEqualTo(AcceptOutcome.NOT_FREE);
    assertThat(last(world.toldTo(ann)))
        .isEqualTo(new CallDeclined(second, DeclineReason.OFFLINE, cid, null));
  }

  @Test
  void aRefusedMatchDeclinesBothInvites() {
    UUID first = invite(ann, bob);
    world.serve(
        PresenceContract.CLAIM_PAIR,
        asked ->
            Future.succeededFuture(
                new PresenceContract.PairClaimed(false, GRACE, AVAILABLE, null, null)));

    Invited second = invites.invite(new Invite(bob, world.socket(bob), ann, 300)).result();

    assertThat(second.outcome()).isEqualTo(InviteOutcome.DECLINED);
    assertThat(second.reason()).isEqualTo(DeclineReason.OFFLINE);
    assertThat(world.toldTo(ann, CallDeclined.class))
        .extracting(CallDeclined::inviteId)
        .containsExactly(first);
    assertThat(store.size().result()).isZero();
  }

  @Test
  void aCallThatCannotBeOpenedLeavesNoTrace() {
    UUID inviteId = invite(ann, bob);
    world.silence(SignalingContract.OPEN);

    assertThat(accept(bob, inviteId)).isEqualTo(AcceptOutcome.NOT_FREE);

    assertThat(world.released).hasSize(1);
    assertThat(world.state(ann)).isEqualTo(ONLINE);
    assertThat(world.state(bob)).isEqualTo(ONLINE);
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.BUSY, bob, null));
    assertThat(world.toldTo(bob, CallRescinded.class)).hasSize(1);
    assertThat(setCooldowns()).isEmpty();
    assertThat(invites.details().result()).containsEntry("invites.starts-failed", "1");
  }

  @Test
  void aCallIsOpenedAtTheSecondAttempt() {
    UUID inviteId = invite(ann, bob);
    boolean[] failed = {false};
    world.serve(
        SignalingContract.OPEN,
        asked -> {
          if (!failed[0]) {
            failed[0] = true;
            return Future.failedFuture(ServiceFailure.unavailable("TIMEOUT"));
          }
          world.opened.add(asked);
          return Future.succeededFuture(new SignalingContract.Opened("sig-2"));
        });

    assertThat(accept(bob, inviteId)).isEqualTo(AcceptOutcome.STARTED);

    assertThat(world.opened).hasSize(1);
    assertThat(world.released).isEmpty();
  }

  @Test
  void aPairIsReleasedAsSoonAsPresenceIsBack() {
    UUID inviteId = invite(ann, bob);
    world.silence(SignalingContract.OPEN);
    world.silence(PresenceContract.RELEASE_CALL);
    assertThat(accept(bob, inviteId)).isEqualTo(AcceptOutcome.NOT_FREE);
    world.timers.advance(Duration.ofSeconds(2));
    world.serve(
        PresenceContract.RELEASE_CALL, asked -> Future.succeededFuture(world.release(asked)));

    world.timers.advance(Duration.ofSeconds(10));

    assertThat(world.released).hasSize(1);
    assertThat(world.state(ann)).isEqualTo(ONLINE);
  }

  @Test
  void stoppedInvitesHaveNoTimers() {
    World own = new World();
    Instance instance = new Instance(own, own.bus, new MemoryInviteStore(10));
    UUID dan = own.available("Dan");
    UUID eve = own.available("Eve");
    assertThat(instance.invites.invite(new Invite(dan, own.socket(dan), eve, 60)).succeeded())
        .isTrue();

    instance.invites.stop();
    instance.pool.stop();

    assertThat(own.timers.pending()).isZero();
  }

  @CanIgnoreReturnValue
  private UUID invite(UUID caller, UUID callee) {
    Invited sent = invites.invite(new Invite(caller, world.socket(caller), callee, 300)).result();
    assertThat(sent.outcome()).isEqualTo(InviteOutcome.SENT);
    return sent.inviteId();
  }

  private AcceptOutcome accept(UUID callee, UUID inviteId) {
    return invites
        .accept(new Accept(callee, world.socket(callee), inviteId, 300))
        .result()
        .outcome();
  }

  private boolean decline(UUID callee, UUID inviteId) {
    return invites.decline(new Decline(callee, inviteId)).result().found();
  }

  private boolean rescind(UUID caller, UUID callee) {
    return invites.rescind(new Rescind(caller, callee)).result().found();
  }

  private WaitExtended extend(UUID caller, UUID callee) {
    return invites.extendWait(new ExtendWait(caller, callee)).result();
  }

  private void assertPending(UUID inviteId) {
    assertThat(store.stateOf(inviteId).result()).contains(InviteState.PENDING);
  }

  private List<SetCooldown> setCooldowns() {
    return world.bus.sent(SetCooldown.class);
  }

  private static ClientEvent last(List<ClientEvent> events) {
    return events.get(events.size() - 1);
  }
}
