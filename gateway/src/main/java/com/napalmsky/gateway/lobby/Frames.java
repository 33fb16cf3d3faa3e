package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.socketio.Broadcast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Collects what clients with deltas are told, and sends each one frame; seats that are told the
 * same share it.
 *
 * <p>Confined to one event loop.
 */
final class Frames {

  private final List<Seat> touched = new ArrayList<>();

  void put(Seat seat, UUID person, Change change) {
    Frame frame = seat.frame;
    if (frame == null) {
      frame = new Frame();
      seat.frame = frame;
      touched.add(seat);
    }
    frame.put(person, change);
  }

  /**
   * @return how many frames went out
   */
  int send() {
    if (touched.isEmpty()) {
      return 0;
    }
    List<Seat> seats = List.copyOf(touched);
    touched.clear();
    Map<Frame, Broadcast> broadcasts = new HashMap<>();
    int sent = 0;
    for (Seat seat : seats) {
      Frame frame = seat.frame;
      seat.frame = null;
      if (frame != null && seat.taken) {
        seat.emit(broadcasts.computeIfAbsent(frame, said -> broadcast(said.event())));
        sent++;
      }
    }
    return sent;
  }

  static Broadcast broadcast(WireEvent event) {
    return new Broadcast(event.name(), event.payload());
  }
}
