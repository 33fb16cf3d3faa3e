package com.napalmsky.presence.user;

import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.presence.user.UserState.Offline;
import com.napalmsky.presence.user.UserState.Present;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that presence knows of one user.
 *
 * @param sockets never empty while ONLINE, AVAILABLE or IN_CALL; always empty in GRACE
 */
public record User(UserState state, Sockets sockets) {

  /** A user of whom nothing need be remembered. */
  public static final User GONE = new User(new Offline(), Sockets.NONE);

  public User {
    if (state instanceof Present && sockets.isEmpty()) {
      throw new IllegalArgumentException(state.presence() + " needs a socket");
    }
    if (state instanceof Grace && !sockets.isEmpty()) {
      throw new IllegalArgumentException("who has a socket is not in GRACE");
    }
  }

  /** The state's name on the bus. */
  public PresenceState presence() {
    return state.presence();
  }

  /** The call the user is in, also while its socket is lost for a moment; or null. */
  public @Nullable InCall call() {
    UserState meant = state instanceof Grace grace ? grace.previous() : state;
    return meant instanceof InCall call ? call : null;
  }

  /** Whether the user is in this very call, also while his socket is lost for a moment. */
  public boolean in(UUID roomId) {
    InCall call = call();
    return call != null && call.roomId().equals(roomId);
  }

  /**
   * The socket that speaks for the user: the one in the call, else the one that last joined the
   * queue, else the one that last authenticated; null when there is none.
   */
  public @Nullable SocketRef primary() {
    return state instanceof InCall call && sockets.contains(call.socket())
        ? call.socket()
        : sockets.speaker();
  }
}
