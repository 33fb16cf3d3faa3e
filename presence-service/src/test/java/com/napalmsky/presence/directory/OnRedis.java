package com.napalmsky.presence.directory;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Presence stores on a real Redis, on an event loop of their own and asked from the test's thread.
 */
final class OnRedis implements AutoCloseable {

  private final Vertx vertx;
  private final Context loop;
  private final RedisClient redis;

  OnRedis(Vertx vertx, RedisConfig config) {
    this.vertx = vertx;
    loop = vertx.getOrCreateContext();
    redis =
        PresenceStoreStage.await(
            onLoop(
                () ->
                    Future.succeededFuture(
                        RedisClient.open(vertx, config, RedisPresenceStore.SCRIPTS))));
  }

  PresenceStore store(RedisConfig config, Transitions transitions, int usersMax) {
    return new FromOutside(
        new RedisPresenceStore(
            redis, config.keys("presence"), transitions, usersMax, PresenceStoreStage.LEASE));
  }

  RedisClient redis() {
    return redis;
  }

  Vertx vertx() {
    return vertx;
  }

  @CanIgnoreReturnValue
  <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(
        go -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException fault) {
            done.fail(fault);
          }
        });
    return done.future();
  }

  @Override
  public void close() {
    PresenceStoreStage.await(onLoop(redis::close));
  }

  private final class FromOutside implements PresenceStore {

    private final PresenceStore store;

    FromOutside(PresenceStore store) {
      this.store = store;
    }

    @Override
    public Future<Applied> apply(UUID userId, UserEvent event, Instant now) {
      return on(store -> store.apply(userId, event, now));
    }

    @Override
    public Future<Claimed> claim(ClaimPair claim) {
      return on(store -> store.claim(claim));
    }

    @Override
    public Future<Expired> expire(Instant now, int atMost) {
      return on(store -> store.expire(now, atMost));
    }

    @Override
    public Future<Lease> renewLease(String gateway, Instant now) {
      return on(store -> store.renewLease(gateway, now));
    }

    @Override
    public Future<Void> endLease(String gateway, Instant now) {
      return on(store -> store.endLease(gateway, now));
    }

    @Override
    public Future<Lapsed> lapse(Instant now, int atMost) {
      return on(store -> store.lapse(now, atMost));
    }

    @Override
    public Future<HeldPage> held(String gateway, UUID after, int limit) {
      return on(store -> store.held(gateway, after, limit));
    }

    @Override
    public Future<List<User>> find(List<UUID> userIds) {
      return on(store -> store.find(userIds));
    }

    @Override
    public Future<SnapshotPage> available(UUID after, int limit) {
      return on(store -> store.available(after, limit));
    }

    @Override
    public Future<Counted> count() {
      return on(PresenceStore::count);
    }

    @Override
    public Map<String, String> health() {
      return store.health();
    }

    @Override
    public Future<Load> load() {
      return on(PresenceStore::load);
    }

    private <T> Future<T> on(Function<PresenceStore, Future<T>> operation) {
      return onLoop(() -> operation.apply(store));
    }
  }
}
