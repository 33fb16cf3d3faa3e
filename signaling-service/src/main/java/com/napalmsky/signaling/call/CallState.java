package com.napalmsky.signaling.call;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.napalmsky.shared.contract.signaling.EndReason;
import java.time.Instant;

/**
 * How far a call has come.
 *
 * <pre>
 *   OPEN ──► CREATED ──join──► JOINING ──the other joins──► ACTIVE
 *               │                 │                            │
 *               │ set-up time over, end, grace over            │ end, grace over, time over
 *               ▼                 ▼                            ▼
 *             ENDED(setup_failed) ◄─── before talk began ─── ENDED(left | peer_lost | completed)
 *               │
 *               │ both told, call stored or queued
 *               ▼
 *             tombstone ── 10 minutes, or too many of them ──► gone
 * </pre>
 *
 * <p>A lost socket is no state of the call but of a {@link Seat}: its grace runs in any of the
 * first three states.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CallState.Created.class, name = "created"),
  @JsonSubTypes.Type(value = CallState.Joining.class, name = "joining"),
  @JsonSubTypes.Type(value = CallState.Active.class, name = "active"),
  @JsonSubTypes.Type(value = CallState.Ended.class, name = "ended")
})
sealed interface CallState {

  /** Whether this member's page has come to the call. */
  boolean hasJoined(Side side);

  /** The state after this member's page came; the same when it had come before. */
  CallState join(Side side);

  /** Nobody has joined. */
  record Created() implements CallState {
    @Override
    public boolean hasJoined(Side side) {
      return false;
    }

    @Override
    public CallState join(Side side) {
      return new Joining(side);
    }
  }

  /** One has joined. */
  record Joining(Side first) implements CallState {
    @Override
    public boolean hasJoined(Side side) {
      return side == first;
    }

    @Override
    public CallState join(Side side) {
      return side == first ? this : new Active();
    }
  }

  /** Both have joined. */
  record Active() implements CallState {
    @Override
    public boolean hasJoined(Side side) {
      return true;
    }

    @Override
    public CallState join(Side side) {
      return this;
    }
  }

  /** Over, once and for all. */
  record Ended(EndReason reason, Instant at, int durationSeconds) implements CallState {
    @Override
    public boolean hasJoined(Side side) {
      return true;
    }

    @Override
    public CallState join(Side side) {
      return this;
    }
  }
}
