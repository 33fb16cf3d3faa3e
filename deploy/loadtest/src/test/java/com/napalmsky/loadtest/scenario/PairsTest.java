package com.napalmsky.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.loadtest.measure.Report;
import com.napalmsky.loadtest.net.Network;
import com.napalmsky.loadtest.net.Target;
import com.napalmsky.loadtest.options.Option;
import com.napalmsky.loadtest.options.Options;
import com.napalmsky.loadtest.people.Crowd;
import com.napalmsky.loadtest.people.Person;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PairsTest {

  private final Network network = network();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void nobodyMeetsTheSamePersonTwice() throws Exception {
    Pairs pairs = new Pairs(people(6));
    Set<Set<Person>> met = new HashSet<>();

    for (int i = 0; i < 1_000; i++) {
      Pairs.Pair pair = pairs.next();
      if (pair != null) {
        assertThat(met.add(Set.of(pair.caller(), pair.callee()))).isTrue();
        pairs.release(pair.caller());
        pairs.release(pair.callee());
      }
    }

    assertThat(met).hasSize(15);
  }

  @Test
  void callingIsSharedEvenly() throws Exception {
    Pairs pairs = new Pairs(people(100));
    Map<Person, Integer> called = new HashMap<>();

    for (int i = 0; i < 1_000; i++) {
      Pairs.Pair pair = pairs.next();
      assertThat(pair).isNotNull();
      called.merge(pair.caller(), 1, Integer::sum);
      pairs.release(pair.callee());
      pairs.release(pair.caller());
    }

    assertThat(called.values()).allSatisfy(calls -> assertThat(calls).isBetween(8, 12));
  }

  @Test
  void whoIsInACallIsNotFree() throws Exception {
    Pairs pairs = new Pairs(people(3));

    assertThat(pairs.next()).isNotNull();
    assertThat(pairs.next()).isNull();
  }

  @Test
  void candidatesCarryTheirNumber() {
    assertThat(Signals.number(Signals.candidate("room", 123_456))).isEqualTo(123_456);
    assertThat(Signals.number("{\"candidate\":{\"candidate\":\"\"}}")).isEqualTo(-1);
  }

  @Test
  void descriptionsHaveTheSizeOfABrowsers() {
    assertThat(Signals.description("room", "offer").length()).isBetween(2_500, 8_000);
  }

  @Test
  void theFileLimitIsReadFromTheKernel() {
    assertThat(FileLimit.parse("Limit\nMax open files            20000   20000   files\n"))
        .isEqualTo(20_000);
    assertThat(FileLimit.parse("Max open files  unlimited unlimited files"))
        .isEqualTo(Long.MAX_VALUE);
  }

  private List<Person> people(int count) throws Exception {
    Options options = Options.parse("test", Map.of(Option.USERS, String.valueOf(count)), List.of());
    return new Crowd(options, new Report("test", Map.of()), network, 0).people();
  }

  private static Network network() {
    try {
      return new Network(Target.allOf("http://127.0.0.1:1"), 1, true, 1);
    } catch (Exception malformed) {
      throw new AssertionError(malformed);
    }
  }
}
