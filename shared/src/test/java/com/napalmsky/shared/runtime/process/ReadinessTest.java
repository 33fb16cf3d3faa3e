package com.napalmsky.shared.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.runtime.MainThread;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final Readiness readiness = new Readiness();

  @BeforeEach
  void begin() {
    readiness.begin();
  }

  private Map<String, Boolean> report() {
    return readiness.report().result();
  }

  @Test
  void whoHasNotBegunIsNotReady() {
    assertThat(new Readiness().report().result()).isEqualTo(Map.of("serving", false));
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
  void ofSeveralWithOneNameEachMustWork() {
    readiness.needs("store", () -> Future.succeededFuture(true));
    readiness.needs("store", () -> Future.succeededFuture(false));
    readiness.needs("store", () -> Future.succeededFuture(true));

    assertThat(report()).containsEntry("store", false);
  }

  @Test
  void aCheckIsAskedOnTheContextThatAddedIt() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Context own = vertx.getOrCreateContext();
      Promise<Void> added = Promise.promise();
      own.runOnContext(
          there -> {
            readiness.needs(
                "store", () -> Future.succeededFuture(Vertx.currentContext().equals(own)));
            added.complete();
          });
      MainThread.await(added.future(), Duration.ofSeconds(10));

      assertThat(MainThread.await(readiness.report(), Duration.ofSeconds(10)))
          .containsEntry("store", true);
    } finally {
      MainThread.await(vertx.close(), Duration.ofSeconds(10));
    }
  }

  @Test
  void whoStopsIsNotReady() {
    readiness.stop();

    assertThat(readiness.stopping()).isTrue();
    assertThat(report()).containsEntry("serving", false);
  }
}
