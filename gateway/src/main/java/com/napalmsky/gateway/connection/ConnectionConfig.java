package com.napalmsky.gateway.connection;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * The settings of a client's connection.
 *
 * @param authDeadline how long a socket may stay without a user
 * @param eventsPerSecond what a socket may send in the long run, of candidates and of all else
 * @param eventsBurst how many events, candidates apart, may come at once
 * @param iceBurst how many candidates may come at once
 * @param floodingLimit how long a socket may send too much before it is closed
 * @param waitingEvents how many events of a socket may wait for an earlier one
 * @param farewell how long a socket whose user logged in elsewhere has to read why it is closed
 * @param probe how long the client of a socket in doubt may take to answer; the socket is lost
 *     then, so it must be well below the grace of a call
 * @param errands how many goodbyes of an event loop may wait for a service that cannot be reached
 * @param unreadLookUps for how many sockets of an event loop unread introductions are looked up at
 *     the same time
 */
public record ConnectionConfig(
    Duration authDeadline,
    int eventsPerSecond,
    int eventsBurst,
    int iceBurst,
    Duration floodingLimit,
    int waitingEvents,
    Duration farewell,
    Duration probe,
    int errands,
    int unreadLookUps) {

  public static final String AUTH_DEADLINE_SECONDS = "GATEWAY_AUTH_DEADLINE_SECONDS";
  public static final String EVENTS_PER_SECOND = "GATEWAY_EVENTS_PER_SECOND";
  public static final String EVENTS_BURST = "GATEWAY_EVENTS_BURST";
  public static final String ICE_BURST = "GATEWAY_ICE_BURST";
  public static final String FLOODING_SECONDS = "GATEWAY_FLOODING_SECONDS";
  public static final String WAITING_EVENTS = "GATEWAY_WAITING_EVENTS";
  public static final String FAREWELL_MILLIS = "GATEWAY_FAREWELL_MILLIS";
  public static final String PROBE_MILLIS = "GATEWAY_PROBE_MILLIS";
  public static final String ERRANDS = "GATEWAY_ERRANDS";
  public static final String UNREAD_LOOK_UPS = "GATEWAY_UNREAD_LOOKUPS";

  /** The settings of a process. */
  public static ConnectionConfig from(Settings settings) {
    return new ConnectionConfig(
        settings.seconds(AUTH_DEADLINE_SECONDS, 10, 1, 300),
        settings.number(EVENTS_PER_SECOND, 20, 1, 10_000),
        settings.number(EVENTS_BURST, 40, 1, 10_000),
        settings.number(ICE_BURST, 100, 1, 10_000),
        settings.seconds(FLOODING_SECONDS, 10, 0, 600),
        settings.number(WAITING_EVENTS, 64, 1, 10_000),
        settings.millis(FAREWELL_MILLIS, 1_000, 0, 2_000),
        settings.millis(PROBE_MILLIS, 3_000, 500, 8_000),
        settings.number(ERRANDS, 20_000, 100, 1_000_000),
        settings.number(UNREAD_LOOK_UPS, 8, 1, 1_000));
  }
}
