package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.CARL;
import static com.napalmsky.presence.Cast.OTHER_ROOM;
import static com.napalmsky.presence.Cast.ROOM;
import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static com.napalmsky.presence.directory.PresenceStoreStage.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.directory.PresenceStore.Claimed;
import com.napalmsky.presence.directory.PresenceStore.Expired;
import com.napalmsky.presence.directory.PresenceStore.Lapsed;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two presence instances, each with a connection of its own, share one Redis. */
class SharedPresenceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  private static Vertx vertx;
  private static OnRedis here;
  private static OnRedis there;

  private final Transitions transitions =
      new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10));
  private RedisConfig config;
  private PresenceStore one;
  private PresenceStore other;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
    here = new OnRedis(vertx, TestRedis.shared().config());
    there = new OnRedis(vertx, TestRedis.shared().config());
  }

  @AfterAll
  static void close() {
    here.close();
    there.close();
    await(vertx.close());
  }

  @BeforeEach
  void begin() {
    config = TestRedis.shared().config();
    one = here.store(config, transitions, 1_000);
    other = there.store(config, transitions, 1_000);
  }

  @RepeatedTest(100)
  void twoClaimsOfOneUserAtTwoInstancesHaveExactlyOneWinner() {
    // Given
    available(ANNA, 1);
    available(BEN, 2);
    available(CARL, 3);

    // When
    Future<Claimed> first = one.claim(new ClaimPair(ROOM, ANNA, null, BEN, null));
    Future<Claimed> second = other.claim(new ClaimPair(OTHER_ROOM, CARL, null, ANNA, null));

    // Then
    boolean won = await(first).reply().claimed();
    assertThat(await(second).reply().claimed()).isNotEqualTo(won);
    assertThat(await(won ? second : first).changes()).isEmpty();
    assertThat(await(won ? first : second).changes()).hasSize(2);
    assertThat(await(one.count())).isEqualTo(new Counted(3, 1, 2, 0));
  }

  @RepeatedTest(100)
  void aGraceThatAllInstancesEndIsAnnouncedByOne() {
    List<UUID> users = LongStream.rangeClosed(1, 20).mapToObj(number -> id(number)).toList();
    for (int at = 0; at < users.size(); at++) {
      await(one.apply(users.get(at), new SocketAuthenticated(socket(at)), NOW));
      await(other.apply(users.get(at), new SocketLost(socket(at)), NOW));
    }

    Future<Expired> first = one.expire(LATER, 15);
    Future<Expired> second = other.expire(LATER, 15);
    Future<Expired> third = one.expire(LATER, 15);

    List<Changed> announced =
        Stream.of(first, second, third).flatMap(each -> await(each).changes().stream()).toList();
    assertThat(announced).extracting(Changed::userId).containsExactlyInAnyOrderElementsOf(users);
    assertThat(announced).extracting(Changed::to).containsOnly(PresenceState.OFFLINE);
  }

  @RepeatedTest(100)
  void aDeadGatewayThatAllInstancesSweepIsAnnouncedOnce() {
    List<UUID> users = LongStream.rangeClosed(1, 20).mapToObj(number -> id(number)).toList();
    for (int at = 0; at < users.size(); at++) {
      await(one.apply(users.get(at), new SocketAuthenticated(socket(at)), NOW));
    }

    Future<Lapsed> first = one.lapse(LATER, 15);
    Future<Lapsed> second = other.lapse(LATER, 15);
    Future<Lapsed> third = one.lapse(LATER, 15);

    List<Changed> announced =
        Stream.of(first, second, third).flatMap(each -> await(each).changes().stream()).toList();
    assertThat(announced).extracting(Changed::userId).containsExactlyInAnyOrderElementsOf(users);
    assertThat(announced).extracting(Changed::to).containsOnly(PresenceState.GRACE);
  }

  @RepeatedTest(100)
  void aReconnectAgainstTheEndOfTheGraceLeavesOneOutcomeThatTheFactsTell() {
    await(one.apply(ANNA, new SocketAuthenticated(socket(1)), NOW));
    await(one.apply(ANNA, new SocketLost(socket(1)), NOW));

    Future<Expired> expired = one.expire(LATER, 10);
    Future<Applied> back = other.apply(ANNA, new SocketAuthenticated(socket(2)), LATER);

    List<Changed> changes = new ArrayList<>(await(expired).changes());
    changes.add(await(back).change());
    changes.sort(java.util.Comparator.comparing(change -> change.position().offset()));
    assertThat(changes)
        .extracting(change -> change.from() + " " + change.to())
        .isIn(List.of("GRACE ONLINE"), List.of("GRACE OFFLINE", "OFFLINE ONLINE"));
    assertThat(await(one.find(List.of(ANNA))).get(0).presence()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void bothInstancesNumberTheirChangesInOneStream() {
    List<Future<Applied>> steps =
        IntStream.range(0, 200)
            .mapToObj(
                at ->
                    (at % 2 == 0 ? one : other)
                        .apply(id(at), new SocketAuthenticated(socket(at)), NOW))
            .toList();

    List<StreamPosition> positions =
        steps.stream().map(step -> await(step).change().position()).toList();

    assertThat(positions).extracting(StreamPosition::epoch).containsOnly(positions.get(0).epoch());
    assertThat(positions)
        .extracting(StreamPosition::offset)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  void aChangeThatNobodyAnnouncedShowsInThePosition() {
    await(one.apply(ANNA, new SocketAuthenticated(socket(1)), NOW));

    long lost =
        await(one.apply(BEN, new SocketAuthenticated(socket(2)), NOW)).change().position().offset();

    assertThat(await(other.available(null, 1)).position().offset()).isEqualTo(lost);
  }

  @Test
  void aRedisThatForgotEverythingBeginsAnotherStream() {
    try (TestRedis server = TestRedis.start();
        OnRedis onIt = new OnRedis(vertx, server.config("p"))) {
      PresenceStore store = onIt.store(server.config("p"), transitions, 10);
      String before = await(store.available(null, 1)).position().epoch();
      await(store.renewLease("gw1", NOW));
      await(store.apply(ANNA, new SocketAuthenticated(socket(1)), NOW));

      server.command("FLUSHALL");

      assertThat(await(store.available(null, 1)).position().epoch()).isNotEqualTo(before);
      assertThat(await(store.find(List.of(ANNA))).get(0).sockets().isEmpty()).isTrue();
    }
  }

  @Test
  void aRedisThatForgotItsLastMomentsBeginsAnotherStream() {
    available(ANNA, 1);
    StreamPosition before = await(one.available(null, 1)).position();

    // What a replica that takes over may not have heard of.
    TestRedis.shared().command("HINCRBY " + config.keys("presence").of("meta") + " offset -1");
    StreamPosition wentBack = await(one.available(null, 1)).position();
    StreamPosition anew = await(one.available(null, 1)).position();

    assertThat(wentBack.offset()).isLessThan(before.offset());
    assertThat(anew.epoch()).isNotEqualTo(before.epoch());
    assertThat(anew.offset()).isZero();
    assertThat(await(other.count())).isEqualTo(new Counted(0, 0, 0, 0));
    assertThat(await(other.apply(ANNA, new SocketAuthenticated(socket(1)), NOW)).change().from())
        .isEqualTo(PresenceState.OFFLINE);
  }

  private void available(UUID user, long socket) {
    List<UserEvent> events =
        List.of(
            new SocketAuthenticated(socket(socket)),
            new QueueEntered(person(user), socket(socket)));
    events.forEach(event -> await(one.apply(user, event, NOW)));
  }
}
