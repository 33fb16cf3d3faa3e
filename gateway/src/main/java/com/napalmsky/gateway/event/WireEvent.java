package com.napalmsky.gateway.event;

import org.jspecify.annotations.Nullable;

/**
 * An event as a client gets it.
 *
 * @param payload the first argument as JSON text, or null for none
 * @param kept whether the client must not miss it: it gets an offset as last argument, and the
 *     event again if it comes back without having had it
 */
public record WireEvent(String name, @Nullable String payload, boolean kept) {

  /** An event that nobody misses who comes back. */
  static WireEvent passing(String name, @Nullable String payload) {
    return new WireEvent(name, payload, false);
  }

  /** An event that a client must not miss. */
  static WireEvent kept(String name, @Nullable String payload) {
    return new WireEvent(name, payload, true);
  }
}
