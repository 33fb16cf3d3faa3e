package com.napalmsky.gateway.admission;

import com.napalmsky.gateway.connection.Crowd;
import com.napalmsky.gateway.engineio.Admission;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The doors of one gateway process. Holds a number for each address with strangers, so it is
 * bounded by the sockets let in. Safe from any thread.
 */
public final class Doors implements Admission, Crowd {

  /** Why somebody was not let in. */
  public enum Turned {
    FULL,
    TOO_FAST,
    TOO_MANY_STRANGERS,
    SHORT_OF_MEMORY
  }

  private static final int SOONEST_RETRY_SECONDS = 1;
  private static final int LATEST_RETRY_SECONDS = 6;

  private final AdmissionConfig config;
  private final Timers timers;
  private final MemoryGuard memory;
  private final Pace pace;
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicInteger sockets = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> strangers = new ConcurrentHashMap<>();
  private final Map<Turned, LongAdder> turned = new EnumMap<>(Turned.class);

  /**
   * @param memory when it is short, only so many strangers at once are let in as there are places
   *     in reserve, and only those of them stay who come back to a running call
   */
  public Doors(AdmissionConfig config, Timers timers, MemoryGuard memory) {
    this.config = config;
    this.timers = timers;
    this.memory = memory;
    pace = new Pace(config.handshakesPerSecond(), config.handshakesBurst());
    for (Turned why : Turned.values()) {
      turned.put(why, new LongAdder());
    }
  }

  @Override
  public @Nullable Refusal admit(String remoteIp) {
    if (sockets.incrementAndGet() > config.sockets() + config.reserve()) {
      sockets.decrementAndGet();
      return refuse(Turned.FULL, "The server is full");
    }
    if (memory.isShort() && unknown.get() >= config.reserve()) {
      sockets.decrementAndGet();
      return refuse(Turned.SHORT_OF_MEMORY, "The server is full");
    }
    if (!addStranger(ClientAddress.limitKey(remoteIp))) {
      sockets.decrementAndGet();
      return refuse(
          Turned.TOO_MANY_STRANGERS, "Too many sockets of your address are not signed in");
    }
    if (!pace.take(TimeUnit.MILLISECONDS.toMicros(timers.now().toEpochMilli()))) {
      sockets.decrementAndGet();
      removeStranger(ClientAddress.limitKey(remoteIp));
      return refuse(Turned.TOO_FAST, "Too many people are coming back at once");
    }
    unknown.incrementAndGet();
    return null;
  }

  @Override
  public void identified(String remoteIp) {
    unknown.decrementAndGet();
    removeStranger(ClientAddress.limitKey(remoteIp));
  }

  @Override
  public void released(String remoteIp, boolean identified) {
    sockets.decrementAndGet();
    if (!identified) {
      unknown.decrementAndGet();
      removeStranger(ClientAddress.limitKey(remoteIp));
    }
  }

  @Override
  public boolean full() {
    return sockets.get() > config.sockets() || memory.isShort();
  }

  @Override
  public int retryAfterSeconds() {
    // Spread: those who were refused together must not come back together.
    return ThreadLocalRandom.current().nextInt(SOONEST_RETRY_SECONDS, LATEST_RETRY_SECONDS);
  }

  /** Sockets that are in, and may be. */
  public int sockets() {
    return sockets.get();
  }

  /** How many sockets may be in. */
  public int limit() {
    return config.sockets();
  }

  /** How many were not let in for this reason. */
  public long turned(Turned why) {
    LongAdder count = turned.get(why);
    return count == null ? 0 : count.sum();
  }

  /** Addresses with strangers. */
  int addresses() {
    return strangers.size();
  }

  private boolean addStranger(String address) {
    if (config.strangersPerAddress() == 0) {
      return true;
    }
    int most = config.strangersPerAddress();
    // One step for each address: at the bound the number stays as it is.
    int[] before = {0};
    Integer after =
        strangers.compute(
            address,
            (key, count) -> {
              before[0] = count == null ? 0 : count;
              return before[0] == most ? count : before[0] + 1;
            });
    return after != null && after > before[0];
  }

  private void removeStranger(String address) {
    Integer left =
        strangers.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    assert left == null || left > 0;
  }

  private Refusal refuse(Turned why, String message) {
    LongAdder count = turned.get(why);
    if (count != null) {
      count.increment();
    }
    int seconds = retryAfterSeconds();
    return new Refusal(message + ", please try again in " + seconds + " s", seconds);
  }
}
