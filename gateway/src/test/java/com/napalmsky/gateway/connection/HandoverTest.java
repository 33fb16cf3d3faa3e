package com.napalmsky.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {

  private final TestLoop loop = new TestLoop();

  /** Tells the handler of closes as the protocol does. */
  private void settle(List<FakeSocket> sockets) {
    for (FakeSocket socket : List.copyOf(sockets)) {
      CloseReason reason = socket.closed();
      if (reason != null) {
        loop.handler.onClose(socket, reason);
        sockets.remove(socket);
      }
    }
  }

  @Test
  void socketsAreLetGoEvenlyOverTheTimeAndCallsLast() {
    FakeSocket inCall = loop.inCall("anna");
    List<FakeSocket> sockets = new ArrayList<>(List.of(inCall));
    for (int each = 0; each < 39; each++) {
      sockets.add(loop.connected(null));
    }

    Future<Void> gone = loop.handler.handOver(Duration.ofSeconds(2));
    settle(sockets);
    assertThat(sockets).hasSize(36);
    for (int step = 0; step < 4; step++) {
      loop.timers.advance(Handover.EVERY);
      settle(sockets);
    }
    assertThat(sockets).hasSizeBetween(15, 25).contains(inCall);
    assertThat(gone.isComplete()).isFalse();
    for (int step = 0; step < 5; step++) {
      loop.timers.advance(Handover.EVERY);
      settle(sockets);
    }

    loop.timers.advance(Handover.EVERY);
    settle(sockets);
    loop.timers.advance(Handover.EVERY);
    assertThat(inCall.closed()).isEqualTo(CloseReason.SHUTDOWN);
    assertThat(gone.succeeded()).isTrue();
  }

  @Test
  void withoutTimeAllGoAtOnce() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int each = 0; each < 5; each++) {
      sockets.add(loop.connected(null));
    }

    Future<Void> gone = loop.handler.handOver(Duration.ZERO);
    settle(sockets);
    loop.timers.advance(Handover.EVERY);

    assertThat(sockets).isEmpty();
    assertThat(gone.succeeded()).isTrue();
  }

  @Test
  void nobodyThereIsDoneAtOnce() {
    assertThat(loop.handler.handOver(Duration.ofMinutes(1)).succeeded()).isTrue();
  }
}
