package com.napalmsky.importold;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Authenticate;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import com.napalmsky.shared.contract.user.UserContract.LogIn;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.UserConfig;
import com.napalmsky.user.UserService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was brought over is used as its owners will: by user-service as it runs. */
class LogInTest {

  // Made by another implementation of bcrypt than ours (libxcrypt).
  private static final String[] HASHES = {
    "$2b$12$abcdefghijklmnopqrstuuFDJRuYeKkCzo3Wy7h8SxhBSHBAHiPK2",
    "$2a$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu",
    "$2b$10$zyxwvutsrqponmlkjihgfeVhUeiP4FrIlJKYAwK7lJLO.g0JxDmyq",
    "$2a$08$zyxwvutsrqponmlkjihgfeDDoHB1FZ7KmuHf9ckhCge14bpi9UVti"
  };
  private static final UUID TOKEN = UUID.randomUUID();
  private static final UUID DISPLACED = UUID.randomUUID();

  private static Stage stage;
  private static Vertx vertx;
  private static UUID guest;
  private static UUID first;

  @BeforeAll
  static void anImportAndTheServiceOnIt() throws Exception {
    stage = new Stage();
    guest = stage.oldUser("Guest", "paid_status", "paid");
    for (int i = 0; i < HASHES.length; i++) {
      UUID user =
          stage.oldUser(
              "User " + i, "email", "User" + i + "@Example.org", "password_hash", HASHES[i]);
      first = i == 0 ? user : first;
    }
    // Far from now, whenever this runs: user-service asks the real clock.
    session(TOKEN, true);
    session(DISPLACED, false);
    stage.insert(
        "chat_history",
        "session_id",
        "session-1",
        "user_id",
        guest,
        "partner_id",
        first,
        "room_id",
        UUID.randomUUID(),
        "started_at",
        "2026-01-01 00:00:00",
        "duration",
        60,
        "messages",
        "[{\"from\":\""
            + guest
            + "\",\"timestamp\":1767225600000,\"text\":\"hi\"},"
            + "{\"from\":\""
            + first
            + "\",\"timestamp\":1767225600001,\"socials\":{\"tiktok\":"
            + "\"eve\"}}]");
    assertThat(stage.run().code()).isZero();
    stage.ours("UPDATE sessions SET expires_at = now() + interval '1 day'");
    vertx = Vertx.vertx();
    await(
        UserService.deploy(
            vertx,
            UserConfig.from(new Settings(Map.of("DATABASE_URL", TestPostgres.url(stage.ours))))));
  }

  private static void session(UUID token, boolean active) {
    stage.insert(
        "sessions",
        "session_token",
        token,
        "user_id",
        guest,
        "is_active",
        active,
        "created_at",
        "2026-01-10 00:00:00",
        "expires_at",
        "2026-02-10 00:00:00");
  }

  @AfterAll
  static void end() throws Exception {
    await(vertx.close());
  }

  @ParameterizedTest
  @CsvSource({
    "user0@example.org, correct horse, LOGGED_IN",
    "USER1@EXAMPLE.ORG, correct horse, LOGGED_IN",
    "user2@example.org, pässwörd ☃, LOGGED_IN",
    "user3@example.org, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, LOGGED_IN",
    "user0@example.org, wrong horse, REFUSED",
    "user4@example.org, correct horse, REFUSED"
  })
  void passwordsOfTheOldServerLogIn(String email, String password, LogInOutcome expected)
      throws Exception {
    var loggedIn =
        ask(UserContract.LOG_IN, new LogIn(email, password, new Origin("192.0.2.1", "test")));

    assertThat(loggedIn.outcome()).isEqualTo(expected);
  }

  @Test
  void aClientOfTheOldServerIsStillLoggedIn() throws Exception {
    var authenticated =
        ask(UserContract.AUTHENTICATE, new Authenticate(TokenHash.of(TOKEN.toString())));

    assertThat(authenticated.verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(authenticated.session().userId()).isEqualTo(guest);
  }

  @Test
  void aDisplacedClientIsToldSo() throws Exception {
    var authenticated =
        ask(UserContract.AUTHENTICATE, new Authenticate(TokenHash.of(DISPLACED.toString())));

    assertThat(authenticated.verdict()).isEqualTo(Verdict.DISPLACED);
  }

  @Test
  void bothMembersReadTheirHistory() throws Exception {
    for (UUID member : List.of(guest, first)) {
      var history = ask(UserContract.GET_HISTORY, new GetHistory(member, null, 10));

      assertThat(history.entries()).hasSize(1);
      HistoryEntry entry = history.entries().get(0);
      assertThat(entry.partnerId()).isEqualTo(member.equals(guest) ? first : guest);
      assertThat(entry.messages())
          .extracting(message -> message.from())
          .containsExactly(guest, first);
      assertThat(entry.messages().get(0).text()).isEqualTo("hi");
      assertThat(entry.messages().get(1).socials()).isEqualTo(Map.of("tiktok", "eve"));
    }
  }

  private static <Q extends Record, R extends Record> R ask(Endpoint<Q, R> endpoint, Q request)
      throws Exception {
    return await(new TypedBus(vertx).request(endpoint, request));
  }

  @CanIgnoreReturnValue
  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
