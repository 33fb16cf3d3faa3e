package com.napalmsky.presence.user;

import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Person;
import java.time.Instant;
import java.util.UUID;

/** What can happen to one user. A claim happens to two: {@link Transitions#claim}. */
public sealed interface UserEvent {

  /** A gateway proved whose socket this is. */
  record SocketAuthenticated(SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.authenticated(user, socket);
    }
  }

  /** The socket is closed or broken. */
  record SocketLost(SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.lost(user, socket, now);
    }
  }

  /** {@code presence:join}. */
  record Joined(SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.joined(user, socket);
    }
  }

  /** {@code presence:leave}. */
  record Left(SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.left(user, socket);
    }
  }

  /** {@code queue:join}. */
  record QueueEntered(Person person, SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.queueEntered(user, person, socket);
    }
  }

  /** {@code queue:leave}. */
  record QueueLeft(SocketRef socket) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.queueLeft(user, socket);
    }
  }

  /** The call is over. */
  record CallReleased(UUID roomId) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.callReleased(user, roomId);
    }
  }

  /** A gateway knows of a running call that presence has forgotten, on this socket. */
  record CallRestored(SocketRef socket, UUID roomId) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.callRestored(user, socket, roomId);
    }
  }

  /** Time passed; changes only a user in GRACE whose deadline has come. */
  record TimePassed() implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.timePassed(user, now);
    }
  }

  /** Others see the user differently now. */
  record ProfileChanged(Person person) implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.profileChanged(user, person);
    }
  }

  /** The user may not be in the lobby any more. */
  record AccessLost() implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return transitions.accessLost(user);
    }
  }

  /** The user is banned or deleted: whatever he was, he is gone, with all his sockets. */
  record Expelled() implements UserEvent {
    @Override
    public Step on(User user, Transitions transitions, Instant now) {
      return Step.to(User.GONE);
    }
  }

  /** What this event makes of a user at that time. */
  Step on(User user, Transitions transitions, Instant now);
}
