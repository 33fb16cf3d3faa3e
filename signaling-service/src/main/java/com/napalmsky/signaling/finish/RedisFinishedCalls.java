package com.napalmsky.signaling.finish;

import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of all processes: a stream in Redis with a consumer group. Confined to the event loop
 * of its client.
 */
final class RedisFinishedCalls implements FinishedCalls {

  private static final Logger LOG = LoggerFactory.getLogger(RedisFinishedCalls.class);
  private static final RedisScript ADD = script("add.lua");
  private static final RedisScript CLAIM = script("claim.lua");
  private static final RedisScript POSTPONE = script("postpone.lua");
  private static final RedisScript REMOVE = script("remove.lua");
  private static final RedisScript SET_ASIDE = script("set-aside.lua");

  static final List<RedisScript> SCRIPTS = List.of(ADD, CLAIM, POSTPONE, REMOVE, SET_ASIDE);

  private final RedisClient redis;
  private final List<String> keys;
  private final String consumer;
  private final int most;
  private final int mostAside;

  /**
   * @param consumer the name of this instance, never used before
   */
  RedisFinishedCalls(RedisClient redis, RedisKeys keys, String consumer, int most, int mostAside) {
    this.redis = redis;
    this.keys = Stream.of("calls", "rooms", "free", "aside").map(keys::of).toList();
    this.consumer = consumer;
    this.most = most;
    this.mostAside = mostAside;
  }

  private static RedisScript script(String file) {
    return RedisScript.of(RedisFinishedCalls.class, "finished.lua", file);
  }

  @Override
  public Future<Boolean> add(RecordCall call, Instant claimedUntil) {
    return run(
            ADD, call.roomId(), StoredJson.write(call), claimedUntil.toEpochMilli(), most, consumer)
        .map(answer -> number(answer) == 1);
  }

  @Override
  public Future<List<RecordCall>> claim(int wanted, Instant now, Instant claimedUntil) {
    return run(CLAIM, wanted, now.toEpochMilli(), claimedUntil.toEpochMilli(), consumer)
        .map(
            answer -> {
              List<RecordCall> claimed = new ArrayList<>();
              for (int i = 0; answer != null && i < answer.size(); i += 2) {
                add(claimed, answer.get(i).toString(), answer.get(i + 1).toString());
              }
              return claimed;
            });
  }

  private void add(List<RecordCall> claimed, String room, String call) {
    try {
      claimed.add(StoredJson.read(call, RecordCall.class));
    } catch (UncheckedIOException unreadable) {
      LOG.atError()
          .addKeyValue(LogKey.CALL, room)
          .setCause(unreadable)
          .log("finished call cannot be read, set aside");
      setAside(UUID.fromString(room))
          .onComplete(
              aside -> {},
              cause ->
                  LOG.atWarn()
                      .addKeyValue(LogKey.CALL, room)
                      .log("not set aside cause={}", cause.toString()));
    }
  }

  @Override
  public Future<Void> postpone(UUID roomId, Instant until) {
    return run(POSTPONE, roomId, until.toEpochMilli()).mapEmpty();
  }

  @Override
  public Future<Void> remove(UUID roomId) {
    return run(REMOVE, roomId).mapEmpty();
  }

  @Override
  public Future<Void> setAside(UUID roomId) {
    return run(SET_ASIDE, roomId, mostAside).mapEmpty();
  }

  @Override
  public Future<Integer> size() {
    return count(Command.XLEN, keys.get(0));
  }

  /** Its place in the stream is the moment at which it was added, which is when it ended. */
  @Override
  public Future<Optional<Instant>> oldest() {
    return redis
        .send(Request.cmd(Command.XRANGE).arg(keys.get(0)).arg("-").arg("+").arg("COUNT").arg("1"))
        .map(
            answer ->
                answer == null || answer.size() == 0
                    ? Optional.empty()
                    : Optional.of(addedAt(answer.get(0).get(0).toString())));
  }

  private static Instant addedAt(String place) {
    return Instant.ofEpochMilli(Long.parseLong(place.substring(0, place.indexOf('-'))));
  }

  @Override
  public Future<Integer> asideSize() {
    return count(Command.LLEN, keys.get(3));
  }

  @Override
  public Future<Integer> perishable() {
    return Future.succeededFuture(0);
  }

  @Override
  public int bound() {
    return most;
  }

  private Future<Response> run(RedisScript script, Object... args) {
    return redis.run(script, keys, Arrays.stream(args).map(Objects::toString).toList());
  }

  private Future<Integer> count(Command command, String key) {
    return redis.send(Request.cmd(command).arg(key)).map(RedisFinishedCalls::number);
  }

  private static int number(@Nullable Response answer) {
    Integer number = answer == null ? null : answer.toInteger();
    return number == null ? 0 : number;
  }
}
