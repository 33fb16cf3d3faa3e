package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.signaling.finish.Farewell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ended call until its members have been told: it waits for the farewell, and after a loss for
 * the notice of it to sink in, which the partner's own {@code call:end} cuts short.
 *
 * <p>Confined to the context of its call.
 */
final class Ending {

  /** Sockets beyond the bound ones that may ask for the end before it is told. */
  private static final int MOST_ASKERS = 4;

  private final Consumer<Effect> effects;
  private final Set<SocketRef> askers = new LinkedHashSet<>();
  private CallSnapshot facts;
  private Instant notBefore;
  private @Nullable Farewell farewell;
  private boolean told;

  /**
   * @param facts of a call whose state is {@link CallState.Ended}
   * @param notBefore when the members may be told
   * @param doubtfulSince who is a candidate since then is told as well: the bound socket may be
   *     lost
   */
  Ending(CallSnapshot facts, Instant notBefore, Instant doubtfulSince, Consumer<Effect> effects) {
    this.facts = facts;
    this.notBefore = notBefore;
    this.effects = effects;
    for (Side side : Side.values()) {
      Candidate candidate = facts.seat(side).candidate();
      SocketRef socket = candidate == null ? null : candidate.socket();
      if (socket != null && facts.seat(side).inDoubt(doubtfulSince)) {
        askers.add(socket);
      }
    }
  }

  Outcome handle(Side side, SocketRef socket, CallAction action, Instant now) {
    Seat seat = facts.seat(side);
    if (action instanceof CallAction.Lose) {
      if (seat.boundTo(socket)) {
        lose(side, seat, now);
      }
      askers.remove(socket);
      return Outcome.DONE;
    }
    if (!Tombstone.tells(action)) {
      return Outcome.NOT_ACTIVE;
    }
    if (seat.lost()) {
      facts = facts.with(side, seat.bind(socket));
    } else if (!seat.boundTo(socket) && askers.size() < MOST_ASKERS) {
      askers.add(socket);
    }
    if (action instanceof CallAction.End) {
      notBefore = now;
      tell(now);
    }
    return Outcome.DONE;
  }

  /** The candidate, who asks already, gets everything then. */
  private void lose(Side side, Seat seat, Instant now) {
    Candidate candidate = seat.candidate();
    SocketRef next = candidate == null ? null : candidate.socket();
    boolean asks = next != null && askers.remove(next);
    facts = facts.with(side, next != null && asks ? seat.bind(next) : seat.lose(now));
  }

  void farewell(Farewell known, Instant now) {
    farewell = known;
    tell(now);
  }

  @Nullable Instant due() {
    return farewell == null || told ? null : notBefore;
  }

  void tick(Instant now) {
    tell(now);
  }

  private void tell(Instant now) {
    if (farewell == null || told || notBefore.isAfter(now)) {
      return;
    }
    told = true;
    SessionFinalized end = end(farewell);
    for (Side side : Side.values()) {
      Seat seat = facts.seat(side);
      List<ClientEvent> events = new ArrayList<>(farewell.resultsOf(seat.userId()));
      events.add(end);
      effects.accept(
          new Effect.Tell(seat.userId(), seat.lost() ? null : seat.socket(), List.copyOf(events)));
    }
    for (SocketRef asker : askers) {
      effects.accept(new Effect.Answer(asker, end));
    }
    effects.accept(
        new Effect.Bury(new Tombstone(facts.initiator().userId(), facts.other().userId(), end)));
  }

  private SessionFinalized end(Farewell known) {
    if (!(facts.state() instanceof CallState.Ended ended)) {
      throw new IllegalStateException("not ended: " + facts.state());
    }
    return new SessionFinalized(
        facts.sessionId(),
        facts.roomId(),
        ended.durationSeconds(),
        ended.reason(),
        known.cooldownExpiry());
  }
}
