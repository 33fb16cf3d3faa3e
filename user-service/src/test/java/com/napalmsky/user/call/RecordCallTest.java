package com.napalmsky.user.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.HistoryContract.DeleteHistory;
import com.napalmsky.shared.contract.user.Metrics.PastSession;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.Account;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.CallMessage;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.GetAccount;
import com.napalmsky.shared.contract.user.UserContract.GetHistory;
import com.napalmsky.shared.contract.user.UserContract.HistoryEntry;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordCallTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private UUID ada;
  private UUID ben;
  private Instant now;

  @BeforeEach
  void twoPeople() {
    ada = stage.user("Ada");
    ben = stage.user("Ben");
    now = stage.timers.now();
    stage.forgetAnnouncements();
  }

  private RecordCall call(UUID first, UUID second, int seconds) {
    return call(first, second, seconds, EndReason.COMPLETED, now, List.of());
  }

  private static RecordCall call(
      UUID first,
      UUID second,
      int seconds,
      EndReason reason,
      Instant endedAt,
      List<CallMessage> messages) {
    UUID room = UUID.randomUUID();
    return new RecordCall(
        room,
        "session-" + room,
        first,
        second,
        endedAt.minusSeconds(seconds),
        endedAt,
        seconds,
        reason,
        messages);
  }

  private static CallRecorded recorded(RecordCall call) {
    return UserStage.await(stage.calls().record(call));
  }

  private static List<HistoryEntry> history(UUID userId) {
    return UserStage.await(stage.history().get(new GetHistory(userId, null, 100))).entries();
  }

  private static Account account(UUID userId) {
    return UserStage.await(stage.profiles().get(new GetAccount(userId))).account();
  }

  private UUID inGrace(int credits) {
    UUID user = stage.user("Grace");
    stage.sql(
        "UPDATE users SET paid_status = 'qr_grace_period', successful_sessions = $2"
            + " WHERE user_id = $1",
        user,
        credits);
    return user;
  }

  @Test
  void aCallIsInBothHistoriesWithMetricsAndACooldown() {
    List<CallMessage> messages =
        List.of(
            new CallMessage(ada, now, "1 < 2 > 0\0", null),
            new CallMessage(null, now, "bye", null),
            new CallMessage(ben, now, null, Map.of("discord", "ben")));
    RecordCall call = call(ada, ben, 200, EndReason.COMPLETED, now, messages);

    CallRecorded recorded = recorded(call);

    assertThat(recorded.cooldownExpiry()).isEqualTo(now.plus(Duration.ofHours(24)));
    assertThat(recorded.members()).extracting("userId").containsExactly(ada, ben);
    assertThat(recorded.members().get(0).metrics().timerTotalSeconds()).isEqualTo(200);
    assertThat(recorded.members().get(0).metrics().lastSessions())
        .containsExactly(new PastSession(now, 200));
    assertThat(recorded.members().get(0).qrUnlocked()).isFalse();
    assertThat(history(ada)).hasSize(1);
    HistoryEntry entry = history(ada).get(0);
    assertThat(entry.sessionId()).isEqualTo(call.sessionId());
    assertThat(entry.partnerId()).isEqualTo(ben);
    assertThat(entry.partnerName()).isEqualTo("Ben");
    assertThat(entry.durationSeconds()).isEqualTo(200);
    assertThat(entry.messages().get(0)).isEqualTo(new CallMessage(ada, now, "1 < 2 > 0", null));
    assertThat(entry.messages().subList(1, 3)).isEqualTo(messages.subList(1, 3));
    assertThat(history(ben)).extracting(HistoryEntry::partnerName).containsExactly("Ada");
    assertThat(account(ben).metrics()).isEqualTo(recorded.members().get(1).metrics());
    assertThat(stage.announced(CooldownStarted.class))
        .singleElement()
        .satisfies(
            started -> {
              assertThat(List.of(started.first(), started.second()))
                  .containsExactlyInAnyOrder(ada, ben);
              assertThat(started.until()).isEqualTo(recorded.cooldownExpiry());
            });
  }

  @Test
  void aHundredReportsOfOneRoomRecordItOnceAndGetOneAnswer() {
    UUID grace = inGrace(3);
    RecordCall call = call(grace, ben, 60);

    List<Future<CallRecorded>> reports =
        IntStream.range(0, 100).mapToObj(i -> stage.calls().record(call)).toList();
    UserStage.await(Future.join(reports));

    assertThat(reports).extracting(Future::result).containsOnly(reports.get(0).result());
    assertThat(reports.get(0).result().members().get(0).qrUnlocked()).isTrue();
    assertThat(history(grace)).hasSize(1);
    assertThat(history(ben)).hasSize(1);
    assertThat(account(grace).metrics().sessionCount()).isEqualTo(1);
    assertThat(account(ben).metrics().timerTotalSeconds()).isEqualTo(60);
    assertThat(account(grace).successfulSessions()).isEqualTo(4);
    assertThat(stage.count("SELECT count(*) FROM invite_codes WHERE created_by = $1", grace))
        .isEqualTo(1);
  }

  @Test
  void manyCallsOfTheSamePeopleInEitherOrderEndWithoutBlockingEachOther() {
    List<Future<CallRecorded>> reports =
        IntStream.range(0, 100)
            .mapToObj(i -> i % 2 == 0 ? call(ada, ben, 10) : call(ben, ada, 10))
            .map(call -> stage.calls().record(call))
            .toList();
    UserStage.await(Future.join(reports));

    assertThat(account(ada).metrics().sessionCount()).isEqualTo(100);
    assertThat(account(ben).metrics().timerTotalSeconds()).isEqualTo(1000);
    assertThat(account(ada).metrics().lastSessions()).hasSize(10);
  }

  @Test
  void theLastTenSessionsAreKeptOldestFirst() {
    for (int seconds = 10; seconds < 22; seconds++) {
      assertThat(recorded(call(ada, ben, seconds)).members()).hasSize(2);
    }

    assertThat(account(ada).metrics().lastSessions())
        .extracting(PastSession::durationSeconds)
        .containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21);
    assertThat(account(ada).metrics().sessionCount()).isEqualTo(12);
  }

  @Test
  void aCallShorterThanFiveSecondsLeavesACooldownOnly() {
    CallRecorded recorded = recorded(call(ada, ben, 4));

    assertThat(recorded.cooldownExpiry()).isEqualTo(now.plus(Duration.ofHours(24)));
    assertThat(history(ada)).isEmpty();
    assertThat(account(ada).metrics().sessionCount()).isZero();
  }

  @Test
  void aCallThatWasNeverSetUpLeavesNothing() {
    CallRecorded recorded = recorded(call(ada, ben, 60, EndReason.SETUP_FAILED, now, List.of()));

    assertThat(recorded.cooldownExpiry()).isEqualTo(now);
    assertThat(recorded.members()).hasSize(2);
    assertThat(history(ada)).isEmpty();
    assertThat(
            stage.count("SELECT count(*) FROM cooldowns WHERE $1 IN (user_id_1, user_id_2)", ada))
        .isZero();
    assertThat(stage.announced(CooldownStarted.class)).isEmpty();
  }

  @Test
  void aCreditIsGivenOncePerPartnerAndDay() {
    assertThat(recorded(call(ada, ben, 30)).members()).hasSize(2);
    assertThat(recorded(call(ada, ben, 30)).members()).hasSize(2);
    assertThat(recorded(call(ada, stage.user("Eve"), 29)).members()).hasSize(2);
    assertThat(account(ada).successfulSessions()).isEqualTo(1);

    Instant tomorrow = now.plus(Duration.ofDays(1));
    assertThat(recorded(call(ben, ada, 30, EndReason.LEFT, tomorrow, List.of())).members())
        .hasSize(2);
    assertThat(account(ada).successfulSessions()).isEqualTo(2);
  }

  @Test
  void theFourthCreditVerifiesSomebodyInGraceAndUnlocksHisCode() {
    UUID grace = inGrace(0);
    for (int i = 0; i < 3; i++) {
      CallRecorded recorded = recorded(call(grace, stage.user("Partner " + i), 60));
      assertThat(recorded.members().get(0).qrUnlocked()).isFalse();
      assertThat(account(grace).myInviteCode()).isNull();
    }

    CallRecorded fourth = recorded(call(ben, grace, 60));

    assertThat(fourth.members().get(1).qrUnlocked()).isTrue();
    assertThat(fourth.members().get(0).qrUnlocked()).isFalse();
    Account account = account(grace);
    assertThat(account.paidStatus()).isEqualTo(PaidStatus.QR_VERIFIED);
    assertThat(account.qrUnlocked()).isTrue();
    assertThat(account.qrUnlockedAt()).isEqualTo(now);
    assertThat(account.myInviteCode().code()).matches("[A-Z0-9]{16}");
    assertThat(account.myInviteCode().usesRemaining()).isEqualTo(4);
    assertThat(stage.announced(AccountChanged.class))
        .containsExactly(
            new AccountChanged(account.person(), PaidStatus.QR_VERIFIED, BanStatus.NONE));

    assertThat(recorded(call(grace, stage.user("Fifth"), 60)).members().get(0).qrUnlocked())
        .isFalse();
    assertThat(stage.signUp("Friend", null, account.myInviteCode().code()).session().paidStatus())
        .isEqualTo(PaidStatus.QR_GRACE_PERIOD);
  }

  @Test
  void aFourthCreditChangesNothingForWhoHasPaidOrNeverHadAccess() {
    for (String status : List.of("paid", "unpaid", "qr_verified")) {
      UUID user = inGrace(3);
      stage.sql("UPDATE users SET paid_status = $2 WHERE user_id = $1", user, status);

      assertThat(recorded(call(user, stage.user("Partner"), 60)).members().get(0).qrUnlocked())
          .isFalse();

      assertThat(account(user).paidStatus().wire()).isEqualTo(status);
      assertThat(account(user).successfulSessions()).isEqualTo(4);
    }
  }

  @Test
  void aDeletedMemberHasNoResultAndTheOtherKeepsHisHistory() {
    stage.sql("DELETE FROM users WHERE user_id = $1", ben);

    CallRecorded recorded = recorded(call(ada, ben, 60));

    assertThat(recorded.members()).extracting("userId").containsExactly(ada);
    assertThat(history(ada)).hasSize(1);
    assertThat(history(ada).get(0).partnerId()).isEqualTo(ben);
    assertThat(recorded(call(ben, stage.user("Eve"), 60)).members()).hasSize(1);
  }

  @Test
  void aRepeatedReportAfterARestartGetsTheSameAnswer() {
    UUID grace = inGrace(3);
    RecordCall call = call(grace, ben, 60);
    CallRecorded first = recorded(call);

    stage.restart();

    assertThat(recorded(call)).isEqualTo(first);
    assertThat(history(grace)).hasSize(1);
  }

  @Test
  void historyIsNewestFirstAndPaged() {
    for (int i = 0; i < 5; i++) {
      assertThat(
              recorded(call(ada, ben, 10 + i, EndReason.LEFT, now.plusSeconds(100L * i), List.of()))
                  .members())
          .hasSize(2);
    }

    List<HistoryEntry> page =
        UserStage.await(stage.history().get(new GetHistory(ada, null, 2))).entries();
    List<HistoryEntry> rest =
        UserStage.await(stage.history().get(new GetHistory(ada, page.get(1).startedAt(), 1000)))
            .entries();

    assertThat(page).extracting(HistoryEntry::durationSeconds).containsExactly(14, 13);
    assertThat(rest).extracting(HistoryEntry::durationSeconds).containsExactly(12, 11, 10);
    assertThat(UserStage.await(stage.history().get(new GetHistory(ada, null, -1))).entries())
        .hasSize(1);
  }

  @Test
  void aDeletedCallIsGoneFromOneViewAndDoesNotComeBackWhenItIsToldAgain() {
    RecordCall call = call(ada, ben, 60);
    CallRecorded first = recorded(call);
    RecordCall other = call(ada, ben, 70);
    assertThat(recorded(other).members()).hasSize(2);

    assertThat(deleted(ada, call.roomId())).isEqualTo(1);
    assertThat(deleted(ada, call.roomId())).isZero();
    CallRecorded again = recorded(call);

    assertThat(again.cooldownExpiry()).isEqualTo(first.cooldownExpiry());
    assertThat(history(ada)).extracting(HistoryEntry::roomId).containsExactly(other.roomId());
    assertThat(history(ben)).hasSize(2);
    assertThat(account(ada).metrics().timerTotalSeconds()).isEqualTo(130);
  }

  @Test
  void allCallsAreDeletedFromOneViewAndLaterOnesAreThere() {
    assertThat(recorded(call(ada, ben, 60)).members()).hasSize(2);
    assertThat(recorded(call(ben, ada, 70)).members()).hasSize(2);

    assertThat(deleted(ada, null)).isEqualTo(2);
    RecordCall later = call(ada, ben, 80);
    assertThat(recorded(later).members()).hasSize(2);

    assertThat(history(ada)).extracting(HistoryEntry::roomId).containsExactly(later.roomId());
    assertThat(history(ben)).hasSize(3);
  }

  private static int deleted(UUID userId, @Nullable UUID roomId) {
    return UserStage.await(stage.history().delete(new DeleteHistory(userId, roomId))).entries();
  }

  @Test
  void aCallWithOneselfOrOfNegativeLengthIsInvalid() {
    assertThatThrownBy(() -> recorded(call(ada, ada, 10))).isInstanceOf(ServiceFailure.class);
    assertThatThrownBy(() -> recorded(call(ada, ben, -1))).isInstanceOf(ServiceFailure.class);
  }
}
