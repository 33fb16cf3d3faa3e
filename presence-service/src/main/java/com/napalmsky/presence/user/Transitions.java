package com.napalmsky.presence.user;

import com.napalmsky.presence.user.UserState.Available;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.presence.user.UserState.Offline;
import com.napalmsky.presence.user.UserState.Online;
import com.napalmsky.presence.user.UserState.Present;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.user.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of {@link UserState}: user and event in, user out. Immutable; safe from any
 * context.
 *
 * <p>Every event of a socket that is not the user's any more, or not yet, changes nothing: it lost
 * a race against the socket's loss, and a late word of an old socket must not touch what a newer
 * one has done since.
 */
public final class Transitions {

  private final int socketsPerUser;
  private final Duration grace;
  private final Duration callGrace;

  /**
   * @param socketsPerUser how many sockets a user may have; at least 2, so that there is always one
   *     to give way that is not the primary one
   * @param grace how long a lost user may take to come back
   * @param callGrace the same for one in a call
   */
  public Transitions(int socketsPerUser, Duration grace, Duration callGrace) {
    if (socketsPerUser < 2) {
      throw new IllegalArgumentException("a user needs room for 2 sockets, not " + socketsPerUser);
    }
    this.socketsPerUser = socketsPerUser;
    this.grace = grace;
    this.callGrace = callGrace;
  }

  /** How many sockets a user may have. */
  public int socketsPerUser() {
    return socketsPerUser;
  }

  /** How long a lost user may take to come back. */
  public Duration grace() {
    return grace;
  }

  /** The same for one in a call. */
  public Duration callGrace() {
    return callGrace;
  }

  /** What the event makes of the user; equal to the user before when it changes nothing. */
  public Step apply(User user, UserEvent event, Instant now) {
    return event.on(user, this, now);
  }

  /**
   * Both AVAILABLE → IN_CALL, or nothing. Of two who are in this very call already it is claimed
   * again, with the sockets of the first time, so that a caller who missed the answer can ask once
   * more.
   */
  public PairStep claim(User first, User second, ClaimPair claim) {
    if (first.in(claim.roomId()) && second.in(claim.roomId())) {
      return new PairStep(true, first, second);
    }
    if (first.state() instanceof Available && second.state() instanceof Available) {
      return new PairStep(
          true,
          claimed(first, claim, claim.firstSocket()),
          claimed(second, claim, claim.secondSocket()));
    }
    return new PairStep(false, first, second);
  }

  Step authenticated(User user, SocketRef socket) {
    if (user.sockets().contains(socket)) {
      return Step.to(user);
    }
    if (user.state() instanceof Grace lost) {
      return restored(lost.previous(), socket);
    }
    boolean full = user.sockets().inOrder().size() >= socketsPerUser;
    SocketRef evicted = full ? oldestIdle(user) : null;
    Sockets kept = evicted == null ? user.sockets() : user.sockets().without(evicted);
    return new Step(new User(connected(user, socket), kept.with(socket)), evicted);
  }

  Step lost(User user, SocketRef socket, Instant now) {
    if (!user.sockets().contains(socket)) {
      return Step.to(user);
    }
    Sockets others = user.sockets().without(socket);
    if (others.isEmpty() && user.state() instanceof Present previous) {
      Duration patience = previous instanceof InCall ? callGrace : grace;
      return Step.to(new Grace(previous, now.plus(patience)), Sockets.NONE);
    }
    return Step.to(user.state(), others);
  }

  Step joined(User user, SocketRef socket) {
    return user.state() instanceof Offline && user.sockets().contains(socket)
        ? Step.to(new Online(), user.sockets())
        : Step.to(user);
  }

  Step left(User user, SocketRef socket) {
    return user.state() instanceof InCall || !user.sockets().contains(socket)
        ? Step.to(user)
        : Step.to(new Offline(), user.sockets());
  }

  Step queueEntered(User user, Person person, SocketRef socket) {
    return user.state() instanceof InCall || !user.sockets().contains(socket)
        ? Step.to(user)
        : Step.to(new Available(person), user.sockets().queuedBy(socket));
  }

  Step queueLeft(User user, SocketRef socket) {
    return user.state() instanceof Available && user.sockets().contains(socket)
        ? Step.to(new Online(), user.sockets())
        : Step.to(user);
  }

  Step callReleased(User user, UUID roomId) {
    return user.in(roomId) ? replaced(user, new Online()) : Step.to(user);
  }

  Step callRestored(User user, SocketRef socket, UUID roomId) {
    boolean idle = user.state() instanceof Offline || user.state() instanceof Online;
    return idle && user.sockets().contains(socket)
        ? Step.to(new InCall(roomId, socket), user.sockets())
        : Step.to(user);
  }

  Step timePassed(User user, Instant now) {
    return user.state() instanceof Grace lost && !lost.deadline().isAfter(now)
        ? Step.to(User.GONE)
        : Step.to(user);
  }

  Step profileChanged(User user, Person person) {
    return inLobby(user) ? replaced(user, new Available(person)) : Step.to(user);
  }

  Step accessLost(User user) {
    return inLobby(user) ? replaced(user, new Online()) : Step.to(user);
  }

  private static boolean inLobby(User user) {
    return user.state() instanceof Available
        || (user.state() instanceof Grace lost && lost.previous() instanceof Available);
  }

  /** The same user with another state; in GRACE it is the previous one, the deadline stands. */
  private static Step replaced(User user, Present state) {
    return user.state() instanceof Grace lost
        ? Step.to(new Grace(state, lost.deadline()), Sockets.NONE)
        : Step.to(state, user.sockets());
  }

  /** The only socket takes the place of the lost one, whatever that one's part was. */
  private static Step restored(Present previous, SocketRef socket) {
    Sockets only = Sockets.NONE.with(socket);
    if (previous instanceof InCall call) {
      return Step.to(new InCall(call.roomId(), socket), only);
    }
    return Step.to(previous, previous instanceof Available ? only.queuedBy(socket) : only);
  }

  private static UserState connected(User user, SocketRef socket) {
    if (user.state() instanceof Offline) {
      return new Online();
    }
    // The page of the call may come back while another one is open.
    return user.state() instanceof InCall call && !user.sockets().contains(call.socket())
        ? new InCall(call.roomId(), socket)
        : user.state();
  }

  private static SocketRef oldestIdle(User user) {
    SocketRef primary = user.primary();
    List<SocketRef> others =
        user.sockets().inOrder().stream().filter(socket -> !socket.equals(primary)).toList();
    // In a call the queue's socket need not be the primary one; it goes last of all.
    return others.stream()
        .filter(socket -> !socket.equals(user.sockets().queued()))
        .findFirst()
        .orElse(others.get(0));
  }

  private static User claimed(User user, ClaimPair claim, @Nullable SocketRef wanted) {
    SocketRef socket = wanted != null && user.sockets().contains(wanted) ? wanted : user.primary();
    if (socket == null) {
      throw new IllegalStateException("AVAILABLE without a socket");
    }
    return new User(new InCall(claim.roomId(), socket), user.sockets());
  }
}
