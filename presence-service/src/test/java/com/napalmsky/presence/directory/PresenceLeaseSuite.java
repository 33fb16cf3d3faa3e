package com.napalmsky.presence.directory;

import static com.napalmsky.presence.Cast.ANNA;
import static com.napalmsky.presence.Cast.BEN;
import static com.napalmsky.presence.Cast.CARL;
import static com.napalmsky.presence.Cast.ROOM;
import static com.napalmsky.presence.Cast.id;
import static com.napalmsky.presence.Cast.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.presence.directory.PresenceStore.Expired;
import com.napalmsky.presence.directory.PresenceStore.Lapsed;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent.CallRestored;
import com.napalmsky.presence.user.UserEvent.QueueEntered;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every presence store is held to about gateways that die. */
abstract class PresenceLeaseSuite extends PresenceStoreStage {

  private static final String GATEWAY = "gw1";
  private static final String OTHER = "gw10";

  @Test
  void aLeaseThatIsRenewedInTimeIsTheSameLease() {
    String first = renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);

    after(LEASE.minusMillis(1));
    assertThat(lapse().changes()).isEmpty();
    String second = renew(GATEWAY);
    after(LEASE.minusMillis(1));

    assertThat(lapse().changes()).isEmpty();
    assertThat(second).isEqualTo(first).isEqualTo(renew(GATEWAY));
    assertThat(find(ANNA).presence()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void whoseGatewayDiedIsInGraceAndThenOffline() {
    renew(GATEWAY);
    renew(OTHER);
    connect(ANNA, GATEWAY, 1);
    connect(BEN, OTHER, 1);
    after(Duration.ofSeconds(4));
    renew(OTHER);

    after(Duration.ofSeconds(2));
    Lapsed lapsed = lapse();

    assertThat(lapsed.changes())
        .extracting(Changed::userId, Changed::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(ANNA, PresenceState.GRACE));
    assertThat(lapsed.gateways()).containsExactly(new GatewayLost(GATEWAY, START));
    assertThat(lapsed.sockets()).isEqualTo(1);
    assertThat(lapsed.more()).isFalse();
    assertThat(lapse()).isEqualTo(new Lapsed(List.of(), List.of(), 0, false));
    assertThat(find(ANNA).state())
        .isInstanceOfSatisfying(
            Grace.class, grace -> assertThat(grace.deadline()).isEqualTo(now.plusSeconds(5)));
    assertThat(find(BEN).presence()).isEqualTo(PresenceState.ONLINE);
    after(Duration.ofSeconds(5));
    assertThat(await(store.expire(now, 10)).changes())
        .extracting(Changed::userId, Changed::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(ANNA, PresenceState.OFFLINE));
  }

  @Test
  void whoHasAnotherSocketElsewhereStaysWhatHeIs() {
    renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);
    apply(ANNA, new QueueEntered(person(ANNA), socketOf(GATEWAY, 1)));
    connect(ANNA, OTHER, 2);
    renewLater(OTHER);

    after(LEASE);
    Lapsed lapsed = lapse();

    assertThat(lapsed.changes()).isEmpty();
    assertThat(lapsed.sockets()).isEqualTo(1);
    assertThat(find(ANNA).presence()).isEqualTo(PresenceState.AVAILABLE);
    assertThat(find(ANNA).sockets().inOrder()).containsExactly(socketOf(OTHER, 2));
  }

  @Test
  void aDeadGatewayIsSweptInBatchesByWhoeverIsThere() {
    renew(GATEWAY);
    for (int user = 1; user <= 7; user++) {
      connect(id(user), GATEWAY, user);
    }
    after(LEASE);

    Lapsed first = await(store.lapse(now, 3));
    Lapsed second = await(store.lapse(now, 3));
    Lapsed third = await(store.lapse(now, 3));

    assertThat(first.changes()).extracting(Changed::userId).containsExactly(id(1), id(2), id(3));
    assertThat(first.more()).isTrue();
    assertThat(second.changes()).extracting(Changed::userId).containsExactly(id(4), id(5), id(6));
    assertThat(third.changes()).extracting(Changed::userId).containsExactly(id(7));
    assertThat(third.more()).isFalse();
    assertThat(await(store.count()).grace()).isEqualTo(7);
  }

  @Test
  void aGatewayThatComesBackFromTheDeadHasAnotherLease() {
    String first = renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);
    connect(BEN, GATEWAY, 2);
    after(LEASE);
    assertThat(await(store.lapse(now, 1)).more()).isTrue();

    String second = renew(GATEWAY);

    assertThat(second).isNotEqualTo(first).isEqualTo(renew(GATEWAY));
    assertThat(lapse().changes()).isEmpty();
    assertThat(find(BEN).presence()).isEqualTo(PresenceState.ONLINE);
    connect(ANNA, GATEWAY, 1);
    assertThat(find(ANNA).presence()).isEqualTo(PresenceState.ONLINE);
  }

  @Test
  void aGatewayThatConnectsWithoutALeaseIsSweptUnlessItRenews() {
    connect(ANNA, GATEWAY, 1);
    after(LEASE.minusMillis(1));
    assertThat(lapse().changes()).isEmpty();

    after(Duration.ofMillis(1));

    assertThat(lapse().changes()).extracting(Changed::userId).containsExactly(ANNA);
  }

  @Test
  void aGatewayThatIsKnownToBeGoneIsSweptAtOnce() {
    renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);

    await(store.endLease(GATEWAY, now));
    await(store.endLease("never-seen", now));

    assertThat(lapse().changes()).extracting(Changed::to).containsExactly(PresenceState.GRACE);
  }

  @Test
  void whenItWasSeenLastIsKnownOfAGatewayHoweverItIsLost() {
    renew(GATEWAY);
    renew(OTHER);
    connect(ANNA, GATEWAY, 1);
    connect(BEN, OTHER, 2);
    after(Duration.ofSeconds(2));
    renew(GATEWAY);
    after(Duration.ofSeconds(1));

    await(store.endLease(GATEWAY, now));
    await(store.endLease(GATEWAY, now));
    Lapsed left = lapse();
    after(LEASE);
    await(store.endLease(OTHER, now));
    Lapsed silent = lapse();

    assertThat(left.gateways()).containsExactly(new GatewayLost(GATEWAY, START.plusSeconds(2)));
    assertThat(silent.gateways()).containsExactly(new GatewayLost(OTHER, START));
  }

  @Test
  void aLeaseThatWasEndedBeforeItsTimeCanBeRenewed() {
    String first = renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);
    await(store.endLease(GATEWAY, now));

    String second = renew(GATEWAY);

    assertThat(second).isEqualTo(first);
    assertThat(lapse().changes()).isEmpty();
  }

  @Test
  void ofAGatewayThatHadNoSocketNothingIsTold() {
    renew(GATEWAY);
    connect(ANNA, GATEWAY, 1);
    apply(ANNA, new SocketLost(socketOf(GATEWAY, 1)));

    after(LEASE);

    assertThat(lapse().gateways()).isEmpty();
  }

  @Test
  void aGatewayIsToldInPagesWhichSocketsItIsBelievedToHave() {
    for (int user = 1; user <= 5; user++) {
      connect(id(user), GATEWAY, user);
      connect(id(user), OTHER, 100 + user);
    }
    apply(id(2), new SocketLost(socketOf(GATEWAY, 2)));

    HeldPage first = await(store.held(GATEWAY, null, 2));
    HeldPage second = await(store.held(GATEWAY, id(3), 2));

    assertThat(first)
        .isEqualTo(
            new HeldPage(
                List.of(
                    new Holding(id(1), List.of(socketOf(GATEWAY, 1))),
                    new Holding(id(3), List.of(socketOf(GATEWAY, 3)))),
                true));
    assertThat(second.holdings()).extracting(Holding::userId).containsExactly(id(4), id(5));
    assertThat(second.more()).isFalse();
    assertThat(await(store.held("never-seen", null, 2))).isEqualTo(new HeldPage(List.of(), false));
  }

  @Test
  void aRunningCallIsRestoredForWhoIsNotInOneAndForNobodyElse() {
    SocketRef own = socketOf(GATEWAY, 1);
    connect(ANNA, GATEWAY, 1);
    connect(BEN, GATEWAY, 2);
    apply(BEN, new QueueEntered(person(BEN), socketOf(GATEWAY, 2)));

    Changed restored = apply(ANNA, new CallRestored(own, ROOM)).change();
    Changed available = apply(BEN, new CallRestored(socketOf(GATEWAY, 2), ROOM)).change();
    Changed unknown = apply(CARL, new CallRestored(own, ROOM)).change();

    assertThat(restored.to()).isEqualTo(PresenceState.IN_CALL);
    assertThat(restored.roomId()).isEqualTo(ROOM);
    assertThat(find(ANNA).in(ROOM)).isTrue();
    assertThat(available).isNull();
    assertThat(unknown).isNull();
    assertThat(find(CARL)).isEqualTo(User.GONE);
  }

  @Test
  void theEndOfAGraceDoesNotEndWhatCameBackMeanwhile() {
    connect(ANNA, GATEWAY, 1);
    apply(ANNA, new SocketLost(socketOf(GATEWAY, 1)));
    renew(OTHER);
    connect(ANNA, OTHER, 2);

    after(Duration.ofSeconds(5));
    Expired expired = await(store.expire(now, 10));

    assertThat(expired.changes()).isEmpty();
    assertThat(expired.next()).isNull();
    assertThat(find(ANNA).presence()).isEqualTo(PresenceState.ONLINE);
  }

  private void renewLater(String gateway) {
    Instant then = now;
    now = now.plus(LEASE).minusMillis(1);
    renew(gateway);
    now = then;
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  private Lapsed lapse() {
    return await(store.lapse(now, 100));
  }

  @com.google.errorprone.annotations.CanIgnoreReturnValue
  private String renew(String gateway) {
    return await(store.renewLease(gateway, now)).id();
  }

  private void connect(UUID user, String gateway, long number) {
    apply(user, new SocketAuthenticated(socketOf(gateway, number)));
  }

  private static SocketRef socketOf(String gateway, long number) {
    return new SocketRef(gateway + "-0", number);
  }
}
