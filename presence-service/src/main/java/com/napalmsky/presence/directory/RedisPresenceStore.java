package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Presence in Redis, shared by any number of instances: each operation is one script, so one step
 * and one round trip. The scripts say how it is laid out.
 *
 * <p>Redis may lose what it held, wholly or its last moments. Wholly: the stream begins again under
 * a new epoch. The last moments: an offset comes back lower than it was before, upon which
 * everything is forgotten, for the same effect; gateways then say anew which sockets they have.
 *
 * <p>Confined to the event loop of its client. Bounded by the users that may be kept.
 */
final class RedisPresenceStore implements PresenceStore {

  private static final RedisScript APPLY = script("apply.lua");
  private static final RedisScript CLAIM = script("claim.lua");
  private static final RedisScript EXPIRE = script("expire.lua");
  private static final RedisScript LAPSE = script("lapse.lua");
  private static final RedisScript RENEW = script("renew.lua");
  private static final RedisScript END_LEASE = script("end-lease.lua");
  private static final RedisScript HELD = script("held.lua");
  private static final RedisScript AVAILABLE = script("available.lua");
  private static final RedisScript FIND = script("find.lua");
  private static final RedisScript COUNT = script("count.lua");
  private static final RedisScript BEGIN_ANEW = script("begin-anew.lua");

  /** For {@link RedisClient#open}. */
  static final List<RedisScript> SCRIPTS =
      List.of(
          APPLY, CLAIM, EXPIRE, LAPSE, RENEW, END_LEASE, HELD, AVAILABLE, FIND, COUNT, BEGIN_ANEW);

  private static final Logger LOG = LoggerFactory.getLogger(RedisPresenceStore.class);

  // What every reply begins with, see the scripts.
  private static final int EPOCH = 0;
  private static final int OFFSET = 1;
  private static final int REST = 2;

  private final RedisClient redis;
  private final List<String> keys;
  private final Transitions transitions;
  private final int usersMax;
  private final Duration lease;
  private String epoch = "";
  private long highest;
  private long refused;

  /**
   * @param keys of this store alone
   * @param usersMax how many users are kept at most
   * @param lease how long a gateway's lease lasts that is not renewed
   */
  RedisPresenceStore(
      RedisClient redis, RedisKeys keys, Transitions transitions, int usersMax, Duration lease) {
    this.redis = redis;
    this.keys =
        Stream.of(
                "meta",
                "users",
                "people",
                "free",
                "graces",
                "counts",
                "held",
                "leases",
                "lease-ids")
            .map(keys::of)
            .toList();
    this.transitions = transitions;
    this.usersMax = usersMax;
    this.lease = lease;
  }

  @Override
  public Future<Applied> apply(UUID userId, UserEvent event, Instant now) {
    List<String> args = new ArrayList<>();
    args.add(userId.toString());
    args.addAll(UserCodec.words(event));
    return run(APPLY, now, args).compose(this::applied);
  }

  @Override
  public Future<Claimed> claim(ClaimPair claim) {
    List<String> args =
        List.of(
            claim.roomId().toString(),
            claim.first().toString(),
            UserCodec.optionalWord(claim.firstSocket()),
            claim.second().toString(),
            UserCodec.optionalWord(claim.secondSocket()));
    return run(CLAIM, Instant.EPOCH, args)
        .map(
            reply ->
                new Claimed(
                    new PairClaimed(
                        number(reply, REST) == 1,
                        PresenceState.valueOf(text(reply, REST + 1)),
                        PresenceState.valueOf(text(reply, REST + 2)),
                        UserCodec.optionalSocket(text(reply, REST + 3)),
                        UserCodec.optionalSocket(text(reply, REST + 4))),
                    changes(reply, REST + 5)));
  }

  @Override
  public Future<Expired> expire(Instant now, int atMost) {
    return run(EXPIRE, now, List.of(Integer.toString(atMost)))
        .map(
            reply -> {
              String next = text(reply, REST);
              return new Expired(
                  changes(reply, REST + 1),
                  next.isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(next)));
            });
  }

  @Override
  public Future<Lease> renewLease(String gateway, Instant now) {
    return run(RENEW, now, List.of(gateway, UUID.randomUUID().toString()))
        .map(reply -> new Lease(text(reply, REST)));
  }

  @Override
  public Future<Void> endLease(String gateway, Instant now) {
    return run(END_LEASE, now, List.of(gateway)).mapEmpty();
  }

  @Override
  public Future<Lapsed> lapse(Instant now, int atMost) {
    return run(LAPSE, now, List.of(Integer.toString(atMost)))
        .map(
            reply ->
                new Lapsed(
                    changes(reply, REST + 3),
                    gateways(reply.get(REST + 2)),
                    (int) number(reply, REST + 1),
                    number(reply, REST) == 1));
  }

  @Override
  public Future<HeldPage> held(String gateway, @Nullable UUID after, int limit) {
    return run(
            HELD,
            Instant.EPOCH,
            List.of(gateway, after == null ? "" : after.toString(), Integer.toString(limit)))
        .map(
            reply ->
                new HeldPage(
                    IntStream.range(0, (reply.size() - REST - 1) / 2)
                        .mapToObj(at -> holding(reply, REST + 1 + 2 * at))
                        .toList(),
                    number(reply, REST) == 1));
  }

  @Override
  public Future<List<User>> find(List<UUID> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return run(FIND, Instant.EPOCH, userIds.stream().map(UUID::toString).toList())
        .map(
            reply ->
                IntStream.range(0, userIds.size())
                    .mapToObj(
                        at ->
                            UserCodec.user(
                                text(reply, REST + 2 * at), text(reply, REST + 2 * at + 1)))
                    .toList());
  }

  @Override
  public Future<SnapshotPage> available(@Nullable UUID after, int limit) {
    return run(
            AVAILABLE,
            Instant.EPOCH,
            List.of(after == null ? "" : after.toString(), Integer.toString(limit)))
        .map(
            reply ->
                new SnapshotPage(
                    new StreamPosition(text(reply, EPOCH), number(reply, OFFSET)),
                    IntStream.range(REST + 1, reply.size())
                        .mapToObj(at -> UserCodec.person(text(reply, at)))
                        .toList(),
                    number(reply, REST) == 1));
  }

  @Override
  public Future<Counted> count() {
    return run(COUNT, Instant.EPOCH, List.of())
        .map(
            reply -> {
              int free = (int) number(reply, REST + 1);
              int inCall = (int) number(reply, REST + 2);
              return new Counted(
                  (int) number(reply, REST) + free + inCall,
                  free,
                  inCall,
                  (int) number(reply, REST + 3));
            });
  }

  @Override
  public Map<String, String> health() {
    Map<String, String> details = new HashMap<>(redis.health());
    details.put("store", "redis");
    return details;
  }

  @Override
  public Future<Load> load() {
    return run(COUNT, Instant.EPOCH, List.of())
        .map(reply -> new Load((int) number(reply, REST + 4), usersMax, refused));
  }

  private Future<Response> run(RedisScript script, Instant now, List<String> args) {
    List<String> all = new ArrayList<>(7 + args.size());
    all.add(Long.toString(now.toEpochMilli()));
    all.add(UUID.randomUUID().toString());
    all.add(Integer.toString(usersMax));
    all.add(Integer.toString(transitions.socketsPerUser()));
    all.add(Long.toString(transitions.grace().toMillis()));
    all.add(Long.toString(transitions.callGrace().toMillis()));
    all.add(Long.toString(lease.toMillis()));
    all.addAll(args);
    return redis
        .run(script, keys, all)
        .map(
            reply -> {
              if (reply == null) {
                throw new IllegalStateException(script.name() + " answered nothing");
              }
              watch(text(reply, EPOCH), number(reply, OFFSET));
              return reply;
            });
  }

  /**
   * Replies come in the order of the steps: an offset that falls is a server that has forgotten.
   */
  private void watch(String current, long offset) {
    if (!current.equals(epoch)) {
      epoch = current;
      highest = offset;
    } else if (offset >= highest) {
      highest = offset;
    } else {
      LOG.warn("presence went back, beginning anew offset={} was={}", offset, highest);
      highest = offset;
      run(BEGIN_ANEW, Instant.EPOCH, List.of(current))
          .onComplete(
              begun -> {},
              cause -> {
                // So that the next reply shows it again.
                highest = Long.MAX_VALUE;
                LOG.warn("presence could not begin anew cause={}", cause.toString());
              });
    }
  }

  private Future<Applied> applied(Response reply) {
    if (reply.size() == REST) {
      refused++;
      return Future.failedFuture(
          new ServiceFailure(
              ServiceFailure.Code.OVERLOADED, "no room for more than " + usersMax + " users"));
    }
    List<Changed> changes = changes(reply, REST + 3);
    return Future.succeededFuture(
        new Applied(
            UserCodec.user(text(reply, REST), text(reply, REST + 1)),
            UserCodec.optionalSocket(text(reply, REST + 2)),
            changes.isEmpty() ? null : changes.get(0)));
  }

  private static Holding holding(Response reply, int at) {
    return new Holding(UUID.fromString(text(reply, at)), UserCodec.sockets(text(reply, at + 1)));
  }

  private static List<GatewayLost> gateways(Response lost) {
    return IntStream.range(0, lost.size() / 2)
        .mapToObj(
            at ->
                new GatewayLost(text(lost, 2 * at), Instant.ofEpochMilli(number(lost, 2 * at + 1))))
        .toList();
  }

  private static List<Changed> changes(Response reply, int from) {
    return IntStream.range(from, reply.size())
        .mapToObj(at -> change(text(reply, EPOCH), reply.get(at)))
        .toList();
  }

  private static Changed change(String epoch, Response change) {
    String person = text(change, 3);
    String room = text(change, 4);
    return new Changed(
        new StreamPosition(epoch, number(change, 5)),
        UUID.fromString(text(change, 0)),
        PresenceState.valueOf(text(change, 1)),
        PresenceState.valueOf(text(change, 2)),
        person.isEmpty() ? null : UserCodec.person(person),
        room.isEmpty() ? null : UUID.fromString(room));
  }

  private static long number(Response reply, int at) {
    return Long.parseLong(text(reply, at));
  }

  private static String text(Response reply, int at) {
    return reply.get(at).toString();
  }

  private static RedisScript script(String file) {
    return RedisScript.of(RedisPresenceStore.class, "users.lua", "transitions.lua", file);
  }
}
