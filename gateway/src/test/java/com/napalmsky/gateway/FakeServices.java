package com.napalmsky.gateway;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Browse;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.BrowseReel;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Candidate;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Page;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ReelPage;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceStatus;
import com.napalmsky.shared.contract.user.AccountContract;
import com.napalmsky.shared.contract.user.AccountContract.AccountDeleted;
import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.AccountContract.PasswordChanged;
import com.napalmsky.shared.contract.user.AccountContract.PasswordReset;
import com.napalmsky.shared.contract.user.AccountContract.RequestOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetRequested;
import com.napalmsky.shared.contract.user.AdminContract;
import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedOut;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.AuditListed;
import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.AdminContract.RefusalNoted;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.ExportContract;
import com.napalmsky.shared.contract.user.ExportContract.Exported;
import com.napalmsky.shared.contract.user.ExportContract.Section;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.HistoryContract;
import com.napalmsky.shared.contract.user.HistoryContract.HistoryDeleted;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.ReunionContract;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import com.napalmsky.shared.contract.user.ReunionContract.Wished;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.SessionContract;
import com.napalmsky.shared.contract.user.SessionContract.ListSessions;
import com.napalmsky.shared.contract.user.SessionContract.LoggedOutEverywhere;
import com.napalmsky.shared.contract.user.SessionContract.OwnSession;
import com.napalmsky.shared.contract.user.SessionContract.SessionEnded;
import com.napalmsky.shared.contract.user.SessionContract.SessionsListed;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.GotAccount;
import com.napalmsky.shared.contract.user.UserContract.History;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.Linked;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.LoggedOut;
import com.napalmsky.shared.contract.user.UserContract.OwnCode;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/** The other four services, with answers that a test can replace. */
final class FakeServices {

  static final Instant THEN = Instant.parse("2026-02-03T04:05:06.789Z");
  static final Person ANNA =
      new Person(
          UUID.fromString("11111111-1111-1111-1111-111111111111"),
          "Anna \"<ö😀>\" \\",
          Gender.FEMALE,
          "http://localhost:3001/uploads/a.jpg",
          "http://localhost:3001/uploads/a.webm");
  static final Person BERT =
      new Person(
          UUID.fromString("22222222-2222-2222-2222-222222222222"), "Bert", Gender.MALE, null, null);

  static final String PAID = "token-of-a-paid-user";
  static final String ADMIN = "token-of-an-admin";
  static final String UNPAID = "token-of-an-unpaid-user";
  static final String BANNED = "token-of-a-banned-user";
  static final String DISPLACED = "token-of-a-displaced-session";

  final Map<String, Authenticated> sessions = new ConcurrentHashMap<>();
  final AtomicInteger authentications = new AtomicInteger();
  final AtomicInteger counts = new AtomicInteger();
  final AtomicInteger healths = new AtomicInteger();
  final List<Record> heard = new CopyOnWriteArrayList<>();
  final Map<String, Health> health = new ConcurrentHashMap<>();
  final Map<UUID, SocketRef> primaries = new ConcurrentHashMap<>();
  volatile boolean down;
  volatile boolean presenceDown;
  volatile boolean noteRefusals = true;

  volatile Function<SignUp, SignedUp> signUp =
      asked -> signedUp("fresh-token", session(PaidStatus.UNPAID), null, asked.inviteCode());
  volatile Function<LogIn, LoggedIn> logIn =
      asked ->
          new LoggedIn(
              LogInOutcome.LOGGED_IN,
              "login-token",
              session(PaidStatus.PAID),
              "anna@example.org",
              2,
              BanStatus.NONE,
              null);
  volatile AdminLoggedIn adminLoggedIn =
      new AdminLoggedIn(AdminLogInOutcome.LOGGED_IN, "admin-token", admin(), "root", null);
  volatile AuditListed audit =
      new AuditListed(
          List.of(
              new AuditEntry(
                  7, THEN, ANNA.userId(), "ban.reviewed", "someone", "192.0.2.1", Map.of("a", "b")),
              new AuditEntry(6, THEN, null, "admin.made", null, null, Map.of())),
          6L);
  volatile WishOutcome wishOutcome = WishOutcome.WAITING;
  volatile LinkOutcome linkOutcome = LinkOutcome.LINKED;
  volatile ChangeOutcome changeOutcome = ChangeOutcome.CHANGED;
  volatile RequestOutcome requestOutcome = RequestOutcome.ACCEPTED;
  volatile ResetOutcome resetOutcome = ResetOutcome.RESET;
  volatile UUID resetUser;
  volatile DeletionOutcome deletionOutcome = DeletionOutcome.DELETED;
  volatile boolean sessionFound = true;
  volatile boolean everywhereAllowed = true;
  volatile Account account = account(PaidStatus.PAID, false, null);
  volatile boolean accountGone;
  volatile Page page =
      new Page(
          List.of(new Candidate(ANNA, null, true, "Zoe"), new Candidate(BERT, THEN, false, null)),
          7,
          0xabcL,
          List.of(new UUID(8, 8)));
  volatile ReelPage reel = new ReelPage(List.of(ANNA, BERT), "next", true);
  volatile PresenceState state = PresenceState.AVAILABLE;
  volatile IceServers ice =
      new IceServers(
          List.of(
              new IceServer(List.of("stun:stun.example.org:3478"), null, null),
              new IceServer(List.of("turn:turn.example.org:3478"), "1:u", "secret")),
          THEN,
          "coturn",
          null);

  final FakeIntroductions introductions = new FakeIntroductions();
  final FakePayments payments = new FakePayments();
  final FakeModeration moderation = new FakeModeration();
  final FakeAdmins admins = new FakeAdmins();
  final FakeMedia media;

  private final TypedBus bus;

  FakeServices(Vertx vertx) {
    bus = new TypedBus(vertx);
    media = new FakeMedia(vertx);
    admit(PAID, session(PaidStatus.PAID));
    admit(UNPAID, session(PaidStatus.UNPAID));
    admit(ADMIN, admin());
    sessions.put(TokenHash.of(BANNED), new Authenticated(Verdict.BANNED, session(PaidStatus.PAID)));
    sessions.put(TokenHash.of(DISPLACED), new Authenticated(Verdict.DISPLACED, null));
    for (String name : List.of("presence", "matchmaking", "signaling", "user")) {
      health.put(name, new Health(true, Map.of()));
    }
    health.put("user", new Health(true, Map.of("postgresql", "connected")));
  }

  @CanIgnoreReturnValue
  Session admit(String token, Session session) {
    sessions.put(TokenHash.of(token), new Authenticated(Verdict.ACTIVE, session));
    return session;
  }

  Session sessionOf(String token) {
    return sessions.get(TokenHash.of(token)).session();
  }

  void announceEnd(Session session, SessionEnd end) {
    bus.publish(
        UserContract.SESSIONS_ENDED,
        new SessionsEnded(session.userId(), List.of(session.sessionId()), end));
  }

  TypedBus bus() {
    return bus;
  }

  Future<Void> start() {
    return Future.all(
            List.of(
                bus.serve(UserContract.AUTHENTICATE, answer(this::authenticate)),
                bus.serve(UserContract.SIGN_UP, answer(asked -> signUp.apply(asked))),
                bus.serve(UserContract.LOG_IN, answer(asked -> logIn.apply(asked))),
                bus.serve(AdminContract.LOG_IN, answer(asked -> adminLoggedIn)),
                bus.serve(
                    AdminContract.LOG_OUT,
                    answer(
                        asked -> {
                          sessions.remove(asked.tokenHash());
                          return new AdminLoggedOut();
                        })),
                bus.serve(
                    AdminContract.NOTE_REFUSAL,
                    asked ->
                        answer((NoteRefusal same) -> new RefusalNoted())
                            .apply(asked)
                            .compose(
                                noted ->
                                    noteRefusals
                                        ? Future.succeededFuture(noted)
                                        : Promise.<RefusalNoted>promise().future())),
                bus.serve(AdminContract.LIST_AUDIT, answer(asked -> audit)),
                bus.serve(UserContract.LINK, answer(asked -> new Linked(linkOutcome))),
                bus.serve(
                    UserContract.LOG_OUT,
                    answer(
                        asked -> {
                          sessions.remove(asked.tokenHash());
                          return new LoggedOut();
                        })),
                bus.serve(
                    SessionContract.LOG_OUT_EVERYWHERE,
                    answer(
                        asked -> {
                          sessions.remove(asked.tokenHash());
                          return new LoggedOutEverywhere(everywhereAllowed, 2);
                        })),
                bus.serve(SessionContract.LIST_SESSIONS, answer(this::listSessions)),
                bus.serve(
                    SessionContract.END_SESSION, answer(asked -> new SessionEnded(sessionFound))),
                bus.serve(
                    AccountContract.CHANGE_PASSWORD,
                    answer(asked -> new PasswordChanged(changeOutcome))),
                bus.serve(
                    AccountContract.REQUEST_RESET,
                    answer(asked -> new ResetRequested(requestOutcome))),
                bus.serve(
                    AccountContract.RESET_PASSWORD,
                    answer(asked -> new PasswordReset(resetOutcome, resetUser))),
                bus.serve(
                    AccountContract.DELETE_ACCOUNT,
                    answer(
                        asked -> {
                          if (deletionOutcome == DeletionOutcome.DELETED) {
                            sessions.remove(asked.tokenHash());
                          }
                          return new AccountDeleted(deletionOutcome);
                        })),
                bus.serve(
                    UserContract.GET_ACCOUNT,
                    answer(asked -> new GotAccount(accountGone ? null : account))),
                bus.serve(ExportContract.EXPORT, answer(asked -> exported)),
                bus.serve(UserContract.SAVE_SOCIALS, answer(this::saveSocials)),
                bus.serve(UserContract.GET_HISTORY, answer(asked -> history())),
                bus.serve(ReunionContract.WISH, answer(asked -> new Wished(wishOutcome))),
                bus.serve(
                    HistoryContract.DELETE_HISTORY,
                    answer(asked -> new HistoryDeleted(asked.roomId() == null ? 7 : 1))),
                bus.serve(MatchmakingContract.BROWSE, answer((Browse asked) -> page)),
                bus.serve(MatchmakingContract.BROWSE_REEL, answer((BrowseReel asked) -> reel)),
                bus.serve(
                    PresenceContract.COUNT,
                    answer(asked -> new Counted(40 + counts.incrementAndGet(), 20, 2, 1))),
                bus.serve(
                    PresenceContract.LOCATE,
                    answer(
                        asked ->
                            new Located(
                                asked.userIds().stream()
                                    .map(
                                        userId ->
                                            new Location(
                                                userId,
                                                state,
                                                null,
                                                primaries.get(userId),
                                                List.of()))
                                    .toList()))),
                bus.serve(SignalingContract.ICE_SERVERS, answer(asked -> ice)),
                bus.serve(
                    SignalingContract.ICE_STATUS,
                    answer(asked -> new IceStatus(true, false, true))),
                introductions.serve(this),
                payments.serve(this),
                moderation.serve(this),
                admins.serve(this),
                media.serve(this),
                serveHealth("presence"),
                serveHealth("matchmaking"),
                serveHealth("signaling"),
                serveHealth("user")))
        .mapEmpty();
  }

  Future<Void> stop() {
    return bus.close();
  }

  /** Each section of the real one, by name. */
  volatile Exported exported =
      new Exported(
          Instant.parse("2026-01-01T00:00:00Z"),
          Stream.of(
                  "account",
                  "sessions",
                  "history",
                  "calls",
                  "credits",
                  "cooldowns",
                  "codesMade",
                  "codesUsed",
                  "payments",
                  "checkouts",
                  "introductionLinks",
                  "introductions",
                  "reportsMade",
                  "blocks",
                  "bans",
                  "media",
                  "uploads",
                  "passwordResets",
                  "announcementsMade",
                  "adminAccess")
              .map(name -> new Section(name, "[]", !name.equals("history")))
              .toList());

  private Future<Void> serveHealth(String name) {
    return bus.serve(
        HealthContract.HEALTH.at(name),
        answer(
            asked -> {
              healths.incrementAndGet();
              return health.get(name);
            }));
  }

  <Q extends Record, R extends Record> Future<Void> serve(
      Endpoint<Q, R> endpoint, Function<Q, R> handler) {
    return bus.serve(endpoint, answer(handler));
  }

  <Q extends Record, R> Function<Q, Future<R>> answer(Function<Q, R> handler) {
    return asked -> {
      heard.add(asked);
      return down || (presenceDown && asked instanceof PresenceContract.Locate)
          ? Future.failedFuture(ServiceFailure.unavailable("down"))
          : Future.succeededFuture(handler.apply(asked));
    };
  }

  private Authenticated authenticate(UserContract.Authenticate asked) {
    authentications.incrementAndGet();
    return sessions.getOrDefault(asked.tokenHash(), new Authenticated(Verdict.UNKNOWN, null));
  }

  private SessionsListed listSessions(ListSessions asked) {
    return new SessionsListed(
        sessions.values().stream()
            .map(Authenticated::session)
            .filter(session -> session != null && session.userId().equals(asked.userId()))
            .map(
                session ->
                    new OwnSession(session.sessionId(), "a phone", "192.0.2.0/24", THEN, THEN))
            .toList());
  }

  private GotAccount saveSocials(SaveSocials asked) {
    Account old = account;
    account =
        new Account(
            old.person(),
            old.permanent(),
            old.email(),
            asked.socials(),
            old.createdAt(),
            old.metrics(),
            old.streakDays(),
            old.paidStatus(),
            old.paidAt(),
            old.qrUnlocked(),
            old.qrUnlockedAt(),
            old.successfulSessions(),
            old.banStatus(),
            old.inviteCodeUsed(),
            old.myInviteCode());
    return new GotAccount(accountGone ? null : account);
  }

  private static History history() {
    return new History(
        List.of(
            new HistoryEntry(
                "session-1",
                UUID.fromString("33333333-3333-3333-3333-333333333333"),
                BERT.userId(),
                BERT.name(),
                THEN,
                61,
                List.of(
                    new CallMessage(ANNA.userId(), THEN, "1 < 2 > 0", null),
                    new CallMessage(BERT.userId(), THEN, null, Map.of("discord", "bert")),
                    new CallMessage(null, THEN, "Bert left", null)))));
  }

  static Session session(PaidStatus paid) {
    return session(paid, false);
  }

  static Session admin() {
    return session(PaidStatus.UNPAID, true);
  }

  private static Session session(PaidStatus paid, boolean admin) {
    Person person = new Person(UUID.randomUUID(), "Somebody", Gender.UNSPECIFIED, null, null);
    return new Session(
        UUID.randomUUID(),
        person,
        false,
        paid,
        BanStatus.NONE,
        admin,
        Instant.parse("2100-01-01T00:00:00Z"));
  }

  static SignedUp signedUp(String token, Session session, Person target, String code) {
    return new SignedUp(SignUpOutcome.SIGNED_UP, token, session, target, code);
  }

  static Account account(PaidStatus paid, boolean qrUnlocked, OwnCode code) {
    return new Account(
        ANNA,
        true,
        "anna@example.org",
        Map.of("instagram", "anna"),
        THEN,
        new Metrics(120, 2, List.of(new Metrics.PastSession(THEN, 60))),
        null,
        paid,
        paid == PaidStatus.PAID ? THEN : null,
        qrUnlocked,
        null,
        3,
        BanStatus.NONE,
        "ABCDEFGH12345678",
        code);
  }
}
