package com.napalmsky.shared.contract.tally;

import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The counts of single instances. */
public final class TallyContract {

  private TallyContract() {}

  /** How often each instance tells; one that was not heard of three times is gone. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  /**
   * @param name of what was counted, of a closed set
   * @param lastHour how often in the last hour, or since the instance began
   */
  public record Count(String name, long lastHour) {}

  /**
   * What one instance counted.
   *
   * @param instance another one for each start of the process
   */
  public record Tally(String service, String instance, Instant at, List<Count> counts) {
    public Tally {
      counts = List.copyOf(counts);
    }
  }

  public static final Topic<Tally> COUNTED = new Topic<>("tally.v1.counted", Tally.class);
}
