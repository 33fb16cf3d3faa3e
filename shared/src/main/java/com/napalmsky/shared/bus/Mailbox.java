package com.napalmsky.shared.bus;

/**
 * An operation that each instance of a service serves under an address of its own: a gateway's
 * event loop, the owner of a call.
 *
 * @param prefix {@code <service>.v<major>.<operation>}, to which the instance's name is added
 */
public record Mailbox<Q extends Record, R extends Record>(
    String prefix, Class<Q> request, Class<R> reply) {

  /** The endpoint of one instance; the only place where an address is put together. */
  public Endpoint<Q, R> at(String instance) {
    return Endpoint.of(prefix + "." + instance, request, reply);
  }
}
