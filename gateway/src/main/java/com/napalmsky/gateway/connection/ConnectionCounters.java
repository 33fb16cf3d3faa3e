package com.napalmsky.gateway.connection;

/** Hears of what happens to the sockets of one event loop; for metrics. Called on that loop. */
@FunctionalInterface
public interface ConnectionCounters {

  /** What is counted. */
  enum Count {
    /** An event of the table with a payload that was refused. */
    MALFORMED,
    /** An event that is not in the table. */
    UNKNOWN_EVENT,
    /** An event beyond the allowance of its socket. */
    RATE_LIMITED,
    /** A socket closed because it went on and on beyond its allowance. */
    FLOODED,
    /** An event for which there was no place to wait. */
    LINE_FULL,
    /** A socket closed because nothing proved who it is. */
    AUTH_TIMED_OUT,
    /** A request to another service that failed. */
    SERVICE_FAILED,
    /** A client that got the session back that it had lost. */
    RECOVERED,
    /** A client that asked for a lost session and got a new one. */
    NOT_RECOVERED,
    /** An errand that will be tried again. */
    ERRAND_RETRIED,
    /** An errand that was given up. */
    ERRAND_DROPPED
  }

  void count(Count what);

  /** Counts nothing. */
  ConnectionCounters NONE = what -> {};
}
