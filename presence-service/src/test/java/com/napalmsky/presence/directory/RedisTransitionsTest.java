package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.directory.PresenceStore.Claimed;
import com.napalmsky.presence.directory.PresenceStore.Lapsed;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.CallRestored;
import com.napalmsky.presence.user.UserEvent.Expelled;
import com.napalmsky.presence.user.UserEvent.Joined;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserEvent.TimePassed;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/**
 * The rules are written down twice, in Java and in Lua: whatever happens, both stores answer the
 * same, to the letter.
 */
class RedisTransitionsTest {

  private static final int TURNS = 400;

  private static Vertx vertx;
  private static OnRedis onRedis;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    onRedis = new OnRedis(vertx, TestRedis.shared().config());
  }

  @AfterAll
  static void close() {
    onRedis.close();
    PresenceStoreStage.await(vertx.close());
  }

  @RepeatedTest(50)
  void bothStoresAnswerTheSame(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Transitions transitions =
        new Transitions(2 + random.nextInt(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
    PresenceStore memory = new MemoryPresenceStore(transitions, 5, PresenceStoreStage.LEASE);
    PresenceStore redis = onRedis.store(TestRedis.shared().config(), transitions, 5);
    List<UUID> users = LongStream.rangeClosed(1, 6).mapToObj(number -> id(number)).toList();
    Instant now = PresenceStoreStage.START;

    for (int turn = 0; turn < TURNS; turn++) {
      now = now.plusMillis(random.nextInt(1_500));
      Function<PresenceStore, Future<Object>> step = step(random, users, now);
      Object expected = outcome(step.apply(memory));
      Object actual = outcome(step.apply(redis));
      assertThat(actual).as("turn %s", turn).isEqualTo(expected);
    }

    assertThat(PresenceStoreStage.await(redis.find(users)))
        .isEqualTo(PresenceStoreStage.await(memory.find(users)));
    for (String gateway : List.of("gw0", "gw1", "gw2")) {
      assertThat(PresenceStoreStage.await(redis.held(gateway, null, 100)))
          .isEqualTo(PresenceStoreStage.await(memory.held(gateway, null, 100)));
    }
    assertThat(PresenceStoreStage.await(redis.count()))
        .isEqualTo(PresenceStoreStage.await(memory.count()));
    assertThat(PresenceStoreStage.await(redis.load()))
        .isEqualTo(PresenceStoreStage.await(memory.load()));
    assertThat(PresenceStoreStage.await(redis.available(null, 100)).available())
        .isEqualTo(PresenceStoreStage.await(memory.available(null, 100)).available());
  }

  @Test
  void everyEventTakesPart() {
    Set<Class<?>> played =
        events(new Random(1), id(1), new SocketRef("gw1-0", 1)).stream()
            .map(Object::getClass)
            .collect(Collectors.toSet());

    assertThat(played).isEqualTo(Set.of(UserEvent.class.getPermittedSubclasses()));
  }

  private static Function<PresenceStore, Future<Object>> step(
      Random random, List<UUID> users, Instant now) {
    int chosen = random.nextInt(users.size());
    UUID user = users.get(chosen);
    SocketRef socket =
        new SocketRef("gw" + random.nextInt(3) + "-" + random.nextInt(2), chosen * 10L);
    switch (random.nextInt(13)) {
      case 0 -> {
        int most = 1 + random.nextInt(3);
        return store -> store.expire(now, most).map(RedisTransitionsTest::plain);
      }
      case 1 -> {
        int most = 1 + random.nextInt(3);
        return store -> store.lapse(now, most).map(RedisTransitionsTest::plain);
      }
      case 2, 3 -> {
        String gateway = socket.gateway();
        return store -> store.renewLease(gateway, now).map("renewed");
      }
      case 4 -> {
        String gateway = socket.gateway();
        return store -> store.endLease(gateway, now).map("ended");
      }
      case 5, 6 -> {
        UUID other = users.get((chosen + 1 + random.nextInt(users.size() - 1)) % users.size());
        ClaimPair claim =
            new ClaimPair(
                id(1_000 + random.nextInt(3)),
                user,
                random.nextBoolean() ? socket : null,
                other,
                null);
        return store -> store.claim(claim).map(RedisTransitionsTest::plain);
      }
      default -> {
        List<UserEvent> events = events(random, user, socket);
        UserEvent event = events.get(random.nextInt(events.size()));
        return store -> store.apply(user, event, now).map(RedisTransitionsTest::plain);
      }
    }
  }

  private static List<UserEvent> events(Random random, UUID user, SocketRef socket) {
    UUID room = id(1_000 + random.nextInt(3));
    return List.of(
        new SocketAuthenticated(socket),
        new SocketAuthenticated(socket),
        new SocketAuthenticated(socket),
        new SocketLost(socket),
        new Joined(socket),
        new Left(socket),
        new QueueEntered(person(user, "\u00e9 | \" " + random.nextInt(2)), socket),
        new QueueEntered(person(user), socket),
        new QueueEntered(person(user), socket),
        new QueueLeft(socket),
        new CallReleased(room),
        new CallRestored(socket, room),
        new TimePassed(),
        new ProfileChanged(person(user, "Name " + random.nextInt(2))),
        new AccessLost(),
        new Expelled());
  }

  /** Both streams have epochs of their own; all else is the same. */
  private static Object plain(Record answer) {
    if (answer instanceof Applied applied) {
      return new Applied(applied.user(), applied.evicted(), plain(applied.change()));
    } else if (answer instanceof Claimed claimed) {
      return new Claimed(claimed.reply(), plain(claimed.changes()));
    } else if (answer instanceof Lapsed lapsed) {
      // How much is left to do is an estimate.
      return new Lapsed(plain(lapsed.changes()), lapsed.gateways(), lapsed.sockets(), false);
    } else if (answer instanceof PresenceStore.Expired expired) {
      return new PresenceStore.Expired(plain(expired.changes()), expired.next());
    }
    throw new IllegalArgumentException(String.valueOf(answer));
  }

  private static List<Changed> plain(List<Changed> changes) {
    return changes.stream().map(RedisTransitionsTest::plain).toList();
  }

  private static Changed plain(Changed change) {
    return change == null
        ? null
        : new Changed(
            new StreamPosition("", change.position().offset()),
            change.userId(),
            change.from(),
            change.to(),
            change.person(),
            change.roomId());
  }

  private static Object outcome(Future<Object> future) {
    return PresenceStoreStage.await(
        future.otherwise(cause -> Stream.of(cause.toString()).toList()));
  }
}
