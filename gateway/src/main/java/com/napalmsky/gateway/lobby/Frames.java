package com.napalmsky.gateway.lobby;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Collects what clients with deltas are told, and sends each one frame; seats that are told the
 * same share it.
 *
 * <p>Confined to one event loop.
 */
final class Frames {

  private final List<Seat> touched = new ArrayList<>();
  private Frame empty = new Frame();

  void put(Seat seat, UUID person, Change change) {
    Frame frame = seat.frame;
    if (frame == null) {
      frame = empty;
      touched.add(seat);
    }
    seat.frame = frame.and(person, change);
  }

  /**
   * @return how many frames went out
   */
  int send() {
    if (touched.isEmpty()) {
      return 0;
    }
    // A socket that is closed by what it is sent may have others told of it.
    List<Seat> seats = List.copyOf(touched);
    touched.clear();
    empty = new Frame();
    int sent = 0;
    for (Seat seat : seats) {
      Frame frame = seat.frame;
      seat.frame = null;
      if (frame != null && seat.taken) {
        seat.emit(frame.broadcast());
        sent++;
      }
    }
    return sent;
  }
}
