package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.signaling.finish.Farewell;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call: commands and facts in, effects out. States: {@link CallState}; who sits where and what
 * waits for him: {@link Seating}; the rule for talk time: {@link TalkClock}; after the end: {@link
 * Ending}.
 *
 * <p>Confined to the context that created it. Effects must be carried out after the method that
 * asked for them has returned, in order.
 */
final class Call {

  /** Between the agreed time and the end, for the members' own countdowns to come first. */
  private static final Duration END_MARGIN = Duration.ofSeconds(5);

  /** Between a partner's loss and the end of the call for the one who stayed. */
  private static final Duration LOSS_NOTICE = Duration.ofMillis(500);

  /** What a member whose grace ran out while nobody held the call has left to return. */
  private static final Duration RETURN_MARGIN = Duration.ofSeconds(3);

  /** What of a call another instance would have to know, to see whether it is something new. */
  private record Seen(CallState state, TalkClock talk, Seat initiator, Seat other, int kept) {}

  private final CallTerms terms;
  private final CallBounds bounds;
  private final Consumer<Effect> effects;
  private final ChatLog chat;
  private final Seating seating;
  private CallState state;
  private TalkClock talk;
  private boolean pathTold;
  private @Nullable Ending ending;
  private Seen seen;

  private Call(
      CallTerms terms,
      CallState state,
      TalkClock talk,
      Seat initiator,
      Seat other,
      CallBounds bounds,
      ChatSpace space,
      LostGateways gateways,
      Instant now,
      Consumer<Effect> effects) {
    this.terms = terms;
    this.state = state;
    this.talk = talk;
    this.bounds = bounds;
    this.effects = effects;
    chat = new ChatLog(bounds, space, now);
    seating =
        new Seating(
            initiator, other, bounds, gateways, side -> this.state.hasJoined(side), effects);
    seen = new Seen(state, talk, initiator, other, 0);
  }

  /** Begins a call and has its start sent, to the initiator first. */
  static Call begin(
      Open open,
      String owner,
      CallBounds bounds,
      ChatSpace space,
      LostGateways gateways,
      Instant now,
      Consumer<Effect> effects) {
    Call call =
        new Call(
            CallTerms.of(open, now),
            new CallState.Created(),
            TalkClock.until(now.plus(bounds.setup())),
            Seat.of(open.initiator().userId(), open.initiator().socket()),
            Seat.of(open.other().userId(), open.other().socket()),
            bounds,
            space,
            gateways,
            now,
            effects);
    call.start(Side.INITIATOR, owner, now);
    call.start(Side.OTHER, owner, now);
    return call;
  }

  /**
   * Goes on with a call whose owner was lost. Who has not joined is sent the start again, since
   * nobody knows whether it reached him. Sockets are looked for, since a loss may not have been
   * heard; who was lost before has a moment to return.
   */
  static Call resume(
      CallSnapshot left,
      String owner,
      CallBounds bounds,
      ChatSpace space,
      LostGateways gateways,
      Instant now,
      Consumer<Effect> effects) {
    Instant lostAtEarliest = now.minus(bounds.grace()).plus(RETURN_MARGIN);
    Call call =
        new Call(
            left.terms(),
            left.state(),
            left.talk(),
            left.initiator().lostAtEarliest(lostAtEarliest),
            left.other().lostAtEarliest(lostAtEarliest),
            bounds,
            space,
            gateways,
            now,
            effects);
    call.pathTold = left.pathTold();
    call.chat.addAll(left.chat());
    if (left.state() instanceof CallState.Ended ended) {
      call.finish(ended, now, now);
      return call;
    }
    for (Side side : Side.values()) {
      call.seating.keep(side, left.waiting(side));
      if (!call.seating.seat(side).lost()) {
        if (!call.state.hasJoined(side)) {
          call.start(side, owner, now);
        }
        call.seating.probe(side);
      }
    }
    return call;
  }

  private void start(Side side, String owner, Instant now) {
    seating.post(
        side,
        new ClientEvent.CallStart(
            terms.roomId(),
            terms.agreedSeconds(),
            side == Side.INITIATOR,
            seating.seat(side.peer()).userId(),
            terms.name(side.peer()),
            owner),
        now);
  }

  UUID roomId() {
    return terms.roomId();
  }

  /** What another instance needs to go on with the call, as it is now. */
  CallSnapshot snapshot() {
    return new CallSnapshot(
        terms,
        state,
        talk,
        seating.seat(Side.INITIATOR),
        seating.seat(Side.OTHER),
        seating.waiting(Side.INITIATOR, bounds.snapshotChars()),
        seating.waiting(Side.OTHER, bounds.snapshotChars()),
        chat.messages(),
        pathTold);
  }

  /** Lets go of what was said: the call is over, or another instance's. */
  void forgetChat() {
    chat.clear();
  }

  /** How much the snapshot has changed since this was asked last. */
  Change takeChange() {
    Seen before = seen;
    int kept = seating.kept() + chat.size();
    if (state == before.state()
        && talk == before.talk()
        && seating.seat(Side.INITIATOR) == before.initiator()
        && seating.seat(Side.OTHER) == before.other()) {
      if (kept == before.kept()) {
        return Change.NONE;
      }
      seen = new Seen(state, talk, before.initiator(), before.other(), kept);
      return Change.OF_WHAT_WAITS;
    }
    seen = new Seen(state, talk, seating.seat(Side.INITIATOR), seating.seat(Side.OTHER), kept);
    return Change.OF_STATE;
  }

  /** Carries out what a user does. */
  Outcome handle(UUID userId, SocketRef socket, CallAction action, Instant now) {
    Side side = seating.sideOf(userId);
    if (side == null) {
      return Outcome.NOT_A_MEMBER;
    }
    if (ending != null) {
      return ending.handle(side, socket, action, now);
    }
    if (action instanceof CallAction.Lose lost) {
      seating.lost(side, socket, lost.at() == null ? now : lost.at(), now);
      return Outcome.DONE;
    }
    if (action instanceof CallAction.Join) {
      return join(side, socket, now);
    }
    if (seat(side).lost()) {
      // A command from a member proves that he is there, whatever was heard of his socket.
      seating.comeBack(side, socket, now);
    }
    if (action instanceof CallAction.Send signal) {
      return relay(side, signal, now);
    }
    if (action instanceof CallAction.Say say) {
      return say(side, say, now);
    }
    if (action instanceof CallAction.ShareSocials share) {
      return share(side, share, now);
    }
    if (action instanceof CallAction.TellPath path) {
      // Both tell it, and may tell it again after a change of network: the first one counts.
      if (!pathTold) {
        pathTold = true;
        effects.accept(new Effect.CountPath(path.relayed()));
      }
      return Outcome.DONE;
    }
    if (action instanceof CallAction.End) {
      return leave(side, socket, now);
    }
    if (action instanceof CallAction.Return && !seat(side).boundTo(socket)) {
      seating.doubt(side, socket, now);
    }
    return Outcome.DONE;
  }

  /** An event did not reach a member's socket; see {@link Seating#undelivered}. */
  void undelivered(Side to, SocketRef socket, Posted posted, boolean answered, Instant now) {
    if (ending == null) {
      seating.undelivered(to, socket, posted, answered, now);
    }
  }

  /** A socket was looked for; see {@link Seating#probed}. */
  void probed(Effect.Probe probe, boolean there, Instant now) {
    if (ending == null) {
      seating.probed(probe, there, now);
    }
  }

  /** Presence has no socket of a member any more: his own may have died with its gateway. */
  void lookFor(UUID userId) {
    Side side = seating.sideOf(userId);
    if (ending == null && side != null) {
      seating.lookFor(side);
    }
  }

  /** Presence gave up some gateways; see {@link Seating#gatewayLost}. */
  void gatewayLost() {
    if (ending == null) {
      seating.gatewayLost();
    }
  }

  /**
   * Ends the call whatever its members want.
   *
   * @return whether it ran until now
   */
  boolean stop(EndReason reason, Instant now) {
    if (ending != null) {
      return false;
    }
    end(reason, now, now);
    return true;
  }

  /** The ended call was stored or queued and its members are free. */
  void farewell(Farewell farewell, Instant now) {
    if (ending != null) {
      ending.farewell(farewell, now);
    }
  }

  /** Who belongs to the call. */
  CallMembers members() {
    return new CallMembers(
        seat(Side.INITIATOR).userId(), seat(Side.OTHER).userId(), ending == null);
  }

  /** How far the call is for a member; null for a stranger and after the end. */
  @Nullable CallProgress progress(UUID userId) {
    Side side = seating.sideOf(userId);
    if (side == null || ending != null) {
      return null;
    }
    Instant began = talk.connectedAt();
    return new CallProgress(
        terms.agreedSeconds(),
        side == Side.INITIATOR,
        seat(side.peer()).userId(),
        terms.name(side.peer()),
        began,
        began == null ? null : began.plusSeconds(terms.agreedSeconds()));
  }

  /** When {@link #tick} has something to do, unless a command comes first; null for never. */
  @Nullable Instant due() {
    if (ending != null) {
      return ending.due();
    }
    Instant due = talk.connectedAt() == null ? talk.setupEnds() : timeOver();
    for (Side side : Side.values()) {
      Instant lostAt = seat(side).lostAt();
      if (lostAt != null && lostAt.plus(bounds.grace()).isBefore(due)) {
        due = lostAt.plus(bounds.grace());
      }
    }
    return due;
  }

  /** Does what time brings. */
  void tick(Instant now) {
    if (ending != null) {
      ending.tick(now);
      return;
    }
    boolean connected = talk.connectedAt() != null;
    if (connected && !timeOver().isAfter(now)) {
      // Late when nobody held the call meanwhile: that is not time talked.
      end(EndReason.COMPLETED, timeOver(), now);
      return;
    }
    for (Side side : Side.values()) {
      Instant lostAt = seat(side).lostAt();
      if (lostAt != null && !lostAt.plus(bounds.grace()).isAfter(now)) {
        if (!seat(side.peer()).lost()) {
          seating.post(side.peer(), new ClientEvent.PeerDisconnected(), now);
        }
        end(EndReason.PEER_LOST, now, now.plus(LOSS_NOTICE));
        return;
      }
    }
    if (!connected && !talk.setupEnds().isAfter(now)) {
      end(EndReason.SETUP_FAILED, now, now);
    }
  }

  private Outcome join(Side side, SocketRef socket, Instant now) {
    Seat before = seat(side);
    if (state.hasJoined(side) && before.boundTo(socket) && !before.lost()) {
      return Outcome.DONE;
    }
    seating.join(side, socket, now);
    state = state.join(side);
    if (state instanceof CallState.Active) {
      talk = talk.joined(now);
    }
    seating.welcome(side, now);
    return Outcome.DONE;
  }

  private Outcome relay(Side side, CallAction.Send signal, Instant now) {
    boolean candidate = signal.kind() == SignalKind.ICE;
    int longest = candidate ? bounds.candidateLength() : bounds.sdpLength();
    if (signal.payload().length() > longest) {
      return Outcome.LIMIT_REACHED;
    }
    ClientEvent event =
        new ClientEvent.Signal(signal.kind(), signal.payload(), seat(side).userId());
    if (!seating.post(side.peer(), event, now)) {
      return Outcome.LIMIT_REACHED;
    }
    if (!candidate) {
      talk = signal.kind() == SignalKind.OFFER ? talk.offer(now) : talk.answer(now);
    }
    return Outcome.DONE;
  }

  private Outcome say(Side side, CallAction.Say say, Instant now) {
    UUID from = seat(side).userId();
    return tellBoth(
        side,
        new ClientEvent.Chat(from, say.text(), now),
        new CallMessage(from, now, say.text(), null),
        now);
  }

  private Outcome share(Side side, CallAction.ShareSocials share, Instant now) {
    UUID from = seat(side).userId();
    return tellBoth(
        side,
        new ClientEvent.SocialShared(from, now, share.socials()),
        new CallMessage(from, now, null, share.socials()),
        now);
  }

  private Outcome tellBoth(Side side, ClientEvent event, CallMessage message, Instant now) {
    if (!(state instanceof CallState.Active)) {
      return Outcome.NOT_ACTIVE;
    }
    if (!seating.canHave(side.peer(), event) || !chat.add(side, message, now)) {
      return Outcome.LIMIT_REACHED;
    }
    seating.post(side, event, now);
    seating.post(side.peer(), event, now);
    return Outcome.DONE;
  }

  private Outcome leave(Side side, SocketRef socket, Instant now) {
    end(EndReason.LEFT, now, now);
    return ending == null ? Outcome.DONE : ending.handle(side, socket, new CallAction.End(), now);
  }

  /**
   * @param at when it was over
   * @param tellFrom when the members may be told
   */
  private void end(EndReason reason, Instant at, Instant tellFrom) {
    Instant connectedAt = talk.connectedAt();
    EndReason why = connectedAt == null && !reason.imposed() ? EndReason.SETUP_FAILED : reason;
    int duration = connectedAt == null ? 0 : (int) Duration.between(connectedAt, at).toSeconds();
    CallState.Ended ended = new CallState.Ended(why, at, duration);
    state = ended;
    effects.accept(
        new Effect.CountSetUp(
            talk.joinedAt() != null,
            talk.offered(),
            connectedAt == null ? null : Duration.between(terms.startedAt(), connectedAt)));
    seating.clear();
    finish(ended, tellFrom, at);
  }

  private void finish(CallState.Ended ended, Instant tellFrom, Instant doubtfulAt) {
    ending =
        new Ending(terms, ended, seating, tellFrom, seating.doubtfulSince(doubtfulAt), effects);
    effects.accept(
        new Effect.Finish(
            new RecordCall(
                terms.roomId(),
                terms.sessionId(),
                seat(Side.INITIATOR).userId(),
                seat(Side.OTHER).userId(),
                terms.startedAt(),
                ended.at(),
                ended.durationSeconds(),
                ended.reason(),
                chat.messages())));
  }

  private Instant timeOver() {
    Instant latest = talk.setupEnds();
    Instant connectedAt = talk.connectedAt();
    Instant from = connectedAt == null || connectedAt.isAfter(latest) ? latest : connectedAt;
    return from.plusSeconds(terms.agreedSeconds()).plus(END_MARGIN);
  }

  private Seat seat(Side side) {
    return seating.seat(side);
  }
}
