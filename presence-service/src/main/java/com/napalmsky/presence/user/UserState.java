package com.napalmsky.presence.user;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.UUID;

/**
 * Where one user stands, with what belongs to that state and nothing else.
 *
 * <pre>
 *            connect, join             enter queue             claim pair
 *  OFFLINE ----------------> ONLINE ----------------> AVAILABLE --------> IN_CALL
 *     ^ ^ <---------------- ^  | ^  <----------------  |  |               |  |
 *     | |       leave       |  | |    leave queue,     |  |               |  |
 *     | |                   |  | |    access lost      |  |               |  |
 *     | |                   |  | +---------------------|--|-- release ----+  |
 *     | +-------- leave ----|--|-----------------------+  |                  |
 *     |                     |  |                          |                  |
 *     |       connect:      |  v    last socket lost      v                  v
 *     |       back to   - - + GRACE(previous, deadline) &lt;--------------------+
 *     |       previous            |
 *     +------- deadline ----------+
 * </pre>
 *
 * <p>A ban and the end of the account lead from every state to OFFLINE, without sockets. A hidden
 * user ({@code leave}) goes from OFFLINE straight to AVAILABLE when he enters the queue. Within
 * GRACE, a release and a loss of access make the previous state ONLINE and leave the deadline as it
 * is.
 */
public sealed interface UserState {

  /** No socket, or hidden: the sockets are kept. */
  record Offline() implements UserState {
    @Override
    public PresenceState presence() {
      return PresenceState.OFFLINE;
    }
  }

  /** A state that needs a socket, and that a reconnect restores. */
  sealed interface Present extends UserState {}

  /** Connected, not to be invited. */
  record Online() implements Present {
    @Override
    public PresenceState presence() {
      return PresenceState.ONLINE;
    }
  }

  /**
   * In the lobby.
   *
   * @param person as others see him
   */
  record Available(Person person) implements Present {
    @Override
    public PresenceState presence() {
      return PresenceState.AVAILABLE;
    }
  }

  /**
   * Claimed for one call.
   *
   * @param socket the one that took the call; it may be lost while others remain, until the next
   *     one that authenticates takes its place
   */
  record InCall(UUID roomId, SocketRef socket) implements Present {
    @Override
    public PresenceState presence() {
      return PresenceState.IN_CALL;
    }
  }

  /**
   * The last socket was lost.
   *
   * @param previous what a reconnect restores
   * @param deadline when the user goes offline
   */
  record Grace(Present previous, Instant deadline) implements UserState {
    @Override
    public PresenceState presence() {
      return PresenceState.GRACE;
    }
  }

  /** The state's name on the bus. */
  PresenceState presence();
}
