package com.napalmsky.clustertests;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.cluster.Hosts;
import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.Layout;
import com.napalmsky.cluster.Node;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every process is stopped by SIGTERM and replaced, one by one, while people call each other. */
@Tag("heavy")
@Timeout(900)
class RollingRestartIT {

  private static final int PEOPLE = 160;
  private static final int CALLS_EACH_SECOND = Integer.getInteger("rolling.calls", 20);
  private static final Duration BACK = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofSeconds(60);

  @RegisterExtension static final Stage STAGE = new Stage(26_000, two(), Map.of(), Hosts.LOCAL);

  private static Layout two() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, 2);
    }
    return new Layout(counts);
  }

  @Test
  void noCallIsLostAndEverybodyIsBackWhenAllProcessesAreReplacedUnderLoad() throws Exception {
    try (Load load = Load.of(STAGE, PEOPLE)) {
      long begun = System.nanoTime();
      load.begin(CALLS_EACH_SECOND);
      Await.until("calls come and go", LATER, () -> load.ended().size() > 20);

      for (Kind kind : Kind.values()) {
        for (Node node : STAGE.cluster().nodes(kind)) {
          int before = load.ended().size();
          node.stop(LATER);
          Await.until("everybody is back", BACK, load::allConnected);
          assertThat(node.awaitEnd()).as(node.lastLines()).isZero();
          Node next = STAGE.cluster().instead(node);
          System.out.printf(
              "%s is replaced by %s, %d calls ended meanwhile%n",
              node.name(), next.name(), load.ended().size() - before);
        }
      }
      load.end();

      Map<String, Load.Call> ended = load.ended();
      System.out.printf(
          "%d calls in %d s, nobody free %d times, %d invites without a call, longest away %d ms%n",
          ended.size(),
          Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
          load.skipped(),
          load.notBegun().size(),
          load.longestAway().toMillis());
      load.notBegun().stream().limit(20).forEach(System.out::println);
      assertThat(load.failures()).isEmpty();
      assertThat(ended.keySet()).isEqualTo(load.begun());
      assertThat(ended.values()).allMatch(call -> call.reason().equals("left"));
      recordedOnce(ended);
    }
  }

  private static void recordedOnce(Map<String, Load.Call> ended) throws Exception {
    Await.until(
        "every call is stored", LATER, () -> STAGE.stored().keySet().containsAll(ended.keySet()));
    Map<String, Stage.Stored> stored = STAGE.stored();
    assertThat(stored.keySet()).as("calls that nobody was told of").isEqualTo(ended.keySet());
    for (Load.Call call : ended.values()) {
      Stage.Stored rows = stored.get(call.roomId());
      assertThat(rows.members())
          .containsExactlyInAnyOrder(call.caller().userId(), call.callee().userId());
      // Who was not told that his line is carried out, since his socket was let go, says it again.
      assertThat(new LinkedHashSet<>(rows.lines())).containsExactlyElementsOf(call.said());
    }
  }
}
