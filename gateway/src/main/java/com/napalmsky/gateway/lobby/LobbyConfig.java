package com.napalmsky.gateway.lobby;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * The lobby's settings; each bound is per event loop.
 *
 * @param tick how long changes are collected before they are sent
 * @param hintRest how long a socket is spared the next hint
 * @param viewPeople how many people one socket can look at
 * @param roomPeople a view of fewer people has room for someone newly available
 * @param pendingChanges how many people can change within one tick; more are not announced
 */
public record LobbyConfig(
    Duration tick, Duration hintRest, int viewPeople, int roomPeople, int pendingChanges) {

  public static final String TICK_MILLIS = "GATEWAY_LOBBY_TICK_MILLIS";
  public static final String HINT_MILLIS = "GATEWAY_LOBBY_HINT_MILLIS";
  public static final String VIEW_PEOPLE = "GATEWAY_LOBBY_VIEW_PEOPLE";
  public static final String ROOM_PEOPLE = "GATEWAY_LOBBY_ROOM_PEOPLE";
  public static final String PENDING_CHANGES = "GATEWAY_LOBBY_PENDING_CHANGES";

  public LobbyConfig {
    if (hintRest.compareTo(tick) < 0) {
      throw new InvalidSetting(HINT_MILLIS, "must not be less than " + TICK_MILLIS);
    }
    if (roomPeople > viewPeople) {
      throw new InvalidSetting(ROOM_PEOPLE, "must not be more than " + VIEW_PEOPLE);
    }
  }

  /** The settings of a process. */
  public static LobbyConfig from(Settings settings) {
    return new LobbyConfig(
        settings.millis(TICK_MILLIS, 100, 10, 5_000),
        settings.millis(HINT_MILLIS, 2_000, 100, 60_000),
        settings.number(VIEW_PEOPLE, 200, 1, 1_000),
        settings.number(ROOM_PEOPLE, 100, 0, 1_000),
        settings.number(PENDING_CHANGES, 20_000, 100, 1_000_000));
  }
}
