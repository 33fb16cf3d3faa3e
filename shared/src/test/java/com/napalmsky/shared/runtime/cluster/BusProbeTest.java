package com.napalmsky.shared.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.NodeContract;
import com.napalmsky.shared.bus.NodeContract.Echo;
import com.napalmsky.shared.bus.NodeContract.Echoed;
import com.napalmsky.shared.bus.NodeContract.Leaving;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.runtime.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BusProbeTest {

  private static final Duration DEAF_AFTER = Duration.ofSeconds(15);

  private final ManualTimers timers = new ManualTimers();
  private final LocalBus bus = new LocalBus();
  private final List<String> nodes = new ArrayList<>(List.of("me"));
  private final AtomicInteger given = new AtomicInteger();
  private final BusProbe probe =
      new BusProbe(
          "me", () -> nodes, bus, timers, DEAF_AFTER, given::incrementAndGet, new Random(1));

  private void answers(String node) {
    assertThat(bus.answer(NodeContract.ECHO.at(node), echo -> new Echoed())).isSameAs(bus);
  }

  @Test
  void whoIsAloneHasNobodyToBeDeafTo() {
    probe.start();
    timers.advance(Duration.ofMinutes(5));

    assertThat(probe.hears()).isTrue();
    assertThat(bus.sent()).isEmpty();
    assertThat(given).hasValue(0);
  }

  @Test
  void anotherIsAskedToAskBackAgainAndAgain() {
    nodes.add("other");
    answers("other");
    probe.start();

    timers.advance(Duration.ofSeconds(9));

    assertThat(bus.sent(Echo.class)).hasSize(4).containsOnly(new Echo("me"));
    assertThat(probe.hears()).isTrue();
  }

  @Test
  void oneMissedAnswerIsToldAtOnceButIsNotTheEnd() {
    nodes.add("other");
    probe.start();

    timers.advance(Duration.ofSeconds(3));
    assertThat(probe.hears()).isFalse();

    answers("other");
    timers.advance(Duration.ofSeconds(3));
    assertThat(probe.hears()).isTrue();
    assertThat(given).hasValue(0);
  }

  @Test
  void whoStoodStillIsNotReadyUntilItIsHeardAgain() {
    nodes.add("other");
    answers("other");
    probe.start();
    timers.advance(Duration.ofSeconds(3));

    probe.stop();
    timers.advance(Duration.ofSeconds(20));
    assertThat(probe.hears()).isFalse();

    probe.start();
    timers.advance(Duration.ofSeconds(3));
    assertThat(probe.hears()).isTrue();
  }

  @Test
  void whoIsNotHeardByAnybodyForTooLongGivesItselfUpOnce() {
    nodes.addAll(List.of("a", "b"));
    probe.start();

    timers.advance(Duration.ofMinutes(1));

    assertThat(given).hasValue(1);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void oneAnswerFromAnybodyIsEnough() {
    nodes.addAll(List.of("dead", "alive"));
    answers("alive");
    probe.start();

    timers.advance(Duration.ofMinutes(1));

    assertThat(given).hasValue(0);
  }

  @Test
  void aQuestionIsAskedBackBeforeItIsAnswered() {
    answers("asker");

    assertThat(probe.echo(new Echo("asker")).succeeded()).isTrue();
    assertThat(bus.sent(Echo.class)).containsExactly(new Echo(null));
  }

  @Test
  void whoCannotBeAskedBackGetsNoAnswer() {
    assertThat(probe.echo(new Echo("gone")).cause()).isInstanceOf(ServiceFailure.class);
  }

  @Test
  void theSmallerSideOfACutIsNotReadyAndGivesItselfUpThoughItsOwnAnswer() {
    nodes.addAll(List.of("near", "a", "b", "c"));
    nodes.forEach(this::answers);
    probe.start();
    timers.advance(Duration.ofSeconds(3));
    assertThat(probe.hears()).isTrue();

    nodes.removeAll(List.of("a", "b", "c"));
    timers.advance(Duration.ofSeconds(2));
    assertThat(probe.hears()).isFalse();
    assertThat(given).hasValue(0);

    timers.advance(Duration.ofMinutes(1));
    assertThat(given).hasValue(1);
  }

  @Test
  void theLargerSideOfACutGoesOn() {
    nodes.addAll(List.of("near", "nearer", "a", "b"));
    nodes.forEach(this::answers);
    probe.start();
    timers.advance(Duration.ofSeconds(3));

    nodes.removeAll(List.of("a", "b"));
    timers.advance(Duration.ofMinutes(1));

    assertThat(probe.hears()).isTrue();
    assertThat(given).hasValue(0);
  }

  @Test
  void whoIsLeftWhenTheOthersGoInOrderIsNoSmallerSide() {
    nodes.addAll(List.of("a", "b", "c"));
    nodes.forEach(this::answers);
    probe.start();
    timers.advance(Duration.ofSeconds(3));

    List.of("a", "b", "c").forEach(node -> probe.leaving(new Leaving(node)));
    timers.advance(Duration.ofSeconds(3));
    nodes.removeAll(List.of("a", "b", "c"));
    timers.advance(Duration.ofMinutes(1));

    assertThat(probe.hears()).isTrue();
    assertThat(given).hasValue(0);
  }

  @Test
  void thoseLostOneAfterTheOtherWereNotLostByACut() {
    nodes.addAll(List.of("a", "b", "c", "d"));
    nodes.forEach(this::answers);
    probe.start();
    timers.advance(Duration.ofSeconds(3));

    for (String node : List.of("a", "b", "c", "d")) {
      nodes.remove(node);
      timers.advance(Duration.ofMinutes(1));
    }

    assertThat(probe.hears()).isTrue();
    assertThat(given).hasValue(0);
  }

  @Test
  void aStoppedProbeAsksNoMore() {
    nodes.add("other");
    probe.start();
    probe.stop();

    timers.advance(Duration.ofMinutes(1));

    assertThat(bus.sent()).isEmpty();
  }
}
