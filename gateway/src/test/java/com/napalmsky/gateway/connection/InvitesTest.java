package com.napalmsky.gateway.connection;

import static com.napalmsky.gateway.connection.TestLoop.ANNA;
import static com.napalmsky.gateway.connection.TestLoop.BEN;
import static com.napalmsky.gateway.connection.TestLoop.INVITE;
import static com.napalmsky.gateway.connection.TestLoop.OWNER;
import static com.napalmsky.gateway.connection.TestLoop.ROOM;
import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.TestLoop.Acknowledged;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallStart;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Ended;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.WaitExtended;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitesTest {

  private static final Duration LIFE = Duration.ofSeconds(23);

  private final TestLoop loop = new TestLoop();

  @Test
  void anInviteIsCarriedWithTheIdentityOfTheSession() {
    sent();
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged invited =
        loop.ask(socket, "call:invite", toBen().put("requestedSeconds", 300).put("from", "x"));

    assertThat(loop.bus.sent(Invite.class))
        .containsExactly(new Invite(ANNA, loop.ref(socket), BEN, 300));
    assertThat(invited.only().getBoolean("ok")).isTrue();
    assertThat(invited.only().getString("outcome")).isEqualTo("sent");
    assertThat(invited.only().getString("inviteId")).isEqualTo(INVITE.toString());
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void whatIsNoWholeNumberOrNobodysIdIsMatchmakingsToJudge() {
    declined(DeclineReason.INVALID_DURATION, null);
    FakeSocket socket = loop.signedIn("anna");

    for (Object seconds : List.of("60", 60.5, true, 1e12, new JsonObject())) {
      loop.say(socket, "call:invite", toBen().put("requestedSeconds", seconds));
    }
    loop.say(socket, "call:invite", toBen());
    loop.say(socket, "call:invite", new JsonObject().put("toUserId", "ben"));
    loop.say(socket, "call:invite", new JsonObject().put("toUserId", "1-1-1-1-1"));
    loop.say(socket, "call:invite", toBen().put("requestedSeconds", 60.0));

    assertThat(loop.bus.sent(Invite.class))
        .extracting(Invite::requestedSeconds)
        .containsExactly(null, null, null, null, null, null, null, null, 60);
    assertThat(loop.bus.sent(Invite.class).get(6).calleeId()).isNull();
    assertThat(loop.bus.sent(Invite.class).get(7).calleeId()).isNull();
    assertThat(socket.got("call:declined")).hasSize(9);
  }

  @Test
  void aDeclineIsToldToTheSocketThatAsked() {
    declined(DeclineReason.COOLDOWN, Instant.ofEpochMilli(5));
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged invited = loop.ask(socket, "call:invite", toBen());

    assertThat(socket.got("call:declined"))
        .containsExactly(
            new JsonObject()
                .put("inviteId", INVITE.toString())
                .put("reason", "cooldown")
                .put("toUserId", BEN.toString())
                .put("cooldownExpiry", 5));
    assertThat(invited.only().getString("reason")).isEqualTo("cooldown");
  }

  @Test
  void aMatchNamesTheRoom() {
    loop.answer(
        MatchmakingContract.INVITE,
        invite -> new Invited(INVITE, InviteOutcome.MATCHED, null, null, null, ROOM));
    FakeSocket socket = loop.signedIn("anna");

    Acknowledged invited = loop.ask(socket, "call:invite", toBen());

    assertThat(invited.only().getString("roomId")).isEqualTo(ROOM.toString());
    assertThat(socket.got()).isEmpty();
  }

  @Test
  void aMatchmakingThatCannotBeReachedIsAnErrorAndNothingIsPending() {
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.say(socket, "call:invite", toBen());
    loop.change(BEN, AVAILABLE, GRACE);

    assertThat(socket.events()).containsExactly("error", "queue:update");
  }

  @Test
  void theInvitedOneDoesNotVanishUntilTheInviteIsDeclined() {
    FakeSocket socket = waiting();

    loop.change(BEN, AVAILABLE, OFFLINE);
    assertThat(socket.got()).isEmpty();
    loop.order(socket, new CallDeclined(INVITE, DeclineReason.OFFLINE, BEN, null));

    assertThat(socket.events()).containsExactly("call:declined", "presence:update");
  }

  @Test
  void theInvitedOneDoesNotVanishUntilTheCallerRescinds() {
    FakeSocket socket = waiting();
    loop.answer(MatchmakingContract.RESCIND, rescind -> new Ended(true));

    loop.change(BEN, AVAILABLE, GRACE);
    loop.say(socket, "call:rescind", toBen());

    assertThat(socket.events()).containsExactly("queue:update");
    assertThat(loop.bus.sent(Rescind.class)).containsExactly(new Rescind(ANNA, BEN));
  }

  @Test
  void theInvitedOneDoesNotVanishUntilTheInviteExpiresEvenUnanswered() {
    FakeSocket socket = waiting();

    loop.change(BEN, AVAILABLE, GRACE);
    loop.timers.advance(LIFE);
    assertThat(socket.got()).isEmpty();
    loop.timers.advance(Duration.ofSeconds(2));

    assertThat(socket.events()).containsExactly("queue:update");
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void anExtendedWaitLastsLonger() {
    FakeSocket socket = waiting();
    Instant later = loop.timers.now().plus(LIFE).plusSeconds(20);
    loop.answer(MatchmakingContract.EXTEND_WAIT, extend -> new WaitExtended(true, later));

    loop.change(BEN, AVAILABLE, GRACE);
    Acknowledged extended = loop.ask(socket, "call:extend-wait", toBen());
    loop.timers.advance(LIFE.plusSeconds(5));
    assertThat(socket.got()).isEmpty();
    loop.timers.advance(Duration.ofSeconds(20));

    assertThat(extended.only().getLong("expiresAt")).isEqualTo(later.toEpochMilli());
    assertThat(socket.events()).containsExactly("queue:update");
  }

  @Test
  void aCallThatStartsEndsTheWaitAndTheLobby() {
    FakeSocket socket = waiting();

    loop.change(BEN, AVAILABLE, IN_CALL);
    loop.order(socket, new CallStart(ROOM, 250, true, BEN, "Ben", OWNER));
    loop.change(BEN, IN_CALL, AVAILABLE);

    assertThat(socket.events()).containsExactly("call:start");
    assertThat(loop.lobby.sizes().seats()).isZero();
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void aDeclineThatComesBeforeTheAnswerToTheInviteLeavesNothingPending() {
    Promise<Invited> inviting = Promise.promise();
    loop.serve(MatchmakingContract.INVITE, invite -> inviting.future());
    FakeSocket socket = loop.inLobby("anna", BEN);

    loop.say(socket, "call:invite", toBen());
    loop.order(socket, new CallDeclined(INVITE, DeclineReason.USER_DECLINED, BEN, null));
    inviting.complete(invitedUntil());
    loop.change(BEN, AVAILABLE, GRACE);

    assertThat(socket.events()).containsExactly("call:declined", "queue:update");
    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void aRescindWaitsForTheInvite() {
    Promise<Invited> inviting = Promise.promise();
    loop.serve(MatchmakingContract.INVITE, invite -> inviting.future());
    loop.answer(MatchmakingContract.RESCIND, rescind -> new Ended(true));
    FakeSocket socket = loop.signedIn("anna");

    loop.say(socket, "call:invite", toBen());
    loop.say(socket, "call:rescind", toBen());
    assertThat(loop.bus.sent(Rescind.class)).isEmpty();
    inviting.complete(invitedUntil());

    assertThat(loop.bus.sent(Rescind.class)).hasSize(1);
  }

  @Test
  void aClosedSocketWaitsForNothing() {
    FakeSocket socket = waiting();

    socket.close(CloseReason.CLIENT_CLOSED);

    assertThat(loop.timers.pending()).isZero();
  }

  @Test
  void anAcceptIsAnsweredByItsOutcome() {
    FakeSocket socket = loop.signedIn("ben");
    JsonObject accept =
        new JsonObject().put("inviteId", INVITE.toString()).put("requestedSeconds", 200);

    accepted(AcceptOutcome.STARTED);
    Acknowledged started = loop.ask(socket, "call:accept", accept);
    for (AcceptOutcome outcome : AcceptOutcome.values()) {
      if (outcome != AcceptOutcome.STARTED) {
        accepted(outcome);
        loop.say(socket, "call:accept", accept);
      }
    }

    assertThat(started.only().getString("roomId")).isEqualTo(ROOM.toString());
    assertThat(socket.events()).containsExactly("error", "error", "error");
    assertThat(loop.bus.sent(Accept.class).get(0))
        .isEqualTo(new Accept(BEN, loop.ref(socket), INVITE, 200));
  }

  @Test
  void anUnknownInviteIsDeclinedWithoutAnError() {
    loop.answer(MatchmakingContract.DECLINE, decline -> new Ended(false));
    FakeSocket socket = loop.signedIn("ben");

    Acknowledged declined =
        loop.ask(socket, "call:decline", new JsonObject().put("inviteId", INVITE.toString()));

    assertThat(declined.only()).isEqualTo(new JsonObject().put("ok", true).put("found", false));
    assertThat(socket.got()).isEmpty();
    assertThat(loop.bus.sent(Decline.class)).containsExactly(new Decline(BEN, INVITE));
  }

  private FakeSocket waiting() {
    sent();
    FakeSocket socket = loop.inLobby("anna", BEN);
    loop.say(socket, "call:invite", toBen().put("requestedSeconds", 300));
    return socket;
  }

  private void sent() {
    loop.answer(MatchmakingContract.INVITE, invite -> invitedUntil());
  }

  private Invited invitedUntil() {
    return new Invited(INVITE, InviteOutcome.SENT, null, loop.timers.now().plus(LIFE), null, null);
  }

  private void declined(DeclineReason reason, Instant cooldown) {
    loop.answer(
        MatchmakingContract.INVITE,
        invite -> new Invited(INVITE, InviteOutcome.DECLINED, reason, null, cooldown, null));
  }

  private void accepted(AcceptOutcome outcome) {
    loop.answer(
        MatchmakingContract.ACCEPT,
        accept -> new Accepted(outcome, outcome == AcceptOutcome.STARTED ? ROOM : null));
  }

  private static JsonObject toBen() {
    return new JsonObject().put("toUserId", BEN.toString());
  }
}
