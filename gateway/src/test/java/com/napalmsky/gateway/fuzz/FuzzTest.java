package com.napalmsky.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.FuzzedGateway;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Throws {@code -Dfuzz.cases} random and mutated packets, frames and requests at one gateway, with
 * the profile {@code heavy}.
 *
 * <p>{@code -Dfuzz.seed} repeats a run; with {@code -Dfuzz.game} as well, only one of its clients.
 */
@Tag("heavy")
class FuzzTest {

  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int CASES = Integer.getInteger("fuzz.cases", 20_000);
  private static final int GAME = Integer.getInteger("fuzz.game", -1);
  private static final int PLAYERS = 4;
  private static final int CASES_BETWEEN_REPORTS = 20_000;
  private static final int LEAK_ROUNDS = 5;
  private static final long PAUSE_NANOS = 20_000_000;

  @Test
  @Timeout(1_200)
  void whateverIsThrownAtTheGatewayIsAnsweredOrClosedAndNobodyElseNotices() throws Exception {
    System.out.println("fuzz.seed=" + SEED + " fuzz.cases=" + CASES);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    try (Complaints complaints = Complaints.listen()) {
      vertx.exceptionHandler(uncaught -> complaints.add("uncaught " + uncaught));
      FuzzedGateway gateway = FuzzedGateway.start(vertx);
      // What clients of this process open once and keep, is open before sockets are counted.
      findLeaks(gateway.port());
      untilZero("clients that are gone", gateway::clients);
      Set<String> socketsBefore = openSockets();
      long start = System.nanoTime();

      play(gateway);

      System.out.println("fuzz.millis=" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      untilZero("sessions that nobody uses any more", gateway::sessions);
      untilZero("clients that are gone", gateway::clients);
      untilZero("clients that presence takes for present", gateway::present);
      untilNone("sockets that stay open", () -> others(openSockets(), socketsBefore));
      findLeaks(gateway.port());
      assertThat(complaints.heard()).as("logged with fuzz.seed=%s", SEED).isEmpty();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static void play(FuzzedGateway gateway) throws Exception {
    AtomicInteger games = new AtomicInteger();
    AtomicLong thrown = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService players = Executors.newFixedThreadPool(PLAYERS + 1);
    try (Witness witness = Witness.connect(gateway.port())) {
      Future<?> testimony =
          players.submit(
              () -> {
                do {
                  witness.testify();
                } while (!over.get());
                return null;
              });
      List<Future<?>> playing = new ArrayList<>();
      for (int i = 0; i < (GAME < 0 ? PLAYERS : 1); i++) {
        playing.add(
            players.submit(
                () -> {
                  do {
                    int next = games.getAndIncrement();
                    int cases = play(gateway, GAME < 0 ? next : GAME, over);
                    report(thrown.getAndAdd(cases), cases);
                  } while (GAME < 0 && !over.get() && thrown.get() < CASES);
                  return null;
                }));
      }
      try {
        for (Future<?> player : playing) {
          player.get();
        }
      } finally {
        over.set(true);
        testimony.get(Wire.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      }
      System.out.println(
          "fuzz.thrown="
              + thrown
              + " games="
              + games
              + " witness.rounds="
              + witness.rounds()
              + " witness.slowest.millis="
              + witness.slowestMillis());
      assertThat(thrown.get()).isGreaterThanOrEqualTo(GAME < 0 ? CASES : 1);
    } finally {
      var unused = players.shutdownNow();
    }
  }

  /** Says how far it is, for whoever waits minutes for it. */
  private static void report(long before, int cases) {
    long after = before + cases;
    if (before / CASES_BETWEEN_REPORTS < after / CASES_BETWEEN_REPORTS) {
      System.out.println("fuzz.thrown=" + after + " of " + CASES);
    }
  }

  private static int play(FuzzedGateway gateway, int game, AtomicBoolean over) {
    try {
      return new Game(SEED, game, gateway.port()).play();
    } catch (IOException | RuntimeException | AssertionError fault) {
      over.set(true);
      throw new AssertionError(
          "repeat with -Dfuzz.seed=" + SEED + " -Dfuzz.game=" + game + ": " + fault.getMessage(),
          fault);
    }
  }

  private static void untilZero(String what, IntSupplier count) {
    untilZero(what, count, () -> "");
  }

  private static void untilZero(String what, IntSupplier count, Supplier<String> more) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    int left = count.getAsInt();
    while (left != 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError(left + " " + what + " " + more.get() + ", fuzz.seed=" + SEED);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      left = count.getAsInt();
    }
  }

  /** A leak is reported when the next buffer is made after the lost one was collected. */
  private static void findLeaks(int port) throws IOException {
    for (int round = 0; round < LEAK_ROUNDS; round++) {
      System.gc();
      try (Witness witness = Witness.connect(port)) {
        witness.testify();
      }
    }
  }

  private static void untilNone(String what, Supplier<Set<String>> those) {
    untilZero(what, () -> those.get().size(), () -> those.get().toString());
  }

  private static Set<String> others(Set<String> now, Set<String> before) {
    now.removeAll(before);
    return now;
  }

  /** By their numbers, as the system calls them. */
  private static Set<String> openSockets() {
    File[] descriptors = new File("/proc/self/fd").listFiles();
    Set<String> sockets = new HashSet<>();
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      try {
        String target = Files.readSymbolicLink(descriptor.toPath()).toString();
        if (target.startsWith("socket:")) {
          sockets.add(target);
        }
      } catch (IOException closedMeanwhile) {
        // Not a socket any more.
      }
    }
    return sockets;
  }
}
