package com.napalmsky.signaling;

import static com.napalmsky.signaling.OnLoop.got;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.CallReleased;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service twice on one bus, as two processes would be, over a real Redis. */
class SignalingOnRedisTest {

  private static final int CALLS = 6;
  private static final String LOOP = "test-0";

  private record Talk(Open open, String owner) {}

  private final Vertx vertx = Vertx.vertx();
  private final TestRedis redis = TestRedis.start();
  private final TypedBus bus = new TypedBus(vertx);
  private final Queue<RecordCall> stored = new ConcurrentLinkedQueue<>();
  private final Queue<ClientEvent> delivered = new ConcurrentLinkedQueue<>();
  private final List<Talk> talks = new ArrayList<>();
  private Running first;
  private Running second;

  @BeforeEach
  void start() {
    got(
        Future.all(
            bus.serve(
                GatewayContract.DELIVER.at(LOOP),
                deliver -> {
                  if (deliver.order() instanceof SocketOrder.Emit emit) {
                    delivered.add(emit.event());
                  }
                  return Future.succeededFuture(new Delivered(List.of()));
                }),
            bus.serve(
                PresenceContract.RELEASE_CALL,
                release -> Future.succeededFuture(new CallReleased())),
            bus.serve(
                UserContract.RECORD_CALL,
                call -> {
                  stored.add(call);
                  return Future.succeededFuture(new CallRecorded(Instant.EPOCH, List.of()));
                })));
    first = deploy();
    second = deploy();
    for (int i = 0; i < CALLS; i++) {
      Open open =
          new Open(
              UUID.randomUUID(),
              new Member(UUID.randomUUID(), "A", new SocketRef(LOOP, 2L * i)),
              new Member(UUID.randomUUID(), "B", new SocketRef(LOOP, 2L * i + 1)),
              600);
      Talk talk = new Talk(open, got(bus.request(SignalingContract.OPEN, open)).owner());
      command(talk.owner(), open, open.initiator(), new CallAction.Join());
      command(talk.owner(), open, open.other(), new CallAction.Join());
      talks.add(talk);
    }
  }

  private Running deploy() {
    return got(
        SignalingService.deploy(
            vertx,
            SignalingConfig.from(
                new Settings(
                    Map.of(
                        "REDIS_URL",
                        redis.url(),
                        "REDIS_TIMEOUT_MILLIS",
                        "10000",
                        "REDIS_RETRY_MAX_MILLIS",
                        "100",
                        SignalingConfig.LEASE_MILLIS,
                        "1000",
                        SignalingConfig.HANDOVER_SECONDS,
                        "1")))));
  }

  @AfterEach
  void stop() {
    got(second.stop());
    got(vertx.close());
    redis.close();
  }

  @Test
  void theCallsOfAnInstanceThatLeavesGoOnAtTheOther() {
    for (Talk talk : talks) {
      say(talk.owner(), talk, "before");
    }

    got(first.stop());

    for (Talk talk : talks) {
      String owner = owner(talk);
      say(owner, talk, "after");
      Open open = talk.open();
      assertThat(command(owner, open, open.other(), new CallAction.End())).isEqualTo(Outcome.DONE);
    }
    await("all are stored", () -> stored.size() == CALLS);
    assertThat(talks).extracting(Talk::owner).as("each had some").hasSizeGreaterThan(1);
    assertThat(stored)
        .allSatisfy(
            call -> {
              assertThat(call.reason()).isEqualTo(EndReason.LEFT);
              assertThat(call.messages())
                  .extracting(CallMessage::text)
                  .containsExactly("before", "after");
            });
    assertThat(stored).extracting(RecordCall::roomId).doesNotHaveDuplicates();
  }

  @Test
  void callsGoOnWithoutRedisAndAreWhereTheyWereWhenItIsBackWithNothingInIt() {
    redis.stop();
    for (Talk talk : talks) {
      say(talk.owner(), talk, "without");
    }
    await("the outage is seen", () -> !healthy());
    Open refused = new Open(UUID.randomUUID(), member(90), member(91), 60);
    Future<?> opened = bus.request(SignalingContract.OPEN, refused);
    await("a new call is answered", opened::isComplete);
    assertThat(opened.failed()).isTrue();
    Talk ended = talks.get(0);
    got(
        bus.request(
            SignalingContract.END_CALL.at(ended.owner()),
            new EndCall(ended.open().roomId(), EndReason.REPORTED)));
    await("it is stored", () -> stored.size() == 1);

    redis.restart();

    await("the others are counted", () -> running() == CALLS - 1);
    await("the store is well", this::healthy);
    for (Talk talk : talks.subList(1, CALLS)) {
      assertThat(located(talk, null)).isEqualTo(talk.owner());
      say(talk.owner(), talk, "again");
    }
    assertThat(got(bus.request(SignalingContract.OPEN, refused)).owner()).isNotNull();
    assertThat(stored).hasSize(1);
  }

  /** As a gateway finds it: who had it before did not answer. */
  private String owner(Talk talk) {
    String[] owner = new String[1];
    await(
        "the call has an owner",
        () -> {
          owner[0] = located(talk, talk.owner());
          return owner[0] != null
              && command(owner[0], talk.open(), talk.open().other(), new CallAction.Return())
                  == Outcome.DONE;
        });
    return owner[0];
  }

  private String located(Talk talk, String missedAt) {
    return got(bus.request(SignalingContract.LOCATE, new Locate(talk.open().roomId(), missedAt)))
        .owner();
  }

  private int running() {
    var counted = settled(bus.request(SignalingContract.COUNT_CALLS, new CountCalls()));
    return counted.succeeded() ? counted.result().running() : -1;
  }

  private boolean healthy() {
    return got(bus.request(HealthContract.HEALTH.at("signaling"), new HealthContract.Ask()))
        .ready();
  }

  private void say(String owner, Talk talk, String text) {
    assertThat(command(owner, talk.open(), talk.open().initiator(), new CallAction.Say(text)))
        .isEqualTo(Outcome.DONE);
  }

  @CanIgnoreReturnValue
  private Outcome command(String owner, Open open, Member member, CallAction action) {
    var done =
        settled(
            bus.request(
                SignalingContract.CALL.at(owner),
                new Command(open.roomId(), member.userId(), member.socket(), action)));
    return done.succeeded() ? done.result().outcome() : Outcome.UNKNOWN_CALL;
  }

  private static Member member(int socket) {
    return new Member(UUID.randomUUID(), "N", new SocketRef(LOOP, socket));
  }

  private static <T> Future<T> settled(Future<T> future) {
    got(future.transform(any -> Future.succeededFuture()));
    return future;
  }

  private static void await(String what, BooleanSupplier condition) {
    for (int i = 0; i < 2_000; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    throw new AssertionError("not within 20 s: " + what);
  }
}
