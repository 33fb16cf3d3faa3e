package com.napalmsky.gateway.http.referral;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who of some people is there now.
 *
 * @param states of those of whom it is known
 */
record Whereabouts(Map<UUID, PresenceState> states) {

  private static final Whereabouts UNKNOWN = new Whereabouts(Map.of());

  Whereabouts {
    states = Map.copyOf(states);
  }

  /** Never fails: of whom nothing can be found out counts as offline. */
  static Future<Whereabouts> of(Bus bus, List<UUID> people) {
    if (people.isEmpty()) {
      return Future.succeededFuture(UNKNOWN);
    }
    return bus.request(PresenceContract.LOCATE, new Locate(people))
        .map(
            located ->
                new Whereabouts(
                    located.locations().stream()
                        .collect(
                            Collectors.toMap(
                                Location::userId, Location::state, (one, same) -> one))))
        .otherwise(UNKNOWN);
  }

  boolean available(UUID person) {
    return state(person) == PresenceState.AVAILABLE;
  }

  /** {@code isOnline} and {@code isAvailable}. */
  void write(JsonGenerator out, UUID person) throws IOException {
    out.writeBooleanField("isOnline", state(person).online());
    out.writeBooleanField("isAvailable", available(person));
  }

  private PresenceState state(UUID person) {
    return states.getOrDefault(person, PresenceState.OFFLINE);
  }
}
