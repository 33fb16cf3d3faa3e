package com.napalmsky.signaling.call;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import com.napalmsky.signaling.finish.StoredJson;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of all processes, in Redis. Confined to the event loop of its client.
 *
 * <p>All of it has one hash tag, so that one script sees all of it: a call costs a few writes of
 * some kilobytes, of which one server takes tens of thousands in a second.
 */
final class RedisCallDirectory implements CallDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(RedisCallDirectory.class);
  private static final RedisScript CLAIM = script("claim.lua");
  private static final RedisScript FIND = script("find.lua");
  private static final RedisScript HOLDERS = script("holders.lua");
  private static final RedisScript SAVE = script("save.lua");
  private static final RedisScript BURY = script("bury.lua");
  private static final RedisScript REMOVE = script("remove.lua");
  private static final RedisScript HOLD = script("hold.lua");
  private static final RedisScript LEAVE = script("leave.lua");
  private static final RedisScript OTHERS = script("others.lua");
  private static final RedisScript ADOPT = script("adopt.lua");
  private static final RedisScript ADOPT_LOST = script("adopt-lost.lua");

  static final List<RedisScript> SCRIPTS =
      List.of(CLAIM, FIND, HOLDERS, SAVE, BURY, REMOVE, HOLD, LEAVE, OTHERS, ADOPT, ADOPT_LOST);

  private final RedisClient redis;
  private final List<String> keys;
  private final String due;
  private final int most;

  /**
   * @param most calls that may run, of all instances
   */
  RedisCallDirectory(RedisClient redis, RedisKeys keys, int most) {
    this.redis = redis;
    this.due = keys.of("due");
    this.keys =
        Stream.of("holders", "stories", "due", "owned", "leases", "graves").map(keys::of).toList();
    this.most = most;
  }

  private static RedisScript script(String file) {
    return RedisScript.of(RedisCallDirectory.class, "calls.lua", file);
  }

  @Override
  public Future<Holder> claim(CallSnapshot call, String owner, Instant dueAt) {
    return run(CLAIM, call.roomId(), owner, millis(dueAt), most, StoredJson.write(call))
        .compose(
            answer ->
                answer == null
                    ? Future.failedFuture(
                        new ServiceFailure(Code.OVERLOADED, "directory of calls is full"))
                    : Future.succeededFuture(holder(answer, 0)));
  }

  @Override
  public Future<@Nullable Found> find(UUID roomId, Instant now) {
    return run(FIND, roomId, millis(now))
        .<@Nullable Found>map(
            answer ->
                answer == null ? null : new Found(holder(answer, 0), number(answer.get(2)) == 1));
  }

  @Override
  public Future<Map<UUID, Holder>> holders(Collection<UUID> rooms) {
    return run(HOLDERS, rooms.toArray())
        .map(
            answer -> {
              Map<UUID, Holder> found = new HashMap<>();
              for (int i = 0; answer != null && i < answer.size(); i += 3) {
                found.put(UUID.fromString(answer.get(i).toString()), holder(answer, i + 1));
              }
              return found;
            });
  }

  @Override
  public Future<Boolean> save(CallSnapshot call, Holder holder, long version, Instant dueAt) {
    return accepted(
        run(
            SAVE,
            call.roomId(),
            holder.owner(),
            holder.epoch(),
            version,
            millis(dueAt),
            StoredJson.write(call)));
  }

  @Override
  public Future<Boolean> bury(UUID roomId, Holder holder, Tombstone tombstone, Duration keepFor) {
    return accepted(
        run(
            BURY,
            roomId,
            holder.owner(),
            holder.epoch(),
            keepFor.toMillis(),
            StoredJson.write(tombstone)));
  }

  @Override
  @CanIgnoreReturnValue
  public Future<Void> remove(UUID roomId, Holder holder) {
    return run(REMOVE, roomId, holder.owner(), holder.epoch()).mapEmpty();
  }

  @Override
  public Future<Boolean> hold(String owner, Instant now, Instant until) {
    return accepted(run(HOLD, owner, millis(now), millis(until)));
  }

  @Override
  public Future<Void> leave(String owner) {
    return run(LEAVE, owner).mapEmpty();
  }

  @Override
  public Future<Integer> others(String owner, Instant now) {
    return run(OTHERS, owner, millis(now)).map(answer -> (int) number(answer));
  }

  @Override
  public Future<@Nullable Adopted> adopt(UUID roomId, Holder from, String owner) {
    return run(ADOPT, roomId, from.owner(), from.epoch(), owner)
        .<@Nullable Adopted>map(
            answer -> {
              if (answer == null) {
                return null;
              }
              Holder now = new Holder(owner, number(answer.get(0)));
              String story = answer.get(2).toString();
              return number(answer.get(1)) == 1
                  ? new Adopted(roomId, now, null, StoredJson.read(story, Tombstone.class))
                  : new Adopted(roomId, now, StoredJson.read(story, CallSnapshot.class), null);
            });
  }

  @Override
  public Future<List<Adopted>> adoptLost(
      String owner, Instant now, Instant overdueBefore, int wanted) {
    return run(ADOPT_LOST, owner, millis(now), millis(overdueBefore), wanted)
        .map(
            answer -> {
              List<Adopted> adopted = new ArrayList<>();
              for (int i = 0; answer != null && i < answer.size(); i += 3) {
                UUID roomId = UUID.fromString(answer.get(i).toString());
                Holder holder = new Holder(owner, number(answer.get(i + 1)));
                add(adopted, roomId, holder, answer.get(i + 2).toString());
              }
              return adopted;
            });
  }

  private void add(List<Adopted> adopted, UUID roomId, Holder holder, String story) {
    try {
      CallSnapshot call = StoredJson.read(story, CallSnapshot.class);
      adopted.add(new Adopted(roomId, holder, call, null));
    } catch (UncheckedIOException unreadable) {
      // Nobody will ever be able to; left in, it would be adopted for ever.
      LOG.atError()
          .addKeyValue(LogKey.CALL, roomId)
          .setCause(unreadable)
          .log("call cannot be adopted");
      remove(roomId, holder);
    }
  }

  @Override
  public Future<Integer> running() {
    return redis.send(Request.cmd(Command.ZCARD).arg(due)).map(answer -> (int) number(answer));
  }

  @Override
  public boolean outlivesProcess() {
    return true;
  }

  private Future<Response> run(RedisScript script, Object... args) {
    return redis.run(script, keys, Arrays.stream(args).map(Objects::toString).toList());
  }

  private static Future<Boolean> accepted(Future<Response> answer) {
    return answer.map(said -> number(said) == 1);
  }

  private static long number(@Nullable Response answer) {
    Long number = answer == null ? null : answer.toLong();
    return number == null ? 0 : number;
  }

  private static Holder holder(Response answer, int from) {
    return new Holder(answer.get(from).toString(), number(answer.get(from + 1)));
  }

  private static long millis(Instant time) {
    return time.toEpochMilli();
  }
}
