package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.SocketRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The two members' places in a call: through which socket each is reached, and what waits for him
 * meanwhile in his {@link Outbox}.
 *
 * <p>That a peer is away is told as it stands when it can be told, not as a history. A member who
 * returns while his socket seems alive is a {@link Candidate} until that socket was probed.
 *
 * <p>Confined to the context of its call.
 */
final class Seating {

  private final CallBounds bounds;
  private final LostGateways gateways;
  private final Predicate<Side> joined;
  private final Consumer<Effect> effects;
  private final Outbox forInitiator;
  private final Outbox forOther;
  private Seat initiator;
  private Seat other;
  private long places;

  /**
   * @param joined whether a member's page has come to the call
   */
  Seating(
      Seat initiator,
      Seat other,
      CallBounds bounds,
      LostGateways gateways,
      Predicate<Side> joined,
      Consumer<Effect> effects) {
    this.initiator = initiator;
    this.other = other;
    this.bounds = bounds;
    this.gateways = gateways;
    this.joined = joined;
    this.effects = effects;
    forInitiator = new Outbox(bounds);
    forOther = new Outbox(bounds);
  }

  Seat seat(Side side) {
    return side == Side.INITIATOR ? initiator : other;
  }

  /** Where the user sits, or null for a stranger. */
  @Nullable Side sideOf(UUID userId) {
    if (initiator.userId().equals(userId)) {
      return Side.INITIATOR;
    }
    return other.userId().equals(userId) ? Side.OTHER : null;
  }

  /** Changes whenever something is kept for a member, or no longer. */
  int kept() {
    return forInitiator.changes() + forOther.changes();
  }

  /** What waits for a member, in order, up to about so many characters; signalling comes first. */
  List<Posted> waiting(Side side, int mostChars) {
    return outbox(side).waiting(mostChars);
  }

  /** Keeps for a member what an earlier owner of the call kept. */
  void keep(Side side, List<Posted> kept) {
    for (Posted posted : kept) {
      places = Math.max(places, posted.place());
      var unused = outbox(side).add(posted);
    }
  }

  /** Nothing is kept any more. */
  void clear() {
    forInitiator.clear();
    forOther.clear();
  }

  /** Presence gave up some gateways: who sits at one of them may have been lost without a word. */
  void gatewayLost() {
    for (Side side : Side.values()) {
      Instant lastSeen = gateways.lastSeen(seat(side).socket());
      if (lastSeen == null) {
        continue;
      }
      if (seat(side).lost()) {
        put(side, seat(side).lostAtLatest(lastSeen));
      } else {
        probe(side);
      }
    }
  }

  /** Presence knows no socket of a member. */
  void lookFor(Side side) {
    // Of a lost gateway all sockets have been looked for already.
    if (!seat(side).lost() && gateways.lastSeen(seat(side).socket()) == null) {
      probe(side);
    }
  }

  /**
   * A socket is gone.
   *
   * @param at since when, which may be a while ago when the owner of the call was lost meanwhile
   */
  void lost(Side side, SocketRef socket, Instant at, Instant now) {
    if (seat(side).boundTo(socket)) {
      lose(side, at, now);
      replace(side, now);
    } else {
      put(side, seat(side).without(socket));
    }
  }

  /** A page came to the call with this socket. */
  void join(Side side, SocketRef socket, Instant now) {
    forgetCopies(side, now);
    put(side, seat(side).bind(socket));
  }

  /** Gives a page that has just joined what was kept for it. */
  void welcome(Side side, Instant now) {
    resend(side, outbox(side).takeForJoin(now.minus(bounds.signalAge())));
    tellWhoIsAway(now);
  }

  /** A member whose socket was lost is there with this one. */
  void comeBack(Side side, SocketRef socket, Instant now) {
    put(side, seat(side).bind(socket));
    Instant signalsSince = now.minus(bounds.signalAge());
    resend(
        side,
        joined.test(side)
            ? outbox(side).takeForReturn(signalsSince)
            : outbox(side).takeForArrival(signalsSince));
    tellWhoIsAway(now);
  }

  /**
   * A socket came that takes the place of the bound one if that is lost soon. The bound one may
   * have died with its gateway, or with the network of its client, which its gateway would notice
   * after a minute. A second tab comes in the same way.
   */
  void doubt(Side side, SocketRef socket, Instant now) {
    forgetCopies(side, now);
    Seat seat = seat(side);
    boolean told = seat.forget(doubtfulSince(now)).told();
    put(side, seat.candidate(new Candidate(socket, now, told)));
    probe(side);
  }

  /** Finds out whether a member's socket is still there. */
  void probe(Side side) {
    effects.accept(new Effect.Probe(side, seat(side).socket()));
  }

  /**
   * An event did not reach a member's socket.
   *
   * @param answered whether the gateway said that the socket is gone; else nothing was heard of it
   */
  void undelivered(Side to, SocketRef socket, Posted posted, boolean answered, Instant now) {
    boolean stillBound = seat(to).boundTo(socket);
    if (stillBound) {
      lose(to, now);
    }
    if (isPeerNews(posted.event())) {
      // He does not know it after all; he is told how it stands when he is back.
      boolean away = posted.event() instanceof ClientEvent.PeerReconnecting;
      put(to, seat(to).told(!away));
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
    if (!seat(probe.side()).boundTo(probe.socket())) {
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

  /** Whether an event for a member can be sent or kept. */
  boolean canHave(Side to, ClientEvent event) {
    return !seat(to).lost() || outbox(to).hasRoomFor(event);
  }

  /**
   * Sends an event, or keeps it while the member cannot have it.
   *
   * @return false when there is no room to keep it
   */
  @CanIgnoreReturnValue
  boolean post(Side to, ClientEvent event, Instant now) {
    Posted posted = new Posted(++places, now, event, false);
    Seat seat = seat(to);
    boolean early = event instanceof ClientEvent.Signal && !joined.test(to);
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

  /** Since when a candidate has to have come to count. */
  Instant doubtfulSince(Instant now) {
    return now.minus(bounds.grace());
  }

  /** It is not known since when, unless its gateway is lost with it. */
  private void lose(Side side, Instant now) {
    Instant lastSeen = gateways.lastSeen(seat(side).socket());
    lose(side, lastSeen == null ? now : lastSeen, now);
  }

  private void lose(Side side, Instant at, Instant now) {
    Instant since = at.isAfter(now) ? now : at;
    if (seat(side).lost()) {
      put(side, seat(side).lostAtLatest(since));
      return;
    }
    forgetCopies(side, now);
    put(side, seat(side).lose(since).forget(doubtfulSince(now)));
    tellWhoIsAway(now);
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

  /** Tells whoever can be told what he does not know yet of his peer. */
  private void tellWhoIsAway(Instant now) {
    for (Side side : Side.values()) {
      boolean away = seat(side.peer()).lost();
      if (!seat(side).lost() && seat(side).told() != away) {
        put(side, seat(side).told(away));
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

  private void resend(Side to, List<Posted> missed) {
    for (Posted posted : missed) {
      effects.accept(new Effect.Send(to, seat(to).socket(), posted));
    }
  }

  private void put(Side side, Seat seat) {
    if (side == Side.INITIATOR) {
      initiator = seat;
    } else {
      other = seat;
    }
  }

  private Outbox outbox(Side side) {
    return side == Side.INITIATOR ? forInitiator : forOther;
  }
}
