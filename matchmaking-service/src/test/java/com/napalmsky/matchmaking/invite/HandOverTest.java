package com.napalmsky.matchmaking.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An instance dies somewhere between the end of an invite and the last of what follows it. */
class HandOverTest {

  private static final Duration TAKEN_OVER = Duration.ofSeconds(15);

  private final World world = new World();
  private final InviteStore store = new MemoryInviteStore(100);
  private final MortalBus bus = new MortalBus();
  private final Invites dying = new Instance(world, bus, store).invites;
  private final Invites other = new Instance(world, world.bus, store).invites;
  private final UUID ann = world.available("Ann");
  private final UUID bob = world.available("Bob");
  private final Instant start = world.timers.now();

  HandOverTest() {
    var same =
        world.bus.answer(
            SignalingContract.LOCATE,
            asked ->
                new Located(
                    world.opened.stream().anyMatch(open -> open.roomId().equals(asked.roomId()))
                        ? "sig-1"
                        : null));
  }

  @Test
  void aDeclineThatWasTakenIsToldByAnotherInstanceWithTheSameCooldown() {
    UUID inviteId = invited();
    bus.die(0);
    assertThat(dying.decline(new Decline(bob, inviteId)).result().found()).isTrue();
    assertThat(world.toldTo(ann)).isEmpty();
    dying.stop();

    world.timers.advance(TAKEN_OVER);

    Instant until = start.plus(Duration.ofHours(24));
    assertThat(world.toldTo(ann))
        .containsExactly(new CallDeclined(inviteId, DeclineReason.USER_DECLINED, bob, until));
    assertThat(world.cooldown(ann, bob)).isEqualTo(until);
    world.timers.advance(Duration.ofMinutes(1));
    assertThat(world.toldTo(ann)).hasSize(1);
  }

  @Test
  void aCooldownIsNotLongerForHavingBeenStoredTwice() {
    UUID inviteId = invited();
    bus.die(1);
    assertThat(dying.decline(new Decline(bob, inviteId)).result().found()).isTrue();
    dying.stop();

    world.timers.advance(TAKEN_OVER);

    assertThat(world.bus.sent(SetCooldown.class)).hasSize(2);
    assertThat(world.cooldown(ann, bob)).isEqualTo(start.plus(Duration.ofHours(24)));
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
  }

  @Test
  void aCountdownIsTakenForOneHoweverLateItIsFoundOut() {
    UUID inviteId = invited();
    world.timers.advance(Duration.ofMillis(19_500));
    bus.die(0);
    assertThat(dying.decline(new Decline(bob, inviteId)).result().found()).isTrue();
    dying.stop();

    world.timers.advance(TAKEN_OVER);

    assertThat(world.toldTo(ann, CallDeclined.class))
        .extracting(CallDeclined::reason)
        .containsExactly(DeclineReason.TIMEOUT);
  }

  @Test
  void anAcceptIsMadeACallByAnotherInstance() {
    UUID inviteId = invited();
    bus.die(0);
    var accepted = dying.accept(new Accept(bob, world.socket(bob), inviteId, 100));
    dying.stop();

    world.timers.advance(TAKEN_OVER);

    assertThat(accepted.isComplete()).isFalse();
    assertThat(world.opened).hasSize(1);
    assertThat(world.opened.get(0).agreedSeconds()).isEqualTo(200);
    assertThat(world.opened.get(0).other().socket()).isEqualTo(world.socket(bob));
    assertThat(world.state(ann)).isEqualTo(PresenceState.IN_CALL);
    assertThat(world.state(bob)).isEqualTo(PresenceState.IN_CALL);
    assertThat(world.toldTo(ann, CallDeclined.class)).isEmpty();
  }

  @Test
  void aClaimedPairWhoseCallWasNotOpenedGetsIt() {
    UUID inviteId = invited();
    bus.die(1);
    var accepted = dying.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    dying.stop();
    assertThat(world.state(ann)).isEqualTo(PresenceState.IN_CALL);

    world.timers.advance(TAKEN_OVER);

    assertThat(accepted.isComplete()).isFalse();
    assertThat(world.opened).hasSize(1);
    assertThat(world.released).isEmpty();
  }

  @Test
  void aCallThatWasOpenedIsNotOpenedAgainNorEnded() {
    UUID inviteId = invited();
    bus.die(2);
    var accepted = dying.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    dying.stop();
    assertThat(world.opened).hasSize(1);

    world.timers.advance(TAKEN_OVER);

    assertThat(accepted.isComplete()).isFalse();
    assertThat(world.opened).hasSize(1);
    assertThat(world.released).isEmpty();
    assertThat(world.toldTo(ann, CallDeclined.class)).isEmpty();
    assertThat(world.toldTo(bob, CallRescinded.class)).isEmpty();
  }

  @Test
  void whoGotNoAnswerAndAcceptsAgainIsInTheSameCallAtOnce() {
    UUID inviteId = invited();
    bus.die(1);
    var unanswered = dying.accept(new Accept(bob, world.socket(bob), inviteId, 300));

    var accepted = other.accept(new Accept(bob, world.socket(bob), inviteId, 300)).result();

    assertThat(unanswered.isComplete()).isFalse();
    assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
    assertThat(world.opened).hasSize(1);
    assertThat(world.opened.get(0).roomId()).isEqualTo(accepted.roomId());
    dying.stop();
    world.timers.advance(TAKEN_OVER);
    assertThat(world.opened).hasSize(1);
    assertThat(world.toldTo(ann, CallDeclined.class)).isEmpty();
  }

  @Test
  void anAcceptThatCannotBecomeACallAnyMoreIsDeclined() {
    UUID inviteId = invited();
    bus.die(0);
    var accepted = dying.accept(new Accept(bob, world.socket(bob), inviteId, 300));
    dying.stop();
    world.move(bob, PresenceState.OFFLINE);

    world.timers.advance(TAKEN_OVER);

    assertThat(accepted.isComplete()).isFalse();
    assertThat(world.opened).isEmpty();
    assertThat(world.toldTo(ann, CallDeclined.class))
        .extracting(CallDeclined::reason)
        .containsExactly(DeclineReason.OFFLINE);
  }

  @Test
  void whoIsWaitedForByOneInstanceIsNotToldByAnother() {
    UUID inviteId = invited();
    world.move(ann, PresenceState.GRACE);
    assertThat(dying.decline(new Decline(bob, inviteId)).result().found()).isTrue();

    world.timers.advance(Duration.ofSeconds(14));
    world.move(ann, PresenceState.AVAILABLE);

    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
    assertThat(other.details().result()).containsEntry("invites.taken-over", "0");
    assertThat(store.unfinished(Instant.MAX, Instant.MAX, 10).result()).isEmpty();
  }

  @Test
  void whatOneInstanceWaitedToTellIsToldByAnother() {
    UUID inviteId = invited();
    world.move(bob, PresenceState.GRACE);
    assertThat(dying.rescind(new Rescind(ann, bob)).result().found()).isTrue();
    bus.die(0);
    dying.stop();

    world.timers.advance(TAKEN_OVER);
    world.move(bob, PresenceState.AVAILABLE);

    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(inviteId));
  }

  @Test
  void anInviteOfALostInstanceEndsAtItsDeadline() {
    UUID inviteId = invited();
    bus.die(0);
    dying.stop();

    world.timers.advance(Duration.ofSeconds(28));

    assertThat(world.toldTo(ann, CallDeclined.class))
        .extracting(CallDeclined::inviteId, CallDeclined::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(inviteId, DeclineReason.TIMEOUT));
    assertThat(world.bus.sent(SetCooldown.class)).hasSize(1);
  }

  @Test
  void theOtherInstanceCanCarryOutAnyCommand() {
    UUID inviteId = invited();

    var accepted = other.accept(new Accept(bob, world.socket(bob), inviteId, 300)).result();

    assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
    world.timers.advance(Duration.ofMinutes(1));
    assertThat(world.toldTo(ann, CallDeclined.class)).isEmpty();
  }

  private UUID invited() {
    var invited = dying.invite(new Invite(ann, world.socket(ann), bob, 300)).result();
    assertThat(invited.outcome()).isEqualTo(InviteOutcome.SENT);
    return invited.inviteId();
  }

  /** Passes so many more requests on; of all others nobody ever hears. */
  private final class MortalBus implements Bus {
    private int left = Integer.MAX_VALUE;

    void die(int after) {
      left = after;
    }

    @Override
    public <Q extends Record, R extends Record> Future<R> request(
        Endpoint<Q, R> endpoint, Q request) {
      if (left == 0) {
        return Promise.<R>promise().future();
      }
      left--;
      Future<R> answer = world.bus.request(endpoint, request);
      return left == 0 ? Promise.<R>promise().future() : answer;
    }

    @Override
    public <E extends Record> void publish(Topic<E> topic, E event) {
      if (left > 0) {
        world.bus.publish(topic, event);
      }
    }
  }
}
