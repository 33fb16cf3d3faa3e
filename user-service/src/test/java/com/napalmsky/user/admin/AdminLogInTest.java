package com.napalmsky.user.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.napalmsky.shared.contract.user.AdminContract.AdminLogInOutcome;
import com.napalmsky.shared.contract.user.AdminContract.AdminLoggedIn;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AdminContract.LogInAdmin;
import com.napalmsky.shared.contract.user.AdminContract.LogOutAdmin;
import com.napalmsky.shared.contract.user.AdminContract.NoteRefusal;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.LinkOutcome;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.admin.AdminRules.First;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdminLogInTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static final String PASSWORD = "an admin's password";
  private static int admins;

  private String name;

  @BeforeEach
  void anAdmin() {
    name = "root" + ++admins;
    ensure(PASSWORD);
    stage.forgetAnnouncements();
  }

  private void ensure(String password) {
    UserStage.await(stage.firstAdmin().ensure(new First(name, password)));
  }

  private AdminLoggedIn logIn(String username, String password) {
    return UserStage.await(
        stage.adminLogIns().logIn(new LogInAdmin(username, password, UserStage.ORIGIN)));
  }

  private List<AuditEntry> audit(String action) {
    return UserStage.await(
            stage.audit().list(new ListAudit(null, adminId().toString(), action, null, 200, null)))
        .entries();
  }

  private UUID adminId() {
    return stage
        .sql("SELECT user_id FROM admin_credentials WHERE username = $1", name)
        .get(0)
        .getUUID(0);
  }

  @Test
  void anAdminGetsAShortSessionThatUseDoesNotProlong() {
    AdminLoggedIn reply = logIn(name.toUpperCase(), PASSWORD);

    assertThat(reply.outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
    assertThat(reply.username()).isEqualTo(name);
    assertThat(stage.authenticate(reply.token()).session().admin()).isTrue();
    stage.timers.advance(Duration.ofHours(7));
    assertThat(stage.authenticate(reply.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    stage.timers.advance(Duration.ofHours(1));
    assertThat(stage.authenticate(reply.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anAdminsSessionCannotBeMadeAPersonsLongOne() {
    AdminLoggedIn reply = logIn(name, PASSWORD);

    assertThat(stage.link(reply.token(), name + "@example.org", PASSWORD, null))
        .isEqualTo(LinkOutcome.SESSION_REFUSED);
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreRefusedAlike() {
    assertThat(logIn(name, "wrong")).isEqualTo(logIn("nobody", "wrong"));
    assertThat(audit("admin.log-in-refused"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actorId()).isNull();
              assertThat(entry.ip()).isEqualTo(UserStage.ORIGIN.ip());
            });
  }

  @Test
  void wrongPasswordsLockTheNameForAWhileEvenForTheRightOne() {
    IntStream.range(0, 6).forEach(i -> assertRefused());

    AdminLoggedIn locked = logIn(name, PASSWORD);
    assertThat(locked.outcome()).isEqualTo(AdminLogInOutcome.LOCKED);
    assertThat(locked.lockedUntil()).isEqualTo(stage.timers.now().plus(Duration.ofMinutes(10)));
    assertThat(audit("admin.log-in-locked")).hasSize(1);

    stage.timers.advance(Duration.ofMinutes(10));
    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
  }

  @Test
  void theRightPasswordForgetsTheWrongOnes() {
    IntStream.range(0, 5).forEach(i -> assertRefused());
    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
    IntStream.range(0, 5).forEach(i -> assertRefused());

    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
  }

  private void assertRefused() {
    assertThat(logIn(name, "wrong").outcome()).isEqualTo(AdminLogInOutcome.REFUSED);
  }

  @Test
  void whoIsNoAdminAnyMoreIsRefusedAtTheDoorAndBehindIt() {
    String token = logIn(name, PASSWORD).token();
    stage.sql("UPDATE users SET role = 'user' WHERE user_id = $1", adminId());

    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.REFUSED);
    assertThat(stage.authenticate(token).session().admin()).isFalse();
    assertThat(audit("admin.log-in-refused")).hasSize(1);
  }

  @Test
  void theNextStartMakesHimAdminAgainAndThatIsWrittenDown() {
    stage.sql("UPDATE users SET role = 'user' WHERE user_id = $1", adminId());

    ensure(PASSWORD);
    ensure(PASSWORD);

    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
    assertThat(audit("user.role-set")).hasSize(1);
  }

  @Test
  void aLogOutEndsTheSessionAndIsWrittenDownOnce() {
    String token = logIn(name, PASSWORD).token();
    String other = logIn(name, PASSWORD).token();
    stage.forgetAnnouncements();

    logOut(token);
    logOut(token);
    logOut("nobody's");

    assertThat(stage.authenticate(token).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.authenticate(other).verdict()).isEqualTo(Verdict.ACTIVE);
    // Told again when it had ended before, as the first telling may have failed.
    assertThat(stage.announced(SessionsEnded.class)).hasSize(2);
    assertThat(audit("admin.log-out"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actorId()).isEqualTo(adminId());
              assertThat(entry.ip()).isEqualTo("192.0.2.8");
            });
  }

  private static void logOut(String token) {
    assertThat(
            UserStage.await(
                stage.adminLogOuts().logOut(new LogOutAdmin(TokenHash.of(token), "192.0.2.8"))))
        .isNotNull();
  }

  @Test
  void aRefusalOnAnAdminsRouteTellsWhoseTheTokenWasAsFarAsAnybodyKnows() {
    SignedUp guest = stage.signUp("Guest " + name);
    String expired = logIn(name, PASSWORD).token();
    stage.timers.advance(Duration.ofHours(8));
    String loggedOut = logIn(name, PASSWORD).token();
    logOut(loggedOut);
    String address = name + "@example.org";
    SignedUp person = stage.signUp("Person " + name);
    stage.link(person.token(), address, PASSWORD, null);
    String displaced = stage.logIn(address, PASSWORD).token();
    String banned = stage.logIn(address, PASSWORD).token();
    stage.sql(
        "UPDATE users SET ban_status = 'permanent' WHERE user_id = $1", person.session().userId());
    String route = "GET /" + name;

    for (String token : List.of("forged", guest.token(), expired, loggedOut, displaced, banned)) {
      assertThat(
              UserStage.await(
                  stage
                      .adminRefusals()
                      .note(new NoteRefusal(TokenHash.of(token), route, "192.0.2.8"))))
          .isNotNull();
    }

    assertThat(
            UserStage.await(
                    stage.audit().list(new ListAudit(null, route, "admin.refused", null, 9, null)))
                .entries())
        .extracting(entry -> entry.details().get("because"), AuditEntry::actorId, AuditEntry::ip)
        .containsExactly(
            tuple("banned", person.session().userId(), "192.0.2.8"),
            tuple("displaced", person.session().userId(), "192.0.2.8"),
            tuple("logged_out", adminId(), "192.0.2.8"),
            tuple("expired", adminId(), "192.0.2.8"),
            tuple("not_admin", guest.session().userId(), "192.0.2.8"),
            tuple("unknown", null, "192.0.2.8"));
  }

  @Test
  void theSameSettingsAtTheNextStartChangeNothing() {
    String token = logIn(name, PASSWORD).token();

    ensure(PASSWORD);

    assertThat(stage.authenticate(token).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(audit("admin.made")).hasSize(1);
  }

  @Test
  void anotherPasswordInTheSettingsReplacesTheOldOneAndEndsItsSessions() {
    String token = logIn(name, PASSWORD).token();

    ensure("another password");

    assertThat(stage.authenticate(token).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.announced(SessionsEnded.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.end()).isEqualTo(SessionEnd.LOGGED_OUT));
    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.REFUSED);
    assertThat(logIn(name, "another password").outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
  }

  @Test
  void ofManyInstancesThatStartAtOnceOneMakesTheAdmin() {
    name = "together" + admins;
    UserStage.await(
        Future.join(
            IntStream.range(0, 8)
                .mapToObj(i -> stage.firstAdmin().ensure(new First(name, PASSWORD)))
                .toList()));

    assertThat(stage.count("SELECT count(*) FROM users WHERE name = $1", name)).isEqualTo(1);
    assertThat(logIn(name, PASSWORD).outcome()).isEqualTo(AdminLogInOutcome.LOGGED_IN);
  }

  @Test
  void theDatabaseRefusesAnotherHistory() {
    for (String rewrite :
        List.of(
            "UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log")) {
      assertThatThrownBy(() -> stage.sql(rewrite)).hasMessageContaining("append-only");
    }
  }

  @Test
  void theLogIsReadPageByPageNewestFirst() {
    IntStream.range(0, 5).forEach(i -> assertRefused());

    var first =
        UserStage.await(
            stage
                .audit()
                .list(
                    new ListAudit(
                        null, adminId().toString(), "admin.log-in-refused", null, 3, null)));
    var second =
        UserStage.await(
            stage
                .audit()
                .list(
                    new ListAudit(
                        null,
                        adminId().toString(),
                        "admin.log-in-refused",
                        first.next(),
                        3,
                        null)));

    assertThat(first.entries())
        .hasSize(3)
        .isSortedAccordingTo((a, b) -> Long.compare(b.entryId(), a.entryId()));
    assertThat(second.entries()).hasSize(2).doesNotContainAnyElementsOf(first.entries());
    assertThat(second.next()).isNull();
  }

  @Test
  void theLogIsReadFromAnInstantOn() {
    assertRefused();
    Instant then = stage.timers.now().plusSeconds(1);
    stage.timers.advance(Duration.ofSeconds(1));
    assertRefused();

    assertThat(before(then)).hasSize(1);
    assertThat(before(then.plusSeconds(1))).hasSize(2);
  }

  private List<AuditEntry> before(Instant instant) {
    return UserStage.await(
            stage
                .audit()
                .list(
                    new ListAudit(
                        null, adminId().toString(), "admin.log-in-refused", null, 200, instant)))
        .entries();
  }

  @Test
  void settingsThatNameHalfAnAdminAreRefusedByName() {
    assertThatThrownBy(() -> rules(Map.of("ADMIN_USERNAME", "root")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("ADMIN_PASSWORD");
    assertThatThrownBy(() -> rules(Map.of("ADMIN_PASSWORD", PASSWORD)))
        .hasMessageContaining("ADMIN_USERNAME");
    assertThatThrownBy(() -> rules(Map.of("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", "short")))
        .hasMessageContaining("ADMIN_PASSWORD");
    assertThat(rules(Map.of()).first()).isNull();
    assertThat(rules(Map.of("ADMIN_USERNAME", "root", "ADMIN_PASSWORD", PASSWORD)).toString())
        .doesNotContain(PASSWORD);
  }

  private static AdminRules rules(Map<String, String> environment) {
    return AdminRules.from(new Settings(environment));
  }
}
