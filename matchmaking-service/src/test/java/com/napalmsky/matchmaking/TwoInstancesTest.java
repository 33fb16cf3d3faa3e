package com.napalmsky.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances on one Redis and one bus, which gives each of them every other request. */
@ExtendWith(VertxExtension.class)
class TwoInstancesTest {

  private final World world = new World();
  private final TestRedis server = TestRedis.start();
  private TypedBus bus;
  private UUID ann;
  private UUID bob;

  @BeforeEach
  void start(Vertx vertx) {
    bus = new TypedBus(vertx);
    ann = world.available("Ann");
    bob = world.available("Bob");
    await(serveWorld());
    MatchmakingConfig config =
        MatchmakingConfig.from(
            new Settings(
                Map.of(
                    "REDIS_URL", server.url(),
                    "REDIS_TIMEOUT_MILLIS", "10000",
                    "MATCHMAKING_INVITES_PER_MINUTE", "4",
                    "MATCHMAKING_INVITE_TTL_SECONDS", "2",
                    "MATCHMAKING_INVITE_SLACK_SECONDS", "0")));
    await(MatchmakingService.deploy(vertx, config));
    await(MatchmakingService.deploy(vertx, config));
    until("both are ready", () -> both(this::ready));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatOneInstanceBeganTheOtherGoesOnWith() {
    Invited invited = invite(ann, bob);
    assertThat(invited.outcome()).isEqualTo(InviteOutcome.SENT);

    var accepted =
        await(
            bus.request(
                MatchmakingContract.ACCEPT,
                new Accept(bob, world.socket(bob), invited.inviteId(), 100)));

    assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
    assertThat(world.opened).hasSize(1);
  }

  @Test
  void theInvitesOfACallerAreCountedByBothTogether() {
    for (int at = 0; at < 4; at++) {
      Invited invited = invite(ann, bob);
      assertThat(invited.outcome()).isEqualTo(InviteOutcome.SENT);
      await(bus.request(MatchmakingContract.DECLINE, new Decline(bob, invited.inviteId())));
      int declines = at + 1;
      until("the decline is told", () -> world.toldTo(ann, CallDeclined.class).size() == declines);
      bob = world.available("Bob again");
      until("he is seen by both", () -> both(() -> seen(bob)));
    }

    assertThat(invite(ann, bob).reason()).isEqualTo(DeclineReason.RATE_LIMITED);
  }

  @Test
  void anUnansweredInviteIsEndedByOneOfThem() {
    Invited invited = invite(ann, bob);

    until("the end is told", () -> !world.toldTo(ann, CallDeclined.class).isEmpty());
    until("both have looked", () -> health().details().get("invites.size").equals("0"));

    assertThat(world.toldTo(ann, CallDeclined.class))
        .singleElement()
        .satisfies(
            declined -> {
              assertThat(declined.inviteId()).isEqualTo(invited.inviteId());
              assertThat(declined.reason()).isEqualTo(DeclineReason.TIMEOUT);
            });
  }

  @Test
  void aPageIsTheSameAndAReelGoesOnWhicheverInstanceIsAsked() {
    for (int at = 0; at < 30; at++) {
      UUID one = world.available("P" + at);
      until("seen by both", () -> both(() -> seen(one)));
    }

    var first = await(bus.request(MatchmakingContract.BROWSE, new Browse(ann, 10)));
    var second = await(bus.request(MatchmakingContract.BROWSE, new Browse(ann, 10)));
    Set<UUID> reel = new HashSet<>();
    String cursor = null;
    for (int page = 0; page < 4; page++) {
      var shown =
          await(bus.request(MatchmakingContract.BROWSE_REEL, new BrowseReel(ann, 10, cursor)));
      shown.people().forEach(person -> assertThat(reel.add(person.userId())).isTrue());
      cursor = shown.cursor();
    }

    assertThat(second.version()).isEqualTo(first.version());
    assertThat(reel).hasSize(31);
  }

  @Test
  void withoutRedisTheLobbyGoesOnAndInvitesAreRefusedUntilItIsBack() {
    server.stop();
    assertThat(bus.request(MatchmakingContract.INVITE, invitation(ann, bob)))
        .satisfies(
            refused ->
                assertThat(failure(refused).code()).isEqualTo(ServiceFailure.Code.UNAVAILABLE));
    until("both say so", () -> both(() -> !ready()));
    assertThat(await(bus.request(MatchmakingContract.BROWSE, new Browse(ann, 10))).candidates())
        .hasSize(1);

    server.restart();
    until("both are ready", () -> both(this::ready));

    assertThat(invite(ann, bob).outcome()).isEqualTo(InviteOutcome.SENT);
  }

  /** Asks twice, and so each instance once. */
  private static boolean both(BooleanSupplier condition) {
    boolean first = condition.getAsBoolean();
    return condition.getAsBoolean() && first;
  }

  private boolean ready() {
    return health().ready();
  }

  private boolean seen(UUID userId) {
    return await(bus.request(MatchmakingContract.BROWSE, new Browse(ann, 200)))
        .candidates()
        .stream()
        .anyMatch(candidate -> candidate.person().userId().equals(userId));
  }

  private Invite invitation(UUID caller, UUID callee) {
    return new Invite(caller, world.socket(caller), callee, 300);
  }

  private Invited invite(UUID caller, UUID callee) {
    return await(bus.request(MatchmakingContract.INVITE, invitation(caller, callee)));
  }

  private Health health() {
    return await(
        bus.request(HealthContract.HEALTH.at(MatchmakingService.NAME), new HealthContract.Ask()));
  }

  private Future<?> serveWorld() {
    world.announceThrough(Runnable::run);
    world.subscribe(
        PresenceContract.CHANGED, changed -> bus.publish(PresenceContract.CHANGED, changed));
    return Future.all(
        List.of(
            pass(PresenceContract.SNAPSHOT),
            pass(PresenceContract.LOCATE),
            pass(PresenceContract.CLAIM_PAIR),
            pass(UserContract.GET_OVERLAY),
            pass(UserContract.SET_COOLDOWN),
            pass(SignalingContract.OPEN),
            bus.serve(
                GatewayContract.DELIVER.at(World.LOOP),
                asked -> Future.succeededFuture(world.deliver(asked)))));
  }

  private <Q extends Record, R extends Record> Future<Void> pass(Endpoint<Q, R> endpoint) {
    return bus.serve(endpoint, asked -> world.bus.request(endpoint, asked));
  }

  private static ServiceFailure failure(Future<?> future) {
    until("an answer", future::isComplete);
    return (ServiceFailure) future.cause();
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("no answer", failed);
    }
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
