package com.napalmsky.shared.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final Readiness readiness = new Readiness();

  private Map<String, Boolean> report() {
    return readiness.report().result();
  }

  @Test
  void nothingNeededIsReady() {
    assertThat(report()).isEqualTo(Map.of("serving", true));
  }

  @Test
  void eachNeedIsToldByName() {
    readiness.needs("bus", () -> Future.succeededFuture(true));
    readiness.needs("redis", () -> Future.succeededFuture(false));

    assertThat(report()).isEqualTo(Map.of("serving", true, "bus", true, "redis", false));
  }

  @Test
  void aCheckThatFailsOrThrowsCountsAsNo() {
    readiness.needs("fails", () -> Future.failedFuture("no"));
    readiness.needs(
        "throws",
        () -> {
          throw new IllegalStateException("no");
        });

    assertThat(report()).containsEntry("fails", false).containsEntry("throws", false);
  }

  @Test
  void whoStopsIsNotReady() {
    readiness.stop();

    assertThat(readiness.stopping()).isTrue();
    assertThat(report()).containsEntry("serving", false);
  }
}
