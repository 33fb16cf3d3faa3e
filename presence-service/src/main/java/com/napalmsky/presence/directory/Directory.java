package com.napalmsky.presence.directory;

import com.napalmsky.presence.directory.PresenceStore.Applied;
import com.napalmsky.presence.directory.PresenceStore.Load;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.AccessLost;
import com.napalmsky.presence.user.UserEvent.CallReleased;
import com.napalmsky.presence.user.UserEvent.CallRestored;
import com.napalmsky.presence.user.UserEvent.Expelled;
import com.napalmsky.presence.user.UserEvent.Joined;
import com.napalmsky.presence.user.UserEvent.Left;
import com.napalmsky.presence.user.UserEvent.ProfileChanged;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.QueueLeft;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EndLease;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Join;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaseEnded;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaseRenewed;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaveQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.ListHeld;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.RenewLease;
import com.napalmsky.shared.contract.presence.PresenceContract.RestoreCall;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.KnownBans;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Counts;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisKeys;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything that is asked of presence, and announces what changed.
 *
 * <p>Confined to the context that first uses it. On the store in memory a reply is complete when it
 * is returned, so one context alone decides the order of everything.
 */
public final class Directory {

  private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
  private static final Pattern GATEWAY = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  private final PresenceStore store;
  private final Bus bus;
  private final Timers timers;
  private final Bounds bounds;
  private final KnownBans barred;
  private final GraceWatch graces;
  private final Sweep sweep;
  private final Counts<PresenceState> changes = new Counts<>(PresenceState.class);
  private long evicted;

  /**
   * How much one request may ask for, and how much is remembered.
   *
   * @param snapshotPage most people of a snapshot's page; a larger one is cut to it
   * @param locateUsers most users located, or released, at once; more are refused
   * @param barred most users of whom it is remembered whether they are banned
   * @param sweep interval between two looks for gateways that are gone
   * @param quiet how long after an outage of the store none is taken for gone; a lease's length
   */
  public record Bounds(
      int snapshotPage, int locateUsers, int barred, Duration sweep, Duration quiet) {}

  Directory(PresenceStore store, Bus bus, Timers timers, Bounds bounds) {
    this.store = store;
    this.bus = bus;
    this.timers = timers;
    this.bounds = bounds;
    this.barred = new KnownBans(timers, bounds.barred());
    this.graces = new GraceWatch(store, timers, this::announce);
    this.sweep =
        new Sweep(
            store,
            timers,
            bounds.sweep(),
            bounds.quiet(),
            graces,
            lost -> bus.publish(PresenceContract.GATEWAY_LOST, lost),
            this::announce);
  }

  /**
   * A directory that is lost with the process.
   *
   * @param usersMax how many users it keeps at most
   * @param lease how long a gateway's lease lasts that is not renewed
   */
  public static Directory inMemory(
      Transitions transitions,
      int usersMax,
      Duration lease,
      Bus bus,
      Timers timers,
      Bounds bounds) {
    return new Directory(
        new MemoryPresenceStore(transitions, usersMax, lease), bus, timers, bounds);
  }

  /**
   * A directory that it shares with other instances.
   *
   * @param redis opened with {@link #scripts}, on the event loop that the directory is for
   * @param keys of presence alone
   */
  public static Directory inRedis(
      RedisClient redis,
      RedisKeys keys,
      Transitions transitions,
      int usersMax,
      Duration lease,
      Bus bus,
      Timers timers,
      Bounds bounds) {
    return new Directory(
        new RedisPresenceStore(redis, keys, transitions, usersMax, lease), bus, timers, bounds);
  }

  /** What a directory in Redis runs there. */
  public static List<RedisScript> scripts() {
    return RedisPresenceStore.SCRIPTS;
  }

  /** Begins to look for gateways that are gone; called once. */
  public void begin() {
    sweep.begin();
  }

  /** Ends all timers. */
  public void stop() {
    sweep.stop();
    graces.stop();
  }

  /** See {@link PresenceContract#CONNECT}. */
  public Future<Connected> connect(Connect request) {
    if (barred.contains(given(request.userId()))) {
      return Future.succeededFuture(new Connected(PresenceState.OFFLINE, null, null));
    }
    return apply(request.userId(), new SocketAuthenticated(given(request.socket())))
        .map(
            applied -> {
              if (applied.evicted() != null) {
                evicted++;
              }
              return new Connected(
                  applied.user().presence(), roomOf(applied.user()), applied.evicted());
            });
  }

  /** See {@link PresenceContract#DISCONNECT}. */
  public Future<Moved> disconnect(Disconnect request) {
    return move(request.userId(), new SocketLost(given(request.socket())));
  }

  /** See {@link PresenceContract#JOIN}. */
  public Future<Moved> join(Join request) {
    return move(request.userId(), new Joined(given(request.socket())));
  }

  /** See {@link PresenceContract#LEAVE}. */
  public Future<Moved> leave(Leave request) {
    return move(request.userId(), new Left(given(request.socket())));
  }

  /** See {@link PresenceContract#ENTER_QUEUE}. */
  public Future<Moved> enterQueue(EnterQueue request) {
    return move(
        given(request.person()).userId(),
        new QueueEntered(request.person(), given(request.socket())));
  }

  /** See {@link PresenceContract#LEAVE_QUEUE}. */
  public Future<Moved> leaveQueue(LeaveQueue request) {
    return move(request.userId(), new QueueLeft(given(request.socket())));
  }

  /** See {@link PresenceContract#CLAIM_PAIR}. */
  public Future<PairClaimed> claimPair(ClaimPair request) {
    ClaimPair claim =
        new ClaimPair(
            given(request.roomId()),
            given(request.first()),
            request.firstSocket(),
            given(request.second()),
            request.secondSocket());
    if (claim.first().equals(claim.second())) {
      return Future.failedFuture(ServiceFailure.invalid("nobody can call himself"));
    }
    return store
        .claim(claim)
        .map(
            claimed -> {
              claimed.changes().forEach(this::announce);
              return claimed.reply();
            });
  }

  /** See {@link PresenceContract#RELEASE_CALL}. */
  public Future<PresenceContract.CallReleased> releaseCall(ReleaseCall request) {
    CallReleased released = new CallReleased(given(request.roomId()));
    return notTooMany(request.userIds())
        .compose(
            userIds ->
                Future.join(userIds.stream().map(userId -> apply(userId, released)).toList()))
        .map(done -> new PresenceContract.CallReleased());
  }

  /** See {@link PresenceContract#RESTORE_CALL}. */
  public Future<Moved> restoreCall(RestoreCall request) {
    return move(
        request.userId(), new CallRestored(given(request.socket()), given(request.roomId())));
  }

  /** See {@link PresenceContract#RENEW_LEASE}. */
  public Future<LeaseRenewed> renewLease(RenewLease request) {
    return store
        .renewLease(named(request.gateway()), timers.now())
        .map(lease -> new LeaseRenewed(lease.id()));
  }

  /** See {@link PresenceContract#END_LEASE}. */
  public Future<LeaseEnded> endLease(EndLease request) {
    return store
        .endLease(named(request.gateway()), timers.now())
        .map(
            ended -> {
              sweep.look();
              return new LeaseEnded();
            });
  }

  /**
   * A process left the cluster. If it was a gateway its sockets are gone, sooner than its lease
   * would end; other names are nobody's.
   */
  public void processLeft(String name) {
    endLease(new EndLease(name))
        .onComplete(
            ended -> {},
            // Its lease ends by itself.
            cause -> LOG.warn("a lease could not be ended cause={}", cause.toString()));
  }

  /** See {@link PresenceContract#LIST_HELD}. */
  public Future<HeldPage> listHeld(ListHeld request) {
    if (request.limit() < 1) {
      return Future.failedFuture(ServiceFailure.invalid("a page holds at least one"));
    }
    return store.held(
        named(request.gateway()),
        request.after(),
        Math.min(request.limit(), bounds.snapshotPage()));
  }

  /** See {@link PresenceContract#LOCATE}. */
  public Future<Located> locate(Locate request) {
    return notTooMany(request.userIds())
        .compose(store::find)
        .map(
            users ->
                new Located(
                    IntStream.range(0, users.size())
                        .mapToObj(at -> location(request.userIds().get(at), users.get(at)))
                        .toList()));
  }

  /** See {@link PresenceContract#SNAPSHOT}. */
  public Future<SnapshotPage> snapshot(Snapshot request) {
    if (request.limit() < 1) {
      return Future.failedFuture(ServiceFailure.invalid("a page holds at least one"));
    }
    return store.available(request.after(), Math.min(request.limit(), bounds.snapshotPage()));
  }

  /** See {@link PresenceContract#COUNT}. */
  public Future<Counted> count(Count request) {
    return store.count();
  }

  /** How many users are kept, may be, and were refused for want of room. */
  Future<Load> load() {
    return store.load();
  }

  /** Names what this instance counts. */
  void meter(Meters meters) {
    meters.counters(
        "napalmsky_presence_changes",
        "Changes of users' states, by what they changed to",
        "state",
        PresenceState.class,
        changes::total);
    meters.counter(
        "napalmsky_presence_sockets_evicted",
        "Sockets closed because their user opened one too many",
        () -> evicted);
    meters.counter(
        "napalmsky_presence_sockets_swept", "Sockets of gateways that were lost", sweep::swept);
    meters.structure("barred", bounds.barred(), barred::size);
  }

  /** Whether presence can do its work, and how full it is. */
  public Future<Health> health(Ask request) {
    return store
        .load()
        .compose(load -> store.count().map(counted -> healthy(load, counted)))
        .otherwise(cause -> new Health(false, details(Map.of("reachable", "false"))));
  }

  /** What others see of a user, or what he may do, is different now. */
  public void accountChanged(AccountChanged event) {
    boolean welcome = event.paidStatus().hasAccess() && !event.banStatus().banned();
    apply(event.person().userId(), welcome ? new ProfileChanged(event.person()) : new AccessLost())
        .onComplete(
            applied -> {},
            cause ->
                LOG.warn("a changed account could not be taken over cause={}", cause.toString()));
  }

  /** Who is banned is gone at once, and not brought back by a gateway that did not hear of it. */
  public void banChanged(BanChanged change) {
    if (!barred.heard(change)) {
      return;
    }
    apply(change.userId(), new Expelled())
        .onComplete(
            applied -> {},
            // The fact is told again in a moment.
            cause -> LOG.warn("a banned user could not be removed cause={}", cause.toString()));
  }

  /** Somebody whose account is gone is offline at once; nobody waits for him to come back. */
  public void sessionsEnded(SessionsEnded event) {
    if (event.end() == SessionEnd.DELETED) {
      apply(event.userId(), new Expelled())
          .onComplete(
              applied -> {},
              cause ->
                  LOG.warn(
                      "a deleted account could not be put offline cause={}", cause.toString()));
    }
  }

  private Future<Moved> move(UUID userId, UserEvent event) {
    return apply(userId, event).map(applied -> new Moved(applied.user().presence()));
  }

  private Future<Applied> apply(UUID userId, UserEvent event) {
    return store.apply(given(userId), event, timers.now()).map(this::applied);
  }

  private Applied applied(Applied applied) {
    if (applied.change() != null) {
      announce(applied.change());
    }
    if (applied.user().state() instanceof Grace grace) {
      graces.watch(grace.deadline());
    }
    return applied;
  }

  private void announce(Changed change) {
    LOG.atDebug()
        .addKeyValue(LogKey.USER, change.userId())
        .log(
            "state changed from={} to={} offset={}",
            change.from(),
            change.to(),
            change.position().offset());
    changes.count(change.to());
    bus.publish(PresenceContract.CHANGED, change);
  }

  private Future<List<UUID>> notTooMany(List<UUID> userIds) {
    return userIds.size() <= bounds.locateUsers()
        ? Future.succeededFuture(userIds)
        : Future.failedFuture(
            ServiceFailure.invalid("more than " + bounds.locateUsers() + " users at once"));
  }

  private Health healthy(Load load, Counted counted) {
    return new Health(
        true,
        details(
            Map.of(
                "reachable", "true",
                "users", Integer.toString(load.users()),
                "usersMax", Integer.toString(load.most()),
                "usersRefused", Long.toString(load.refused()),
                "available", Integer.toString(counted.available()),
                "inCall", Integer.toString(counted.inCall()),
                "grace", Integer.toString(counted.grace()))));
  }

  private Map<String, String> details(Map<String, String> found) {
    Map<String, String> details = new HashMap<>(store.health());
    details.putAll(found);
    details.put("socketsEvicted", Long.toString(evicted));
    details.put("socketsSwept", Long.toString(sweep.swept()));
    details.put("barred", Integer.toString(barred.size()));
    details.put("barredMax", Integer.toString(bounds.barred()));
    return details;
  }

  private static Location location(UUID userId, User user) {
    InCall call = user.call();
    return new Location(
        userId,
        user.presence(),
        call == null ? null : call.roomId(),
        user.primary(),
        user.sockets().inOrder());
  }

  private static @Nullable UUID roomOf(User user) {
    InCall call = user.call();
    return call == null ? null : call.roomId();
  }

  /** A field that is missing in a message from another process arrives as null. */
  private static <T> T given(@Nullable T value) {
    if (value == null) {
      throw ServiceFailure.invalid("a field is missing");
    }
    return value;
  }

  private static String named(@Nullable String gateway) {
    String name = given(gateway);
    if (!GATEWAY.matcher(name).matches()) {
      throw ServiceFailure.invalid("gateway is not a name");
    }
    return name;
  }
}
