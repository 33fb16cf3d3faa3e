package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.lobby.Change.Standing;
import com.napalmsky.gateway.lobby.Seat.Withheld;
import com.napalmsky.gateway.socketio.Broadcast;
import com.napalmsky.gateway.socketio.Socket;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.Timers;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one event loop that are in the lobby, and what each is told of the people it looks
 * at. Changes are collected for a tick: the last state of a person wins, and who is at the end what
 * he was at the beginning is not mentioned.
 *
 * <p>Confined to one event loop, except {@link #handOver}.
 */
public final class Lobby {

  private record Pending(Standing before, Standing after) {}

  private final LobbyConfig config;
  private final Timers timers;
  private final LobbyDirectory directory;
  private final Executor loop;
  private final LobbyCounters counters;

  private final ViewIndex index;
  private final Hints hints;
  private final Frames frames = new Frames();
  private final Object2ObjectOpenHashMap<UUID, Seat> byViewer = new Object2ObjectOpenHashMap<>();
  private final IntArrayList freeNumbers = new IntArrayList();
  private @Nullable Seat[] seats = new Seat[16];
  private int usedNumbers;
  private int taken;

  private Object2ObjectLinkedOpenHashMap<UUID, Pending> pending =
      new Object2ObjectLinkedOpenHashMap<>();
  private boolean tickIsDue;
  private boolean wakeIsDue;
  private int emits;

  /**
   * @param loop runs something on the event loop that this lobby belongs to
   */
  public Lobby(
      LobbyConfig config,
      Timers timers,
      LobbyDirectory directory,
      Executor loop,
      LobbyCounters counters) {
    this.config = config;
    this.timers = timers;
    this.directory = directory;
    this.loop = loop;
    this.counters = counters;
    index = new ViewIndex(config.viewPeople());
    hints = new Hints(index, config.roomPeople(), config.hintRest().toMillis());
  }

  /** A socket enters; it looks at nobody yet. */
  public Seat enter(Socket socket, UUID viewer) {
    int number = freeNumbers.isEmpty() ? usedNumbers++ : freeNumbers.popInt();
    if (number == seats.length) {
      seats = Arrays.copyOf(seats, number * 2);
    }
    Seat seat = new Seat(number, socket, viewer);
    seats[number] = seat;
    taken++;
    seat.nextOfViewer = byViewer.put(viewer, seat);
    directory.entered(viewer, this);
    hints.viewChanged(seat);
    return seat;
  }

  /** A socket leaves; does nothing when it has left before. */
  public void leave(Seat seat) {
    if (!seat.taken) {
      return;
    }
    seat.taken = false;
    taken--;
    index.clear(seat.number);
    hints.left(seat);
    seats[seat.number] = null;
    freeNumbers.add(seat.number);
    unlink(seat);
  }

  /** Takes notice of a change of presence. */
  public void changed(Changed change) {
    if (taken == 0) {
      return;
    }
    if (change.to() == PresenceState.IN_CALL) {
      everySeatLeaves(change.userId());
    }
    Standing after = Standing.of(change.to());
    Pending earlier = pending.get(change.userId());
    if (earlier == null && pending.size() >= config.pendingChanges()) {
      counters.changeDropped();
      return;
    }
    Standing before = earlier == null ? Standing.of(change.from()) : earlier.before();
    pending.put(change.userId(), new Pending(before, after));
    if (!tickIsDue) {
      tickIsDue = true;
      var unused = timers.after(config.tick(), this::tick);
    }
  }

  /**
   * A seat looks at these people from now on, instead of those before.
   *
   * @param hidden of whom it is never told
   */
  public void show(Seat seat, List<UUID> people, List<UUID> hidden) {
    if (seat.taken) {
      seat.hides(hidden);
      index.replace(seat.number, people, seat.viewer);
      hints.viewChanged(seat);
    }
  }

  /** Has the viewer's seats look at these people. Safe from any context. */
  void handOver(UUID viewer, List<UUID> people, List<UUID> hidden) {
    loop.execute(
        () -> {
          for (Seat seat = byViewer.get(viewer); seat != null; seat = seat.nextOfViewer) {
            show(seat, people, hidden);
          }
        });
  }

  /** Two people do not see each other any more: to either one the other is not available now. */
  public void hide(UUID one, UUID other) {
    hideFrom(one, other);
    hideFrom(other, one);
    emits += frames.send();
  }

  private void hideFrom(UUID viewer, UUID person) {
    for (Seat seat = byViewer.get(viewer); seat != null; seat = seat.nextOfViewer) {
      seat.hides(person);
      if (index.remove(seat.number, person)) {
        tell(seat, person, Change.UNAVAILABLE, null);
        hints.viewChanged(seat);
      }
    }
  }

  /** The viewer waits for an answer: that this person is not available is kept from him. */
  public void waitsFor(Seat seat, UUID callee) {
    seat.invite(callee);
  }

  /** The viewer waits no longer, and is told what was kept from him. */
  public void waitsNoLonger(Seat seat) {
    Withheld withheld = seat.release();
    if (withheld != null && seat.taken) {
      tell(seat, withheld.person(), withheld.change(), null);
      emits += frames.send();
    }
  }

  /** What is held now. */
  public LobbySizes sizes() {
    return new LobbySizes(taken, index.people().size(), pending.size(), hints.size());
  }

  private void everySeatLeaves(UUID viewer) {
    Seat seat = byViewer.get(viewer);
    while (seat != null) {
      Seat next = seat.nextOfViewer;
      leave(seat);
      seat = next;
    }
  }

  private void unlink(Seat seat) {
    Seat first = byViewer.get(seat.viewer);
    if (first == seat) {
      if (seat.nextOfViewer == null) {
        byViewer.remove(seat.viewer);
        directory.left(seat.viewer, this);
      } else {
        byViewer.put(seat.viewer, seat.nextOfViewer);
      }
      return;
    }
    for (Seat other = first; other != null; other = other.nextOfViewer) {
      if (other.nextOfViewer == seat) {
        other.nextOfViewer = seat.nextOfViewer;
        return;
      }
    }
  }

  private void tick() {
    tickIsDue = false;
    Object2ObjectLinkedOpenHashMap<UUID, Pending> changes = pending;
    pending = new Object2ObjectLinkedOpenHashMap<>();
    emits = 0;
    int seen = 0;
    boolean someoneArrived = false;
    for (Object2ObjectMap.Entry<UUID, Pending> entry : changes.object2ObjectEntrySet()) {
      Change change = Change.between(entry.getValue().before(), entry.getValue().after());
      if (change == null) {
        continue;
      }
      seen++;
      tellViewers(entry.getKey(), change);
      if (change == Change.AVAILABLE) {
        hints.arrived(entry.getKey());
        someoneArrived = true;
      } else {
        hints.gone(entry.getKey());
      }
    }
    if (someoneArrived) {
      hints.announce(timers.now().toEpochMilli(), this::hint);
      wakeLater();
    }
    emits += frames.send();
    counters.ticked(seen, emits);
  }

  private void tellViewers(UUID userId, Change change) {
    People people = index.people();
    int person = people.of(userId);
    if (person == People.NOBODY) {
      return;
    }
    Broadcast broadcast = change.broadcast(userId);
    // Backwards and with a look at the count: a socket that is closed because it is too slow for
    // what it is sent leaves the index meanwhile.
    for (int place = people.viewerCount(person) - 1; place >= 0; place--) {
      if (place < people.viewerCount(person)) {
        Seat seat = seats[people.viewer(person, place)];
        if (seat != null) {
          tell(seat, userId, change, broadcast);
        }
      }
    }
  }

  private void hint(Seat seat, List<UUID> arrivals) {
    for (UUID person : arrivals) {
      tell(seat, person, Change.AVAILABLE, null);
    }
  }

  private void tell(Seat seat, UUID person, Change change, @Nullable Broadcast shared) {
    if (seat.withholds(person, change)) {
      return;
    }
    if (seat.wantsDeltas()) {
      frames.put(seat, person, change);
      return;
    }
    emits++;
    seat.emit(shared == null ? change.broadcast(person) : shared);
  }

  private void wakeLater() {
    long next = hints.nextWake();
    if (next < 0 || wakeIsDue) {
      return;
    }
    wakeIsDue = true;
    long now = timers.now().toEpochMilli();
    var unused =
        timers.after(Duration.ofMillis(Math.max(config.tick().toMillis(), next - now)), this::wake);
  }

  private void wake() {
    wakeIsDue = false;
    hints.wake(timers.now().toEpochMilli(), this::hint);
    emits += frames.send();
    wakeLater();
  }
}
