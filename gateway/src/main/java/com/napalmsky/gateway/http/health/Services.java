package com.napalmsky.gateway.http.health;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the other services how they are. Confined to one event loop. */
public final class Services {

  /** How a service is. */
  public enum Standing {
    READY("ready"),
    NOT_READY("not ready"),
    /** Nobody answered in time. */
    UNREACHABLE("unreachable");

    private final String text;

    Standing(String text) {
      this.text = text;
    }

    /** The word on the wire. */
    public String text() {
      return text;
    }
  }

  /** What a service said of itself. */
  public record State(Standing standing, Map<String, String> details) {}

  /** All services, by name. */
  public record Report(Map<String, State> services) {

    /** Whether each of them is ready. */
    public boolean allReady() {
      return services.values().stream().allMatch(one -> one.standing() == Standing.READY);
    }

    /** Whether the service answered, ready or not. */
    public boolean reached(String service) {
      State state = services.get(service);
      return state != null && state.standing() != Standing.UNREACHABLE;
    }

    /**
     * The state of something that services depend on, as the named one tells it.
     *
     * @return {@code unknown} when that service cannot be asked
     */
    String dependency(String service, String name) {
      State state = services.get(service);
      if (state == null || state.standing() == Standing.UNREACHABLE) {
        return "unknown";
      }
      return state.details().getOrDefault(name, "not configured");
    }
  }

  private static final List<String> NAMES = List.of("presence", "matchmaking", "signaling", "user");
  private static final Duration LIMIT = Duration.ofMillis(800);
  private static final Duration LIFE = Duration.ofSeconds(1);

  private final Bus bus;
  private final Remembered<Report> report;

  public Services(Bus bus, Timers timers) {
    this.bus = bus;
    this.report = new Remembered<>(timers, LIFE, this::ask);
  }

  /** How they are, at most a second ago; never fails. */
  public Future<Report> report() {
    return report.get();
  }

  private Future<Report> ask() {
    List<Future<State>> answers = new ArrayList<>();
    for (String name : NAMES) {
      answers.add(
          bus.request(HealthContract.HEALTH.at(name).within(LIMIT), new Ask())
              .map(
                  health ->
                      new State(
                          health.ready() ? Standing.READY : Standing.NOT_READY, health.details()))
              .otherwise(new State(Standing.UNREACHABLE, Map.of())));
    }
    return Future.all(answers)
        .map(
            all -> {
              Map<String, State> services = new TreeMap<>();
              for (int i = 0; i < NAMES.size(); i++) {
                services.put(NAMES.get(i), answers.get(i).result());
              }
              return new Report(services);
            });
  }
}
