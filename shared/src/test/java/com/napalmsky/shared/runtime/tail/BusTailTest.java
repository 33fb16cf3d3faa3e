package com.napalmsky.shared.runtime.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.Traffic;
import com.napalmsky.shared.bus.TrafficContract;
import com.napalmsky.shared.bus.TrafficContract.Direction;
import com.napalmsky.shared.bus.TrafficContract.Failures;
import com.napalmsky.shared.bus.TrafficContract.Flow;
import com.napalmsky.shared.bus.TrafficContract.Gauge;
import com.napalmsky.shared.bus.TrafficContract.Measured;
import com.napalmsky.shared.bus.TrafficContract.Watched;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import com.napalmsky.shared.runtime.tail.BusTail.Watcher;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTailTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TailFilter ALL = new TailFilter(Set.of(), Set.of());

  private final LocalBus bus = new LocalBus();
  private final ManualTimers timers = new ManualTimers();
  private Traffic traffic;
  private final List<Gauge> gauges = new ArrayList<>();
  private BusTail tail;

  @BeforeEach
  void begin(Vertx vertx) {
    traffic = Traffic.of(vertx);
    tail = new BusTail("gateway-1", traffic, () -> gauges, bus, timers, 2);
  }

  private static final class Reader implements Watcher {

    private final List<JsonObject> lines = new ArrayList<>();
    private boolean reads = true;
    private boolean dropped;

    @Override
    public boolean take(Buffer line) {
      if (reads) {
        assertThat(line.toString()).endsWith("}\n");
        lines.add(new JsonObject(line));
      }
      return reads;
    }

    @Override
    public void dropped() {
      dropped = true;
    }

    List<String> addresses() {
      return lines.get(lines.size() - 1).getJsonArray("flows").stream()
          .map(flow -> ((JsonObject) flow).getString("address"))
          .toList();
    }
  }

  @Test
  void nothingHappensWhileNobodyWatches() {
    timers.advance(Duration.ofMinutes(1));

    assertThat(traffic.isMeasured()).isFalse();
    assertThat(timers.pending()).isZero();
    assertThat(bus.sent()).isEmpty();
  }

  @Test
  void aWatcherIsToldEachSecondAndTheOthersThatHeWatches() {
    Reader reader = new Reader();

    follow(ALL, reader);
    timers.advance(SECOND.multipliedBy(3));

    assertThat(reader.lines).hasSize(3);
    assertThat(reader.lines.get(0).getJsonArray("nodes")).containsExactly("gateway-1");
    assertThat(reader.lines.get(0).getString("at")).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(bus.sent(Watched.class)).hasSize(4).containsOnly(new Watched("gateway-1"));
  }

  @Test
  void measuringEndsSoonAfterTheLastWatcherLeft() {
    Cancellable following = follow(ALL, new Reader());
    timers.advance(SECOND);
    assertThat(traffic.isMeasured()).isTrue();

    following.cancel();
    timers.advance(BusTail.LEASE.plus(SECOND));

    assertThat(traffic.isMeasured()).isFalse();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void whatIsWatchedElsewhereIsMeasuredHereAndSentThereForAsLongAsThatIsSaid() {
    tail.watched(new Watched("gateway-2"));

    timers.advance(Duration.ofSeconds(10));

    List<Measured> told = bus.sent(Measured.class);
    assertThat(told).hasSize(3).allSatisfy(one -> assertThat(one.node()).isEqualTo("gateway-1"));
    assertThat(told).extracting(Measured::millis).containsOnly(1_000L);
    assertThat(bus.sent())
        .extracting(LocalBus.Sent::address)
        .containsOnly(TrafficContract.MEASURED.at("gateway-2").address());
    assertThat(traffic.isMeasured()).isFalse();
  }

  @Test
  void oneLineHoldsTheSecondOfEveryNode() {
    Reader reader = new Reader();
    follow(ALL, reader);

    measured(
        new Measured(
            "user-1",
            2_000,
            List.of(
                new Flow(
                    "user.v1.log-in",
                    Direction.RECEIVED,
                    25,
                    4_000,
                    3,
                    1_500,
                    90_250,
                    List.of(new Failures("internal", 2)))),
            List.of()));
    timers.advance(SECOND);

    JsonObject line = reader.lines.get(0);
    assertThat(line.getJsonArray("nodes")).containsExactly("gateway-1", "user-1");
    assertThat(line.getJsonArray("flows").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("node", "user-1")
                .put("service", "user")
                .put("address", "user.v1.log-in")
                .put("direction", "received")
                .put("messagesPerSecond", 12.5)
                .put("bytesPerSecond", 2_000)
                .put("inFlight", 3)
                .put("p50Millis", 1.5)
                .put("p99Millis", 90.25)
                .put("failures", new JsonObject().put("internal", 2)));
  }

  @Test
  void gaugesTellHowMuchThereIsNow() {
    gauges.add(new Gauge("lobby", 7));
    Reader reader = new Reader();
    follow(ALL, reader);
    timers.advance(SECOND);
    gauges.set(0, new Gauge("lobby", 8));
    timers.advance(SECOND);

    assertThat(reader.lines)
        .extracting(line -> line.getJsonObject("gauges").getJsonObject("gateway-1"))
        .containsExactly(new JsonObject().put("lobby", 7), new JsonObject().put("lobby", 8));
  }

  @Test
  void secondsOfANodeThatTicksFasterAreShownOneAfterAnotherAndNotPiledUp() {
    Reader reader = new Reader();
    follow(ALL, reader);
    for (int i = 0; i < 5; i++) {
      measured(of("user-1", "user.v1.log-in"));
    }

    timers.advance(SECOND.multipliedBy(3));

    assertThat(reader.lines)
        .extracting(line -> line.getJsonArray("nodes").contains("user-1"))
        .containsExactly(true, true, false);
  }

  @Test
  void whatOthersMeasuredIsNotKeptWhenNobodyWatchesHere() {
    measured(of("user-1", "user.v1.log-in"));
    Reader reader = new Reader();

    follow(ALL, reader);
    timers.advance(SECOND);

    assertThat(reader.lines.get(0).getJsonArray("nodes")).containsExactly("gateway-1");
  }

  @Test
  void eachWatcherSeesWhatHisFilterLetsPass() {
    Reader ofUsers = new Reader();
    Reader ofHealth = new Reader();
    follow(new TailFilter(Set.of("user"), Set.of()), ofUsers);
    follow(new TailFilter(Set.of(), Set.of("health.v1")), ofHealth);

    measured(of("user-1", "user.v1.log-in", "presence.v1.connect", "health.v1.user"));
    timers.advance(SECOND);

    assertThat(ofUsers.addresses()).containsExactly("user.v1.log-in");
    assertThat(ofHealth.addresses()).containsExactly("health.v1.user");
  }

  @Test
  void oneWatcherTooManyIsTurnedAway() {
    follow(ALL, new Reader());
    Cancellable second = follow(ALL, new Reader());

    assertThat(follow(ALL, new Reader())).isNull();
    second.cancel();
    assertThat(follow(ALL, new Reader())).isNotNull();
  }

  @Test
  void aWatcherThatDoesNotReadIsDroppedAndTheOthersGoOn() {
    Reader stuck = new Reader();
    Reader reader = new Reader();
    follow(ALL, stuck);
    follow(ALL, reader);
    stuck.reads = false;

    timers.advance(SECOND.multipliedBy(BusTail.MOST_UNREAD - 1));
    assertThat(stuck.dropped).isFalse();
    timers.advance(SECOND.multipliedBy(2));

    assertThat(stuck.dropped).isTrue();
    assertThat(reader.dropped).isFalse();
    assertThat(reader.lines).hasSize(BusTail.MOST_UNREAD + 1);
  }

  @Test
  void aWatcherThatIsSlowForAMomentLosesThatLineOnly() {
    Reader slow = new Reader();
    follow(ALL, slow);

    slow.reads = false;
    timers.advance(SECOND.multipliedBy(BusTail.MOST_UNREAD - 1));
    slow.reads = true;
    timers.advance(SECOND.multipliedBy(BusTail.MOST_UNREAD));

    assertThat(slow.dropped).isFalse();
    assertThat(slow.lines).hasSize(BusTail.MOST_UNREAD);
  }

  @Test
  void aStopDropsEverybody() {
    Reader reader = new Reader();
    follow(ALL, reader);

    tail.stop();

    assertThat(reader.dropped).isTrue();
    assertThat(traffic.isMeasured()).isFalse();
    assertThat(timers.pending()).isZero();
  }

  @CanIgnoreReturnValue
  private Cancellable follow(TailFilter filter, Watcher watcher) {
    return tail.follow(filter, watcher);
  }

  private void measured(Measured second) {
    assertThat(tail.measured(second).succeeded()).isTrue();
  }

  private static Measured of(String node, String... addresses) {
    List<Flow> flows = new ArrayList<>();
    for (String address : addresses) {
      flows.add(new Flow(address, Direction.RECEIVED, 1, 0, 0, 1, 1, List.of()));
    }
    return new Measured(node, 1_000, flows, List.of());
  }
}
