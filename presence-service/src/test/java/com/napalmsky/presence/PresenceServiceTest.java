package com.napalmsky.presence;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.CARL;
import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EndLease;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceContract.Join;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaveQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.ListHeld;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.RenewLease;
import com.napalmsky.shared.contract.presence.PresenceContract.RestoreCall;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class PresenceServiceTest {

  /** Where its users are kept. */
  RedisConfig redis() {
    return null;
  }

  private PresenceConfig config() {
    return new PresenceConfig(
        2,
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        1_000,
        100,
        100,
        100,
        Duration.ofSeconds(6),
        Duration.ofMillis(50),
        redis());
  }

  private final BlockingQueue<Changed> changes = new LinkedBlockingQueue<>();
  private final Management management = new Management();
  private TypedBus bus;

  @BeforeEach
  void begin(Vertx vertx) {
    bus = new TypedBus(vertx);
    await(bus.subscribe(PresenceContract.CHANGED, changes::add));
    await(PresenceService.deploy(vertx, config(), management));
    management.readiness().begin();
  }

  @Test
  void everyOperationIsServed() {
    // When
    Connected connected = ask(PresenceContract.CONNECT, new Connect(ANNA, socket(1)));
    ask(PresenceContract.JOIN, new Join(ANNA, socket(1)));
    ask(PresenceContract.ENTER_QUEUE, new EnterQueue(person(ANNA), socket(1)));
    available(BEN, 2);
    SnapshotPage page = ask(PresenceContract.SNAPSHOT, new Snapshot(null, 100));
    PairClaimed claimed =
        ask(PresenceContract.CLAIM_PAIR, new ClaimPair(id(7), ANNA, null, BEN, null));
    Location inCall = ask(PresenceContract.LOCATE, new Locate(List.of(ANNA))).locations().get(0);
    ask(PresenceContract.RELEASE_CALL, new ReleaseCall(id(7), List.of(ANNA, BEN)));
    ask(PresenceContract.ENTER_QUEUE, new EnterQueue(person(ANNA), socket(1)));
    ask(PresenceContract.LEAVE_QUEUE, new LeaveQueue(ANNA, socket(1)));
    ask(PresenceContract.LEAVE, new Leave(ANNA, socket(1)));
    ask(PresenceContract.RENEW_LEASE, new RenewLease("gw1"));
    HeldPage held = ask(PresenceContract.LIST_HELD, new ListHeld("gw1", null, 10));
    ask(PresenceContract.RESTORE_CALL, new RestoreCall(CARL, socket(3), id(8)));
    Counted counted = ask(PresenceContract.COUNT, new Count());
    Health health = ask(HealthContract.HEALTH.at("presence"), new HealthContract.Ask());

    // Then
    assertThat(connected.state()).isEqualTo(PresenceState.ONLINE);
    assertThat(page.available()).containsExactly(person(ANNA), person(BEN));
    assertThat(page.position().offset()).isEqualTo(4);
    assertThat(claimed.claimed()).isTrue();
    assertThat(inCall.roomId()).isEqualTo(id(7));
    assertThat(held.holdings()).extracting(Holding::userId).containsExactly(ANNA, BEN);
    assertThat(counted).isEqualTo(new Counted(1, 0, 0, 0));
    assertThat(health.ready()).isTrue();
    assertThat(LongStream.rangeClosed(1, 11).map(ignored -> next().position().offset()))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
  }

  @Test
  void theProcessIsReadyWhenItsStoreIs() {
    assertThat(await(management.readiness().report()))
        .isEqualTo(
            redis() == null ? Map.of("serving", true) : Map.of("serving", true, "redis", true));
  }

  @Test
  void whoDoesNotComeBackGoesOfflineByHimself() {
    available(ANNA, 1);

    ask(PresenceContract.DISCONNECT, new Disconnect(ANNA, socket(1)));

    Changed offline = next(change -> change.to() == PresenceState.OFFLINE);
    assertThat(offline.from()).isEqualTo(PresenceState.GRACE);
    assertThat(ask(PresenceContract.COUNT, new Count())).isEqualTo(new Counted(0, 0, 0, 0));
  }

  @Test
  void whoseGatewayIsSaidToBeGoneIsLost() {
    available(ANNA, 1);

    ask(PresenceContract.END_LEASE, new EndLease("gw1"));

    Changed offline = next(change -> change.to() == PresenceState.OFFLINE);
    assertThat(offline.userId()).isEqualTo(ANNA);
  }

  @Test
  void whoIsBannedLeavesTheLobby() {
    available(ANNA, 1);

    bus.publish(
        UserContract.ACCOUNT_CHANGED,
        new AccountChanged(person(ANNA), PaidStatus.PAID, BanStatus.PERMANENT));

    Changed out = next(change -> change.from() == PresenceState.AVAILABLE);
    assertThat(out.to()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void whoDeletesHisAccountIsOfflineAtOnce() {
    available(ANNA, 1);

    bus.publish(
        UserContract.SESSIONS_ENDED, new SessionsEnded(ANNA, List.of(), SessionEnd.DELETED));

    Changed out = next(change -> change.from() == PresenceState.AVAILABLE);
    assertThat(out.to()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void ofClaimsFromManyContextsForOnePersonExactlyOneWins(Vertx vertx) {
    available(ANNA, 1);
    available(BEN, 2);
    available(CARL, 3);
    for (int round = 0; round < 100; round++) {
      // When
      UUID withBen = UUID.randomUUID();
      UUID withCarl = UUID.randomUUID();
      List<Future<PairClaimed>> claims = new ArrayList<>();
      for (int attempt = 0; attempt < 3; attempt++) {
        claims.add(elsewhere(vertx, new ClaimPair(withBen, ANNA, null, BEN, null)));
        claims.add(elsewhere(vertx, new ClaimPair(withCarl, CARL, null, ANNA, null)));
      }
      await(Future.all(claims));

      // Then: every repetition of the one claim won, every one of the other lost.
      boolean benWon = claims.get(0).result().claimed();
      for (int at = 0; at < claims.size(); at++) {
        assertThat(claims.get(at).result().claimed()).isEqualTo((at % 2 == 0) == benWon);
      }
      assertThat(ask(PresenceContract.COUNT, new Count())).isEqualTo(new Counted(3, 1, 2, 0));
      ask(PresenceContract.RELEASE_CALL, new ReleaseCall(withBen, List.of(ANNA, BEN)));
      ask(PresenceContract.RELEASE_CALL, new ReleaseCall(withCarl, List.of(ANNA, CARL)));
      LongStream.rangeClosed(1, 3)
          .forEach(
              socket ->
                  ask(
                      PresenceContract.ENTER_QUEUE,
                      new EnterQueue(
                          person(List.of(ANNA, BEN, CARL).get((int) socket - 1)), socket(socket))));
    }
  }

  @Test
  void aRefusalCarriesItsCodeAcrossTheBus() {
    Future<PairClaimed> refused =
        bus.request(PresenceContract.CLAIM_PAIR, new ClaimPair(id(7), ANNA, null, ANNA, null));

    await(refused.otherwiseEmpty());

    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
  }

  @Test
  void afterItsEndNothingIsServed(Vertx vertx) {
    await(Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));

    Future<Counted> asked = bus.request(PresenceContract.COUNT, new Count());
    await(asked.otherwiseEmpty());

    assertThat(asked.cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.UNAVAILABLE));
  }

  private Future<PairClaimed> elsewhere(Vertx vertx, ClaimPair claim) {
    return vertx.executeBlocking(() -> claim, false).compose(this::claim);
  }

  private Future<PairClaimed> claim(ClaimPair claim) {
    return bus.request(PresenceContract.CLAIM_PAIR, claim);
  }

  private void available(UUID user, long socket) {
    ask(PresenceContract.CONNECT, new Connect(user, socket(socket)));
    ask(PresenceContract.ENTER_QUEUE, new EnterQueue(person(user), socket(socket)));
  }

  @CanIgnoreReturnValue
  private <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request) {
    return await(bus.request(endpoint, request));
  }

  private Changed next() {
    return next(change -> true);
  }

  /** The next change that fits, at the latest after five seconds. */
  private Changed next(Predicate<Changed> fits) {
    try {
      for (Changed change = changes.poll(5, TimeUnit.SECONDS);
          change != null;
          change = changes.poll(5, TimeUnit.SECONDS)) {
        if (fits.test(change)) {
          return change;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no such change within 5 s");
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) {
    try {
      return future.await(5, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 5 s", late);
    }
  }
}
