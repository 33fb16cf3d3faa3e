package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.clustertests.Kills.Phase;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All that people do, and each service killed in each phase of a call. */
abstract class KillScenarios extends CallScenarios {

  static Stream<Arguments> each() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Phase.values()).map(phase -> Arguments.of(Set.of(kind), phase)));
  }

  static Stream<Arguments> twoAtOnce() {
    return Stream.of(Kind.values())
        .flatMap(
            one ->
                Stream.of(Kind.values())
                    .filter(other -> other.compareTo(one) > 0)
                    .map(other -> Arguments.of(EnumSet.of(one, other), Phase.TALKING)));
  }

  @ParameterizedTest(name = "{0} while {1}")
  @MethodSource({"each", "twoAtOnce"})
  void whoCanGoOnGoesOnWhenOthersAreKilled(Set<Kind> killed, Phase phase) throws Exception {
    new Kills(stage()).play(killed, phase);
  }
}
