package com.napalmsky.gateway.lobby;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.IN_CALL;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LobbyTest {

  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration REST = Duration.ofSeconds(2);
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);
  private static final UUID CARL = new UUID(1, 3);

  private final ManualTimers timers = new ManualTimers();
  private final LobbyDirectory directory = new LobbyDirectory(new LocalBus());
  private final int[] emits = {0};
  private final int[] dropped = {0};
  private final Lobby lobby = lobby(new LobbyConfig(TICK, REST, 200, 0, 50));
  private final Lobby withHints = lobby(new LobbyConfig(TICK, REST, 200, 3, 50));
  private long sockets;
  private long offset;

  @Test
  void aChangeReachesThoseWhoLookAndNobodyElse() {
    FakeSocket looks = viewer(lobby, ANNA);
    FakeSocket looksElsewhere = viewer(lobby, BEN);

    change(lobby, ANNA, AVAILABLE, ONLINE);
    timers.advance(TICK);

    assertThat(looks.events()).containsExactly("queue:update");
    assertThat(looks.got("queue:update").get(0))
        .isEqualTo(new JsonObject().put("userId", ANNA.toString()).put("available", false));
    assertThat(looksElsewhere.got()).isEmpty();
  }

  @Test
  void aChangeCostsAsManyFramesAsPeopleLook() {
    for (int other = 0; other < 500; other++) {
      var unused = viewer(lobby, new UUID(2, other));
    }
    List<FakeSocket> viewers = new ArrayList<>();
    for (int one = 0; one < 7; one++) {
      viewers.add(viewer(lobby, ANNA, BEN));
    }

    change(lobby, ANNA, AVAILABLE, IN_CALL);
    timers.advance(TICK);

    assertThat(emits[0]).isEqualTo(7);
    assertThat(viewers.stream().map(viewer -> viewer.broadcasts().get(0)).distinct()).hasSize(1);
  }

  @Test
  void theLastStateWithinATickWins() {
    FakeSocket viewer = viewer(lobby, ANNA, BEN);

    change(lobby, ANNA, AVAILABLE, ONLINE);
    change(lobby, ANNA, ONLINE, AVAILABLE);
    change(lobby, ANNA, AVAILABLE, OFFLINE);
    change(lobby, BEN, AVAILABLE, GRACE);
    change(lobby, BEN, GRACE, AVAILABLE);
    timers.advance(TICK);

    assertThat(viewer.events()).containsExactly("presence:update");
    assertThat(viewer.got("presence:update").get(0))
        .isEqualTo(
            new JsonObject()
                .put("userId", ANNA.toString())
                .put("online", false)
                .put("available", false));
  }

  @Test
  void whoIsLostIsHiddenAtOnceAndOfflineAfterTheGrace() {
    FakeSocket viewer = viewer(lobby, ANNA);

    change(lobby, ANNA, AVAILABLE, GRACE);
    timers.advance(Duration.ofSeconds(5));
    change(lobby, ANNA, GRACE, OFFLINE);
    timers.advance(TICK);

    assertThat(viewer.events()).containsExactly("queue:update", "presence:update");
  }

  @Test
  void whoComesOnlineWithoutBeingAvailableIsNoNews() {
    FakeSocket viewer = viewer(lobby, ANNA);

    change(lobby, ANNA, OFFLINE, ONLINE);
    change(lobby, BEN, ONLINE, IN_CALL);
    timers.advance(TICK);

    assertThat(viewer.got()).isEmpty();
  }

  @Test
  void aViewerHearsWhenSomebodyOfHisViewIsAvailableAgain() {
    FakeSocket viewer = viewer(lobby, ANNA);

    change(lobby, ANNA, AVAILABLE, GRACE);
    timers.advance(TICK);
    change(lobby, ANNA, GRACE, AVAILABLE);
    timers.advance(TICK);

    assertThat(viewer.got("queue:update"))
        .extracting(got -> got.getBoolean("available"))
        .containsExactly(false, true);
  }

  @Test
  void aClientWithDeltasGetsOneFrameForATick() {
    FakeSocket viewer = deltas(lobby, ANNA, BEN, CARL);

    change(lobby, ANNA, AVAILABLE, ONLINE);
    change(lobby, BEN, GRACE, OFFLINE);
    change(lobby, CARL, GRACE, AVAILABLE);
    timers.advance(TICK);

    assertThat(viewer.events()).containsExactly("lobby:delta");
    assertThat(viewer.got("lobby:delta").get(0))
        .isEqualTo(
            new JsonObject()
                .put("add", ids(CARL))
                .put("remove", ids(ANNA))
                .put("offline", ids(BEN)));
  }

  @Test
  void clientsWithDeltasThatAreToldTheSameShareTheFrame() {
    FakeSocket one = deltas(lobby, ANNA, BEN);
    FakeSocket two = deltas(lobby, BEN, ANNA);
    FakeSocket three = deltas(lobby, ANNA);

    change(lobby, ANNA, AVAILABLE, ONLINE);
    change(lobby, BEN, AVAILABLE, ONLINE);
    timers.advance(TICK);

    assertThat(one.broadcasts().get(0)).isSameAs(two.broadcasts().get(0));
    assertThat(three.broadcasts().get(0)).isNotSameAs(one.broadcasts().get(0));
  }

  @Test
  void whoIsWaitedForDoesNotVanishUntilTheWaitIsOver() {
    FakeSocket socket = socket(false);
    Seat seat = lobby.enter(socket, new UUID(7, 7));
    lobby.show(seat, List.of(ANNA), List.of());
    lobby.waitsFor(seat, ANNA);

    change(lobby, ANNA, AVAILABLE, GRACE);
    timers.advance(TICK);
    change(lobby, ANNA, GRACE, OFFLINE);
    timers.advance(TICK);
    assertThat(socket.got()).isEmpty();
    lobby.waitsNoLonger(seat);

    assertThat(socket.events()).containsExactly("presence:update");
  }

  @Test
  void whatWasKeptBackIsForgottenWhenHeIsAvailableAgain() {
    FakeSocket socket = socket(true);
    Seat seat = lobby.enter(socket, new UUID(7, 7));
    lobby.show(seat, List.of(ANNA), List.of());
    lobby.waitsFor(seat, ANNA);

    change(lobby, ANNA, AVAILABLE, GRACE);
    timers.advance(TICK);
    change(lobby, ANNA, GRACE, AVAILABLE);
    timers.advance(TICK);
    lobby.waitsNoLonger(seat);

    assertThat(socket.got()).isEmpty();
  }

  @Test
  void someoneNewIsAnnouncedWhereThereIsRoomAndBelongsToTheViewFromThenOn() {
    FakeSocket hasRoom = viewer(withHints, BEN);
    FakeSocket isFull = viewer(withHints, new UUID(3, 1), new UUID(3, 2), new UUID(3, 3));

    change(withHints, ANNA, ONLINE, AVAILABLE);
    timers.advance(TICK);
    change(withHints, ANNA, AVAILABLE, ONLINE);
    timers.advance(TICK);

    assertThat(hasRoom.got("queue:update"))
        .extracting(got -> got.getBoolean("available"))
        .containsExactly(true, false);
    assertThat(isFull.got()).isEmpty();
  }

  @Test
  void nobodyIsHintedAtHimself() {
    FakeSocket socket = socket(false);
    var unused = withHints.enter(socket, ANNA);

    change(withHints, ANNA, ONLINE, AVAILABLE);
    timers.advance(REST.plus(REST));

    assertThat(socket.got()).isEmpty();
  }

  @Test
  void hintsAreTwoSecondsApartAndWhatWasMissedFollows() {
    FakeSocket viewer = viewer(withHints, BEN);

    change(withHints, ANNA, ONLINE, AVAILABLE);
    timers.advance(TICK);
    change(withHints, CARL, ONLINE, AVAILABLE);
    timers.advance(TICK);
    assertThat(viewer.got()).hasSize(1);
    timers.advance(REST);

    assertThat(viewer.got("queue:update"))
        .extracting(got -> got.getString("userId"))
        .containsExactly(ANNA.toString(), CARL.toString());
  }

  @Test
  void whoIsGoneBeforeTheNextHintIsNotHinted() {
    FakeSocket viewer = viewer(withHints, BEN);

    change(withHints, ANNA, ONLINE, AVAILABLE);
    timers.advance(TICK);
    change(withHints, CARL, ONLINE, AVAILABLE);
    timers.advance(TICK);
    change(withHints, CARL, AVAILABLE, ONLINE);
    timers.advance(REST);

    assertThat(viewer.got()).hasSize(1);
  }

  @Test
  void aHintToAClientWithDeltasNamesAllForWhomThereIsRoom() {
    FakeSocket viewer = deltas(withHints, BEN);

    change(withHints, ANNA, ONLINE, AVAILABLE);
    change(withHints, CARL, ONLINE, AVAILABLE);
    timers.advance(TICK);

    assertThat(viewer.events()).containsExactly("lobby:delta");
    assertThat(viewer.got("lobby:delta").get(0).getJsonArray("add"))
        .containsExactlyInAnyOrder(ANNA.toString(), CARL.toString());
  }

  @Test
  void whoTakesACallIsNotInTheLobbyAnyMoreOnAnyOfHisSockets() {
    FakeSocket one = socket(false);
    FakeSocket two = socket(false);
    Seat first = lobby.enter(one, ANNA);
    Seat second = lobby.enter(two, ANNA);
    lobby.show(first, List.of(BEN), List.of());
    lobby.show(second, List.of(BEN), List.of());

    change(lobby, ANNA, AVAILABLE, IN_CALL);
    change(lobby, BEN, AVAILABLE, ONLINE);
    timers.advance(TICK);

    assertThat(one.got()).isEmpty();
    assertThat(two.got()).isEmpty();
    assertThat(lobby.sizes().seats()).isZero();
    assertThat(directory.size()).isZero();
  }

  @Test
  void theDirectoryFindsEverySeatOfAViewerOfThisLoop() {
    FakeSocket one = socket(false);
    FakeSocket two = socket(false);
    var unused = lobby.enter(one, CARL);
    Seat second = lobby.enter(two, CARL);
    directory.show(CARL, List.of(ANNA), List.of());
    change(lobby, ANNA, AVAILABLE, ONLINE);
    timers.advance(TICK);
    lobby.leave(second);
    change(lobby, ANNA, ONLINE, AVAILABLE);
    timers.advance(TICK);

    assertThat(one.got()).hasSize(2);
    assertThat(two.got()).hasSize(1);
    assertThat(directory.size()).isEqualTo(1);
  }

  @Test
  void moreChangesThanTheBoundAreDroppedAndCounted() {
    var unused = viewer(lobby, ANNA);

    for (int one = 0; one < 60; one++) {
      change(lobby, new UUID(4, one), AVAILABLE, ONLINE);
    }

    assertThat(lobby.sizes().pendingChanges()).isEqualTo(50);
    assertThat(dropped[0]).isEqualTo(10);
  }

  @Test
  void aSocketThatIsClosedByWhatItIsSentTakesNobodysFrame() {
    List<FakeSocket> viewers = new ArrayList<>();
    List<Seat> seats = new ArrayList<>();
    for (int one = 0; one < 9; one++) {
      FakeSocket socket = socket(false);
      int number = one;
      if (one % 2 == 0) {
        socket.whenSent(() -> lobby.leave(seats.get(number)));
      }
      seats.add(lobby.enter(socket, new UUID(8, one)));
      lobby.show(seats.get(one), List.of(ANNA), List.of());
      viewers.add(socket);
    }

    change(lobby, ANNA, AVAILABLE, ONLINE);
    timers.advance(TICK);

    assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.got()).hasSize(1));
    assertThat(lobby.sizes().seats()).isEqualTo(4);
  }

  @Test
  void afterAnyComingAndGoingNothingIsLeft() {
    Random random = new Random(42);
    List<Seat> seats = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      switch (random.nextInt(6)) {
        case 0 -> seats.add(withHints.enter(socket(random.nextBoolean()), person(random)));
        case 1 -> {
          if (!seats.isEmpty()) {
            withHints.leave(seats.remove(random.nextInt(seats.size())));
          }
        }
        case 2, 3 -> {
          if (!seats.isEmpty()) {
            List<UUID> view = new ArrayList<>();
            for (int one = random.nextInt(6); one > 0; one--) {
              view.add(person(random));
            }
            withHints.show(seats.get(random.nextInt(seats.size())), view, List.of());
          }
        }
        case 4 -> change(withHints, person(random), state(random), state(random));
        default -> timers.advance(Duration.ofMillis(random.nextInt(300)));
      }
    }

    seats.forEach(withHints::leave);
    timers.advance(REST.plus(REST));

    assertThat(withHints.sizes()).isEqualTo(new LobbySizes(0, 0, 0, 0));
    assertThat(directory.size()).isZero();
    assertThat(timers.pending()).isZero();
  }

  private static UUID person(Random random) {
    return new UUID(1, random.nextInt(30));
  }

  private static PresenceState state(Random random) {
    return PresenceState.values()[random.nextInt(5)];
  }

  private Lobby lobby(LobbyConfig config) {
    return new Lobby(
        config,
        timers,
        directory,
        Runnable::run,
        new LobbyCounters() {
          @Override
          public void ticked(int changes, int sent) {
            emits[0] += sent;
          }

          @Override
          public void changeDropped() {
            dropped[0]++;
          }
        });
  }

  @Test
  void whoHideFromEachOtherVanishFromEachOthersView() {
    FakeSocket anna = of(lobby, ANNA, BEN, CARL);
    FakeSocket ben = of(lobby, BEN, ANNA);
    FakeSocket carl = of(lobby, CARL, ANNA, BEN);

    lobby.hide(ANNA, BEN);

    assertThat(anna.got("queue:update"))
        .containsExactly(new JsonObject().put("userId", BEN.toString()).put("available", false));
    assertThat(ben.got("queue:update"))
        .containsExactly(new JsonObject().put("userId", ANNA.toString()).put("available", false));
    assertThat(carl.got()).isEmpty();
    anna.forget();
    change(lobby, BEN, AVAILABLE, OFFLINE);
    timers.advance(TICK);
    assertThat(anna.got()).isEmpty();
    assertThat(carl.events()).containsExactly("presence:update");
  }

  @Test
  void aSocketWithDeltasLosesTheHiddenInOneFrame() {
    FakeSocket socket = socket(true);
    lobby.show(lobby.enter(socket, ANNA), List.of(BEN, CARL), List.of());

    lobby.hide(BEN, ANNA);

    assertThat(socket.got("lobby:delta")).containsExactly(new JsonObject().put("remove", ids(BEN)));
  }

  @Test
  void nobodyIsHintedAtWhoIsHidden() {
    FakeSocket viewer = socket(false);
    Seat seat = withHints.enter(viewer, ANNA);
    withHints.show(seat, List.of(), List.of(BEN));

    change(withHints, BEN, ONLINE, AVAILABLE);
    timers.advance(TICK);
    assertThat(viewer.got()).isEmpty();
    change(withHints, CARL, ONLINE, AVAILABLE);
    timers.advance(TICK);
    assertThat(viewer.events()).containsExactly("queue:update");
    viewer.forget();

    // The next answer does not hide him any more.
    withHints.show(seat, List.of(), List.of());
    timers.advance(REST);
    viewer.forget();
    change(withHints, BEN, AVAILABLE, ONLINE);
    change(withHints, BEN, ONLINE, AVAILABLE);
    timers.advance(TICK);
    change(withHints, BEN, AVAILABLE, ONLINE);
    timers.advance(TICK);
    change(withHints, BEN, ONLINE, AVAILABLE);
    timers.advance(REST);
    assertThat(viewer.events()).contains("queue:update");
  }

  private FakeSocket of(Lobby lobby, UUID viewer, UUID... people) {
    FakeSocket socket = socket(false);
    lobby.show(lobby.enter(socket, viewer), List.of(people), List.of());
    return socket;
  }

  private FakeSocket socket(boolean deltas) {
    return new FakeSocket(++sockets, null, deltas);
  }

  private FakeSocket viewer(Lobby of, UUID... people) {
    return shown(of, socket(false), people);
  }

  private FakeSocket deltas(Lobby of, UUID... people) {
    return shown(of, socket(true), people);
  }

  private FakeSocket shown(Lobby of, FakeSocket socket, UUID... people) {
    of.show(of.enter(socket, new UUID(9, sockets)), List.of(people), List.of());
    return socket;
  }

  private void change(Lobby of, UUID user, PresenceState from, PresenceState to) {
    of.changed(new Changed(new StreamPosition("e", ++offset), user, from, to, null, null));
  }

  private static JsonArray ids(UUID... people) {
    JsonArray ids = new JsonArray();
    for (UUID person : people) {
      ids.add(person.toString());
    }
    return ids;
  }
}
