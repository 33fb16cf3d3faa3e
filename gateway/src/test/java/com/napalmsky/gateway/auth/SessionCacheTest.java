package com.napalmsky.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCacheTest {

  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final Duration STALE = Duration.ofSeconds(600);

  private final ManualTimers timers = new ManualTimers();
  private final LocalBus bus =
      new LocalBus().serve(UserContract.AUTHENTICATE, asked -> this.userService.apply(asked));
  private SessionCache cache;
  private Authenticated answer;
  private Function<Authenticate, Future<Authenticated>> userService =
      asked -> Future.succeededFuture(answer);

  @BeforeEach
  void start() {
    cache = cache(100);
    answer = active(session());
  }

  private SessionCache cache(int most) {
    return new SessionCache(
        bus, timers, new SessionCache.Bounds(most, FRESH, STALE), () -> Runnable::run);
  }

  private Session session() {
    Person person = new Person(UUID.randomUUID(), "A", Gender.FEMALE, null, null);
    return new Session(
        UUID.randomUUID(),
        person,
        false,
        PaidStatus.UNPAID,
        BanStatus.NONE,
        false,
        timers.now().plus(Duration.ofDays(7)));
  }

  private static Authenticated active(Session session) {
    return new Authenticated(Verdict.ACTIVE, session);
  }

  private static SessionsEnded end(Session session, SessionEnd end) {
    return new SessionsEnded(session.userId(), List.of(session.sessionId()), end);
  }

  private static AccountChanged change(Session session, PaidStatus paid, BanStatus ban) {
    return new AccountChanged(session.person(), paid, ban);
  }

  private int asked() {
    return bus.sent(Authenticate.class).size();
  }

  private void ask(String token) {
    assertThat(cache.authenticate(token).isComplete()).isTrue();
  }

  private Verdict verdict(String token) {
    return cache.authenticate(token).result().verdict();
  }

  @Test
  void aSessionIsAskedForOnceAMinute() {
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    timers.advance(Duration.ofMillis(59_999));
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(asked()).isEqualTo(1);

    timers.advance(Duration.ofMillis(1));

    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(asked()).isEqualTo(2);
    assertThat(bus.sent(Authenticate.class).get(0).tokenHash()).isEqualTo(TokenHash.of("t"));
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN", "DISPLACED"})
  void aRefusalIsKeptForFiveSecondsOnly(Verdict refused) {
    answer = new Authenticated(refused, null);
    assertThat(verdict("t")).isEqualTo(refused);
    assertThat(verdict("t")).isEqualTo(refused);
    assertThat(asked()).isEqualTo(1);

    timers.advance(Duration.ofSeconds(5));

    assertThat(verdict("t")).isEqualTo(refused);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void whatIsNobodysTokenIsNotLookedUp() {
    assertThat(verdict("")).isEqualTo(Verdict.UNKNOWN);
    assertThat(verdict("x".repeat(201))).isEqualTo(Verdict.UNKNOWN);
    assertThat(asked()).isZero();
  }

  private BanChanged ban(Session session, BanStatus status) {
    return new BanChanged(session.userId(), status, null, timers.now());
  }

  @Test
  void whoIsBannedIsRefusedAtOnceAndAskedAboutAgainAfterFiveSeconds() {
    Session session = session();
    answer = active(session);
    ask("t");

    cache.onBanChanged(ban(session, BanStatus.TEMPORARY));

    Authenticated refused = cache.authenticate("t").result();
    assertThat(refused.verdict()).isEqualTo(Verdict.BANNED);
    assertThat(refused.session().userId()).isEqualTo(session.userId());
    assertThat(asked()).isEqualTo(1);
    timers.advance(Duration.ofSeconds(5));
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void aBanThatIsToldWhileAnAnswerIsUnderWayHolds() {
    Session session = session();
    Promise<Authenticated> late = Promise.promise();
    userService = asked -> late.future();
    Future<Authenticated> verdict = cache.authenticate("t");

    cache.onBanChanged(ban(session, BanStatus.PERMANENT));
    late.complete(active(session));

    assertThat(verdict.result().verdict()).isEqualTo(Verdict.BANNED);
    assertThat(verdict("t")).isEqualTo(Verdict.BANNED);
  }

  @Test
  void theEndOfABanThatIsToldWhileAnAnswerIsUnderWayHoldsToo() {
    Session session = session();
    Promise<Authenticated> late = Promise.promise();
    userService = asked -> late.future();
    Future<Authenticated> verdict = cache.authenticate("t");

    cache.onBanChanged(ban(session, BanStatus.NONE));
    late.complete(new Authenticated(Verdict.BANNED, session));

    assertThat(verdict.result().verdict()).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void anAccountsChangeThatIsToldLateLiftsNoBan() {
    Session session = session();
    answer = active(session);
    ask("t");
    Promise<Authenticated> late = Promise.promise();
    userService = asked -> late.future();
    cache.onBanChanged(ban(session, BanStatus.TEMPORARY));
    timers.advance(Duration.ofSeconds(5));
    Future<Authenticated> verdict = cache.authenticate("t");

    cache.onAccountChanged(change(session, PaidStatus.PAID, BanStatus.NONE));
    late.complete(new Authenticated(Verdict.BANNED, session));

    assertThat(verdict.result().verdict()).isEqualTo(Verdict.BANNED);
  }

  @Test
  void anOlderFactDoesNotUndoANewerOne() {
    Session session = session();
    answer = active(session);
    ask("t");
    BanChanged old = ban(session, BanStatus.TEMPORARY);
    timers.advance(Duration.ofSeconds(1));

    cache.onBanChanged(ban(session, BanStatus.NONE));
    cache.onBanChanged(old);

    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void aBanThatRanOutRefusesNobody() {
    Session session = session();
    cache.onBanChanged(
        new BanChanged(
            session.userId(), BanStatus.TEMPORARY, timers.now().plusSeconds(9), timers.now()));
    answer = active(session);

    timers.advance(Duration.ofSeconds(9));

    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({"NEW_LOGIN,DISPLACED", "LOGGED_OUT,UNKNOWN", "DELETED,UNKNOWN"})
  void anEndedSessionIsRefusedAtOnce(SessionEnd end, Verdict verdict) {
    Session session = session();
    answer = active(session);
    ask("t");

    cache.onSessionsEnded(end(session, end));

    assertThat(verdict("t")).isEqualTo(verdict);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void onlyTheNamedSessionsEnd() {
    Session old = session();
    Session fresh =
        new Session(
            UUID.randomUUID(),
            old.person(),
            true,
            PaidStatus.PAID,
            BanStatus.NONE,
            false,
            old.expiresAt());
    answer = active(old);
    ask("old");
    answer = active(fresh);
    ask("fresh");

    cache.onSessionsEnded(end(old, SessionEnd.NEW_LOGIN));

    assertThat(verdict("old")).isEqualTo(Verdict.DISPLACED);
    assertThat(verdict("fresh")).isEqualTo(Verdict.ACTIVE);
    cache.onSessionsEnded(end(fresh, SessionEnd.NEW_LOGIN));
    assertThat(verdict("fresh")).isEqualTo(Verdict.DISPLACED);
  }

  @Test
  void anEndDuringALoadIsNotLost() {
    Session session = session();
    Promise<Authenticated> slow = Promise.promise();
    userService = asked -> slow.future();
    Future<Authenticated> first = cache.authenticate("t");

    cache.onSessionsEnded(end(session, SessionEnd.NEW_LOGIN));
    slow.complete(active(session));

    assertThat(first.result().verdict()).isEqualTo(Verdict.DISPLACED);
    assertThat(verdict("t")).isEqualTo(Verdict.DISPLACED);
  }

  @Test
  void aChangeDuringALoadIsNotLost() {
    Session session = session();
    Promise<Authenticated> slow = Promise.promise();
    userService = asked -> slow.future();
    Future<Authenticated> first = cache.authenticate("t");

    cache.onAccountChanged(change(session, PaidStatus.PAID, BanStatus.NONE));
    slow.complete(active(session));

    assertThat(first.result().session().paidStatus()).isEqualTo(PaidStatus.PAID);
  }

  @Test
  void aChangeBeforeALoadDoesNotOverruleItsAnswer() {
    Session session = session();
    cache.onAccountChanged(change(session, PaidStatus.PAID, BanStatus.NONE));
    answer = active(session);

    assertThat(cache.authenticate("t").result().session().paidStatus())
        .isEqualTo(PaidStatus.UNPAID);
  }

  @Test
  void aChangeHoldsAtOnceAndSaysNothingOfABan() {
    Session session = session();
    answer = active(session);
    ask("t");

    cache.onAccountChanged(change(session, PaidStatus.QR_VERIFIED, BanStatus.NONE));
    Session paid = cache.authenticate("t").result().session();
    cache.onAccountChanged(change(session, PaidStatus.QR_VERIFIED, BanStatus.TEMPORARY));

    assertThat(paid.paidStatus()).isEqualTo(PaidStatus.QR_VERIFIED);
    assertThat(paid.sessionId()).isEqualTo(session.sessionId());
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void aBannedSessionIsNeverTakenForAnActiveOne() {
    Session session = session();
    answer = new Authenticated(Verdict.BANNED, session);

    assertThat(verdict("t")).isEqualTo(Verdict.BANNED);
    assertThat(verdict("t")).isEqualTo(Verdict.BANNED);
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void requestsForOneTokenAtTheSameTimeAreOne() {
    Promise<Authenticated> slow = Promise.promise();
    userService = asked -> slow.future();
    AtomicInteger ranOnCaller = new AtomicInteger();
    SessionCache shared =
        new SessionCache(
            bus,
            timers,
            new SessionCache.Bounds(100, FRESH, STALE),
            () ->
                task -> {
                  ranOnCaller.incrementAndGet();
                  task.run();
                });
    List<Future<Authenticated>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(shared.authenticate("t"));
    }

    slow.complete(active(session()));

    assertThat(waiting).allMatch(one -> one.result().verdict() == Verdict.ACTIVE);
    assertThat(asked()).isEqualTo(1);
    assertThat(ranOnCaller).hasValue(9);
  }

  @Test
  void aFailedLoadFailsForAllAndIsTriedAgain() {
    Promise<Authenticated> slow = Promise.promise();
    userService = asked -> slow.future();
    Future<Authenticated> first = cache.authenticate("t");
    Future<Authenticated> second = cache.authenticate("t");

    slow.fail(ServiceFailure.unavailable("gone"));
    userService = asked -> Future.succeededFuture(answer);

    assertThat(first.failed()).isTrue();
    assertThat(second.failed()).isTrue();
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void withoutUserServiceAKnownSessionIsBelievedForTenMinutes() {
    ask("t");
    userService = asked -> Future.failedFuture(ServiceFailure.unavailable("silent"));
    timers.advance(Duration.ofSeconds(599));

    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(cache.authenticate("another").failed()).isTrue();
    timers.advance(Duration.ofSeconds(1));
    assertThat(cache.authenticate("t").failed()).isTrue();
  }

  @Test
  void asLongAsASessionIsUsedAnOutageStillEndsItAfterTenMinutes() {
    ask("t");
    userService = asked -> Future.failedFuture(ServiceFailure.unavailable("silent"));
    for (int i = 0; i < 599; i++) {
      timers.advance(Duration.ofSeconds(1));
      assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    }

    timers.advance(Duration.ofSeconds(1));

    assertThat(cache.authenticate("t").failed()).isTrue();
  }

  @Test
  void duringAnOutageNotEveryRequestWaitsForUserService() {
    ask("t");
    userService = asked -> Future.failedFuture(ServiceFailure.unavailable("silent"));
    timers.advance(Duration.ofSeconds(60));
    int before = asked();

    for (int i = 0; i < 50; i++) {
      assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    }

    assertThat(asked() - before).isEqualTo(1);
  }

  @Test
  void anEndDuringAnOutageStillEnds() {
    Session session = session();
    answer = active(session);
    ask("t");
    userService = asked -> Future.failedFuture(ServiceFailure.unavailable("silent"));
    timers.advance(Duration.ofSeconds(90));
    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);

    cache.onSessionsEnded(end(session, SessionEnd.NEW_LOGIN));

    assertThat(verdict("t")).isEqualTo(Verdict.DISPLACED);
  }

  @Test
  void aSessionIsNotBelievedBeyondItsOwnEnd() {
    Session brief =
        new Session(
            UUID.randomUUID(),
            session().person(),
            false,
            PaidStatus.UNPAID,
            BanStatus.NONE,
            false,
            timers.now().plus(Duration.ofSeconds(10)));
    answer = active(brief);
    ask("t");
    userService = asked -> Future.failedFuture(ServiceFailure.unavailable("silent"));
    timers.advance(Duration.ofSeconds(10));

    assertThat(cache.authenticate("t").failed()).isTrue();
  }

  @Test
  void neitherSessionsNorInventedTokensFillTheMemory() {
    cache = cache(50);
    for (int i = 0; i < 5_000; i++) {
      answer = i % 2 == 0 ? active(session()) : new Authenticated(Verdict.UNKNOWN, null);
      ask("t" + i);
    }

    SessionCache.Stats stats = cache.stats();
    assertThat(stats.size()).isLessThanOrEqualTo(50);
    assertThat(stats.users()).isLessThanOrEqualTo(50);
    assertThat(stats.refused()).isLessThanOrEqualTo(50);
    assertThat(stats.evictions()).isGreaterThan(2_000);
  }

  @Test
  void inventedTokensDoNotPushSessionsOut() {
    cache = cache(50);
    ask("mine");
    answer = new Authenticated(Verdict.UNKNOWN, null);
    for (int i = 0; i < 1_000; i++) {
      ask("invented" + i);
    }

    assertThat(verdict("mine")).isEqualTo(Verdict.ACTIVE);
  }

  @Test
  void aRememberedSessionNeedsNoQuestion() {
    Session session = session();
    cache.remember("t", session);

    assertThat(verdict("t")).isEqualTo(Verdict.ACTIVE);
    assertThat(cache.knows("t")).isTrue();
    assertThat(cache.knows("another")).isFalse();
    assertThat(asked()).isZero();
    cache.onSessionsEnded(end(session, SessionEnd.LOGGED_OUT));
    assertThat(verdict("t")).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void whatIsForgottenIsAskedForAgain() {
    Session session = session();
    answer = active(session);
    ask("t");

    cache.forgetUser(session.userId());
    ask("t");
    cache.forget(TokenHash.of("t"));
    ask("t");

    assertThat(asked()).isEqualTo(3);
    assertThat(cache.stats().users()).isEqualTo(1);
  }

  /** Guards the order of notes and index, which a wrong order breaks only now and then. */
  @Test
  void anEndAtTheVeryMomentOfAnAnswerIsNeverLost() throws InterruptedException {
    cache = cache(10_000);
    answer = new Authenticated(Verdict.DISPLACED, null);
    for (int i = 0; i < 2_000; i++) {
      Session session = session();
      String token = "t" + i;

      together(
          () -> cache.remember(token, session),
          () -> cache.onSessionsEnded(end(session, SessionEnd.NEW_LOGIN)));

      assertThat(verdict(token)).isEqualTo(Verdict.DISPLACED);
    }
  }

  /** Guards the replacing of an entry: its token must not be missing in the index meanwhile. */
  @Test
  void anEndAtTheVeryMomentOfAChangeIsNeverLost() throws InterruptedException {
    cache = cache(10_000);
    answer = new Authenticated(Verdict.DISPLACED, null);
    for (int i = 0; i < 2_000; i++) {
      Session session = session();
      String token = "t" + i;
      cache.remember(token, session);

      together(
          () -> cache.onAccountChanged(change(session, PaidStatus.PAID, BanStatus.NONE)),
          () -> cache.onSessionsEnded(end(session, SessionEnd.NEW_LOGIN)));

      assertThat(verdict(token)).isEqualTo(Verdict.DISPLACED);
    }
  }

  private static void together(Runnable one, Runnable other) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    Thread thread =
        new Thread(
            () -> {
              meet(barrier);
              other.run();
            });
    thread.start();
    meet(barrier);
    one.run();
    thread.join();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | java.util.concurrent.BrokenBarrierException late) {
      throw new AssertionError(late);
    }
  }
}
