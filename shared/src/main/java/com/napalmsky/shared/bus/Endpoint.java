package com.napalmsky.shared.bus;

import java.time.Duration;

/**
 * An operation of a service: where it is asked for, what goes in, what comes out, how long a caller
 * waits.
 *
 * @param address {@code <service>.v<major>.<operation>}
 * @param request immutable; carried by reference inside one JVM
 * @param reply immutable; carried by reference inside one JVM
 * @param limit after which the caller gets {@link ServiceFailure.Code#UNAVAILABLE}; the work may
 *     have been done all the same
 * @param repeatable whether it may be asked for again, of another instance, before the limit is
 *     over: doing it twice, or once more much later, changes nothing
 */
public record Endpoint<Q extends Record, R extends Record>(
    String address, Class<Q> request, Class<R> reply, Duration limit, boolean repeatable) {

  private static final Duration USUAL_LIMIT = Duration.ofSeconds(3);

  /** An endpoint with the usual limit of 3 s. */
  public static <Q extends Record, R extends Record> Endpoint<Q, R> of(
      String address, Class<Q> request, Class<R> reply) {
    return new Endpoint<>(address, request, reply, USUAL_LIMIT, false);
  }

  /** The same operation with another limit. */
  public Endpoint<Q, R> within(Duration otherLimit) {
    return new Endpoint<>(address, request, reply, otherLimit, repeatable);
  }

  /** The same operation, which changes nothing and may be asked for as often as one likes. */
  public Endpoint<Q, R> mayBeRepeated() {
    return new Endpoint<>(address, request, reply, limit, true);
  }
}
