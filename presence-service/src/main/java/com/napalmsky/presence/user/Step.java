package com.napalmsky.presence.user;

import com.napalmsky.shared.contract.gateway.SocketRef;
import org.jspecify.annotations.Nullable;

/**
 * What an event made of a user.
 *
 * @param user equal to the one before when the event changed nothing
 * @param evicted the socket that had to give way and is not the user's any more, or null
 */
public record Step(User user, @Nullable SocketRef evicted) {

  static Step to(User user) {
    return new Step(user, null);
  }

  static Step to(UserState state, Sockets sockets) {
    return to(new User(state, sockets));
  }
}
