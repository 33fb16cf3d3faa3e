package com.napalmsky.shared.contract.presence;

/** Where a user stands. Diagram and transitions: {@code docs/contracts/presence.md}. */
public enum PresenceState {
  /** No socket, or hidden by {@code presence:leave}. */
  OFFLINE,
  /** Connected, not to be invited. */
  ONLINE,
  /** In the lobby: can be seen and invited. */
  AVAILABLE,
  /** Claimed for one call. */
  IN_CALL,
  /** The last socket was lost; a reconnect restores the state before. Hidden from others. */
  GRACE;

  /** Whether others count this user as online. */
  public boolean online() {
    return this != OFFLINE && this != GRACE;
  }
}
