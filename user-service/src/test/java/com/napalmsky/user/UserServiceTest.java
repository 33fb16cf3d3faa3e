package com.napalmsky.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.AccountContract;
import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.DeleteAccount;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetPassword;
import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.CodeContract;
import com.napalmsky.shared.contract.user.CodeContract.ApplyCode;
import com.napalmsky.shared.contract.user.CodeContract.ApplyOutcome;
import com.napalmsky.shared.contract.user.CodeContract.DeactivateCode;
import com.napalmsky.shared.contract.user.CodeContract.GenerateCode;
import com.napalmsky.shared.contract.user.CodeContract.ListCodes;
import com.napalmsky.shared.contract.user.CodeContract.ListedCode;
import com.napalmsky.shared.contract.user.CodeContract.ValidateCode;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.FindLink;
import com.napalmsky.shared.contract.user.IntroductionContract.FollowLink;
import com.napalmsky.shared.contract.user.IntroductionContract.GetIntroductions;
import com.napalmsky.shared.contract.user.IntroductionContract.GetLinks;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.MakeLink;
import com.napalmsky.shared.contract.user.IntroductionContract.MarkRead;
import com.napalmsky.shared.contract.user.IntroductionContract.RemoveIntroduction;
import com.napalmsky.shared.contract.user.IntroductionContract.RevokeLink;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.PaymentContract;
import com.napalmsky.shared.contract.user.PaymentContract.CheckoutOutcome;
import com.napalmsky.shared.contract.user.PaymentContract.CreateCheckout;
import com.napalmsky.shared.contract.user.PaymentContract.GetPaymentStatus;
import com.napalmsky.shared.contract.user.PaymentContract.ReceiveWebhook;
import com.napalmsky.shared.contract.user.PaymentContract.WebhookOutcome;
import com.napalmsky.shared.contract.user.SessionContract;
import com.napalmsky.shared.contract.user.SessionContract.EndSession;
import com.napalmsky.shared.contract.user.SessionContract.ListSessions;
import com.napalmsky.shared.contract.user.SessionContract.LogOutEverywhere;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.FindPerson;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Link;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.LogOut;
import com.napalmsky.shared.contract.user.UserContract.LoggedIn;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SaveSocials;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.shared.contract.user.UserContract.SignUp;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole service on a real bus, as a program composes it. */
@ExtendWith(VertxExtension.class)
class UserServiceTest {

  private TypedBus bus;

  @BeforeEach
  void deployed(Vertx vertx) {
    bus = new TypedBus(vertx);
    UserStage.await(
        UserService.deploy(
            vertx,
            UserConfig.from(
                new Settings(
                    Map.of(
                        "DATABASE_URL",
                        TestPostgres.freshUrl(),
                        "USER_INSTANCES",
                        "2",
                        "USER_PASSWORD_COST",
                        "10")))));
  }

  @CanIgnoreReturnValue
  private <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request) {
    return UserStage.await(bus.request(endpoint, request));
  }

  @Test
  void everyOperationIsServedAndItsFactsAreHeard() {
    Promise<CooldownStarted> heard = Promise.promise();
    UserStage.await(bus.subscribe(UserContract.COOLDOWN_STARTED, heard::tryComplete));
    SignedUp ada = signUp("Ada");
    SignedUp ben = signUp("Ben");
    UUID adaId = ada.session().userId();
    UUID benId = ben.session().userId();
    String hash = TokenHash.of(ada.token());
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    UUID room = UUID.randomUUID();

    assertThat(ask(UserContract.AUTHENTICATE, new Authenticate(hash)).verdict())
        .isEqualTo(Verdict.ACTIVE);
    assertThat(
            ask(UserContract.LINK, new Link(hash, "ada@example.org", UserStage.PASSWORD, null))
                .outcome())
        .isEqualTo(LinkOutcome.LINKED);
    assertThat(
            ask(
                    UserContract.LOG_IN,
                    new LogIn("ada@example.org", UserStage.PASSWORD, UserStage.ORIGIN))
                .outcome())
        .isEqualTo(LogInOutcome.LOGGED_IN);
    assertThat(ask(UserContract.LOG_OUT, new LogOut(hash))).isNotNull();
    assertThat(ask(UserContract.GET_ACCOUNT, new GetAccount(adaId)).account().email())
        .isEqualTo("ada@example.org");
    assertThat(
            ask(UserContract.SAVE_SOCIALS, new SaveSocials(adaId, Map.of("discord", "ada")))
                .account()
                .socials())
        .containsEntry("discord", "ada");
    assertThat(ask(UserContract.FIND_PERSON, new FindPerson(benId)).person().name())
        .isEqualTo("Ben");
    assertThat(
            ask(
                    UserContract.SET_COOLDOWN,
                    new SetCooldown(adaId, benId, now.plusSeconds(600), CooldownReason.TIMEOUT))
                .until())
        .isEqualTo(now.plusSeconds(600));
    assertThat(
            ask(
                    UserContract.RECORD_CALL,
                    new RecordCall(
                        room,
                        "session-" + room,
                        adaId,
                        benId,
                        now.minusSeconds(60),
                        now,
                        60,
                        EndReason.COMPLETED,
                        List.of()))
                .members())
        .hasSize(2);
    assertThat(ask(UserContract.GET_HISTORY, new GetHistory(benId, null, 10)).entries()).hasSize(1);
    assertThat(ask(UserContract.GET_OVERLAY, new GetOverlay(benId)).cooldowns()).hasSize(1);
    assertThat(UserStage.await(heard.future()).until()).isEqualTo(now.plusSeconds(600));
  }

  @Test
  void codesAndPaymentsAreServed() {
    UUID ada = signUp("Ada").session().userId();
    UUID ben = signUp("Ben").session().userId();
    Actor actor = new Actor(ada, "192.0.2.1");

    String code = ask(CodeContract.GENERATE_CODE, new GenerateCode(actor, "Flyer", null)).code();
    assertThat(ask(CodeContract.VALIDATE_CODE, new ValidateCode(code)).createdBy())
        .isEqualTo("Flyer");
    assertThat(ask(CodeContract.APPLY_CODE, new ApplyCode(ben, code)).outcome())
        .isEqualTo(ApplyOutcome.APPLIED);
    assertThat(ask(CodeContract.DEACTIVATE_CODE, new DeactivateCode(actor, code)).found()).isTrue();
    assertThat(ask(CodeContract.LIST_CODES, new ListCodes(null, 5, null, null, null)).codes())
        .extracting(ListedCode::code, ListedCode::totalUsed, ListedCode::active)
        .containsExactly(tuple(code, 1, false));
    assertThat(ask(PaymentContract.PAYMENT_STATUS, new GetPaymentStatus(ben)).account())
        .extracting(Account::paidStatus, Account::inviteCodeUsed)
        .containsExactly(PaidStatus.QR_GRACE_PERIOD, code);
    assertThat(ask(PaymentContract.CREATE_CHECKOUT, new CreateCheckout(ben)).outcome())
        .isEqualTo(CheckoutOutcome.NOT_CONFIGURED);
    assertThat(
            ask(PaymentContract.RECEIVE_WEBHOOK, ReceiveWebhook.of(new byte[0], "t=1")).outcome())
        .isEqualTo(WebhookOutcome.NOT_CONFIGURED);
  }

  @Test
  void introductionsAreServedAndTheirFactsAreHeard() {
    Promise<OverlayChanged> heard = Promise.promise();
    UserStage.await(bus.subscribe(UserContract.OVERLAY_CHANGED, heard::tryComplete));
    UUID ada = signUp("Ada").session().userId();
    UUID ben = signUp("Ben").session().userId();
    UUID eve = signUp("Eve").session().userId();

    String code = ask(IntroductionContract.MAKE_LINK, new MakeLink(ben, ada)).code();
    assertThat(ask(IntroductionContract.FIND_LINK, new FindLink(code, null)).introducedBy())
        .isEqualTo("Ben");
    assertThat(ask(IntroductionContract.GET_LINKS, new GetLinks(ada)).links()).hasSize(1);
    assertThat(ask(IntroductionContract.FOLLOW_LINK, new FollowLink(code, eve)).introduced())
        .isTrue();
    assertThat(UserStage.await(heard.future()).viewerIds()).containsExactly(ada);
    assertThat(ask(IntroductionContract.GET_INTRODUCTIONS, new GetIntroductions(ada)).newcomers())
        .hasSize(1);
    assertThat(
            ask(IntroductionContract.GET_NOTIFICATIONS, new GetNotifications(ada, false))
                .notifications())
        .isEmpty();
    assertThat(ask(IntroductionContract.MARK_READ, new MarkRead(ada, eve))).isNotNull();
    assertThat(
            ask(IntroductionContract.REMOVE_INTRODUCTION, new RemoveIntroduction(ada, eve)).known())
        .isTrue();
    assertThat(ask(IntroductionContract.REVOKE_LINK, new RevokeLink(ada, code)).known()).isTrue();
  }

  @Test
  void everyOperationOnTheOwnAccountIsServed() {
    SignedUp ada = signUp("Ada");
    UUID adaId = ada.session().userId();
    String hash = TokenHash.of(ada.token());
    ask(UserContract.LINK, new Link(hash, "ada@example.org", UserStage.PASSWORD, null));

    assertThat(ask(SessionContract.LIST_SESSIONS, new ListSessions(adaId)).sessions()).hasSize(1);
    assertThat(ask(SessionContract.END_SESSION, new EndSession(adaId, UUID.randomUUID())).found())
        .isFalse();
    assertThat(ask(SessionContract.LOG_OUT_EVERYWHERE, new LogOutEverywhere(hash, true)).allowed())
        .isTrue();
    assertThat(
            ask(
                    AccountContract.CHANGE_PASSWORD,
                    new ChangePassword(hash, UserStage.PASSWORD, "another battery"))
                .outcome())
        .isEqualTo(ChangeOutcome.CHANGED);
    assertThat(ask(AccountContract.REQUEST_RESET, new RequestReset("ada@example.org")).outcome())
        .isEqualTo(RequestOutcome.ACCEPTED);
    assertThat(
            ask(AccountContract.RESET_PASSWORD, new ResetPassword(hash, "a third battery"))
                .outcome())
        .isEqualTo(ResetOutcome.TOKEN_UNKNOWN);
    assertThat(
            ask(AccountContract.DELETE_ACCOUNT, new DeleteAccount(hash, "another battery"))
                .outcome())
        .isEqualTo(DeletionOutcome.DELETED);
  }

  @Test
  void whatNeedsNoPasswordIsAnsweredWhileAllPasswordWorkersAreBusy(Vertx vertx) throws Exception {
    SignedUp ada = signUp("Ada");
    String hash = TokenHash.of(ada.token());
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(2);
    // The same workers by their name: what the service has of them, it shares with this test.
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("user-passwords", 2);
    for (int i = 0; i < 2; i++) {
      var unused =
          workers.executeBlocking(
              () -> {
                busy.countDown();
                return release.await(60, TimeUnit.SECONDS);
              },
              false);
    }
    assertThat(busy.await(30, TimeUnit.SECONDS)).as("both workers are taken").isTrue();

    List<Future<LoggedIn>> logIns =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    bus.request(
                        UserContract.LOG_IN,
                        new LogIn("nobody@example.org", "wrong password", UserStage.ORIGIN)))
            .toList();
    for (int i = 0; i < 50; i++) {
      assertThat(ask(UserContract.AUTHENTICATE, new Authenticate(hash)).verdict())
          .isEqualTo(Verdict.ACTIVE);
    }

    assertThat(logIns).as("none could be looked at").noneMatch(Future::isComplete);
    release.countDown();
    UserStage.await(Future.join(logIns));
    assertThat(logIns)
        .extracting(logIn -> logIn.result().outcome())
        .containsOnly(LogInOutcome.REFUSED);
  }

  private SignedUp signUp(String name) {
    return ask(
        UserContract.SIGN_UP, new SignUp(name, Gender.UNSPECIFIED, null, null, UserStage.ORIGIN));
  }

  @Test
  void healthNamesTheDatabaseAndEachBound() {
    Health health = ask(HealthContract.HEALTH.at("user"), new Ask());

    assertThat(health.ready()).isTrue();
    assertThat(health.details())
        .containsEntry("postgresql", "connected")
        .containsEntry("postgresql.pool.max", "10")
        .containsEntry("passwords.pending", "0")
        .containsEntry("passwords.pending.max", "66")
        .containsEntry("stripe", "not configured")
        .containsEntry("stripe.pending", "0")
        .containsEntry("stripe.pending.max", "32")
        .containsKey("postgresql.pool");
  }
}
