package com.napalmsky.matchmaking;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ExtendWait;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MatchmakingServiceTest {

  private static final MatchmakingConfig CONFIG =
      MatchmakingConfig.from(new Settings(Map.of("MATCHMAKING_POOL_CHECK_SECONDS", "1")));

  private final World world = new World();

  @Test
  void itServesBeforePresenceIsThereAndSaysThatItIsNotReady(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);

    MatchmakingService.deploy(vertx, CONFIG)
        .compose(deployed -> health(bus))
        .onComplete(
            context.succeeding(
                health ->
                    context.verify(
                        () -> {
                          assertThat(health.ready()).isFalse();
                          assertThat(health.details())
                              .containsEntry("pool", "waiting")
                              .containsEntry("pool.max", "100000")
                              .containsEntry("invites.size", "0");
                          context.completeNow();
                        })));
  }

  @Test
  void anInviteGoesAllTheWayToACall(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");

    serveWorld(bus)
        .compose(served -> MatchmakingService.deploy(vertx, CONFIG))
        .compose(deployed -> ready(vertx, bus, 50))
        .compose(ready -> bus.request(MatchmakingContract.BROWSE, new Browse(ann, 10)))
        .compose(
            page -> {
              assertThat(page.candidates()).hasSize(1);
              return bus.request(
                  MatchmakingContract.INVITE, new Invite(ann, world.socket(ann), bob, 300));
            })
        .compose(
            invited -> {
              assertThat(invited.outcome()).isEqualTo(InviteOutcome.SENT);
              return bus.request(
                  MatchmakingContract.ACCEPT,
                  new Accept(bob, world.socket(bob), invited.inviteId(), 100));
            })
        .onComplete(
            context.succeeding(
                accepted ->
                    context.verify(
                        () -> {
                          assertThat(accepted.outcome()).isEqualTo(AcceptOutcome.STARTED);
                          assertThat(world.opened).hasSize(1);
                          context.completeNow();
                        })));
  }

  @Test
  void everyOperationOfTheContractIsServed(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");

    serveWorld(bus)
        .compose(served -> MatchmakingService.deploy(vertx, CONFIG))
        .compose(deployed -> ready(vertx, bus, 50))
        .compose(
            ready ->
                Future.all(
                    List.of(
                        bus.request(MatchmakingContract.BROWSE_REEL, new BrowseReel(ann, 10, null)),
                        bus.request(
                            MatchmakingContract.DECLINE, new Decline(bob, UUID.randomUUID())),
                        bus.request(MatchmakingContract.RESCIND, new Rescind(ann, bob)),
                        bus.request(MatchmakingContract.EXTEND_WAIT, new ExtendWait(ann, bob)))))
        .onComplete(context.succeedingThenComplete());
  }

  @Test
  void whoLeavesTheQueueLeavesThePool(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);
    UUID ann = world.available("Ann");
    UUID bob = world.available("Bob");

    serveWorld(bus)
        .compose(served -> MatchmakingService.deploy(vertx, CONFIG))
        .compose(deployed -> ready(vertx, bus, 50))
        .compose(
            ready -> {
              bus.publish(PresenceContract.CHANGED, world.moveUnheard(bob, PresenceState.ONLINE));
              return bus.request(MatchmakingContract.BROWSE, new Browse(ann, 10));
            })
        .onComplete(
            context.succeeding(
                page ->
                    context.verify(
                        () -> {
                          assertThat(page.candidates()).isEmpty();
                          context.completeNow();
                        })));
  }

  @Test
  void nothingIsServedUntilThePoolWasRead(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);

    MatchmakingService.deploy(vertx, CONFIG)
        .compose(
            deployed ->
                bus.request(MatchmakingContract.BROWSE, new Browse(world.available("Ann"), 10)))
        .transform(
            refused -> {
              assertThat(((ServiceFailure) refused.cause()).reachedNobody()).isTrue();
              return serveWorld(bus);
            })
        .compose(served -> ready(vertx, bus, 500))
        .compose(
            ready ->
                bus.request(MatchmakingContract.BROWSE, new Browse(world.available("Bob"), 10)))
        .onComplete(
            context.succeeding(
                page ->
                    context.verify(
                        () -> {
                          assertThat(page.candidates()).hasSize(1);
                          context.completeNow();
                        })));
  }

  @Test
  void anUndeployedServiceAnswersNothing(Vertx vertx, VertxTestContext context) {
    TypedBus bus = new TypedBus(vertx);

    MatchmakingService.deploy(vertx, CONFIG)
        .compose(deployed -> vertx.undeploy(vertx.deploymentIDs().iterator().next()))
        .compose(gone -> health(bus))
        .onComplete(
            context.failing(
                cause ->
                    context.verify(
                        () -> {
                          assertThat(((ServiceFailure) cause).code()).isEqualTo(Code.UNAVAILABLE);
                          context.completeNow();
                        })));
  }

  private Future<?> serveWorld(TypedBus bus) {
    return Future.all(
        List.of(
            bus.serve(
                PresenceContract.SNAPSHOT,
                asked -> world.bus.request(PresenceContract.SNAPSHOT, asked)),
            bus.serve(
                PresenceContract.LOCATE,
                asked -> world.bus.request(PresenceContract.LOCATE, asked)),
            bus.serve(
                PresenceContract.CLAIM_PAIR,
                asked -> world.bus.request(PresenceContract.CLAIM_PAIR, asked)),
            bus.serve(
                UserContract.GET_OVERLAY,
                asked -> world.bus.request(UserContract.GET_OVERLAY, asked)),
            bus.serve(
                SignalingContract.OPEN, asked -> world.bus.request(SignalingContract.OPEN, asked)),
            bus.serve(
                GatewayContract.DELIVER.at(World.LOOP),
                asked -> Future.succeededFuture(world.deliver(asked)))));
  }

  private static Future<Health> ready(Vertx vertx, TypedBus bus, int attempts) {
    return health(bus)
        .compose(
            health ->
                health.ready() || attempts == 0
                    ? Future.succeededFuture(health)
                    : vertx.timer(20).compose(over -> ready(vertx, bus, attempts - 1)));
  }

  private static Future<Health> health(TypedBus bus) {
    return bus.request(HealthContract.HEALTH.at(MatchmakingService.NAME), new HealthContract.Ask());
  }
}
