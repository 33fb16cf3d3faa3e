package com.napalmsky.matchmaking.invite;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallNotify;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallRescinded;
import com.napalmsky.shared.contract.gateway.ClientEvent.WaitExtended;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ExtendWait;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One of the two loses his socket while an invite is pending. */
class RecoveryTest {

  private final World world = new World();
  private final Invites invites =
      new Instance(world, world.bus, new MemoryInviteStore(100)).invites;
  private final UUID ann = world.available("Ann");
  private final UUID bob = world.available("Bob");

  @Test
  void aCallerHearsOfTheDeclineWhenHeIsBackAndOnce() {
    UUID inviteId = invite(ann, bob).inviteId();
    world.move(ann, GRACE);
    assertThat(invites.decline(new Decline(bob, inviteId)).result().found()).isTrue();
    assertThat(world.toldTo(ann)).isEmpty();
    world.timers.advance(Duration.ofSeconds(4));

    world.move(ann, AVAILABLE);

    assertThat(world.toldTo(ann))
        .containsExactly(
            new CallDeclined(inviteId, DeclineReason.USER_DECLINED, bob, world.cooldown(ann, bob)));
    world.move(ann, GRACE);
    world.move(ann, AVAILABLE);
    assertThat(world.toldTo(ann)).hasSize(1);
    assertThat(invites.details().result()).containsEntry("invites.missed.size", "0");
  }

  @Test
  void aCalleeHearsWhatBecameOfTheInviteInOrder() {
    UUID inviteId = invite(ann, bob).inviteId();
    world.move(bob, GRACE);
    var extended = invites.extendWait(new ExtendWait(ann, bob)).result();
    assertThat(invites.rescind(new Rescind(ann, bob)).result().found()).isTrue();

    world.move(bob, AVAILABLE);

    assertThat(world.toldTo(bob))
        .hasSize(3)
        .endsWith(new WaitExtended(20, extended.expiresAt()), new CallRescinded(inviteId));
  }

  @Test
  void aCalleeWhoIsBackAfterTheDeadlineHearsThatTheInviteIsOver() {
    UUID inviteId = invite(ann, bob).inviteId();
    world.timers.advance(Duration.ofSeconds(21));
    world.move(bob, GRACE);
    world.timers.advance(Duration.ofSeconds(3));

    world.move(bob, AVAILABLE);

    assertThat(world.toldTo(bob, CallRescinded.class)).containsExactly(new CallRescinded(inviteId));
    assertThat(world.toldTo(ann, CallDeclined.class)).hasSize(1);
  }

  @Test
  void anInviteIsAsItWasForWhoIsBackWithinTheGrace() {
    UUID inviteId = invite(ann, bob).inviteId();
    world.move(bob, GRACE);
    world.move(ann, GRACE);
    world.timers.advance(Duration.ofSeconds(4));
    world.move(ann, AVAILABLE);
    world.move(bob, AVAILABLE);

    var accepted = invites.accept(new Accept(bob, world.socket(bob), inviteId, 300)).result();

    assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
    assertThat(world.toldTo(bob)).hasOnlyElementsOfType(CallNotify.class).hasSize(1);
    assertThat(world.toldTo(ann)).isEmpty();
  }

  @Test
  void whoIsGoneForGoodIsToldNothingLater() {
    var unused = invite(ann, bob);
    world.move(bob, GRACE);
    assertThat(invites.extendWait(new ExtendWait(ann, bob)).result().extended()).isTrue();

    world.move(bob, OFFLINE);
    world.move(bob, ONLINE);
    world.move(bob, AVAILABLE);

    assertThat(world.toldTo(bob)).hasOnlyElementsOfType(CallNotify.class).hasSize(1);
    assertThat(world.toldTo(ann, CallDeclined.class))
        .extracting(CallDeclined::reason)
        .containsExactly(DeclineReason.OFFLINE);
    assertThat(invites.details().result())
        .containsEntry("invites.missed.size", "0")
        .containsEntry("invites.missed.forgotten", "1");
  }

  @Test
  void whoIsInGraceCannotBeInvited() {
    world.move(bob, GRACE);

    Invited invited = invites.invite(new Invite(ann, world.socket(ann), bob, 300)).result();
    world.move(bob, AVAILABLE);

    assertThat(invited.outcome()).isEqualTo(InviteOutcome.DECLINED);
    assertThat(invited.reason()).isEqualTo(DeclineReason.OFFLINE);
    assertThat(world.toldTo(bob)).isEmpty();
  }

  private Invited invite(UUID caller, UUID callee) {
    Invited sent = invites.invite(new Invite(caller, world.socket(caller), callee, 300)).result();
    assertThat(sent.outcome()).isEqualTo(InviteOutcome.SENT);
    return sent;
  }
}
