package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.CARL;
import static com.napalmsky.presence.Cast.OTHER_ROOM;
import static com.napalmsky.presence.Cast.ROOM;
import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static com.napalmsky.presence.Cast.socket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.presence.directory.Directory.Bounds;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Connect;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Count;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.Disconnect;
import com.napalmsky.shared.contract.presence.PresenceContract.EndLease;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.Join;
import com.napalmsky.shared.contract.presence.PresenceContract.Leave;
import com.napalmsky.shared.contract.presence.PresenceContract.LeaveQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.ListHeld;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.RenewLease;
import com.napalmsky.shared.contract.presence.PresenceContract.RestoreCall;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectoryTest {

  private static final int USERS_MAX = 2_000;

  private final ManualTimers timers = new ManualTimers();
  private final LocalBus bus = new LocalBus();
  private final Directory directory =
      Directory.inMemory(
          new Transitions(2, Duration.ofSeconds(5), Duration.ofSeconds(10)),
          USERS_MAX,
          Duration.ofSeconds(6),
          bus,
          timers,
          new Bounds(3, 4, 2, Duration.ofMillis(500), Duration.ofSeconds(6)));

  @Test
  void aUserGoesThroughHisDayWithOneFactForEachChange() {
    // When
    connect(ANNA, 1);
    done(directory.join(new Join(ANNA, socket(1))));
    enterQueue(ANNA, 1);
    enterQueue(ANNA, 1);
    done(directory.leaveQueue(new LeaveQueue(ANNA, socket(1))));
    done(directory.leave(new Leave(ANNA, socket(1))));
    done(directory.join(new Join(ANNA, socket(1))));
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(5));

    // Then
    assertThat(told())
        .containsExactly(
            "1 OFFLINE ONLINE",
            "2 ONLINE AVAILABLE",
            "3 AVAILABLE ONLINE",
            "4 ONLINE OFFLINE",
            "5 OFFLINE ONLINE",
            "6 ONLINE GRACE",
            "7 GRACE OFFLINE");
  }

  @Test
  void whoComesBackAfterFourSecondsIsAvailableAgainOnTheNewSocket() {
    available(ANNA, 1);
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(4));

    Connected back = connect(ANNA, 2);
    timers.advance(Duration.ofMinutes(1));

    assertThat(back).isEqualTo(new Connected(PresenceState.AVAILABLE, null, null));
    assertThat(locate(ANNA).primary()).isEqualTo(socket(2));
    assertThat(told()).endsWith("3 AVAILABLE GRACE", "4 GRACE AVAILABLE");
    assertThat(changes().get(3).person()).isEqualTo(person(ANNA));
  }

  @Test
  void whoComesBackAfterSixSecondsBeginsAnew() {
    available(ANNA, 1);
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(6));

    Connected back = connect(ANNA, 2);

    assertThat(back.state()).isEqualTo(PresenceState.ONLINE);
    assertThat(told()).endsWith("4 GRACE OFFLINE", "5 OFFLINE ONLINE");
  }

  @Test
  void aLostUserIsHiddenAtOnce() {
    available(ANNA, 1);

    disconnect(ANNA, 1);

    assertThat(snapshot(null, 3).available()).isEmpty();
    assertThat(count()).isEqualTo(new Counted(0, 0, 0, 1));
    assertThat(locate(ANNA))
        .isEqualTo(new Location(ANNA, PresenceState.GRACE, null, null, List.of()));
  }

  @Test
  void theGraceTimerOfAnOldLossDoesNotEndANewerGraceEarly() {
    // Given
    available(ANNA, 1);
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(3));
    connect(ANNA, 2);
    timers.advance(Duration.ofSeconds(1));

    // When
    disconnect(ANNA, 2);
    timers.advance(Duration.ofMillis(4_999));

    // Then
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.GRACE);
    timers.advance(Duration.ofMillis(1));
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void aShortGraceAfterALongOneEndsInItsOwnTime() {
    inCall(ANNA, BEN);
    available(CARL, 3);
    disconnect(ANNA, 1);
    disconnect(CARL, 3);

    timers.advance(Duration.ofSeconds(5));

    assertThat(locate(CARL).state()).isEqualTo(PresenceState.OFFLINE);
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.GRACE);
    timers.advance(Duration.ofSeconds(5));
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void aLateGoodbyeOfAnOldSocketChangesNothing() {
    available(ANNA, 1);
    disconnect(ANNA, 1);
    connect(ANNA, 2);
    bus.forget();

    disconnect(ANNA, 1);
    done(directory.leave(new Leave(ANNA, socket(1))));

    assertThat(bus.sent()).isEmpty();
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.AVAILABLE);
  }

  @Test
  void whoHasTwoTabsAndClosesTheOneInTheQueueStaysAvailableOnTheOther() {
    connect(ANNA, 1);
    connect(ANNA, 2);
    enterQueue(ANNA, 1);
    bus.forget();

    disconnect(ANNA, 1);

    assertThat(bus.sent()).isEmpty();
    assertThat(locate(ANNA))
        .isEqualTo(
            new Location(ANNA, PresenceState.AVAILABLE, null, socket(2), List.of(socket(2))));
  }

  @Test
  void aThirdTabEvictsTheOldestIdleOneWhichIsForgottenAtOnce() {
    connect(ANNA, 1);
    connect(ANNA, 2);
    enterQueue(ANNA, 1);

    Connected third = connect(ANNA, 3);
    disconnect(ANNA, 2);

    assertThat(third.evicted()).isEqualTo(socket(2));
    assertThat(locate(ANNA).sockets()).containsExactly(socket(1), socket(3));
    assertThat(locate(ANNA).primary()).isEqualTo(socket(1));
  }

  @Test
  void connectingTheSameSocketAgainChangesNothing() {
    available(ANNA, 1);
    bus.forget();

    Connected again = connect(ANNA, 1);

    assertThat(again).isEqualTo(new Connected(PresenceState.AVAILABLE, null, null));
    assertThat(bus.sent()).isEmpty();
  }

  @Test
  void whoEntersTheQueueOnASocketThatWasJustLostStaysLost() {
    connect(ANNA, 1);
    disconnect(ANNA, 1);
    bus.forget();

    assertThat(done(directory.enterQueue(new EnterQueue(person(ANNA), socket(1)))).state())
        .isEqualTo(PresenceState.GRACE);
    assertThat(done(directory.join(new Join(ANNA, socket(1)))).state())
        .isEqualTo(PresenceState.GRACE);
    assertThat(bus.sent()).isEmpty();
  }

  @Test
  void aHiddenUserWhoLosesHisLastSocketIsForgottenWithoutAWord() {
    connect(ANNA, 1);
    done(directory.leave(new Leave(ANNA, socket(1))));
    bus.forget();

    disconnect(ANNA, 1);

    assertThat(bus.sent()).isEmpty();
    assertThat(timers.pending()).isZero();
    assertThat(health().details()).containsEntry("users", "0");
  }

  @Test
  void aCallOutlivesTheLossOfItsSocketAndIsToldTheNewOne() {
    inCall(ANNA, BEN);
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(9));

    Location lost = locate(ANNA);
    Connected back = connect(ANNA, 7);

    assertThat(lost.roomId()).isEqualTo(ROOM);
    assertThat(back).isEqualTo(new Connected(PresenceState.IN_CALL, ROOM, null));
    assertThat(locate(ANNA).primary()).isEqualTo(socket(7));
  }

  @Test
  void nothingThatTheLobbyPageSaysTakesAUserOutOfHisCall() {
    inCall(ANNA, BEN);
    bus.forget();

    done(directory.leaveQueue(new LeaveQueue(ANNA, socket(1))));
    done(directory.leave(new Leave(ANNA, socket(1))));
    done(directory.join(new Join(ANNA, socket(1))));
    enterQueue(ANNA, 1);

    assertThat(bus.sent()).isEmpty();
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.IN_CALL);
  }

  @Test
  void aReleaseMakesBothOnlineAndNotAvailable() {
    inCall(ANNA, BEN);
    bus.forget();

    release(ROOM, ANNA, BEN);
    release(ROOM, ANNA, BEN);

    assertThat(told()).containsExactly("7 IN_CALL ONLINE", "8 IN_CALL ONLINE");
    assertThat(changes()).extracting(Changed::roomId).containsOnly(ROOM);
  }

  @Test
  void aReleaseDuringGraceLeavesWhatIsLeftOfItsTime() {
    // Given
    inCall(ANNA, BEN);
    disconnect(ANNA, 1);
    timers.advance(Duration.ofSeconds(8));

    // When
    release(ROOM, ANNA, BEN);
    timers.advance(Duration.ofMillis(1_999));

    // Then
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.GRACE);
    assertThat(locate(ANNA).roomId()).isNull();
    timers.advance(Duration.ofMillis(1));
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void whoComesBackAfterHisCallWasReleasedIsOnline() {
    inCall(ANNA, BEN);
    disconnect(ANNA, 1);
    release(ROOM, ANNA, BEN);

    assertThat(connect(ANNA, 2)).isEqualTo(new Connected(PresenceState.ONLINE, null, null));
  }

  @Test
  void aClaimOfSomebodyWhoIsTakenIsRefusedWithTheReason() {
    inCall(ANNA, BEN);
    available(CARL, 3);
    bus.forget();

    PairClaimed refused =
        done(directory.claimPair(new ClaimPair(OTHER_ROOM, CARL, socket(3), BEN, null)));

    assertThat(refused)
        .isEqualTo(
            new PairClaimed(false, PresenceState.AVAILABLE, PresenceState.IN_CALL, null, null));
    assertThat(bus.sent()).isEmpty();
  }

  @Test
  void nobodyIsClaimedWithHimself() {
    available(ANNA, 1);

    assertInvalid(directory.claimPair(new ClaimPair(ROOM, ANNA, null, ANNA, null)));
    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.AVAILABLE);
  }

  @Test
  void aNewProfileOfAnAvailableUserIsAnnounced() {
    available(ANNA, 1);
    bus.forget();

    directory.accountChanged(
        new AccountChanged(person(ANNA, "Anew"), PaidStatus.PAID, BanStatus.VINDICATED));

    assertThat(told()).containsExactly("3 AVAILABLE AVAILABLE");
    assertThat(changes().get(0).person()).isEqualTo(person(ANNA, "Anew"));
  }

  @ParameterizedTest
  @EnumSource(
      value = BanStatus.class,
      names = {"TEMPORARY", "PERMANENT"})
  void whoIsBannedLeavesTheLobby(BanStatus ban) {
    available(ANNA, 1);
    bus.forget();

    directory.accountChanged(new AccountChanged(person(ANNA), PaidStatus.PAID, ban));

    assertThat(told()).containsExactly("3 AVAILABLE ONLINE");
  }

  private BanChanged ban(UUID user) {
    return new BanChanged(user, BanStatus.TEMPORARY, null, timers.now());
  }

  @Test
  void aBanTakesAUserOutOfWhateverHeWasInWithAllHisSockets() {
    available(ANNA, 1);
    inCall(BEN, CARL);
    bus.forget();

    directory.banChanged(ban(ANNA));
    directory.banChanged(ban(BEN));
    directory.banChanged(ban(BEN));

    assertThat(told()).containsExactly("9 AVAILABLE OFFLINE", "10 IN_CALL OFFLINE");
    assertThat(changes().get(1).roomId()).isEqualTo(ROOM);
    assertThat(locate(ANNA).sockets()).isEmpty();
    assertThat(snapshot(null, 3).available()).isEmpty();
    assertThat(locate(CARL).state()).isEqualTo(PresenceState.IN_CALL);
    assertThat(count()).isEqualTo(new Counted(1, 0, 1, 0));
  }

  @Test
  void whoIsBannedIsNotBroughtBackByAGatewayThatDidNotHearOfIt() {
    available(ANNA, 1);
    directory.banChanged(ban(ANNA));

    assertThat(connect(ANNA, 2)).isEqualTo(new Connected(PresenceState.OFFLINE, null, null));
    enterQueue(ANNA, 2);
    enterQueue(ANNA, 1);

    assertThat(locate(ANNA).state()).isEqualTo(PresenceState.OFFLINE);
    assertThat(told()).endsWith("3 AVAILABLE OFFLINE");
  }

  @Test
  void whoseBanIsOverMayComeBack() {
    Instant until = timers.now().plusSeconds(60);
    directory.banChanged(new BanChanged(ANNA, BanStatus.TEMPORARY, until, timers.now()));
    directory.banChanged(ban(BEN));
    timers.advance(Duration.ofSeconds(1));
    directory.banChanged(new BanChanged(BEN, BanStatus.NONE, null, timers.now()));
    // Told by an instance that had read it before it was lifted.
    directory.banChanged(
        new BanChanged(BEN, BanStatus.TEMPORARY, null, timers.now().minusSeconds(1)));

    assertThat(connect(ANNA, 1).state()).isEqualTo(PresenceState.OFFLINE);
    assertThat(connect(BEN, 2).state()).isEqualTo(PresenceState.ONLINE);
    timers.advance(Duration.ofSeconds(59));
    assertThat(connect(ANNA, 1).state()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void bansAreRememberedInBoundsAndForAWhile() {
    directory.banChanged(ban(ANNA));
    directory.banChanged(ban(BEN));
    directory.banChanged(ban(CARL));

    assertThat(health().details()).containsEntry("barred", "2").containsEntry("barredMax", "2");
    assertThat(connect(ANNA, 1).state()).isEqualTo(PresenceState.ONLINE);
    assertThat(connect(BEN, 2).state()).isEqualTo(PresenceState.OFFLINE);
    timers.advance(Duration.ofMinutes(4));
    directory.banChanged(ban(CARL));
    timers.advance(Duration.ofMinutes(1));
    assertThat(connect(BEN, 2).state()).isEqualTo(PresenceState.ONLINE);
    assertThat(connect(CARL, 3).state()).isEqualTo(PresenceState.OFFLINE);
  }

  @Test
  void whoLosesAccessDuringGraceDoesNotComeBackIntoTheLobby() {
    available(ANNA, 1);
    disconnect(ANNA, 1);

    directory.accountChanged(new AccountChanged(person(ANNA), PaidStatus.UNPAID, BanStatus.NONE));

    assertThat(connect(ANNA, 2).state()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void whoseAccountIsDeletedIsOfflineAtOnceAndHisSocketsAreForgotten() {
    SessionEnd end = SessionEnd.DELETED;
    available(ANNA, 1);
    connect(ANNA, 2);
    bus.forget();

    directory.sessionsEnded(new SessionsEnded(ANNA, List.of(), end));
    directory.sessionsEnded(new SessionsEnded(ANNA, List.of(), end));
    disconnect(ANNA, 1);
    disconnect(ANNA, 2);

    assertThat(told()).containsExactly("3 AVAILABLE OFFLINE");
    assertThat(count()).isEqualTo(new Counted(0, 0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(value = SessionEnd.class, mode = EnumSource.Mode.EXCLUDE, names = "DELETED")
  void whoOnlyLoggedOutKeepsWhatHisOtherSocketsAre(SessionEnd end) {
    available(ANNA, 1);
    bus.forget();

    directory.sessionsEnded(new SessionsEnded(ANNA, List.of(), end));

    assertThat(told()).isEmpty();
  }

  @Test
  void aSnapshotIsCutToTheBoundAndSaysThatMoreFollows() {
    for (int user = 1; user <= 5; user++) {
      available(id(user), user);
    }

    SnapshotPage first = snapshot(null, 100);
    SnapshotPage second = snapshot(id(3), 100);

    assertThat(first.available()).hasSize(3);
    assertThat(first.more()).isTrue();
    assertThat(first.position().offset()).isEqualTo(10);
    assertThat(second.available()).hasSize(2);
    assertThat(second.more()).isFalse();
  }

  @Test
  void requestsThatBreakTheContractAreRefused() {
    List<UUID> five = List.of(id(1), id(2), id(3), id(4), id(5));

    assertInvalid(directory.snapshot(new Snapshot(null, 0)));
    assertInvalid(directory.locate(new Locate(five)));
    assertInvalid(directory.releaseCall(new ReleaseCall(ROOM, five)));
    // As from another process whose message lacks a field.
    assertThatThrownBy(() -> connectOn(null)).isInstanceOf(ServiceFailure.class);
  }

  @Test
  void usersLostTogetherGoOfflineOnOneTimerInBatches() {
    int users = GraceWatch.MOST_AT_ONCE * 2 + 1;
    for (int user = 1; user <= users; user++) {
      connect(id(user), user);
      disconnect(id(user), user);
    }
    bus.forget();

    assertThat(timers.pending()).isEqualTo(1);
    timers.advance(Duration.ofSeconds(5));
    assertThat(changes()).hasSize(GraceWatch.MOST_AT_ONCE);
    timers.advance(Duration.ofMillis(2));

    assertThat(changes()).hasSize(users);
    assertThat(count()).isEqualTo(new Counted(0, 0, 0, 0));
    assertThat(timers.pending()).isZero();
  }

  @Test
  void healthNamesSizesAndBounds() {
    available(ANNA, 1);
    connect(ANNA, 2);
    connect(ANNA, 3);

    Health health = health();

    assertThat(health.ready()).isTrue();
    assertThat(health.details())
        .containsEntry("users", "1")
        .containsEntry("usersMax", Integer.toString(USERS_MAX))
        .containsEntry("usersRefused", "0")
        .containsEntry("socketsEvicted", "1")
        .containsEntry("available", "1");
  }

  @CanIgnoreReturnValue
  private Connected connect(UUID user, long socket) {
    return done(directory.connect(new Connect(user, socket(socket))));
  }

  private Connected connectOn(SocketRef socket) {
    return done(directory.connect(new Connect(ANNA, socket)));
  }

  @Test
  void whoseGatewayIsSilentIsLostAndThenGone() {
    Instant began = timers.now();
    directory.begin();
    String lease = renew();
    available(ANNA, 1);
    bus.forget();

    timers.advance(Duration.ofMillis(6_500));
    List<String> lost = told();
    timers.advance(Duration.ofMillis(5_500));

    assertThat(lost).containsExactly("3 AVAILABLE GRACE");
    assertThat(told()).containsExactly("3 AVAILABLE GRACE", "4 GRACE OFFLINE");
    assertThat(bus.sent(GatewayLost.class)).containsExactly(new GatewayLost("gw1", began));
    assertThat(health().details()).containsEntry("socketsSwept", "1");
    assertThat(renew()).isNotEqualTo(lease);
    directory.stop();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aGatewayThatRenewsKeepsItsSockets() {
    directory.begin();
    String lease = renew();
    available(ANNA, 1);
    bus.forget();

    for (int each = 0; each < 20; each++) {
      timers.advance(Duration.ofSeconds(2));
      assertThat(renew()).isEqualTo(lease);
    }

    assertThat(changes()).isEmpty();
  }

  @Test
  void ofAProcessThatLeftTheClusterTheSocketsAreLostAtOnce() {
    directory.begin();
    renew();
    available(ANNA, 1);
    bus.forget();

    directory.processLeft("gw1");
    directory.processLeft("nobody");

    assertThat(told()).containsExactly("3 AVAILABLE GRACE");
    timers.advance(Duration.ofSeconds(5));
    assertThat(told()).containsExactly("3 AVAILABLE GRACE", "4 GRACE OFFLINE");
  }

  @Test
  void manyUsersOfADeadGatewayAreLostInBatches() {
    directory.begin();
    renew();
    for (int user = 1; user <= 1_200; user++) {
      connect(id(user), user);
    }
    bus.forget();

    done(directory.endLease(new EndLease("gw1")));
    int atOnce = changes().size();
    timers.advance(Duration.ofMillis(100));

    assertThat(atOnce).isEqualTo(500);
    assertThat(changes()).hasSize(1_200);
    assertThat(changes()).extracting(Changed::to).containsOnly(PresenceState.GRACE);
  }

  @Test
  void aCallThatPresenceForgotIsRestored() {
    connect(ANNA, 1);
    bus.forget();

    Moved restored = done(directory.restoreCall(new RestoreCall(ANNA, socket(1), ROOM)));

    assertThat(restored.state()).isEqualTo(PresenceState.IN_CALL);
    assertThat(told()).containsExactly("2 ONLINE IN_CALL");
    assertThat(locate(ANNA).roomId()).isEqualTo(ROOM);
  }

  @Test
  void whatNamesNoGatewayIsRefused() {
    for (String name : List.of("", "two words", "a|b", "x".repeat(101))) {
      assertThatThrownBy(() -> directory.renewLease(new RenewLease(name)))
          .isInstanceOf(ServiceFailure.class)
          .hasMessageContaining("gateway");
    }
    assertInvalid(directory.listHeld(new ListHeld("gw1", null, 0)));
  }

  @CanIgnoreReturnValue
  private String renew() {
    return done(directory.renewLease(new RenewLease("gw1"))).lease();
  }

  private void enterQueue(UUID user, long socket) {
    done(directory.enterQueue(new EnterQueue(person(user), socket(socket))));
  }

  private void disconnect(UUID user, long socket) {
    done(directory.disconnect(new Disconnect(user, socket(socket))));
  }

  private void available(UUID user, long socket) {
    connect(user, socket);
    enterQueue(user, socket);
  }

  /** The first on socket 1, the second on socket 2, in ROOM. */
  private void inCall(UUID first, UUID second) {
    available(first, 1);
    available(second, 2);
    done(directory.claimPair(new ClaimPair(ROOM, first, socket(1), second, null)));
  }

  private void release(UUID room, UUID... users) {
    done(directory.releaseCall(new ReleaseCall(room, List.of(users))));
  }

  private Location locate(UUID user) {
    return done(directory.locate(new Locate(List.of(user)))).locations().get(0);
  }

  private SnapshotPage snapshot(UUID after, int limit) {
    return done(directory.snapshot(new Snapshot(after, limit)));
  }

  private Counted count() {
    return done(directory.count(new Count()));
  }

  private Health health() {
    return done(directory.health(new Ask()));
  }

  private List<Changed> changes() {
    return bus.sent(Changed.class);
  }

  private List<String> told() {
    return changes().stream()
        .map(change -> change.position().offset() + " " + change.from() + " " + change.to())
        .toList();
  }

  private static void assertInvalid(Future<?> refused) {
    assertThat(refused.cause())
        .isInstanceOfSatisfying(
            ServiceFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ServiceFailure.Code.INVALID_REQUEST));
  }

  @CanIgnoreReturnValue
  private static <T> T done(Future<T> future) {
    assertThat(future.succeeded()).as("%s", future.cause()).isTrue();
    return future.result();
  }
}
