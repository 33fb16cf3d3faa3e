package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.runtime.Settings;
import java.util.List;

/**
 * How many may watch the bus.
 *
 * @param mostWatchers at one management port at once; 0: nobody
 */
public record TailConfig(int mostWatchers) {

  public static final String WATCHERS_MAX = "MANAGEMENT_WATCHERS_MAX";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS = List.of(WATCHERS_MAX);

  /**
   * Reads the settings.
   *
   * @throws com.napalmsky.shared.runtime.InvalidSetting when one cannot be used
   */
  public static TailConfig from(Settings settings) {
    return new TailConfig(settings.number(WATCHERS_MAX, 8, 0, 64));
  }
}
