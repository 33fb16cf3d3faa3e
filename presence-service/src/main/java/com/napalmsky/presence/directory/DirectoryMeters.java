package com.napalmsky.presence.directory;

import com.napalmsky.presence.directory.PresenceStore.Load;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.meter.Sampled;

/**
 * Names what an instance of presence counts. What is in a shared store, all instances tell alike.
 * Confined to the directory's context.
 */
public final class DirectoryMeters {

  private final Sampled<Counted> users;
  private final Sampled<Load> load;

  /** Names everything; what has to be asked for is asked for once this has begun. */
  public DirectoryMeters(Directory directory, Timers timers, int usersMax, Meters meters) {
    users = new Sampled<>(timers, new Counted(0, 0, 0, 0), () -> directory.count(new Count()));
    load = new Sampled<>(timers, new Load(0, usersMax, 0), directory::load);
    meters.gauges(
        "napalmsky_presence_users", "Users by state", "state", PresenceState.class, this::usersIn);
    meters.structure("presence_users", usersMax, () -> load.latest().users());
    meters.evictions("presence_users", () -> load.latest().refused());
    directory.meter(meters);
  }

  private long usersIn(PresenceState state) {
    Counted counted = users.latest();
    return switch (state) {
      case OFFLINE -> 0;
      case ONLINE -> counted.online() - counted.available() - counted.inCall() - counted.grace();
      case AVAILABLE -> counted.available();
      case IN_CALL -> counted.inCall();
      case GRACE -> counted.grace();
    };
  }

  /** Begins to ask. */
  public void begin() {
    users.begin();
    load.begin();
  }

  /** Asks no more; may be called twice. */
  public void stop() {
    users.stop();
    load.stop();
  }
}
