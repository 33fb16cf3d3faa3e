package com.napalmsky.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.connection.ConnectionConfig;
import com.napalmsky.gateway.connection.ConnectionCounters;
import com.napalmsky.gateway.connection.ConnectionHandler;
import com.napalmsky.gateway.connection.Crowd;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.LobbyConfig;
import com.napalmsky.gateway.lobby.LobbyCounters;
import com.napalmsky.gateway.lobby.LobbyDirectory;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.recovery.RecoveryConfig;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.gateway.ClientEvent.PeerDisconnected;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketOrder.Close;
import com.napalmsky.shared.contract.gateway.SocketOrder.Emit;
import com.napalmsky.shared.contract.gateway.SocketOrder.Probe;
import com.napalmsky.shared.contract.gateway.SocketOrder.Show;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoopDeliveryTest {

  private static final UUID ANNA = new UUID(1, 1);

  private final LocalBus bus = new LocalBus();
  private final ManualTimers timers = new ManualTimers();
  private final ConnectionHandler handler =
      new ConnectionHandler(
          bus,
          timers,
          token -> Future.succeededFuture(new Authenticated(Verdict.ACTIVE, session())),
          ConnectionConfig.from(new Settings(Map.of())),
          "gw-0",
          new Lobby(
              LobbyConfig.from(new Settings(Map.of())),
              timers,
              new LobbyDirectory(bus),
              Runnable::run,
              LobbyCounters.NONE),
          ConnectionCounters.NONE,
          new Roomy(),
          Runnable::run,
          new RecoverableSessions(RecoveryConfig.from(new Settings(Map.of()))),
          new BannedAddresses(timers, 1));
  private final LoopDelivery delivery = new LoopDelivery(handler);
  private final FakeSocket one = socket(1, "token");
  private final FakeSocket two = socket(2, "token");
  private final FakeSocket unknown = socket(3, null);

  @Test
  void anEventForSeveralSocketsCarriesTheOffsetOfEachAndWhoIsNotHereIsReported() {
    Deliver order = new Deliver(List.of(1L, 2L, 3L, 4L), new Emit(new PeerDisconnected()));

    assertThat(delivery.deliver(order).result().absent()).containsExactly(3L, 4L);

    assertThat(one.events()).containsExactly("peer:disconnected");
    assertThat(one.offsets()).hasSize(1).isNotEqualTo(two.offsets());
    assertThat(two.offsets()).hasSize(1);
    assertThat(unknown.got()).isEmpty();
  }

  @Test
  void aSocketIsClosedOnce() {
    Deliver order = new Deliver(List.of(1L), new Close(CloseReason.TOO_MANY_SOCKETS));

    assertThat(delivery.deliver(order).result().absent()).isEmpty();
    assertThat(delivery.deliver(order).result().absent()).containsExactly(1L);

    assertThat(one.closed()).isEqualTo(CloseReason.TOO_MANY_SOCKETS);
  }

  @Test
  void aViewForASocketOutsideTheLobbyIsOfNoUseButHarmless() {
    Deliver order = new Deliver(List.of(1L, 9L), new Show(List.of(new UUID(2, 2)), List.of()));

    assertThat(delivery.deliver(order).result().absent()).containsExactly(9L);
  }

  @Test
  void aSocketInDoubtIsAskedAndOneThatIsGoneIsReported() {
    Deliver order = new Deliver(List.of(1L, 9L), new Probe());

    assertThat(delivery.deliver(order).result().absent()).containsExactly(9L);

    assertThat(one.probes()).containsExactly(Duration.ofSeconds(3));
    assertThat(one.got()).isEmpty();
    assertThat(two.probes()).isEmpty();
  }

  private FakeSocket socket(long id, String token) {
    FakeSocket socket = new FakeSocket(id, token, false);
    socket.reportTo(handler);
    assertThat(handler.onConnect(socket, null).succeeded()).isTrue();
    handler.onConnected(socket);
    socket.forget();
    return socket;
  }

  private static Session session() {
    return new Session(
        new UUID(9, 9),
        new Person(ANNA, "Anna", Gender.FEMALE, null, null),
        false,
        PaidStatus.PAID,
        BanStatus.NONE,
        false,
        Instant.MAX);
  }

  private static final class Roomy implements Crowd {

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public int retryAfterSeconds() {
      return 1;
    }
  }
}
