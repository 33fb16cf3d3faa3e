package com.napalmsky.gateway.engineio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of this process that hold sessions, by the name that begins every session id of
 * theirs. One for the whole process; holds one entry for each loop. Safe from any thread.
 */
public final class EngineLoops {

  private static final char END_OF_NAME = '.';

  private final Map<String, EngineSessions> homes = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  /**
   * Enters a loop.
   *
   * @param sessions makes the sessions of a loop, given the name of the loop
   */
  EngineSessions add(Function<String, EngineSessions> sessions) {
    EngineSessions home =
        sessions.apply(Integer.toString(names.getAndIncrement(), 36) + END_OF_NAME);
    homes.put(home.name(), home);
    return home;
  }

  void remove(EngineSessions home) {
    homes.remove(home.name());
  }

  /** The home of a session id as a client sent it, or null when no loop here gave it out. */
  @Nullable EngineSessions home(String sid) {
    int end = sid.indexOf(END_OF_NAME);
    return end < 0 ? null : homes.get(sid.substring(0, end + 1));
  }
}
