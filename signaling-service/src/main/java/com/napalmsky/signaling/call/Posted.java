package com.napalmsky.signaling.call;

import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.signaling.SignalKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a member.
 *
 * @param place in the order of the call's events
 * @param at when it was posted
 * @param unanswered whether a gateway was given it, and it is not known whether the member got it
 */
record Posted(long place, Instant at, ClientEvent event, boolean unanswered) {

  /** The kind of signalling, or null for any other event. */
  @Nullable SignalKind kind() {
    return event instanceof ClientEvent.Signal signal ? signal.kind() : null;
  }

  Posted asUnanswered() {
    return new Posted(place, at, event, true);
  }
}
