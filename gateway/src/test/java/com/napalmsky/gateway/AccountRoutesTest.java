package com.napalmsky.gateway;

import static com.napalmsky.gateway.FakeServices.DISPLACED;
import static com.napalmsky.gateway.FakeServices.PAID;
import static com.napalmsky.gateway.FakeServices.THEN;
import static com.napalmsky.gateway.FakeServices.UNPAID;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.TestGateway.Reply;
import com.napalmsky.shared.contract.user.AccountContract.ChangeOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ChangePassword;
import com.napalmsky.shared.contract.user.AccountContract.DeleteAccount;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestOutcome;
import com.napalmsky.shared.contract.user.AccountContract.RequestReset;
import com.napalmsky.shared.contract.user.AccountContract.ResetOutcome;
import com.napalmsky.shared.contract.user.AccountContract.ResetPassword;
import com.napalmsky.shared.contract.user.SessionContract.EndSession;
import com.napalmsky.shared.contract.user.SessionContract.LogOutEverywhere;
import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The own sessions, the own password and the end of the own account. */
@ExtendWith(VertxExtension.class)
class AccountRoutesTest {

  private static final String CHANGE =
      "{\"currentPassword\":\" old pass \",\"newPassword\":\"new password\"}";

  private TestGateway gateway;
  private FakeServices services;

  @BeforeEach
  void start(Vertx vertx) {
    gateway = TestGateway.start(vertx, "GATEWAY_LIMIT_AUTH_FAILURES", "0");
    services = gateway.services;
  }

  private <T> T heard(Class<T> type) {
    return services.heard.stream().filter(type::isInstance).map(type::cast).findFirst().get();
  }

  @CanIgnoreReturnValue
  private Reply deleteAs(String token, String path, String body) {
    return gateway.send(
        "DELETE",
        path,
        body,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "application/json");
  }

  @Test
  void theOwnSessionsAreToldAndWhichOneAsks() {
    UUID mine = services.sessionOf(PAID).sessionId();

    JsonNode sessions = gateway.getAs(PAID, "/user/me/sessions").json().path("sessions");

    assertThat(sessions).hasSize(1);
    assertThat(sessions.get(0).path("id").asText()).isEqualTo(mine.toString());
    assertThat(sessions.get(0).path("current").asBoolean()).isTrue();
    assertThat(sessions.get(0).path("device").asText()).isEqualTo("a phone");
    assertThat(sessions.get(0).path("ip").asText()).isEqualTo("192.0.2.0/24");
    assertThat(sessions.get(0).path("lastActiveAt").asLong()).isEqualTo(THEN.toEpochMilli());
  }

  @Test
  void whoseSessionIsEndedComesFromTheSessionThatAsks() {
    UUID other = UUID.randomUUID();

    assertThat(deleteAs(PAID, "/user/me/sessions/" + other, null).status()).isEqualTo(200);

    assertThat(heard(EndSession.class))
        .isEqualTo(new EndSession(services.sessionOf(PAID).userId(), other));
  }

  @Test
  void aSessionOfAnotherIsNotFound() {
    services.sessionFound = false;

    assertThat(deleteAs(PAID, "/user/me/sessions/" + UUID.randomUUID(), null).status())
        .isEqualTo(404);
  }

  @Test
  void whatIsNoIdIsRefusedByItsName() {
    Reply reply = deleteAs(PAID, "/user/me/sessions/mine", null);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("id ");
    assertThat(services.heard).noneMatch(EndSession.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"'',false", "{},false", "'{\"keepCurrent\":true}',true"})
  void loggingOutEverywhereSparesTheOwnSessionOnlyWhenAsked(String body, boolean kept) {
    Reply reply = gateway.postAs(PAID, "/auth/logout-everywhere", body);

    assertThat(reply.json().path("endedCount").asInt()).isEqualTo(2);
    assertThat(heard(LogOutEverywhere.class))
        .isEqualTo(new LogOutEverywhere(TokenHash.of(PAID), kept));
    assertThat(gateway.getAs(PAID, "/user/me").status())
        .as("asked again, not remembered")
        .isEqualTo(401);
  }

  @Test
  void aWishOfTheWrongTypeIsRefusedByItsName() {
    Reply reply = gateway.postAs(PAID, "/auth/logout-everywhere", "{\"keepCurrent\":\"yes\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("keepCurrent ");
  }

  @Test
  void aDisplacedSessionHasNoSayOverTheOthers() {
    assertThat(gateway.postAs(DISPLACED, "/auth/logout-everywhere", "{}").status()).isEqualTo(401);
    assertThat(services.heard).noneMatch(LogOutEverywhere.class::isInstance);

    services.everywhereAllowed = false;
    assertThat(gateway.postAs(PAID, "/auth/logout-everywhere", "{}").error())
        .as("displaced a moment ago")
        .contains("Invalid or expired session");
  }

  @ParameterizedTest
  @CsvSource({
    "CHANGED,200",
    "SESSION_REFUSED,401",
    "NO_PASSWORD,409",
    "PASSWORD_INVALID,400",
    "PASSWORD_WRONG,403"
  })
  void everyOutcomeOfAChangeHasItsStatus(ChangeOutcome outcome, int status) {
    services.changeOutcome = outcome;

    Reply reply = gateway.postAs(PAID, "/auth/password/change", CHANGE);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text()).doesNotContain("suspended").doesNotContain("banned");
    assertThat(heard(ChangePassword.class))
        .isEqualTo(new ChangePassword(TokenHash.of(PAID), " old pass ", "new password"));
  }

  @Test
  void aResetIsAskedForWithoutASession() {
    Reply reply = gateway.post("/auth/password/reset-request", "{\"email\":\"Anna@Example.org\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(heard(RequestReset.class)).isEqualTo(new RequestReset("Anna@Example.org"));
  }

  @Test
  void whatIsNoAddressGetsNoReset() {
    services.requestOutcome = RequestOutcome.EMAIL_INVALID;

    Reply reply = gateway.post("/auth/password/reset-request", "{\"email\":\"anna\"}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.error()).startsWith("email ");
  }

  @ParameterizedTest
  @CsvSource({"RESET,200", "TOKEN_UNKNOWN,400", "TOKEN_OVER,410", "PASSWORD_INVALID,400"})
  void everyOutcomeOfAResetHasItsStatus(ResetOutcome outcome, int status) {
    services.resetOutcome = outcome;

    Reply reply =
        gateway.post(
            "/auth/password/reset", "{\"token\":\"of the link\",\"newPassword\":\"12345678\"}");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(heard(ResetPassword.class))
        .isEqualTo(new ResetPassword(TokenHash.of("of the link"), "12345678"));
  }

  @Test
  void afterAResetTheOldTokensAreWorthNothing() {
    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(200);
    services.resetUser = services.sessionOf(PAID).userId();
    services.sessions.remove(TokenHash.of(PAID));

    gateway.post("/auth/password/reset", "{\"token\":\"t\",\"newPassword\":\"12345678\"}");

    assertThat(gateway.getAs(PAID, "/user/me").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"DELETED,200", "SESSION_REFUSED,401", "PASSWORD_NEEDED,400", "PASSWORD_WRONG,403"})
  void everyOutcomeOfADeletionHasItsStatus(DeletionOutcome outcome, int status) {
    services.deletionOutcome = outcome;

    Reply reply = deleteAs(PAID, "/user/me", "{\"currentPassword\":\"my password\"}");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(heard(DeleteAccount.class))
        .isEqualTo(new DeleteAccount(TokenHash.of(PAID), "my password"));
  }

  @Test
  void aGuestDeletesHisAccountWithoutABodyAndHisTokenIsWorthNothing() {
    assertThat(gateway.getAs(UNPAID, "/user/me").status()).isEqualTo(200);

    Reply reply = gateway.send("DELETE", "/user/me", null, "Authorization", UNPAID);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(heard(DeleteAccount.class).currentPassword()).isNull();
    assertThat(gateway.getAs(UNPAID, "/user/me").status()).isEqualTo(401);
  }
}
