package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.presence.directory.Directory.Bounds;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.RenewLease;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnreachableStoreTest {

  private final ManualTimers timers = new ManualTimers();
  private final LocalBus bus = new LocalBus();
  private final FlakyStore store =
      new FlakyStore(
          new MemoryPresenceStore(
              new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10)),
              10,
              Duration.ofSeconds(6)));
  private final Directory directory =
      new Directory(
          store, bus, timers, new Bounds(10, 10, 10, Duration.ofSeconds(1), Duration.ofSeconds(6)));

  @Test
  void gracesThatCouldNotBeEndedAreEndedWhenTheStoreIsBack() {
    // Given
    Future<Connected> connected = directory.connect(new Connect(ANNA, socket(1)));
    Future<Moved> lost = directory.disconnect(new Disconnect(ANNA, socket(1)));
    store.reachable = false;
    timers.advance(Duration.ofSeconds(7));
    assertThat(bus.sent(Changed.class)).hasSize(2);

    // When
    store.reachable = true;
    timers.advance(Duration.ofSeconds(1));

    // Then
    assertThat(connected.succeeded() && lost.succeeded()).isTrue();
    assertThat(bus.sent(Changed.class))
        .extracting(Changed::to)
        .endsWith(PresenceState.GRACE, PresenceState.OFFLINE);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void afterAnOutageGatewaysMayRenewBeforeAnyIsTakenForDead() {
    // Given
    directory.begin();
    var unused = directory.renewLease(new RenewLease("gw1"));
    Future<Connected> connected = directory.connect(new Connect(ANNA, socket(1)));
    store.reachable = false;
    timers.advance(Duration.ofSeconds(30));

    // When
    store.reachable = true;
    timers.advance(Duration.ofSeconds(5));
    List<Changed> early = bus.sent(Changed.class);
    var renewed = directory.renewLease(new RenewLease("gw1"));
    timers.advance(Duration.ofSeconds(5));
    List<Changed> renewedInTime = bus.sent(Changed.class);
    timers.advance(Duration.ofSeconds(2));

    // Then
    assertThat(connected.succeeded() && renewed.succeeded()).isTrue();
    assertThat(early).hasSize(1);
    assertThat(renewedInTime).hasSize(1);
    assertThat(bus.sent(Changed.class)).extracting(Changed::to).endsWith(PresenceState.GRACE);
    directory.stop();
  }

  @Test
  void withoutItsStorePresenceIsNotReadyAndSaysSo() {
    store.reachable = false;

    assertThat(directory.health(new Ask()).result().ready()).isFalse();
    assertThat(directory.connect(new Connect(ANNA, socket(1))).cause())
        .isInstanceOf(ServiceFailure.class);
  }

  @Test
  void anAccountThatChangesMeanwhileFailsNobody() {
    Future<Connected> connected = directory.connect(new Connect(ANNA, socket(1)));
    Future<Moved> entered = directory.enterQueue(new EnterQueue(person(ANNA), socket(1)));
    store.reachable = false;

    directory.accountChanged(
        new AccountChanged(person(ANNA, "Anew"), PaidStatus.PAID, BanStatus.NONE));

    assertThat(connected.succeeded() && entered.succeeded()).isTrue();
    assertThat(bus.sent(Changed.class)).hasSize(2);
  }

  /** A store that can be cut off. */
  private static final class FlakyStore implements PresenceStore {

    private final PresenceStore store;
    private boolean reachable = true;

    FlakyStore(PresenceStore store) {
      this.store = store;
    }

    @Override
    public Future<Applied> apply(UUID userId, UserEvent event, Instant now) {
      return ifReachable(() -> store.apply(userId, event, now));
    }

    @Override
    public Future<Claimed> claim(ClaimPair claim) {
      return ifReachable(() -> store.claim(claim));
    }

    @Override
    public Future<Expired> expire(Instant now, int atMost) {
      return ifReachable(() -> store.expire(now, atMost));
    }

    @Override
    public Future<Lease> renewLease(String gateway, Instant now) {
      return ifReachable(() -> store.renewLease(gateway, now));
    }

    @Override
    public Future<Void> endLease(String gateway, Instant now) {
      return ifReachable(() -> store.endLease(gateway, now));
    }

    @Override
    public Future<Lapsed> lapse(Instant now, int atMost) {
      return ifReachable(() -> store.lapse(now, atMost));
    }

    @Override
    public Future<HeldPage> held(String gateway, UUID after, int limit) {
      return ifReachable(() -> store.held(gateway, after, limit));
    }

    @Override
    public Map<String, String> health() {
      return store.health();
    }

    @Override
    public Future<List<User>> find(List<UUID> userIds) {
      return ifReachable(() -> store.find(userIds));
    }

    @Override
    public Future<SnapshotPage> available(UUID after, int limit) {
      return ifReachable(() -> store.available(after, limit));
    }

    @Override
    public Future<Counted> count() {
      return ifReachable(store::count);
    }

    @Override
    public Future<Load> load() {
      return ifReachable(store::load);
    }

    private <T> Future<T> ifReachable(Supplier<Future<T>> operation) {
      return reachable
          ? operation.get()
          : Future.failedFuture(ServiceFailure.unavailable("the store is cut off"));
    }
  }
}
