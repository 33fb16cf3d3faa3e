package com.napalmsky.matchmaking.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.matchmaking.World;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import com.napalmsky.shared.contract.user.UserContract.Overlay;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlaysTest {

  private static final Overlay EMPTY = new Overlay(List.of(), List.of(), List.of());
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration REFRESH = Duration.ofMinutes(15);

  private final World world = new World();
  private final UUID ann = world.account("Ann");
  private final UUID bob = world.account("Bob");
  private final Overlays overlays =
      new Overlays(world.bus, world.timers, new OverlaySettings(100, IDLE, REFRESH));

  @Test
  void theOrderOfAnOverlayIsTheSameInEachProcess() {
    List<UUID> people =
        IntStream.range(0, 20).mapToObj(at -> world.account("P" + at)).sorted().toList();
    List<UUID> shuffled = new ArrayList<>(people);
    Collections.shuffle(shuffled, new Random(5));
    world.introductions.put(
        ann, shuffled.stream().map(one -> new Introduction(one, "Cid")).toList());
    world.hidden.put(ann, shuffled);

    ViewerOverlay overlay = overlays.of(ann).result();

    assertThat(overlay.introducers().keySet()).containsExactlyElementsOf(people);
    assertThat(overlay.firstHidden()).containsExactlyElementsOf(people);
  }

  @Test
  void anOverlayIsLoadedOnce() {
    world.cooldown(ann, bob, inMinutes(5));
    world.hidden.put(ann, List.of(bob));
    world.introductions.put(ann, List.of(new Introduction(bob, "Cid")));
    assertThat(overlays.of(ann).succeeded()).isTrue();

    ViewerOverlay overlay = overlays.of(ann).result();

    assertThat(loads()).isEqualTo(1);
    assertThat(overlay.cooldown(bob, world.timers.now())).isEqualTo(inMinutes(5));
    assertThat(overlay.hides(bob)).isTrue();
    assertThat(overlay.introducers()).containsEntry(bob, "Cid");
  }

  @Test
  void aCooldownThatIsOverIsNone() {
    world.cooldown(ann, bob, inMinutes(5));

    ViewerOverlay overlay = overlays.of(ann).result();

    assertThat(overlay.cooldown(bob, inMinutes(5))).isNull();
    assertThat(overlay.cooldown(bob, inMinutes(5).minusMillis(1))).isNotNull();
  }

  @Test
  void manyWhoAskAtOnceShareOneRequest() {
    List<Promise<Overlay>> requests = holdLoads();

    var all = IntStream.range(0, 50).mapToObj(at -> overlays.of(ann)).toList();
    requests.get(0).complete(EMPTY);

    assertThat(requests).hasSize(1);
    assertThat(all).allMatch(Future::succeeded);
    assertThat(overlays.loading()).isZero();
  }

  @Test
  void aCooldownThatStartsIsSeenByBoth() {
    assertThat(overlays.of(ann).succeeded()).isTrue();
    assertThat(overlays.of(bob).succeeded()).isTrue();

    overlays.cooldownStarted(new CooldownStarted(ann, bob, inMinutes(5)));

    Instant now = world.timers.now();
    assertThat(overlays.of(ann).result().cooldown(bob, now)).isEqualTo(inMinutes(5));
    assertThat(overlays.of(bob).result().cooldown(ann, now)).isEqualTo(inMinutes(5));
    assertThat(loads()).isEqualTo(2);
  }

  @Test
  void anEventNeverShortensACooldown() {
    world.cooldown(ann, bob, inMinutes(60));
    assertThat(overlays.of(ann).succeeded()).isTrue();

    overlays.cooldownStarted(new CooldownStarted(ann, bob, inMinutes(5)));

    assertThat(overlays.of(ann).result().cooldown(bob, world.timers.now()))
        .isEqualTo(inMinutes(60));
  }

  @Test
  void anEventDuringALoadIsNotLost() {
    List<Promise<Overlay>> requests = holdLoads();
    var first = overlays.of(ann);

    overlays.cooldownStarted(new CooldownStarted(bob, ann, inMinutes(5)));
    requests.get(0).complete(EMPTY);

    assertThat(first.result().cooldown(bob, world.timers.now())).isEqualTo(inMinutes(5));
    assertThat(overlays.of(ann).result().cooldown(bob, world.timers.now())).isNotNull();
  }

  @Test
  void anEventDuringARefreshIsNotLost() {
    assertThat(overlays.of(ann).succeeded()).isTrue();
    touchFor(REFRESH);
    List<Promise<Overlay>> requests = holdLoads();
    assertThat(overlays.of(ann).succeeded()).isTrue();
    overlays.cooldownStarted(new CooldownStarted(bob, ann, inMinutes(60)));

    requests.get(0).complete(EMPTY);

    assertThat(overlays.of(ann).result().cooldown(bob, world.timers.now())).isNotNull();
  }

  @Test
  void aChangedOverlayIsLoadedAgain() {
    assertThat(overlays.of(ann).result().hides(bob)).isFalse();
    world.hidden.put(ann, List.of(bob));

    overlays.overlayChanged(new OverlayChanged(List.of(ann)));

    assertThat(overlays.of(ann).result().hides(bob)).isTrue();
  }

  @Test
  void anOverlayThatChangedWhileItWasLoadedIsNotKept() {
    List<Promise<Overlay>> requests = holdLoads();
    var first = overlays.of(ann);
    overlays.overlayChanged(new OverlayChanged(List.of(ann)));
    requests.get(0).complete(EMPTY);

    var second = overlays.of(ann);
    requests.get(1).complete(new Overlay(List.of(), List.of(bob), List.of()));

    assertThat(first.succeeded()).isTrue();
    assertThat(second.result().hides(bob)).isTrue();
  }

  @Test
  void aFailureIsNotKept() {
    world.silence(UserContract.GET_OVERLAY);
    assertThat(overlays.of(ann).failed()).isTrue();

    world.serve(UserContract.GET_OVERLAY, asked -> Future.succeededFuture(EMPTY));

    assertThat(overlays.of(ann).succeeded()).isTrue();
  }

  @Test
  void anOldOverlayInUseIsRefreshedWithoutAnybodyWaiting() {
    assertThat(overlays.of(ann).succeeded()).isTrue();
    touchFor(REFRESH);
    assertThat(loads()).isEqualTo(1);
    world.hidden.put(ann, List.of(bob));

    assertThat(overlays.of(ann).result().hides(bob)).isFalse();

    assertThat(loads()).isEqualTo(2);
    assertThat(overlays.of(ann).result().hides(bob)).isTrue();
  }

  @Test
  void anOldOverlayOutlivesAnOutageOfUserService() {
    world.hidden.put(ann, List.of(bob));
    assertThat(overlays.of(ann).succeeded()).isTrue();
    touchFor(REFRESH);
    world.silence(UserContract.GET_OVERLAY);

    assertThat(overlays.of(ann).result().hides(bob)).isTrue();
    assertThat(overlays.of(ann).result().hides(bob)).isTrue();
  }

  @Test
  void anOverlayThatNobodyAsksForIsForgotten() {
    assertThat(overlays.of(ann).succeeded()).isTrue();

    world.timers.advance(IDLE);

    assertThat(overlays.size()).isZero();
  }

  @Test
  void noMoreOverlaysAreKeptThanAllowed() {
    IntStream.range(0, 500)
        .forEach(at -> assertThat(overlays.of(new UUID(7, at)).succeeded()).isTrue());

    assertThat(overlays.size()).isLessThanOrEqualTo(100);
  }

  @Test
  void overlaysOfManyEntriesCountForMore() {
    List<Cooldown> many =
        IntStream.range(0, 320)
            .mapToObj(at -> new Cooldown(new UUID(8, at), inMinutes(60)))
            .toList();
    world.serve(
        UserContract.GET_OVERLAY,
        asked -> Future.succeededFuture(new Overlay(many, List.of(), List.of())));

    IntStream.range(0, 100)
        .forEach(at -> assertThat(overlays.of(new UUID(7, at)).succeeded()).isTrue());

    assertThat(overlays.size()).isLessThanOrEqualTo(10);
  }

  private void touchFor(Duration span) {
    for (int step = 0; step < 3; step++) {
      world.timers.advance(span.dividedBy(3));
      if (step < 2) {
        assertThat(overlays.of(ann).succeeded()).isTrue();
      }
    }
  }

  private Instant inMinutes(int minutes) {
    return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minutes));
  }

  private int loads() {
    return world.bus.sent(GetOverlay.class).size();
  }

  private List<Promise<Overlay>> holdLoads() {
    List<Promise<Overlay>> requests = new ArrayList<>();
    world.serve(
        UserContract.GET_OVERLAY,
        asked -> {
          requests.add(Promise.promise());
          return requests.get(requests.size() - 1).future();
        });
    return requests;
  }
}
