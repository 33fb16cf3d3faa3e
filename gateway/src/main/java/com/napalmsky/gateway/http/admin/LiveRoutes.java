package com.napalmsky.gateway.http.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.napalmsky.gateway.http.Access;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Caller;
import com.napalmsky.gateway.http.JsonText;
import com.napalmsky.gateway.http.Operation;
import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /admin/live}: what goes on now, and what became of the last hour. */
public final class LiveRoutes {

  private final Bus bus;
  private final Timers timers;
  private final Tallies tallies;

  public LiveRoutes(Bus bus, Timers timers, Tallies tallies) {
    this.bus = bus;
    this.timers = timers;
    this.tallies = tallies;
  }

  /** All of them. */
  public List<Operation<?>> operations() {
    return List.of(Operation.get("/admin/live", Access.ADMIN, Limit.API).answeredBy(this::live));
  }

  private Future<Answer> live(Caller caller) {
    return bus.request(PresenceContract.COUNT, new Count()).map(this::live);
  }

  private Answer live(Counted counted) {
    Map<String, Long> invites = tallies.of("matchmaking");
    Map<String, Long> calls = tallies.of("signaling");
    return Answer.ok(
        out -> {
          JsonText.time(out, "timestamp", timers.now());
          out.writeNumberField("online", counted.online());
          out.writeNumberField("available", counted.available());
          out.writeNumberField("inCall", counted.inCall());
          out.writeNumberField("grace", counted.grace());
          // Both members are in the call as long as it runs.
          out.writeNumberField("calls", (counted.inCall() + 1) / 2);
          out.writeObjectFieldStart("lastHour");
          write(out, "invites", invites);
          write(out, "calls", calls);
          long connected = calls.getOrDefault("connected", 0L);
          share(out, "connectSuccess", connected, calls.getOrDefault("set-up-failed", 0L));
          share(
              out,
              "turnShare",
              calls.getOrDefault("relayed", 0L),
              calls.getOrDefault("direct", 0L));
          out.writeEndObject();
        });
  }

  private static void write(JsonGenerator out, String name, Map<String, Long> counts)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      out.writeNumberField(count.getKey(), count.getValue());
    }
    out.writeEndObject();
  }

  /** The part that the first are of both; null when there are none. */
  private static void share(JsonGenerator out, String name, long first, long others)
      throws IOException {
    if (first + others == 0) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, (double) first / (first + others));
    }
  }
}
