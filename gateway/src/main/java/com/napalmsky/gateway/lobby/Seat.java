package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.socketio.Broadcast;
import com.napalmsky.gateway.socketio.Socket;
import it.unimi.dsi.fastutil.objects.ObjectOpenHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the lobby.
 *
 * <p>Confined to one event loop.
 */
public final class Seat {

  /** Whether a hint about somebody newly available may go to a seat. */
  enum Room {
    /** The view is full. */
    NONE,
    /** Now. */
    READY,
    /** When the rest after the last hint is over. */
    RESTING
  }

  final int number;
  final Socket socket;
  final UUID viewer;
  boolean taken = true;
  @Nullable Seat nextOfViewer;
  Room room = Room.NONE;

  /** The last arrival that was told or that was there before there was room. */
  long arrivalsSeen;

  /** Of whom the viewer is never told; null for nobody, as for almost all. */
  private @Nullable Set<UUID> hidden;

  private @Nullable UUID invited;
  private @Nullable Change withheld;

  /** What is collected for a client that wants deltas. */
  @Nullable Frame frame;

  Seat(int number, Socket socket, UUID viewer) {
    this.number = number;
    this.socket = socket;
    this.viewer = viewer;
  }

  /** Whether the socket is still in the lobby. */
  public boolean taken() {
    return taken;
  }

  boolean wantsDeltas() {
    return socket.handshake().deltas();
  }

  /** Replaces the people of whom the viewer is never told. */
  void hides(List<UUID> people) {
    hidden = people.isEmpty() ? null : new ObjectOpenHashSet<>(people);
  }

  /** Adds to the people of whom the viewer is never told. */
  void hides(UUID person) {
    Set<UUID> before = hidden;
    Set<UUID> people = before == null ? new ObjectOpenHashSet<>(1) : before;
    people.add(person);
    hidden = people;
  }

  /** Whether the viewer must not be told of a person. */
  boolean isHidden(UUID person) {
    return hidden != null && hidden.contains(person);
  }

  /** Remembers whom the viewer waits for. */
  void invite(UUID callee) {
    invited = callee;
    withheld = null;
  }

  /**
   * The viewer waits no longer.
   *
   * @return what was kept from him meanwhile, and still holds
   */
  @Nullable Withheld release() {
    UUID callee = invited;
    Change change = withheld;
    invited = null;
    withheld = null;
    return callee == null || change == null ? null : new Withheld(callee, change);
  }

  /** What a viewer who waited was not told. */
  record Withheld(UUID person, Change change) {}

  /**
   * Whether a change is to be kept from the viewer now. The old client's waiting screen is part of
   * the card of the person invited: it would vanish with it.
   */
  boolean withholds(UUID person, Change change) {
    if (!person.equals(invited)) {
      return false;
    }
    if (change == Change.AVAILABLE) {
      boolean nothingChanged = withheld != null;
      withheld = null;
      return nothingChanged;
    }
    withheld = change;
    return true;
  }

  void emit(Broadcast broadcast) {
    socket.emit(broadcast);
  }
}
