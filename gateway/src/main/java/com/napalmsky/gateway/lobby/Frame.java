package com.napalmsky.gateway.lobby;

import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.event.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one {@code lobby:delta} says; equal ones are sent as one. Grows until it is sent.
 *
 * @param add to be invited from now on
 * @param remove not to be invited any more
 * @param offline gone
 */
record Frame(List<UUID> add, List<UUID> remove, List<UUID> offline) {

  Frame() {
    this(new ArrayList<>(1), new ArrayList<>(1), new ArrayList<>(1));
  }

  void put(UUID person, Change change) {
    switch (change) {
      case AVAILABLE -> add.add(person);
      case UNAVAILABLE -> remove.add(person);
      case OFFLINE -> offline.add(person);
    }
  }

  WireEvent event() {
    return GatewayEvents.lobbyDelta(add, remove, offline);
  }
}
