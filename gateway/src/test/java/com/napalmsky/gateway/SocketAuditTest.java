package com.napalmsky.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceContract.ListHeld;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketAuditTest {

  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);
  private static final UUID CARL = new UUID(1, 3);

  private final LocalBus bus = new LocalBus();
  private final ManualTimers timers = new ManualTimers();
  private final Set<SocketRef> here = new HashSet<>();
  private int madeUp;

  private final SocketAudit audit =
      new SocketAudit(
          "gw1",
          bus,
          timers,
          sockets ->
              Future.succeededFuture(
                  sockets.stream().filter(socket -> !here.contains(socket)).toList()),
          () -> madeUp++);

  @BeforeEach
  void presenceAnswers() {
    var unused =
        bus.answer(PresenceContract.DISCONNECT, goodbye -> new Moved(PresenceState.GRACE))
            .answer(
                PresenceContract.LIST_HELD,
                list ->
                    list.after() == null
                        ? new HeldPage(
                            List.of(
                                new Holding(ANNA, List.of(socket(1), socket(2))),
                                new Holding(BEN, List.of(socket(3)))),
                            true)
                        : new HeldPage(List.of(new Holding(CARL, List.of(socket(4)))), false));
    here.addAll(List.of(socket(1), socket(3)));
    audit.begin();
  }

  @Test
  void whatIsNotHereIsSaidGoodbyeForPageByPage() {
    timers.advance(SocketAudit.INTERVAL);

    assertThat(bus.sent(ListHeld.class)).extracting(ListHeld::after).containsExactly(null, BEN);
    assertThat(bus.sent(Disconnect.class))
        .containsExactly(new Disconnect(ANNA, socket(2)), new Disconnect(CARL, socket(4)));
    assertThat(madeUp).isEqualTo(1);
  }

  @Test
  void itIsRepeatedUntilItIsStopped() {
    timers.advance(SocketAudit.INTERVAL.multipliedBy(3));
    audit.stop();
    timers.advance(SocketAudit.INTERVAL.multipliedBy(3));

    assertThat(madeUp).isEqualTo(3);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void withoutPresenceItIsTriedAgainLater() {
    var unused = bus.silence(PresenceContract.LIST_HELD);
    timers.advance(SocketAudit.INTERVAL);
    assertThat(madeUp).isZero();

    presenceAnswers();
    timers.advance(SocketAudit.INTERVAL);

    assertThat(madeUp).isPositive();
  }

  private static SocketRef socket(long number) {
    return new SocketRef("gw1-0", number);
  }
}
