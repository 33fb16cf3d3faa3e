package com.napalmsky.presence.directory;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.embedded.RedisServer;

/**
 * Somebody leaves the lobby and returns: two operations, in memory and on a Redis of this machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PresenceStoreBenchmark {

  private static final int PEOPLE = 1_000;
  private static final Duration LEASE = Duration.ofSeconds(6);

  /** How many users change at the same time; each waits for his own answers only. */
  private static final int AT_ONCE = 32;

  @Param({"memory", "redis"})
  public String kind = "memory";

  private @Nullable Vertx vertx;
  private @Nullable Context loop;
  private final Instant now = Instant.now();
  private PresenceStore store = new MemoryPresenceStore(transitions(), PEOPLE, LEASE);
  private @Nullable RedisServer server;
  private int turn;

  private static Transitions transitions() {
    return new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  @Setup
  public void fill() throws Exception {
    // Not with the object: JMH makes objects that it never tears down.
    Vertx made = Vertx.vertx();
    vertx = made;
    loop = made.getOrCreateContext();
    if (kind.equals("redis")) {
      int port = freePort();
      server = new RedisServer(port);
      server.start();
      RedisConfig config =
          Objects.requireNonNull(
              RedisConfig.from(new Settings(Map.of("REDIS_URL", "redis://127.0.0.1:" + port))));
      store =
          await(
              () ->
                  Future.succeededFuture(
                      new RedisPresenceStore(
                          RedisClient.open(made, config, RedisPresenceStore.SCRIPTS),
                          config.keys("presence"),
                          transitions(),
                          PEOPLE,
                          LEASE)));
    }
    for (int id = 0; id < PEOPLE; id++) {
      int person = id;
      await(() -> store.apply(user(person), new SocketAuthenticated(socket(person)), now));
      await(() -> enter(person));
    }
  }

  @TearDown
  public void close() throws Exception {
    Objects.requireNonNull(vertx)
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    if (server != null) {
      server.stop();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private static UUID user(int id) {
    return new UUID(id * 0x9E3779B97F4A7C15L, id);
  }

  private static SocketRef socket(int id) {
    return new SocketRef("gateway-0", id);
  }

  private Future<Applied> enter(int id) {
    Person person = new Person(user(id), "Someone " + id, Gender.FEMALE, null, null);
    return store.apply(user(id), new QueueEntered(person, socket(id)), now);
  }

  /** One at a time: what a single operation takes. */
  @Benchmark
  public Object oneLeavesAndReturns() throws Exception {
    int id = turn++ % PEOPLE;
    return await(() -> leaveAndReturn(id));
  }

  /** Many at a time, pipelined; divide by 32 for one. */
  @Benchmark
  public Object manyLeaveAndReturn() throws Exception {
    int from = turn;
    turn += AT_ONCE;
    return await(
        () -> {
          List<Future<Applied>> all = new ArrayList<>();
          for (int i = 0; i < AT_ONCE; i++) {
            all.add(leaveAndReturn((from + i) % PEOPLE));
          }
          return Future.all(all);
        });
  }

  private Future<Applied> leaveAndReturn(int id) {
    return store.apply(user(id), new QueueLeft(socket(id)), now).compose(left -> enter(id));
  }

  @CanIgnoreReturnValue
  private <T> T await(Supplier<Future<T>> work)
      throws ExecutionException, InterruptedException, TimeoutException {
    Promise<T> done = Promise.promise();
    Objects.requireNonNull(loop).runOnContext(go -> work.get().onComplete(done));
    return done.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
