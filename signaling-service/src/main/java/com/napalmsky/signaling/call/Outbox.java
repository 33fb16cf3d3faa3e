package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.signaling.SignalKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a member cannot be given now: signalling until his page has joined, everything while his
 * socket is lost. In the order of the events; of offers and answers only the last one of each.
 */
final class Outbox {

  private static final Comparator<Posted> OFFER_ANSWER_CANDIDATES_REST =
      Comparator.comparingInt(
          posted -> {
            SignalKind kind = posted.kind();
            return kind == null ? SignalKind.values().length : kind.ordinal();
          });

  private final int most;
  private final int mostCandidates;
  private final List<Posted> waiting = new ArrayList<>(0);
  private int candidates;
  private int changes;

  Outbox(CallBounds bounds) {
    most = bounds.outbox();
    mostCandidates = bounds.candidates();
  }

  /** Whether the event could be kept. */
  boolean hasRoomFor(ClientEvent event) {
    if (!(event instanceof ClientEvent.Signal signal)) {
      return waiting.size() < most;
    }
    return signal.kind() == SignalKind.ICE
        ? candidates < mostCandidates && waiting.size() < most
        : waiting.size() < most || waiting.stream().anyMatch(old -> old.kind() == signal.kind());
  }

  /**
   * Keeps an event at its place, once.
   *
   * @return whether there was room for it
   */
  boolean add(Posted posted) {
    if (!hasRoomFor(posted.event())) {
      return false;
    }
    if (waiting.stream().anyMatch(old -> old.place() == posted.place())) {
      return true;
    }
    SignalKind kind = posted.kind();
    if (kind == SignalKind.ICE) {
      candidates++;
    } else if (kind != null) {
      waiting.removeIf(old -> old.kind() == kind && old.place() < posted.place());
      if (waiting.stream().anyMatch(newer -> newer.kind() == kind)) {
        return true;
      }
    }
    int index = waiting.size();
    // Events that come back from a lost socket may be older than what was posted since.
    while (index > 0 && waiting.get(index - 1).place() > posted.place()) {
      index--;
    }
    waiting.add(index, posted);
    changes++;
    return true;
  }

  /** Grows with every change of what waits. */
  int changes() {
    return changes;
  }

  /**
   * What waits, in order. When it is more than about so many characters, offers and answers come
   * first, then the oldest events.
   */
  List<Posted> waiting(int mostChars) {
    List<Posted> wanted = new ArrayList<>(waiting);
    wanted.sort(Comparator.comparing(posted -> !posted.describesSession()));
    int chars = 0;
    List<Posted> taken = new ArrayList<>(wanted.size());
    for (Posted posted : wanted) {
      chars += posted.chars();
      if (chars <= mostChars) {
        taken.add(posted);
      }
    }
    taken.sort(Comparator.comparingLong(Posted::place));
    return taken;
  }

  /** Takes everything for a page that has just joined: offer, answer, candidates, then the rest. */
  List<Posted> takeForJoin(Instant signalsSince) {
    List<Posted> taken =
        take(posted -> !(posted.event() instanceof ClientEvent.CallStart), signalsSince);
    // Whoever joins knows of the start.
    clear();
    taken.sort(OFFER_ANSWER_CANDIDATES_REST);
    return taken;
  }

  /** Takes everything, in order, for a page that had joined before. */
  List<Posted> takeForReturn(Instant signalsSince) {
    return take(posted -> true, signalsSince);
  }

  /** Takes everything but signalling, in order, for a page that has not joined yet. */
  List<Posted> takeForArrival(Instant signalsSince) {
    return take(posted -> posted.kind() == null, signalsSince);
  }

  /** Drops the copies of what a socket that turned out to be alive was given already. */
  void dropUnanswered() {
    if (waiting.removeIf(Posted::unanswered)) {
      changes++;
      count();
    }
  }

  void clear() {
    if (!waiting.isEmpty()) {
      waiting.clear();
      changes++;
      candidates = 0;
    }
  }

  int size() {
    return waiting.size();
  }

  private List<Posted> take(Predicate<Posted> wanted, Instant signalsSince) {
    waiting.removeIf(posted -> posted.kind() != null && posted.at().isBefore(signalsSince));
    List<Posted> taken = new ArrayList<>(waiting.stream().filter(wanted).toList());
    if (waiting.removeIf(wanted)) {
      changes++;
    }
    count();
    return taken;
  }

  private void count() {
    candidates = (int) waiting.stream().filter(posted -> posted.kind() == SignalKind.ICE).count();
  }
}
