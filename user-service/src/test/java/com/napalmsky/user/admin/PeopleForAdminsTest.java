package com.napalmsky.user.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.AdminContract.AuditEntry;
import com.napalmsky.shared.contract.user.AdminContract.InspectUser;
import com.napalmsky.shared.contract.user.AdminContract.InspectedCall;
import com.napalmsky.shared.contract.user.AdminContract.Inspection;
import com.napalmsky.shared.contract.user.AdminContract.ListAudit;
import com.napalmsky.shared.contract.user.AdminContract.RoleOutcome;
import com.napalmsky.shared.contract.user.AdminContract.SearchUsers;
import com.napalmsky.shared.contract.user.AdminContract.SetRole;
import com.napalmsky.shared.contract.user.AdminContract.UserSummary;
import com.napalmsky.shared.contract.user.AdminContract.UsersFound;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PeopleForAdminsTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static final Actor ROOT = new Actor(UUID.randomUUID(), "192.0.2.9");
  private static int runs;

  private String prefix;

  @BeforeEach
  void aNamespace() {
    prefix = "P" + ++runs + "x";
    stage.forgetAnnouncements();
  }

  private UsersFound search(String text, BanStatus ban, boolean admins, Cursor before, int limit) {
    return UserStage.await(stage.search().find(new SearchUsers(text, ban, admins, before, limit)));
  }

  private List<String> names(String text) {
    return search(text, null, false, null, 100).users().stream()
        .map(user -> user.person().name())
        .toList();
  }

  private Inspection inspect(UUID userId) {
    return UserStage.await(stage.inspections().inspect(new InspectUser(userId, ROOT))).inspection();
  }

  private RoleOutcome setRole(UUID userId, boolean admin) {
    return UserStage.await(stage.roles().set(new SetRole(userId, admin, ROOT))).outcome();
  }

  private List<AuditEntry> audit(UUID subject) {
    return UserStage.await(
            stage.audit().list(new ListAudit(null, subject.toString(), null, null, 200, null)))
        .entries();
  }

  @Test
  void peopleAreFoundByTheBeginningOfNameOrAddressInAnyCaseAndByTheirId() {
    SignedUp ada = stage.signUp(prefix + " Ada");
    SignedUp bob = stage.signUp("Bob " + prefix);
    stage.link(bob.token(), prefix + "bob@example.org", UserStage.PASSWORD, null);

    assertThat(names(prefix.toLowerCase() + " a")).containsExactly(prefix + " Ada");
    assertThat(names(prefix.toUpperCase() + "BOB@")).containsExactly("Bob " + prefix);
    assertThat(names(ada.session().userId().toString())).containsExactly(prefix + " Ada");
    assertThat(names(UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void whatLooksLikeAPatternIsTakenAsItWasTyped() {
    stage.signUp(prefix + "100% _\\");

    assertThat(names(prefix + "100% _\\")).hasSize(1);
    assertThat(names(prefix + "%")).isEmpty();
    assertThat(names(prefix + "_")).isEmpty();
  }

  @Test
  void pagesNeitherRepeatNorLeaveOutAnybodyEvenOfOneInstant() {
    IntStream.range(0, 7).forEach(i -> stage.signUp(prefix + i));
    stage.timers.advance(Duration.ofSeconds(1));
    stage.signUp(prefix + "last");

    List<UserSummary> all = new ArrayList<>();
    Cursor next = null;
    do {
      UsersFound page = search(prefix, null, false, next, 3);
      all.addAll(page.users());
      next = page.next();
    } while (next != null);

    assertThat(all).hasSize(8).doesNotHaveDuplicates();
    assertThat(all.get(0).person().name()).isEqualTo(prefix + "last");
  }

  @Test
  void theBannedAndTheAdminsAreFoundAmongAll() {
    UUID banned = stage.user(prefix + "banned");
    UUID admin = stage.user(prefix + "admin");
    stage.user(prefix + "nobody");
    stage.sql("UPDATE users SET ban_status = 'temporary' WHERE user_id = $1", banned);
    stage.sql("UPDATE users SET role = 'admin' WHERE user_id = $1", admin);

    assertThat(search(prefix, BanStatus.TEMPORARY, false, null, 10).users())
        .extracting(user -> user.person().userId())
        .containsExactly(banned);
    assertThat(search(prefix, null, true, null, 10).users())
        .extracting(user -> user.person().userId())
        .containsExactly(admin);
  }

  @Test
  void anInspectionShowsSessionsAndCallsOnBothSidesAndIsWrittenDown() {
    UUID ada = stage.user(prefix + "ada");
    UUID bob = stage.user(prefix + "bob");
    call(ada, bob, "2026-01-01T10:00:00Z");
    call(bob, ada, "2026-01-01T11:00:00Z");
    UUID gone = UUID.randomUUID();
    call(gone, ada, "2026-01-01T12:00:00Z");

    Inspection inspection = inspect(ada);

    assertThat(inspection.user().person().name()).isEqualTo(prefix + "ada");
    assertThat(inspection.sessions())
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.ip()).isEqualTo(UserStage.ORIGIN.ip());
              assertThat(session.state()).isEqualTo("active");
            });
    assertThat(inspection.calls())
        .extracting(InspectedCall::partnerId)
        .containsExactly(gone, bob, bob);
    assertThat(inspection.calls().get(0).partnerName()).isNull();
    assertThat(audit(ada))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("user.inspected");
              assertThat(entry.actorId()).isEqualTo(ROOT.userId());
              assertThat(entry.ip()).isEqualTo(ROOT.ip());
            });
  }

  private static void call(UUID first, UUID second, String end) {
    stage.sql(
        "INSERT INTO finished_calls (room_id, session_id, first_id, second_id, started_at,"
            + " ended_at, duration_seconds, reason, recorded_at)"
            + " VALUES (gen_random_uuid(), 's', $1, $2, $3::text::timestamptz,"
            + " $3::text::timestamptz, 60, 'completed', now())",
        first,
        second,
        end);
  }

  @Test
  void whoIsNotThereIsNotInspectedNorWrittenDown() {
    UUID nobody = UUID.randomUUID();

    assertThat(inspect(nobody)).isNull();
    assertThat(audit(nobody)).isEmpty();
  }

  @Test
  void aPersonWithAnAddressIsMadeAnAdminAndHisSessionsEnd() {
    SignedUp ada = stage.signUp(prefix);
    stage.link(ada.token(), prefix + "@example.org", UserStage.PASSWORD, null);
    stage.forgetAnnouncements();

    assertThat(setRole(ada.session().userId(), true)).isEqualTo(RoleOutcome.SET);

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(stage.announced(SessionsEnded.class))
        .singleElement()
        .satisfies(ended -> assertThat(ended.end()).isEqualTo(SessionEnd.LOGGED_OUT));
    String token = stage.logIn(prefix + "@example.org", UserStage.PASSWORD).token();
    assertThat(stage.authenticate(token).session().admin()).isTrue();

    assertThat(setRole(ada.session().userId(), true)).isEqualTo(RoleOutcome.AS_BEFORE);
    assertThat(stage.authenticate(token).verdict()).isEqualTo(Verdict.ACTIVE);

    assertThat(setRole(ada.session().userId(), false)).isEqualTo(RoleOutcome.SET);
    assertThat(stage.authenticate(token).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(audit(ada.session().userId()))
        .extracting(entry -> entry.details().get("role"))
        .containsExactly("user", "admin");
  }

  @Test
  void guestsTheUnknownAndOneselfKeepTheirRoles() {
    UUID guest = stage.user(prefix);
    UUID nobody = UUID.randomUUID();

    assertThat(setRole(guest, true)).isEqualTo(RoleOutcome.GUEST);
    assertThat(setRole(nobody, true)).isEqualTo(RoleOutcome.UNKNOWN_USER);
    assertThat(setRole(ROOT.userId(), false)).isEqualTo(RoleOutcome.SELF);

    assertRefused(guest, Map.of("role", "admin", "because", "guest"));
    assertRefused(nobody, Map.of("role", "admin", "because", "unknown_user"));
    assertRefused(ROOT.userId(), Map.of("role", "user", "because", "self"));
  }

  private void assertRefused(UUID subject, Map<String, String> details) {
    assertThat(audit(subject))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("user.role-refused");
              assertThat(entry.actorId()).isEqualTo(ROOT.userId());
              assertThat(entry.details()).isEqualTo(details);
            });
  }
}
