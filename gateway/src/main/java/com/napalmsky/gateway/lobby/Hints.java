package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.lobby.Seat.Room;
import it.unimi.dsi.fastutil.objects.ReferenceLinkedOpenHashSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Tells viewers with room in their view of people newly available: at most one hint for each
 * socket, then a rest, after which what was missed follows. What a hint tells of belongs to the
 * view from then on.
 *
 * <pre>
 *   NONE --view has room--> READY --hint--> RESTING --rest over, something missed--> RESTING
 *     ^---view is full--------'                '------rest over--> READY or NONE
 * </pre>
 *
 * <p>Confined to one event loop.
 */
final class Hints {

  /** A client refetches on a hint; older arrivals it finds then. */
  private static final int MOST_ARRIVALS = 32;

  private record Arrival(long number, UUID person) {}

  private record Rest(Seat seat, long until) {}

  private final ViewIndex index;
  private final int room;
  private final long restMillis;
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private final ReferenceLinkedOpenHashSet<Seat> ready = new ReferenceLinkedOpenHashSet<>();
  private final Deque<Rest> resting = new ArrayDeque<>();
  private long lastArrival;

  Hints(ViewIndex index, int room, long restMillis) {
    this.index = index;
    this.room = room;
    this.restMillis = restMillis;
  }

  void arrived(UUID person) {
    gone(person);
    if (arrivals.size() == MOST_ARRIVALS) {
      arrivals.removeFirst();
    }
    arrivals.addLast(new Arrival(++lastArrival, person));
  }

  void gone(UUID person) {
    if (!arrivals.isEmpty()) {
      arrivals.removeIf(arrival -> arrival.person().equals(person));
    }
  }

  /** The seat's view is a new one. */
  void viewChanged(Seat seat) {
    if (seat.room != Room.RESTING) {
      settle(seat);
    }
  }

  void left(Seat seat) {
    ready.remove(seat);
  }

  /** Tells the seats that are ready what has arrived since. */
  void announce(long now, BiConsumer<Seat, List<UUID>> hint) {
    if (ready.isEmpty()) {
      return;
    }
    for (Seat seat : List.copyOf(ready)) {
      if (seat.taken && tell(seat, hint)) {
        ready.remove(seat);
        rest(seat, now);
      }
    }
  }

  /** Tells seats whose rest is over what they have missed. */
  void wake(long now, BiConsumer<Seat, List<UUID>> hint) {
    while (!resting.isEmpty() && resting.peekFirst().until() <= now) {
      Seat seat = resting.removeFirst().seat();
      if (!seat.taken) {
        continue;
      }
      if (hasRoom(seat) && tell(seat, hint)) {
        rest(seat, now);
      } else {
        settle(seat);
      }
    }
  }

  /** When {@link #wake} is to be called next; less than 0 when nobody rests. */
  long nextWake() {
    Rest first = resting.peekFirst();
    return first == null ? -1 : first.until();
  }

  /** Seats that are ready or rest. */
  int size() {
    return ready.size() + resting.size();
  }

  private void settle(Seat seat) {
    if (hasRoom(seat)) {
      seat.room = Room.READY;
      seat.arrivalsSeen = lastArrival;
      ready.add(seat);
    } else {
      seat.room = Room.NONE;
      ready.remove(seat);
    }
  }

  private void rest(Seat seat, long now) {
    seat.room = Room.RESTING;
    resting.addLast(new Rest(seat, now + restMillis));
  }

  private boolean hasRoom(Seat seat) {
    return index.size(seat.number) < room;
  }

  private boolean tell(Seat seat, BiConsumer<Seat, List<UUID>> hint) {
    int most = seat.wantsDeltas() ? room - index.size(seat.number) : 1;
    List<UUID> news = new ArrayList<>();
    Iterator<Arrival> newestFirst = arrivals.descendingIterator();
    while (newestFirst.hasNext() && news.size() < most) {
      Arrival arrival = newestFirst.next();
      if (arrival.number() <= seat.arrivalsSeen) {
        break;
      }
      UUID person = arrival.person();
      if (!person.equals(seat.viewer)
          && !seat.isHidden(person)
          && !index.looksAt(seat.number, person)) {
        news.add(person);
      }
    }
    seat.arrivalsSeen = lastArrival;
    if (news.isEmpty()) {
      return false;
    }
    for (UUID person : news) {
      index.add(seat.number, person);
    }
    hint.accept(seat, news);
    return true;
  }
}
