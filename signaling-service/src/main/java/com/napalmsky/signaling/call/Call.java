package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.signaling.finish.Farewell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call: commands and facts in, effects out. States: {@link CallState}; the rule for talk time:
 * {@link TalkClock}; after the end: {@link Ending}.
 *
 * <p>A member whose socket is lost has the grace to come back; his events wait in his {@link
 * Outbox}. That a peer is away is told as it stands when it can be told, not as a history. A member
 * who returns while his socket seems alive is a {@link Candidate} until that socket was probed.
 *
 * <p>Confined to the context that created it. Effects must be carried out after the method that
 * asked for them has returned, in order.
 */
final class Call {

  /** Between the agreed time and the end, for the members' own countdowns to come first. */
  private static final Duration END_MARGIN = Duration.ofSeconds(5);

  /** Between a partner's loss and the end of the call for the one who stayed. */
  private static final Duration LOSS_NOTICE = Duration.ofMillis(500);

  private final CallBounds bounds;
  private final Consumer<Effect> effects;
  private final ChatLog chat;
  private final Outbox forInitiator;
  private final Outbox forOther;
  private CallSnapshot facts;
  private long places;
  private boolean pathTold;
  private @Nullable Ending ending;

  /** Begins a call and has its start sent, to the initiator first. */
  Call(Open open, String owner, CallBounds bounds, Instant now, Consumer<Effect> effects) {
    this.bounds = bounds;
    this.effects = effects;
    chat = new ChatLog(bounds, now);
    forInitiator = new Outbox(bounds);
    forOther = new Outbox(bounds);
    Member initiator = open.initiator();
    Member other = open.other();
    facts =
        new CallSnapshot(
            open.roomId(),
            "session-" + UUID.randomUUID(),
            now,
            open.agreedSeconds(),
            Seat.of(initiator.userId(), initiator.socket()),
            Seat.of(other.userId(), other.socket()),
            TalkClock.until(now.plus(bounds.setup())),
            new CallState.Created());
    post(Side.INITIATOR, start(open, true, other, owner), now);
    post(Side.OTHER, start(open, false, initiator, owner), now);
  }

  private static ClientEvent start(Open open, boolean initiator, Member peer, String owner) {
    return new ClientEvent.CallStart(
        open.roomId(), open.agreedSeconds(), initiator, peer.userId(), peer.name(), owner);
  }

  /** Carries out what a user does. */
  Outcome handle(UUID userId, SocketRef socket, CallAction action, Instant now) {
    Side side = facts.sideOf(userId);
    if (side == null) {
      return Outcome.NOT_A_MEMBER;
    }
    if (ending != null) {
      return ending.handle(side, socket, action, now);
    }
    if (action instanceof CallAction.Lose) {
      if (seat(side).boundTo(socket)) {
        lose(side, now);
        replace(side, now);
      } else {
        facts = facts.with(side, seat(side).without(socket));
      }
      return Outcome.DONE;
    }
    if (action instanceof CallAction.Join) {
      return join(side, socket, now);
    }
    if (seat(side).lost()) {
      // A command from a member proves that he is there, whatever was heard of his socket.
      comeBack(side, socket, now);
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
      // The bound socket may have died with its gateway, or with the network of its client, which
      // its gateway would notice after a minute. A second tab comes in the same way.
      doubt(side, socket, now);
      effects.accept(new Effect.Probe(side, seat(side).socket()));
    }
    return Outcome.DONE;
  }

  /**
   * An event did not reach a member's socket.
   *
   * @param answered whether the gateway said that the socket is gone; else nothing was heard of it
   */
  void undelivered(Side to, SocketRef socket, Posted posted, boolean answered, Instant now) {
    if (ending != null) {
      return;
    }
    boolean stillBound = seat(to).boundTo(socket);
    if (stillBound) {
      lose(to, now);
    }
    if (isPeerNews(posted.event())) {
      // He does not know it after all; he is told how it stands when he is back.
      boolean away = posted.event() instanceof ClientEvent.PeerReconnecting;
      facts = facts.with(to, seat(to).told(!away));
      tellWhoIsAway(now);
    } else if (!stillBound && !seat(to).lost()) {
      effects.accept(new Effect.Send(to, seat(to).socket(), posted));
    } else {
      // A full outbox loses what came back: the member has missed more than he could be given.
      var unused = outbox(to).add(answered ? posted : posted.asUnanswered());
    }
    if (stillBound && answered) {
      replace(to, now);
    } else if (stillBound) {
      effects.accept(new Effect.Probe(to, socket));
    }
  }

  /**
   * A socket was looked for.
   *
   * @param there whether its gateway still holds it; if its client does not answer, the loss of the
   *     socket follows
   */
  void probed(Effect.Probe probe, boolean there, Instant now) {
    if (ending != null || !seat(probe.side()).boundTo(probe.socket())) {
      return;
    }
    if (there) {
      if (seat(probe.side()).lost()) {
        outbox(probe.side()).dropUnanswered();
        comeBack(probe.side(), probe.socket(), now);
      }
      return;
    }
    lose(probe.side(), now);
    replace(probe.side(), now);
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
    return new CallMembers(facts.initiator().userId(), facts.other().userId(), ending == null);
  }

  /** When {@link #tick} has something to do, unless a command comes first; null for never. */
  @Nullable Instant due() {
    if (ending != null) {
      return ending.due();
    }
    Instant due = facts.talk().connectedAt() == null ? facts.talk().setupEnds() : timeOver();
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
    boolean connected = facts.talk().connectedAt() != null;
    if (connected && !timeOver().isAfter(now)) {
      end(EndReason.COMPLETED, now, now);
      return;
    }
    for (Side side : Side.values()) {
      Instant lostAt = seat(side).lostAt();
      if (lostAt != null && !lostAt.plus(bounds.grace()).isAfter(now)) {
        if (!seat(side.peer()).lost()) {
          post(side.peer(), new ClientEvent.PeerDisconnected(), now);
        }
        end(EndReason.PEER_LOST, now, now.plus(LOSS_NOTICE));
        return;
      }
    }
    if (!connected && !facts.talk().setupEnds().isAfter(now)) {
      end(EndReason.SETUP_FAILED, now, now);
    }
  }

  private Outcome join(Side side, SocketRef socket, Instant now) {
    Seat before = seat(side);
    boolean joinedBefore = facts.state().hasJoined(side);
    if (joinedBefore && before.boundTo(socket) && !before.lost()) {
      return Outcome.DONE;
    }
    forgetCopies(side, now);
    facts = facts.with(side, before.bind(socket)).with(facts.state().join(side));
    if (facts.state() instanceof CallState.Active) {
      facts = facts.with(facts.talk().joined(now));
    }
    resend(side, outbox(side).takeForJoin(now.minus(bounds.signalAge())));
    tellWhoIsAway(now);
    return Outcome.DONE;
  }

  private void comeBack(Side side, SocketRef socket, Instant now) {
    facts = facts.with(side, seat(side).bind(socket));
    Instant signalsSince = now.minus(bounds.signalAge());
    resend(
        side,
        facts.state().hasJoined(side)
            ? outbox(side).takeForReturn(signalsSince)
            : outbox(side).takeForArrival(signalsSince));
    tellWhoIsAway(now);
  }

  /** A socket came that takes the place of the bound one if that is lost soon. */
  private void doubt(Side side, SocketRef socket, Instant now) {
    forgetCopies(side, now);
    Seat seat = seat(side);
    boolean told = seat.forget(doubtfulSince(now)).told();
    facts = facts.with(side, seat.candidate(new Candidate(socket, now, told)));
  }

  /** Binds the candidate, if there is one, in the place of a socket that was just lost. */
  private void replace(Side side, Instant now) {
    Seat seat = seat(side);
    Candidate next = seat.candidate();
    SocketRef socket = next == null ? null : next.socket();
    if (socket != null && seat.lost() && seat.inDoubt(doubtfulSince(now))) {
      comeBack(side, socket, now);
    }
  }

  /** A socket that was in doubt and is still bound had what it was given. */
  private void forgetCopies(Side side, Instant now) {
    if (!seat(side).lost() && !seat(side).inDoubt(doubtfulSince(now))) {
      outbox(side).dropUnanswered();
    }
  }

  private Instant doubtfulSince(Instant now) {
    return now.minus(bounds.grace());
  }

  private void lose(Side side, Instant now) {
    if (!seat(side).lost()) {
      forgetCopies(side, now);
      facts = facts.with(side, seat(side).lose(now).forget(doubtfulSince(now)));
      tellWhoIsAway(now);
    }
  }

  /** Tells whoever can be told what he does not know yet of his peer. */
  private void tellWhoIsAway(Instant now) {
    for (Side side : Side.values()) {
      boolean away = seat(side.peer()).lost();
      if (!seat(side).lost() && seat(side).told() != away) {
        facts = facts.with(side, seat(side).told(away));
        post(
            side,
            away ? new ClientEvent.PeerReconnecting() : new ClientEvent.PeerReconnected(),
            now);
      }
    }
  }

  private static boolean isPeerNews(ClientEvent event) {
    return event instanceof ClientEvent.PeerReconnecting
        || event instanceof ClientEvent.PeerReconnected;
  }

  private Outcome relay(Side side, CallAction.Send signal, Instant now) {
    boolean candidate = signal.kind() == SignalKind.ICE;
    int longest = candidate ? bounds.candidateLength() : bounds.sdpLength();
    if (signal.payload().length() > longest) {
      return Outcome.LIMIT_REACHED;
    }
    ClientEvent event =
        new ClientEvent.Signal(signal.kind(), signal.payload(), seat(side).userId());
    if (!post(side.peer(), event, now)) {
      return Outcome.LIMIT_REACHED;
    }
    if (!candidate) {
      TalkClock talk = facts.talk();
      facts = facts.with(signal.kind() == SignalKind.OFFER ? talk.offer(now) : talk.answer(now));
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
    if (!(facts.state() instanceof CallState.Active)) {
      return Outcome.NOT_ACTIVE;
    }
    boolean peerCanHave = !seat(side.peer()).lost() || outbox(side.peer()).hasRoomFor(event);
    if (!peerCanHave || !chat.admits(side, now)) {
      return Outcome.LIMIT_REACHED;
    }
    chat.add(message);
    post(side, event, now);
    post(side.peer(), event, now);
    return Outcome.DONE;
  }

  private Outcome leave(Side side, SocketRef socket, Instant now) {
    end(EndReason.LEFT, now, now);
    return ending == null ? Outcome.DONE : ending.handle(side, socket, new CallAction.End(), now);
  }

  private void end(EndReason reason, Instant now, Instant notBefore) {
    Instant connectedAt = facts.talk().connectedAt();
    EndReason why = connectedAt == null && !reason.imposed() ? EndReason.SETUP_FAILED : reason;
    int duration = connectedAt == null ? 0 : (int) Duration.between(connectedAt, now).toSeconds();
    facts = facts.with(new CallState.Ended(why, now, duration));
    forInitiator.clear();
    forOther.clear();
    ending = new Ending(facts, notBefore, doubtfulSince(now), effects);
    effects.accept(
        new Effect.Finish(
            new RecordCall(
                facts.roomId(),
                facts.sessionId(),
                facts.initiator().userId(),
                facts.other().userId(),
                facts.startedAt(),
                now,
                duration,
                why,
                chat.messages())));
  }

  private Instant timeOver() {
    Instant latest = facts.talk().setupEnds();
    Instant connectedAt = facts.talk().connectedAt();
    Instant from = connectedAt == null || connectedAt.isAfter(latest) ? latest : connectedAt;
    return from.plusSeconds(facts.agreedSeconds()).plus(END_MARGIN);
  }

  /**
   * Sends an event, or keeps it while the member cannot have it.
   *
   * @return false when there is no room to keep it
   */
  @CanIgnoreReturnValue
  private boolean post(Side to, ClientEvent event, Instant now) {
    Posted posted = new Posted(++places, now, event, false);
    Seat seat = seat(to);
    boolean early = event instanceof ClientEvent.Signal && !facts.state().hasJoined(to);
    if (seat.lost() || early) {
      return outbox(to).add(posted);
    }
    if (!isPeerNews(event) && seat.inDoubt(doubtfulSince(now))) {
      // A copy for the candidate; one that finds no room is not missed if the socket is alive.
      var unused = outbox(to).add(posted.asUnanswered());
    }
    effects.accept(new Effect.Send(to, seat.socket(), posted));
    return true;
  }

  private void resend(Side to, List<Posted> missed) {
    for (Posted posted : missed) {
      effects.accept(new Effect.Send(to, seat(to).socket(), posted));
    }
  }

  private Seat seat(Side side) {
    return facts.seat(side);
  }

  private Outbox outbox(Side side) {
    return side == Side.INITIATOR ? forInitiator : forOther;
  }
}
