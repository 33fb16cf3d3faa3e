package com.napalmsky.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.CallReleased;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalKind;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.GetIceStatus;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceStatus;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole service on a real bus, with several instances. */
@ExtendWith(VertxExtension.class)
class SignalingServiceTest {

  private static final int INSTANCES = 3;
  private static final int ROOMS = 9;

  private final UUID ann = UUID.randomUUID();
  private final UUID bob = UUID.randomUUID();
  private final SocketRef annSocket = new SocketRef("test-0", 1);
  private final SocketRef bobSocket = new SocketRef("test-0", 2);
  private final List<ClientEvent> bobGot = new ArrayList<>();
  private final Management management = new Management();
  private TypedBus bus;

  @BeforeEach
  void deploy(Vertx vertx, VertxTestContext test) {
    bus = new TypedBus(vertx);
    Future.all(
            bus.serve(
                GatewayContract.DELIVER.at("test-0"),
                deliver -> {
                  if (deliver.sockets().contains(2L)
                      && deliver.order() instanceof SocketOrder.Emit emit) {
                    bobGot.add(emit.event());
                  }
                  return Future.succeededFuture(new Delivered(List.of()));
                }),
            bus.serve(
                PresenceContract.RELEASE_CALL,
                release -> Future.succeededFuture(new CallReleased())),
            bus.serve(
                UserContract.RECORD_CALL,
                call -> Future.succeededFuture(new CallRecorded(Instant.EPOCH, List.of()))))
        .compose(
            served ->
                SignalingService.deploy(
                    vertx,
                    SignalingConfig.from(
                        new Settings(Map.of(SignalingConfig.INSTANCES, "" + INSTANCES))),
                    management))
        .onComplete(test.succeedingThenComplete());
  }

  @Test
  void aCallRunsFromItsOpeningToItsTombstone(VertxTestContext test) {
    UUID room = UUID.randomUUID();
    open(room)
        .compose(owner -> command(owner, room, ann, annSocket, new CallAction.Join()).map(owner))
        .compose(
            owner ->
                command(
                        owner,
                        room,
                        ann,
                        annSocket,
                        new CallAction.Send(SignalKind.OFFER, "{\"sdp\":\"x\"}"))
                    .map(owner))
        .compose(owner -> command(owner, room, bob, bobSocket, new CallAction.Join()).map(owner))
        .compose(
            owner ->
                command(
                        owner,
                        room,
                        bob,
                        bobSocket,
                        new CallAction.Send(SignalKind.ANSWER, "{\"sdp\":\"y\"}"))
                    .map(owner))
        .compose(owner -> command(owner, room, bob, bobSocket, new CallAction.Say("hi")).map(owner))
        .compose(owner -> command(owner, room, ann, annSocket, new CallAction.End()).map(owner))
        .compose(owner -> command(owner, room, bob, bobSocket, new CallAction.End()))
        .compose(done -> eventually(() -> bobGot.size() >= 4))
        .onComplete(
            test.succeeding(
                done ->
                    test.verify(
                        () -> {
                          assertThat(bobGot.subList(0, 4))
                              .hasExactlyElementsOfTypes(
                                  ClientEvent.CallStart.class,
                                  ClientEvent.Signal.class,
                                  ClientEvent.Chat.class,
                                  ClientEvent.SessionFinalized.class);
                          test.completeNow();
                        })));
  }

  @Test
  void theOwnerDescribesACallAndABanEndsIt(VertxTestContext test) {
    UUID room = UUID.randomUUID();
    open(room)
        .compose(
            owner ->
                bus.request(SignalingContract.DESCRIBE.at(owner), new Describe(room))
                    .map(
                        described -> {
                          test.verify(
                              () ->
                                  assertThat(described.call())
                                      .isEqualTo(new CallMembers(ann, bob, true)));
                          bus.publish(
                              BanContract.BAN_CHANGED,
                              new BanChanged(ann, BanStatus.PERMANENT, null, Instant.EPOCH));
                          return owner;
                        }))
        .compose(
            owner ->
                eventually(() -> bobGot.stream().anyMatch(SessionFinalized.class::isInstance))
                    .compose(
                        told ->
                            bus.request(
                                SignalingContract.END_CALL.at(owner),
                                new EndCall(room, EndReason.REPORTED))))
        .onComplete(
            test.succeeding(
                end ->
                    test.verify(
                        () -> {
                          assertThat(end.ended()).isFalse();
                          assertThat(bobGot)
                              .filteredOn(SessionFinalized.class::isInstance)
                              .extracting(event -> ((SessionFinalized) event).reason())
                              .containsExactly(EndReason.BANNED);
                          test.completeNow();
                        })));
  }

  @Test
  void theCallOfADeletedAccountEndsWhereverItIsHeld(VertxTestContext test) {
    open(UUID.randomUUID())
        .compose(
            owner -> {
              bus.publish(
                  UserContract.SESSIONS_ENDED,
                  new SessionsEnded(ann, List.of(UUID.randomUUID()), SessionEnd.DELETED));
              return eventually(() -> bobGot.size() >= 2);
            })
        .onComplete(
            test.succeeding(
                done ->
                    test.verify(
                        () -> {
                          assertThat(bobGot)
                              .hasExactlyElementsOfTypes(
                                  ClientEvent.CallStart.class, ClientEvent.SessionFinalized.class);
                          test.completeNow();
                        })));
  }

  @Test
  void everyInstanceNamesTheSameOwnerAndCountsAllCalls(VertxTestContext test) {
    List<UUID> rooms = new ArrayList<>();
    Future<Object> opened = Future.succeededFuture();
    for (int i = 0; i < ROOMS; i++) {
      UUID room = UUID.randomUUID();
      rooms.add(room);
      opened =
          opened
              .compose(before -> open(room))
              .compose(owner -> sameOwnerThreeTimes(room, owner, test))
              .mapEmpty();
    }
    opened
        .compose(done -> bus.request(SignalingContract.COUNT_CALLS, new CountCalls()))
        .onComplete(
            test.succeeding(
                counted ->
                    test.verify(
                        () -> {
                          assertThat(counted.running()).isEqualTo(ROOMS);
                          assertThat(counted.waitingToBeStored()).isZero();
                          test.completeNow();
                        })));
  }

  @Test
  void iceServersAndHealthAreAnswered(VertxTestContext test) {
    bus.request(SignalingContract.ICE_SERVERS, new GetIceServers(ann))
        .compose(
            ice -> {
              test.verify(() -> assertThat(ice.servers()).hasSize(2));
              return bus.request(SignalingContract.ICE_STATUS, new GetIceStatus());
            })
        .compose(
            status -> {
              test.verify(() -> assertThat(status).isEqualTo(new IceStatus(false, false, false)));
              return bus.request(HealthContract.HEALTH.at("signaling"), new HealthContract.Ask());
            })
        .onComplete(
            test.succeeding(
                health ->
                    test.verify(
                        () -> {
                          assertThat(health.ready()).isTrue();
                          assertThat(health.details())
                              .containsEntry("calls", "0")
                              .containsEntry("callsMax", "20000")
                              .containsEntry("turnKeptMax", "20000")
                              .containsEntry("finishedCallsMax", "50000");
                          test.completeNow();
                        })));
  }

  @Test
  void whatItNeedsIsCalledAsOtherServicesCallIt(VertxTestContext test) {
    management.readiness().begin();

    management
        .readiness()
        .report()
        .onComplete(
            test.succeeding(
                checks ->
                    test.verify(
                        () -> {
                          assertThat(checks)
                              .isEqualTo(
                                  Map.of("serving", true, "redis", true, "finished_calls", true));
                          test.completeNow();
                        })));
  }

  @Test
  void anUndeployedServiceEndsNoCall(Vertx vertx, VertxTestContext test) {
    UUID room = UUID.randomUUID();
    open(room)
        .compose(
            owner ->
                Future.all(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()).map(owner))
        .compose(
            owner ->
                command(owner, room, ann, annSocket, new CallAction.End())
                    .transform(answer -> Future.succeededFuture(answer.failed())))
        .onComplete(
            test.succeeding(
                unreachable ->
                    test.verify(
                        () -> {
                          assertThat(unreachable).isTrue();
                          assertThat(bobGot).hasExactlyElementsOfTypes(ClientEvent.CallStart.class);
                          test.completeNow();
                        })));
  }

  private Future<String> open(UUID room) {
    return bus.request(
            SignalingContract.OPEN,
            new Open(
                room, new Member(ann, "Ann", annSocket), new Member(bob, "Bob", bobSocket), 60))
        .map(SignalingContract.Opened::owner);
  }

  private Future<CommandDone> command(
      String owner, UUID room, UUID user, SocketRef socket, CallAction action) {
    return bus.request(SignalingContract.CALL.at(owner), new Command(room, user, socket, action))
        .compose(
            done ->
                done.outcome() == Outcome.DONE
                    ? Future.succeededFuture(done)
                    : Future.failedFuture("refused: " + done.outcome()));
  }

  private Future<Void> sameOwnerThreeTimes(UUID room, String owner, VertxTestContext test) {
    Future<Void> asked = Future.succeededFuture();
    for (int i = 0; i < INSTANCES; i++) {
      asked =
          asked
              .compose(before -> bus.request(SignalingContract.LOCATE, new Locate(room)))
              .compose(
                  located -> {
                    test.verify(() -> assertThat(located.owner()).isEqualTo(owner));
                    return open(room);
                  })
              .map(
                  again -> {
                    test.verify(() -> assertThat(again).isEqualTo(owner));
                    return null;
                  });
    }
    return asked;
  }

  /** Asks the service, which lets its deliveries come in, until something is so. */
  private Future<Void> eventually(BooleanSupplier so) {
    return so.getAsBoolean()
        ? Future.succeededFuture()
        : bus.request(SignalingContract.COUNT_CALLS, new CountCalls())
            .compose(counted -> eventually(so));
  }
}
