package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.event.EventType.Limit;

/**
 * How much a socket may still send: two token buckets that fill at the same rate, and how long it
 * has sent too much.
 */
final class Allowance {

  /** What becomes of an event. */
  enum Verdict {
    ALLOWED,
    /** Dropped, and the client is told. */
    REFUSED,
    /** Dropped without a word: the client was told less than a second ago. */
    IGNORED,
    /** The socket is to be closed. */
    FLOODING
  }

  private static final long TOLD_MILLIS = 1_000;

  /** Who has kept to his allowance for this long begins anew. */
  private static final long CALM_MILLIS = 2_000;

  private float usual;
  private float ice;
  private long filledAt;
  private long floodingSince;
  private long refusedAt = Long.MIN_VALUE / 2;
  private long toldAt = Long.MIN_VALUE / 2;

  Allowance(ConnectionConfig config, long now) {
    usual = config.eventsBurst();
    ice = config.iceBurst();
    filledAt = now;
  }

  Verdict take(Limit limit, ConnectionConfig config, long now) {
    fill(config, now);
    if (limit == Limit.ICE && ice >= 1) {
      ice--;
      return Verdict.ALLOWED;
    }
    if (limit == Limit.USUAL && usual >= 1) {
      usual--;
      return Verdict.ALLOWED;
    }
    return refuse(config, now);
  }

  private void fill(ConnectionConfig config, long now) {
    float gained = (now - filledAt) * config.eventsPerSecond() / 1_000f;
    if (gained > 0) {
      usual = Math.min(config.eventsBurst(), usual + gained);
      ice = Math.min(config.iceBurst(), ice + gained);
      filledAt = now;
    }
  }

  private Verdict refuse(ConnectionConfig config, long now) {
    if (now - refusedAt > CALM_MILLIS) {
      floodingSince = now;
    }
    refusedAt = now;
    if (now - floodingSince >= config.floodingLimit().toMillis()) {
      return Verdict.FLOODING;
    }
    if (now - toldAt < TOLD_MILLIS) {
      return Verdict.IGNORED;
    }
    toldAt = now;
    return Verdict.REFUSED;
  }
}
