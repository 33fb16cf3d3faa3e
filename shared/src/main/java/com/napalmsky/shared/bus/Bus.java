package com.napalmsky.shared.bus;

import io.vertx.core.Future;

/**
 * What a feature may do with other services: ask one, or announce a fact. Serving and subscribing
 * belong to verticles; see {@link TypedBus}.
 */
public interface Bus {

  /**
   * Asks a service.
   *
   * @return the reply, or a {@link ServiceFailure}, at the latest after the endpoint's limit;
   *     completed on the caller's context
   */
  <Q extends Record, R extends Record> Future<R> request(Endpoint<Q, R> endpoint, Q request);

  /** Announces a fact to every listener; whether any heard it is not known. */
  <E extends Record> void publish(Topic<E> topic, E event);
}
