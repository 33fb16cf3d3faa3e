package com.napalmsky.user;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.Link;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.account.Deletions;
import com.napalmsky.user.account.Links;
import com.napalmsky.user.account.LogIns;
import com.napalmsky.user.account.PasswordChanges;
import com.napalmsky.user.account.SignUps;
import com.napalmsky.user.admin.AdminLogIns;
import com.napalmsky.user.admin.AdminLogOuts;
import com.napalmsky.user.admin.FirstAdmin;
import com.napalmsky.user.admin.Inspections;
import com.napalmsky.user.admin.Refusals;
import com.napalmsky.user.admin.Roles;
import com.napalmsky.user.admin.UserSearch;
import com.napalmsky.user.announcement.Announcing;
import com.napalmsky.user.audit.AuditLog;
import com.napalmsky.user.ban.BanAnnouncements;
import com.napalmsky.user.ban.BanInquiries;
import com.napalmsky.user.ban.SignedOutAppeals;
import com.napalmsky.user.block.Blocks;
import com.napalmsky.user.call.CallRecords;
import com.napalmsky.user.call.History;
import com.napalmsky.user.code.AdminCodes;
import com.napalmsky.user.code.Redemptions;
import com.napalmsky.user.cooldown.Cooldowns;
import com.napalmsky.user.credential.PasswordRules;
import com.napalmsky.user.credential.Passwords;
import com.napalmsky.user.database.Database;
import com.napalmsky.user.database.Migrations;
import com.napalmsky.user.export.Exports;
import com.napalmsky.user.introduction.IntroductionLinks;
import com.napalmsky.user.introduction.Introductions;
import com.napalmsky.user.introduction.Notifications;
import com.napalmsky.user.ipban.IpBans;
import com.napalmsky.user.mail.TestMailer;
import com.napalmsky.user.overlay.Overlays;
import com.napalmsky.user.payment.Paying;
import com.napalmsky.user.payment.StripeApi;
import com.napalmsky.user.profile.Profiles;
import com.napalmsky.user.report.Reports;
import com.napalmsky.user.reset.PasswordResets;
import com.napalmsky.user.reset.ResetMails;
import com.napalmsky.user.reset.ResetRequests;
import com.napalmsky.user.retention.AdvisoryLockElection;
import com.napalmsky.user.retention.Election;
import com.napalmsky.user.retention.Housekeeping;
import com.napalmsky.user.retention.SweepCounts;
import com.napalmsky.user.reunion.Reunions;
import com.napalmsky.user.review.Cases;
import com.napalmsky.user.review.Reviews;
import com.napalmsky.user.session.OwnSessions;
import com.napalmsky.user.session.Sessions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The features on a fresh database, with time that stands still and a bus that remembers. To be
 * registered as a static extension; closed after its class.
 */
public final class UserStage implements AfterAllCallback {

  public static final Origin ORIGIN = new Origin("192.0.2.1", "test");
  public static final String PASSWORD = "correct horse battery";

  private static final long PATIENCE_SECONDS = 30;

  private final Map<String, String> environment = new HashMap<>();
  private final Queue<Record> announced = new ConcurrentLinkedQueue<>();
  private final Map<String, Function<Record, Record>> others = new ConcurrentHashMap<>();
  private Vertx vertx;
  private UserConfig config;
  private Database database;
  private Passwords passwords;
  private StripeApi stripe;

  public final ManualTimers timers = new ManualTimers();
  public final TestMailer mailer = new TestMailer();
  private UserFeatures features;

  public UserStage(String... settings) {
    environment.put("DATABASE_URL", TestPostgres.freshUrl());
    // Nothing here is about time limits, and a busy machine must not end a hundred writers early.
    environment.put("USER_CONNECT_TIMEOUT_MILLIS", "25000");
    environment.put("USER_QUERY_TIMEOUT_MILLIS", "25000");
    environment.put("USER_TRANSACTION_TIMEOUT_MILLIS", "25000");
    // Time stands still here, and a rest would never end.
    environment.put("USER_SWEEP_REST_MILLIS", "0");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    start();
  }

  private void start() {
    vertx = Vertx.vertx();
    UserConfig read = UserConfig.from(new Settings(environment));
    // A cost of 4 instead of 12: the tests are about what happens, not about how long it takes.
    config =
        new UserConfig(
            read.database(),
            read.accessMode(),
            read.sessions(),
            new PasswordRules(read.passwords().workers(), read.passwords().queue(), 4),
            read.resets(),
            read.mail(),
            read.calls(),
            read.admins(),
            read.payments(),
            read.introductions(),
            read.media(),
            read.exports(),
            read.overlayMost(),
            read.moderation(),
            read.sweep(),
            read.instances());
    await(Migrations.run(vertx, config.database()));
    database = Database.open(vertx, config.database());
    passwords = Passwords.on(vertx, config.passwords());
    stripe = StripeApi.on(vertx, config.payments());
    features =
        UserFeatures.wire(
            database, passwords, stripe, mailer, new RememberingBus(), timers, config);
  }

  /** Ends everything but the database, and starts again on it. */
  public void restart() {
    await(vertx.close());
    start();
  }

  public SignUps signUps() {
    return features.signUps();
  }

  public Links links() {
    return features.links();
  }

  public LogIns logIns() {
    return features.logIns();
  }

  public Sessions sessions() {
    return features.sessions();
  }

  public OwnSessions ownSessions() {
    return features.ownSessions();
  }

  public PasswordChanges passwordChanges() {
    return features.passwordChanges();
  }

  public Deletions deletions() {
    return features.deletions();
  }

  public ResetRequests resetRequests() {
    return features.resetRequests();
  }

  public PasswordResets passwordResets() {
    return features.passwordResets();
  }

  public ResetMails resetMails() {
    return features.resetMails();
  }

  public Profiles profiles() {
    return features.profiles();
  }

  public History history() {
    return features.history();
  }

  public Overlays overlays() {
    return features.overlays();
  }

  public Cooldowns cooldowns() {
    return features.cooldowns();
  }

  public CallRecords calls() {
    return features.calls();
  }

  public Reunions reunions() {
    return features.reunions();
  }

  public AuditLog audit() {
    return features.audit();
  }

  public AdminLogOuts adminLogOuts() {
    return features.adminLogOuts();
  }

  public Refusals adminRefusals() {
    return features.adminRefusals();
  }

  public AdminLogIns adminLogIns() {
    return features.adminLogIns();
  }

  public UserSearch search() {
    return features.search();
  }

  public Inspections inspections() {
    return features.inspections();
  }

  public Roles roles() {
    return features.roles();
  }

  public Exports exports() {
    return features.exports();
  }

  public Announcing announcing() {
    return features.announcing();
  }

  public FirstAdmin firstAdmin() {
    return features.firstAdmin();
  }

  public Redemptions redemptions() {
    return features.redemptions();
  }

  public AdminCodes adminCodes() {
    return features.adminCodes();
  }

  public Paying paying() {
    return features.paying();
  }

  public StripeApi stripe() {
    return stripe;
  }

  public IntroductionLinks introductionLinks() {
    return features.introductionLinks();
  }

  public Introductions introductions() {
    return features.introductions();
  }

  public Notifications introductionNotifications() {
    return features.introductionNotifications();
  }

  public Blocks blocks() {
    return features.moderation().blocks();
  }

  public Reports reports() {
    return features.moderation().reports();
  }

  public BanInquiries banInquiries() {
    return features.moderation().inquiries();
  }

  public SignedOutAppeals signedOutAppeals() {
    return features.moderation().signedOutAppeals();
  }

  public BanAnnouncements banAnnouncements() {
    return features.moderation().announcements();
  }

  public Cases cases() {
    return features.moderation().cases();
  }

  public Reviews reviews() {
    return features.moderation().reviews();
  }

  public IpBans ipBans() {
    return features.moderation().ipBans();
  }

  /**
   * Sweeps once, everything that is swept in the service.
   *
   * @return how many rows
   */
  @CanIgnoreReturnValue
  public int sweep() {
    return await(features.sweep().run(() -> true));
  }

  public SweepCounts sweepCounts() {
    return features.sweep().counts();
  }

  /** Housekeeping as another instance would do it, on this database. */
  public Housekeeping housekeeping(Election election) {
    return new Housekeeping(election, features.sweep(), timers, config.sweep());
  }

  /** One more instance that stands for election here. */
  public AdvisoryLockElection election(Duration looks) {
    return AdvisoryLockElection.on(vertx, config.database(), looks);
  }

  /** Has another service answer, until the end of the stage. */
  public <Q extends Record, R extends Record> void answer(
      Endpoint<Q, R> endpoint, Function<Q, R> handler) {
    others.put(endpoint.address(), request -> handler.apply(endpoint.request().cast(request)));
  }

  /** Has all other services fall silent. */
  public void silence() {
    others.clear();
  }

  public Database database() {
    return database;
  }

  /** The result of a future within 30 s; its failure is thrown. */
  @CanIgnoreReturnValue
  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("no answer within " + PATIENCE_SECONDS + " s", late);
    }
  }

  /** Rows of a query. */
  @CanIgnoreReturnValue
  public List<Row> sql(String query, Object... values) {
    return await(
        database.read(
            connection ->
                connection
                    .preparedQuery(query)
                    .execute(Tuple.from(values))
                    .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())));
  }

  /** The number a query counts. */
  public long count(String query, Object... values) {
    return sql(query, values).get(0).getLong(0);
  }

  @CanIgnoreReturnValue
  public SignedUp signUp(String name) {
    return signUp(name, null, null);
  }

  @CanIgnoreReturnValue
  public SignedUp signUp(String name, String referralCode, String inviteCode) {
    return await(
        features
            .signUps()
            .signUp(new SignUp(name, Gender.UNSPECIFIED, referralCode, inviteCode, ORIGIN)));
  }

  @CanIgnoreReturnValue
  public UUID user(String name) {
    return signUp(name).session().userId();
  }

  @CanIgnoreReturnValue
  public LinkOutcome link(String token, String email, String password, String current) {
    return await(features.links().link(new Link(TokenHash.of(token), email, password, current)))
        .outcome();
  }

  /** A permanent account with {@link #PASSWORD}; its one session is that of the sign-up. */
  @CanIgnoreReturnValue
  public SignedUp member(String name, String email) {
    SignedUp signedUp = signUp(name);
    link(signedUp.token(), email, PASSWORD, null);
    return signedUp;
  }

  @CanIgnoreReturnValue
  public LoggedIn logIn(String email, String password) {
    return await(features.logIns().logIn(new LogIn(email, password, ORIGIN)));
  }

  public Authenticated authenticate(String token) {
    return await(features.sessions().authenticate(new Authenticate(TokenHash.of(token))));
  }

  public void code(String code, int uses) {
    sql(
        "INSERT INTO invite_codes (code, created_by_name, created_at, type, max_uses,"
            + " uses_remaining) VALUES ($1, 'x', now(), 'user', $2, $2)",
        code,
        uses);
  }

  /** Announcements of one type so far. */
  public <T extends Record> List<T> announced(Class<T> type) {
    return announced.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public void forgetAnnouncements() {
    announced.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    await(vertx.close());
  }

  private final class RememberingBus implements Bus {

    @Override
    public <Q extends Record, R extends Record> Future<R> request(
        Endpoint<Q, R> endpoint, Q request) {
      Function<Record, Record> other = others.get(endpoint.address());
      return other == null
          ? Future.failedFuture(ServiceFailure.unavailable(endpoint.address()))
          : Future.succeededFuture(endpoint.reply().cast(other.apply(request)));
    }

    @Override
    public <E extends Record> void publish(Topic<E> topic, E event) {
      announced.add(event);
    }
  }
}
