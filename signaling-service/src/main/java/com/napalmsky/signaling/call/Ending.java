package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.signaling.finish.Farewell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final CallTerms terms;
  private final CallState.Ended ended;
  private final Map<Side, Seat> seats = new EnumMap<>(Side.class);
  private Instant notBefore;
  private @Nullable Farewell farewell;
  private boolean told;

  /**
   * @param seating as it was when the call ended
   * @param notBefore when the members may be told
   * @param doubtfulSince who is a candidate since then is told as well: the bound socket may be
   *     lost
   */
  Ending(
      CallTerms terms,
      CallState.Ended ended,
      Seating seating,
      Instant notBefore,
      Instant doubtfulSince,
      Consumer<Effect> effects) {
    this.terms = terms;
    this.ended = ended;
    this.notBefore = notBefore;
    this.effects = effects;
    for (Side side : Side.values()) {
      Seat seat = seating.seat(side);
      seats.put(side, seat);
      Candidate candidate = seat.candidate();
      SocketRef socket = candidate == null ? null : candidate.socket();
      if (socket != null && seat.inDoubt(doubtfulSince)) {
        askers.add(socket);
      }
    }
  }

  Outcome handle(Side side, SocketRef socket, CallAction action, Instant now) {
    Seat seat = seat(side);
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
      seats.put(side, seat.bind(socket));
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
    seats.put(side, next != null && asks ? seat.bind(next) : seat.lose(now));
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
      Seat seat = seat(side);
      List<ClientEvent> events = new ArrayList<>(farewell.resultsOf(seat.userId()));
      events.add(end);
      effects.accept(
          new Effect.Tell(seat.userId(), seat.lost() ? null : seat.socket(), List.copyOf(events)));
    }
    for (SocketRef asker : askers) {
      effects.accept(new Effect.Answer(asker, end));
    }
    effects.accept(
        new Effect.Bury(
            new Tombstone(seat(Side.INITIATOR).userId(), seat(Side.OTHER).userId(), end)));
  }

  private Seat seat(Side side) {
    return Objects.requireNonNull(seats.get(side));
  }

  private SessionFinalized end(Farewell known) {
    return new SessionFinalized(
        terms.sessionId(),
        terms.roomId(),
        ended.durationSeconds(),
        ended.reason(),
        known.cooldownExpiry());
  }
}
