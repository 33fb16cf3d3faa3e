package com.napalmsky.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that this process has seen, one for all its event loops.
 *
 * <p>An active session is believed for {@link Bounds#fresh}; what user-service announces of it
 * meanwhile holds from the moment it is heard, also for an answer that was under way. When
 * user-service does not answer, a session that was active is believed for {@link Bounds#stale}.
 *
 * <p>Safe from any context.
 */
public final class SessionCache implements Authenticator {

  /** Longer ones are nobody's token and are not even looked up. */
  public static final int LONGEST_TOKEN = 200;

  /**
   * How much is kept, and how long.
   *
   * @param most active sessions; as many refused tokens and ended sessions are kept beside them
   * @param fresh how long a verdict of user-service stands without asking again
   * @param stale how long an active session stands while user-service cannot be reached
   */
  public record Bounds(int most, Duration fresh, Duration stale) {}

  /** What the cache holds and how well it served. */
  public record Stats(
      long size, long most, long users, long refused, long hits, long misses, long evictions) {}

  private static final Logger LOG = LoggerFactory.getLogger(SessionCache.class);
  private static final Authenticated NOBODY = new Authenticated(Verdict.UNKNOWN, null);
  private static final Duration REFUSAL = Duration.ofSeconds(5);
  // While user-service is silent, one request in two seconds waits for it, not every one.
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  // Longer than any answer can be under way.
  private static final Duration EVENT_MEMORY = Duration.ofSeconds(60);

  private final Bus bus;
  private final Timers timers;
  private final Bounds bounds;
  private final Supplier<Executor> callers;

  private final Cache<String, Known> active;
  private final Cache<String, Authenticated> refused;
  private final Cache<UUID, SessionEnd> ended;
  private final Cache<UUID, Change> changed;
  private final Cache<UUID, Ban> bans;
  private final UserIndex index = new UserIndex();
  private final ConcurrentMap<String, Future<Authenticated>> loads = new ConcurrentHashMap<>();
  private final AtomicLong events = new AtomicLong();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /** An active session, as it was at {@code loadedAt}; asked for again from {@code renewAt} on. */
  record Known(Session session, Instant loadedAt, Instant renewAt) {}

  /** What is new of an account, and the place of the event among all events. */
  private record Change(AccountChanged event, long number) {}

  /** What holds of a user's ban, and the place of the event among all events. */
  private record Ban(BanChanged event, long number) {}

  /**
   * @param callers gives, on the caller's thread, what runs a task on the caller's context
   */
  public SessionCache(Bus bus, Timers timers, Bounds bounds, Supplier<Executor> callers) {
    this.bus = bus;
    this.timers = timers;
    this.bounds = bounds;
    this.callers = callers;
    this.active = bounded(bounds.stale()).<String, Known>evictionListener(this::onEviction).build();
    this.refused = bounded(REFUSAL).build();
    this.ended = bounded(EVENT_MEMORY).build();
    this.changed = bounded(EVENT_MEMORY).build();
    this.bans = bounded(EVENT_MEMORY).build();
  }

  /** Keeps a quarter of what it may, or all of it again; who is forgotten is asked about anew. */
  public void keepLess(boolean less) {
    active
        .policy()
        .eviction()
        .ifPresent(
            bound -> bound.setMaximum(less ? Math.max(1, bounds.most() / 4) : bounds.most()));
  }

  private Caffeine<Object, Object> bounded(Duration life) {
    return Caffeine.newBuilder()
        .maximumSize(bounds.most())
        .expireAfterWrite(life)
        .ticker(() -> timers.now().toEpochMilli() * 1_000_000)
        .executor(Runnable::run);
  }

  @Override
  public Future<Authenticated> authenticate(String token) {
    if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
      return Future.succeededFuture(NOBODY);
    }
    String hash = TokenHash.of(token);
    Authenticated remembered = remembered(hash);
    if (remembered != null) {
      hits.increment();
      return Future.succeededFuture(remembered);
    }
    misses.increment();
    return load(hash);
  }

  /**
   * Whether the token can be judged without asking user-service, so that a flood of invented tokens
   * can be told from sessions in use.
   */
  public boolean knows(String token) {
    if (token.isEmpty() || token.length() > LONGEST_TOKEN) {
      return true;
    }
    String hash = TokenHash.of(token);
    return active.getIfPresent(hash) != null || refused.getIfPresent(hash) != null;
  }

  /** Keeps a session that user-service has just begun for a new user. */
  public void remember(String token, Session session) {
    var unused =
        settle(TokenHash.of(token), new Authenticated(Verdict.ACTIVE, session), events.get());
  }

  /** Forgets one token: what it stands for was just changed by its owner. */
  public void forget(String tokenHash) {
    var unused = change(tokenHash, known -> null);
    refused.invalidate(tokenHash);
  }

  /** Forgets all tokens of a user, who has just signed in anew. */
  public void forgetUser(UUID userId) {
    index.tokensOf(userId).forEach(this::forget);
  }

  /** Sessions are over: they are refused from now on. */
  public void onSessionsEnded(SessionsEnded event) {
    // First for answers that are under way, then for what is kept: see settle.
    event.sessionIds().forEach(id -> ended.put(id, event.end()));
    for (String hash : index.tokensOf(event.userId())) {
      var unused =
          change(
              hash,
              known -> {
                if (!event.sessionIds().contains(known.session().sessionId())) {
                  return keep(hash, known.session(), known.loadedAt(), known.renewAt());
                }
                refused.put(hash, refusal(event.end()));
                return null;
              });
    }
  }

  /** An account looks different, or may do something else. */
  public void onAccountChanged(AccountChanged event) {
    UUID userId = event.person().userId();
    changed.put(userId, new Change(event, events.incrementAndGet()));
    for (String hash : index.tokensOf(userId)) {
      var unused =
          change(
              hash,
              known -> keep(hash, with(known.session(), event), known.loadedAt(), known.renewAt()));
    }
  }

  /** A user is kept out from now on, or not any more; one that was refused until now, soon. */
  public void onBanChanged(BanChanged event) {
    UUID userId = event.userId();
    Ban told = new Ban(event, events.incrementAndGet());
    Ban newest = bans.asMap().merge(userId, told, SessionCache::newer);
    BanChanged holds = newest == null ? event : newest.event();
    for (String hash : index.tokensOf(userId)) {
      var unused =
          change(
              hash,
              known ->
                  keep(hash, banned(known.session(), holds), known.loadedAt(), known.renewAt()));
    }
  }

  private static Ban newer(Ban known, Ban told) {
    return known.event().changedAt().isAfter(told.event().changedAt()) ? known : told;
  }

  /** Sizes and counts since the start. */
  public Stats stats() {
    return new Stats(
        active.estimatedSize(),
        bounds.most(),
        index.users(),
        refused.estimatedSize(),
        hits.sum(),
        misses.sum(),
        evictions.sum());
  }

  private @Nullable Authenticated remembered(String hash) {
    Known known = active.getIfPresent(hash);
    if (known != null) {
      Instant now = timers.now();
      return now.isBefore(known.renewAt()) && now.isBefore(known.session().expiresAt())
          ? new Authenticated(Verdict.ACTIVE, known.session())
          : null;
    }
    return refused.getIfPresent(hash);
  }

  private Future<Authenticated> load(String hash) {
    Promise<Authenticated> mine = Promise.promise();
    Future<Authenticated> others = loads.putIfAbsent(hash, mine.future());
    if (others != null) {
      return onCallersContext(others);
    }
    long eventsBefore = events.get();
    return bus.request(UserContract.AUTHENTICATE, new Authenticate(hash))
        .transform(
            answered -> {
              AsyncResult<Authenticated> verdict = conclude(hash, answered, eventsBefore);
              loads.remove(hash);
              if (verdict.succeeded()) {
                mine.complete(verdict.result());
                return Future.succeededFuture(verdict.result());
              }
              mine.fail(verdict.cause());
              return Future.failedFuture(verdict.cause());
            });
  }

  private AsyncResult<Authenticated> conclude(
      String hash, AsyncResult<Authenticated> answered, long eventsBefore) {
    if (answered.succeeded()) {
      return Future.succeededFuture(settle(hash, answered.result(), eventsBefore));
    }
    Authenticated old = believeOnce(hash);
    if (old != null) {
      LOG.debug("session believed without user-service cause={}", answered.cause().toString());
      return Future.succeededFuture(old);
    }
    return Future.failedFuture(answered.cause());
  }

  /** The last verdict on a session of which user-service cannot be asked, or null. */
  private @Nullable Authenticated believeOnce(String hash) {
    Instant now = timers.now();
    Known known =
        change(
            hash,
            old -> {
              Instant end = earlier(old.loadedAt().plus(bounds.stale()), old.session().expiresAt());
              return now.isBefore(end)
                  ? keep(hash, old.session(), old.loadedAt(), earlier(now.plus(PATIENCE), end))
                  : null;
            });
    return known == null ? null : new Authenticated(Verdict.ACTIVE, known.session());
  }

  /**
   * Takes a verdict of user-service over, corrected by what was announced while it was under way.
   *
   * <p>An event is first noted, then applied to what the index names; here the index is written and
   * the notes are read inside one atomic step on the entry. So either the event finds the entry, or
   * this step finds the note.
   */
  private Authenticated settle(String hash, Authenticated answer, long eventsBefore) {
    Session session = answer.session();
    if (session == null) {
      forget(hash);
      refused.put(hash, answer);
      return answer;
    }
    Instant now = timers.now();
    Authenticated[] outcome = {answer};
    var unused =
        active
            .asMap()
            .compute(
                hash,
                (same, old) -> {
                  Known next = new Known(session, now, now.plus(bounds.fresh()));
                  index.put(same, next);
                  outcome[0] = corrected(answer.verdict(), session, eventsBefore);
                  Session seen = outcome[0].session();
                  if (outcome[0].verdict() == Verdict.ACTIVE && seen != null) {
                    refused.invalidate(same);
                    return keep(same, seen, next.loadedAt(), next.renewAt());
                  }
                  index.remove(same, next);
                  refused.put(same, outcome[0]);
                  return null;
                });
    return outcome[0];
  }

  private Authenticated corrected(Verdict verdict, Session session, long eventsBefore) {
    SessionEnd end = ended.getIfPresent(session.sessionId());
    if (end != null) {
      return refusal(end);
    }
    Change change = changed.getIfPresent(session.userId());
    Change news = change != null && change.number() > eventsBefore ? change : null;
    Session seen = news == null ? session : with(session, news.event());
    Ban ban = bans.getIfPresent(session.userId());
    if (ban != null && ban.number() > eventsBefore) {
      return judged(banned(seen, ban.event()));
    }
    return verdict == Verdict.ACTIVE ? judged(seen) : new Authenticated(verdict, seen);
  }

  private static Authenticated judged(Session session) {
    Verdict verdict = session.banStatus().banned() ? Verdict.BANNED : Verdict.ACTIVE;
    return new Authenticated(verdict, session);
  }

  /**
   * One atomic step on an entry, if there is one. Not {@code computeIfPresent}: that looks first,
   * without waiting for an entry that is just being written.
   */
  private @Nullable Known change(String hash, Function<Known, @Nullable Known> step) {
    return active
        .asMap()
        .compute(
            hash,
            (same, known) -> {
              if (known == null) {
                return null;
              }
              Known next = step.apply(known);
              if (next == null) {
                index.remove(same, known);
              }
              return next;
            });
  }

  /** The entry for a session, known to the index; null, and refused, for a banned user. */
  private @Nullable Known keep(String hash, Session session, Instant loadedAt, Instant renewAt) {
    if (session.banStatus().banned()) {
      refused.put(hash, new Authenticated(Verdict.BANNED, session));
      return null;
    }
    Known known = new Known(session, loadedAt, renewAt);
    index.put(hash, known);
    return known;
  }

  private void onEviction(@Nullable String hash, @Nullable Known known, RemovalCause cause) {
    if (hash != null && known != null) {
      index.remove(hash, known);
      if (cause == RemovalCause.SIZE) {
        evictions.increment();
      }
    }
  }

  private Future<Authenticated> onCallersContext(Future<Authenticated> load) {
    Executor caller = callers.get();
    Promise<Authenticated> promise = Promise.promise();
    load.onComplete(
        verdict -> caller.execute(() -> promise.complete(verdict)),
        cause -> caller.execute(() -> promise.fail(cause)));
    return promise.future();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** But for the ban: what an account's change says of it may be told late. */
  private static Session with(Session session, AccountChanged event) {
    return new Session(
        session.sessionId(),
        event.person(),
        session.permanent(),
        event.paidStatus(),
        session.banStatus(),
        session.admin(),
        session.expiresAt());
  }

  private Session banned(Session session, BanChanged ban) {
    boolean over = ban.status().banned() && !ban.banned(timers.now());
    return new Session(
        session.sessionId(),
        session.person(),
        session.permanent(),
        session.paidStatus(),
        over ? BanStatus.NONE : ban.status(),
        session.admin(),
        session.expiresAt());
  }

  private static Authenticated refusal(SessionEnd end) {
    return switch (end) {
      case NEW_LOGIN -> new Authenticated(Verdict.DISPLACED, null);
      case LOGGED_OUT, DELETED -> NOBODY;
    };
  }
}
