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

  private static final int OVERHEAD_CHARS = 200;

  /** The kind of signalling, or null for any other event. */
  @Nullable SignalKind kind() {
    return event instanceof ClientEvent.Signal signal ? signal.kind() : null;
  }

  /** Whether it is an offer or an answer. */
  boolean describesSession() {
    SignalKind kind = kind();
    return kind != null && kind != SignalKind.ICE;
  }

  /** About how long it is when it is written down. */
  int chars() {
    int text =
        event instanceof ClientEvent.Signal signal
            ? signal.payload().length()
            : event instanceof ClientEvent.Chat chat ? chat.text().length() : 0;
    return OVERHEAD_CHARS + text;
  }

  Posted asUnanswered() {
    return new Posted(place, at, event, true);
  }
}
