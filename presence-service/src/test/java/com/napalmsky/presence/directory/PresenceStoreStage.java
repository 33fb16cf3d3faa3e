package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;

/** A presence store to be tested, with the words its tests are written in. */
abstract class PresenceStoreStage {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int USERS_MAX = 12;
  static final Duration LEASE = Duration.ofSeconds(6);

  final Transitions transitions = new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10));
  PresenceStore store;
  Instant now = START;

  /** An empty store with a stream of its own. */
  abstract PresenceStore newStore(Transitions transitions, int usersMax);

  @BeforeEach
  void begin() {
    store = newStore(transitions, USERS_MAX);
  }

  void available(UUID user, long socket) {
    apply(user, new SocketAuthenticated(socket(socket)));
    apply(user, new QueueEntered(person(user), socket(socket)));
  }

  @CanIgnoreReturnValue
  Applied apply(UUID user, UserEvent event) {
    return await(store.apply(user, event, now));
  }

  User find(UUID user) {
    return await(store.find(List.of(user))).get(0);
  }

  Counted count() {
    return await(store.count());
  }

  static ClaimPair claim(UUID room, UUID first, UUID second) {
    return new ClaimPair(room, first, null, second, null);
  }

  /** The outcome, at the latest after five seconds. */
  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    try {
      return future.await(5, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("the store did not answer within 5 s", late);
    }
  }
}
