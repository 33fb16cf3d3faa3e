package com.napalmsky.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.AccountContract.AccountDeleted;
import com.napalmsky.shared.contract.user.AccountContract.DeleteAccount;
import com.napalmsky.shared.contract.user.AccountContract.DeletionOutcome;
import com.napalmsky.shared.contract.user.IntroductionContract.GetIntroductions;
import com.napalmsky.shared.contract.user.TokenHash;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import com.napalmsky.shared.contract.user.UserContract.LogInOutcome;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.SignUpOutcome;
import com.napalmsky.shared.contract.user.UserContract.SignedUp;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.user.UserStage;
import com.napalmsky.user.session.Sessions.Opened;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private static int people;

  private SignedUp ada;
  private SignedUp ben;

  @BeforeEach
  void twoGuests() {
    ada = stage.signUp("Ada");
    ben = stage.signUp("Ben");
    stage.forgetAnnouncements();
  }

  private static Future<AccountDeleted> deletion(SignedUp who, String password) {
    return stage.deletions().delete(new DeleteAccount(TokenHash.of(who.token()), password));
  }

  @CanIgnoreReturnValue
  private static DeletionOutcome delete(SignedUp who, String password) {
    return UserStage.await(deletion(who, password)).outcome();
  }

  private static RecordCall call(SignedUp one, SignedUp other) {
    Instant now = stage.timers.now();
    UUID room = UUID.randomUUID();
    return new RecordCall(
        room,
        "session-" + room,
        id(one),
        id(other),
        now.minusSeconds(60),
        now,
        60,
        EndReason.COMPLETED,
        List.of());
  }

  private static UUID id(SignedUp who) {
    return who.session().userId();
  }

  private static List<HistoryEntry> history(SignedUp who) {
    return UserStage.await(stage.history().get(new GetHistory(id(who), null, 100))).entries();
  }

  @Test
  void aGuestIsGoneAtOnceAndAllAreTold() {
    assertThat(delete(ada, null)).isEqualTo(DeletionOutcome.DELETED);

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(UserStage.await(stage.profiles().get(new GetAccount(id(ada)))).account()).isNull();
    assertThat(stage.announced(SessionsEnded.class))
        .containsExactly(
            new SessionsEnded(id(ada), List.of(ada.session().sessionId()), SessionEnd.DELETED));
    assertThat(delete(ada, null)).as("once more").isEqualTo(DeletionOutcome.SESSION_REFUSED);
  }

  @Test
  void aPermanentAccountIsDeletedOnlyWithItsPassword() {
    String email = "ada" + ++people + "@example.org";
    SignedUp member = stage.member("Ada", email);

    assertThat(delete(member, null)).isEqualTo(DeletionOutcome.PASSWORD_NEEDED);
    assertThat(delete(member, "a wrong guess")).isEqualTo(DeletionOutcome.PASSWORD_WRONG);
    assertThat(stage.authenticate(member.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(delete(member, UserStage.PASSWORD)).isEqualTo(DeletionOutcome.DELETED);

    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.REFUSED);
    stage.member("Somebody else", email);
    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome())
        .as("the address is free again")
        .isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void aSessionThatIsOverDeletesNothing() {
    String email = "ada" + ++people + "@example.org";
    SignedUp member = stage.member("Ada", email);
    stage.logIn(email, UserStage.PASSWORD);

    assertThat(delete(member, UserStage.PASSWORD)).isEqualTo(DeletionOutcome.SESSION_REFUSED);
    assertThat(stage.logIn(email, UserStage.PASSWORD).outcome()).isEqualTo(LogInOutcome.LOGGED_IN);
  }

  @Test
  void thePartnerKeepsTheCallWithoutTheName() {
    UserStage.await(stage.calls().record(call(ada, ben)));

    delete(ada, null);

    assertThat(history(ben))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.partnerName()).isEqualTo("Deleted account");
              assertThat(entry.partnerId()).isEqualTo(id(ada));
              assertThat(entry.durationSeconds()).isEqualTo(60);
            });
    assertThat(history(ada)).isEmpty();
  }

  @Test
  void aCallThatEndsWithTheAccountIsStoredForThePartner() {
    RecordCall call = call(ada, ben);
    delete(ada, null);

    var recorded = UserStage.await(stage.calls().record(call));

    assertThat(recorded.members())
        .singleElement()
        .satisfies(member -> assertThat(member.userId()).isEqualTo(id(ben)));
    assertThat(history(ben))
        .singleElement()
        .satisfies(entry -> assertThat(entry.partnerName()).isEqualTo("Deleted account"));
  }

  @Test
  void aCodeAlreadyMadeStaysGood() {
    String code = "DELETED000000" + (100 + ++people);
    stage.code(code, 4);
    stage.sql("UPDATE invite_codes SET created_by = $2 WHERE code = $1", code, id(ada));

    delete(ada, null);

    assertThat(stage.signUp("Newcomer", null, code).outcome()).isEqualTo(SignUpOutcome.SIGNED_UP);
  }

  @Test
  void whoCameInByTheAdminsDoorDoesNotDeleteTheAccount() {
    Opened door =
        UserStage.await(
            stage
                .database()
                .transaction(
                    tx ->
                        stage
                            .sessions()
                            .openForAdmin(
                                tx,
                                id(ada),
                                stage.timers.now().plusSeconds(60),
                                UserStage.ORIGIN)));
    DeleteAccount request = new DeleteAccount(TokenHash.of(door.token()), null);

    assertThat(UserStage.await(stage.deletions().delete(request)).outcome())
        .isEqualTo(DeletionOutcome.SESSION_REFUSED);

    assertThat(stage.authenticate(ada.token()).verdict()).isEqualTo(Verdict.ACTIVE);
    assertThat(delete(ada, null)).isEqualTo(DeletionOutcome.DELETED);
    assertThat(stage.authenticate(door.token()).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void anIntroductionByTheDeletedOneStaysAndNamesNobody() {
    SignedUp cleo = stage.signUp("Cleo");
    introduce(ben, cleo, ada);

    delete(ada, null);

    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(id(ben))));
    assertThat(
            UserStage.await(stage.introductions().get(new GetIntroductions(id(ben)))).newcomers())
        .singleElement()
        .satisfies(
            newcomer -> {
              assertThat(newcomer.person().name()).isEqualTo("Cleo");
              assertThat(newcomer.introducedBy()).isEqualTo("Deleted account");
            });
  }

  private static void introduce(SignedUp target, SignedUp newcomer, SignedUp by) {
    stage.sql(
        "INSERT INTO introductions (introduction_id, target_id, newcomer_id, introduced_by,"
            + " introduced_at) VALUES ($1, $2, $3, $4, now())",
        UUID.randomUUID(),
        id(target),
        id(newcomer),
        id(by));
  }

  @Test
  void nothingOfTheAccountIsLeftInAnyTableThatNamesUsers() {
    UserStage.await(stage.calls().record(call(ada, ben)));
    introduce(ben, stage.signUp("Cleo"), ada);
    stage.sql(
        "INSERT INTO reports (report_id, reported_user_id, reporter_user_id, reason, created_at)"
            + " VALUES ($1, $2, $3, 'x', now())",
        UUID.randomUUID(),
        id(ada),
        id(ben));

    delete(ada, null);

    var references =
        stage.sql(
            "SELECT k.table_name, k.column_name FROM information_schema.referential_constraints r"
                + " JOIN information_schema.key_column_usage k"
                + " ON k.constraint_name = r.constraint_name"
                + " WHERE r.unique_constraint_name = 'users_pkey'");
    assertThat(references).hasSizeGreaterThan(15);
    for (var reference : references) {
      assertThat(
              stage.count(
                  "SELECT count(*) FROM %s WHERE %s = $1"
                      .formatted(reference.getString(0), reference.getString(1)),
                  id(ada)))
          .as(reference.getString(0) + "." + reference.getString(1))
          .isZero();
    }
    assertThat(stage.count("SELECT count(*) FROM users WHERE user_id = $1", id(ben))).isEqualTo(1);
  }

  @Test
  void aCallIsForgottenWithTheLastOfItsTwoMembers() {
    UserStage.await(stage.calls().record(call(ada, ben)));
    String calls =
        "SELECT count(*) FROM finished_calls WHERE first_id IN ($1, $2) OR second_id IN ($1, $2)";
    delete(ada, null);
    assertThat(stage.count(calls, id(ada), id(ben))).isEqualTo(1);

    delete(ben, null);

    assertThat(stage.count(calls, id(ada), id(ben))).isZero();
  }

  @Test
  void everyTableFindsWhatADeletionTouchesByAnIndex() {
    // Else each deletion reads whole tables, for each of them.
    var unindexed =
        stage.sql(
            "SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c"
                + " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
                + " WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND NOT EXISTS"
                + " (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid"
                + " AND i.indkey[0] = c.conkey[1] AND (i.indpred IS NULL OR"
                + " pg_get_expr(i.indpred, i.indrelid) = '(' || a.attname || ' IS NOT NULL)'))");

    assertThat(unindexed).extracting(row -> row.getString(0)).isEmpty();
  }

  @Test
  void callsThatEndMeanwhileAndDeletionsOfEachOtherDoNotBlockEachOther() {
    for (int round = 0; round < 10; round++) {
      List<SignedUp> circle =
          IntStream.range(0, 4).mapToObj(i -> stage.signUp("Guest " + i)).toList();
      for (SignedUp one : circle) {
        for (SignedUp other : circle) {
          if (one != other) {
            stage.sql(
                "INSERT INTO blocks (blocker_id, blocked_id, created_at) VALUES ($1, $2, now())",
                id(one),
                id(other));
            introduce(one, other, other);
          }
        }
      }

      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(stage.calls().record(call(circle.get(i), circle.get((i + 1) % 4))));
        all.add(deletion(circle.get(i), null));
        all.add(stage.calls().record(call(circle.get((i + 2) % 4), circle.get(i))));
      }
      UserStage.await(Future.join(all).otherwiseEmpty());

      assertThat(all).allSatisfy(one -> assertThat(one.succeeded()).as("" + one.cause()).isTrue());
      for (SignedUp guest : circle) {
        assertThat(stage.count("SELECT count(*) FROM users WHERE user_id = $1", id(guest)))
            .isZero();
      }
    }
  }
}
