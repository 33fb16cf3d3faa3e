package com.napalmsky.shared.contract.gateway;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent.Refused;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientDeliveryTest {

  private static final UUID ANN = new UUID(1, 1);
  private static final String LOOP = "gw-0";

  private final LocalBus bus = new LocalBus();
  private final ManualTimers timers = new ManualTimers();
  private final PatientDelivery delivery = new PatientDelivery(bus, timers, 2);
  private final List<String> got = new ArrayList<>();
  private PresenceState state = AVAILABLE;
  private boolean socketIsThere = true;
  private long socketId = 7;
  private long offset;

  @BeforeEach
  void others() {
    var same =
        bus.answer(PresenceContract.LOCATE, asked -> located(asked.userIds().get(0)))
            .answer(GatewayContract.DELIVER.at(LOOP), this::deliver);
  }

  @Test
  void whoIsThereIsToldAtOnceAndNothingIsKept() {
    tell("a");

    assertThat(got).containsExactly("a");
    assertThat(delivery.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whoComesBackWithinTheGraceIsToldInOrderAndOnce() {
    move(GRACE);
    tell("a");
    tell("b");
    assertThat(got).isEmpty();
    timers.advance(Duration.ofSeconds(4));

    move(AVAILABLE);
    tell("c");
    move(GRACE);
    move(AVAILABLE);

    assertThat(got).containsExactly("a", "b", "c");
    assertThat(delivery.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whoIsGoneForGoodIsNotTold() {
    move(GRACE);
    tell("a");
    move(OFFLINE);
    move(ONLINE);

    assertThat(got).isEmpty();
    assertThat(delivery.forgotten()).isEqualTo(1);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void nothingWaitsLongerThanTheLongestGrace() {
    move(GRACE);
    tell("a");
    timers.advance(PatientDelivery.PATIENCE);

    move(AVAILABLE);

    assertThat(got).isEmpty();
    assertThat(delivery.size()).isZero();
    assertThat(delivery.forgotten()).isEqualTo(1);
  }

  @Test
  void whoIsOfflineIsNotWaitedFor() {
    move(OFFLINE);
    tell("a");

    assertThat(delivery.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatOneUserMissesIsBounded() {
    move(GRACE);
    for (int i = 0; i < PatientDelivery.MOST_EVENTS + 3; i++) {
      tell("" + i);
    }

    move(AVAILABLE);

    assertThat(got).hasSize(PatientDelivery.MOST_EVENTS).startsWith("0", "1");
    assertThat(delivery.forgotten()).isEqualTo(3);
  }

  @Test
  void asManyUsersAreWaitedForAsTheBoundAllows() {
    move(GRACE);
    for (int user = 1; user <= 3; user++) {
      delivery.tell(new UUID(1, user), new Refused("" + user));
    }

    assertThat(delivery.size()).isEqualTo(2).isEqualTo(delivery.bound());
  }

  @Test
  void anOlderAnswerOfPresenceDoesNotHideThatHeIsBack() {
    Queue<Promise<Located>> asked = new ArrayDeque<>();
    var same =
        bus.serve(
            PresenceContract.LOCATE,
            locate -> {
              Promise<Located> answer = Promise.promise();
              asked.add(answer);
              return answer.future();
            });
    state = GRACE;
    tell("a");
    Located before = located(ANN);
    move(AVAILABLE);

    asked.remove().complete(before);
    asked.remove().complete(located(ANN));

    assertThat(got).containsExactly("a");
    assertThat(asked).isEmpty();
  }

  @Test
  void aSocketThatPresenceDoesNotKnowToBeLostIsLookedForAgain() {
    socketIsThere = false;
    tell("a");
    tell("b");
    assertThat(got).isEmpty();
    socketIsThere = true;

    timers.advance(Duration.ofSeconds(1));

    assertThat(got).containsExactly("a", "b");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aSocketThatStaysAwayIsNotLookedForForever() {
    socketIsThere = false;
    tell("a");

    timers.advance(Duration.ofMinutes(1));

    assertThat(delivery.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatASlowGatewayMayHaveSentIsNotSentAgainToTheSameSocket() {
    leaveUnanswered();
    tell("a");
    answerAgain();
    tell("b");

    timers.advance(PatientDelivery.PATIENCE);

    assertThat(got).containsExactly("b");
    assertThat(delivery.untold()).isEqualTo(1);
    assertThat(delivery.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatWasSentToADeadGatewayIsSentToTheNextSocket() {
    leaveUnanswered();
    tell("a");
    tell("b");
    answerAgain();
    timers.advance(Duration.ofSeconds(4));
    assertThat(got).isEmpty();
    move(GRACE);
    socketId++;

    move(AVAILABLE);

    assertThat(got).containsExactly("a", "b");
    assertThat(delivery.untold()).isZero();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatNobodyWasThereToTakeIsSentAgain() {
    var silent = bus.silence(GatewayContract.DELIVER.at(LOOP));
    tell("a");
    answerAgain();

    timers.advance(Duration.ofSeconds(1));

    assertThat(got).containsExactly("a");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void presenceThatIsAwayForAMomentIsAskedAgain() {
    var silent = bus.silence(PresenceContract.LOCATE);
    tell("a");
    others();

    timers.advance(Duration.ofSeconds(1));

    assertThat(got).containsExactly("a");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whoAsksHearsWhetherTheUserWasTold() {
    assertThat(delivery.told(ANN, new Refused("a")).result()).isTrue();

    move(GRACE);
    Future<Boolean> waits = delivery.told(ANN, new Refused("b"));
    assertThat(waits.isComplete()).isFalse();
    move(OFFLINE);

    assertThat(waits.result()).isFalse();
  }

  @Test
  void whatIsStoppedHasNoTimersAndSaysNothingMore() {
    move(GRACE);
    tell("a");

    delivery.stop();
    move(AVAILABLE);

    assertThat(got).isEmpty();
    assertThat(timers.pending()).isZero();
  }

  private void leaveUnanswered() {
    var silent =
        bus.serve(
            GatewayContract.DELIVER.at(LOOP),
            asked -> Future.failedFuture(ServiceFailure.unavailable("TIMEOUT")));
  }

  private void answerAgain() {
    var speaking = bus.answer(GatewayContract.DELIVER.at(LOOP), this::deliver);
  }

  private void tell(String text) {
    delivery.tell(ANN, new Refused(text));
  }

  private void move(PresenceState to) {
    PresenceState from = state;
    state = to;
    delivery.presenceChanged(
        new Changed(new StreamPosition("epoch", ++offset), ANN, from, to, null, null));
  }

  private Located located(UUID userId) {
    SocketRef socket = state.online() ? new SocketRef(LOOP, socketId) : null;
    return new Located(
        List.of(
            new Location(
                userId, state, null, socket, socket == null ? List.of() : List.of(socket))));
  }

  private Delivered deliver(Deliver asked) {
    if (!socketIsThere) {
      return new Delivered(asked.sockets());
    }
    if (asked.order() instanceof SocketOrder.Emit emit && emit.event() instanceof Refused told) {
      got.add(told.message());
    }
    return new Delivered(List.of());
  }
}
