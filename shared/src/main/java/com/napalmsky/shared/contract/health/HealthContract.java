package com.napalmsky.shared.contract.health;

import com.napalmsky.shared.bus.Mailbox;
import java.util.Map;

/** Each service answers for itself and for what it depends on. */
public final class HealthContract {

  private HealthContract() {}

  /** Asks one instance of a service how it is. */
  public record Ask() {}

  /**
   * @param ready whether the service can do its work now
   * @param details dependency to state, such as {@code postgresql: connected}; sizes and bounds of
   *     what it keeps in memory as numbers in text
   */
  public record Health(boolean ready, Map<String, String> details) {
    public Health {
      details = Map.copyOf(details);
    }
  }

  /**
   * Addressed by service name: {@code presence}, {@code matchmaking}, {@code signaling}, {@code
   * user}.
   */
  public static final Mailbox<Ask, Health> HEALTH =
      new Mailbox<>("health.v1", Ask.class, Health.class);
}
