package com.napalmsky.user.reunion;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import com.napalmsky.shared.contract.user.ReunionContract.Wish;
import com.napalmsky.shared.contract.user.ReunionContract.WishOutcome;
import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.user.UserStage;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReunionTest {

  @RegisterExtension static final UserStage stage = new UserStage();

  private UUID ada;
  private UUID ben;
  private UUID room;

  @BeforeEach
  void aCallOfTwo() {
    ada = stage.user("Ada");
    ben = stage.user("Ben");
    room = call(stage.timers.now());
    stage.forgetAnnouncements();
  }

  private UUID call(Instant endedAt) {
    UUID id = UUID.randomUUID();
    UserStage.await(
        stage
            .calls()
            .record(
                new RecordCall(
                    id,
                    "session-" + id,
                    ada,
                    ben,
                    endedAt.minusSeconds(200),
                    endedAt,
                    200,
                    EndReason.COMPLETED,
                    List.of())));
    return id;
  }

  @CanIgnoreReturnValue
  private WishOutcome wish(UUID user) {
    return UserStage.await(stage.reunions().wish(new Wish(user, room))).outcome();
  }

  private List<Cooldown> cooldownsOfAda() {
    return UserStage.await(stage.overlays().get(new GetOverlay(ada))).cooldowns();
  }

  @Test
  void oneWishAloneIsToldAndChangesNothing() {
    assertThat(wish(ada)).isEqualTo(WishOutcome.WAITING);
    assertThat(wish(ada)).isEqualTo(WishOutcome.WAITING);

    assertThat(cooldownsOfAda()).hasSize(1);
    assertThat(stage.announced(OverlayChanged.class)).isEmpty();
    assertThat(stage.announced(ReunionWished.class))
        .containsOnly(new ReunionWished(room, ada, ben, false));
  }

  @Test
  void whenBothWishItTheCooldownIsOverForBoth() {
    wish(ben);

    assertThat(wish(ada)).isEqualTo(WishOutcome.AGREED);

    assertThat(cooldownsOfAda()).isEmpty();
    assertThat(stage.announced(OverlayChanged.class))
        .singleElement()
        .satisfies(changed -> assertThat(changed.viewerIds()).containsExactlyInAnyOrder(ada, ben));
    assertThat(stage.announced(ReunionWished.class))
        .containsExactly(
            new ReunionWished(room, ben, ada, false), new ReunionWished(room, ada, ben, true));
  }

  @Test
  void twoWishesAtOnceAgree() {
    Future<?> one = stage.reunions().wish(new Wish(ada, room));
    Future<?> other = stage.reunions().wish(new Wish(ben, room));
    UserStage.await(one);
    UserStage.await(other);

    assertThat(cooldownsOfAda()).isEmpty();
  }

  @Test
  void aWishSaidAgainAfterTheNextCallDoesNotEndItsCooldown() {
    wish(ada);
    wish(ben);
    var unused = call(stage.timers.now());

    assertThat(wish(ada)).isEqualTo(WishOutcome.AGREED);

    assertThat(cooldownsOfAda()).hasSize(1);
  }

  @Test
  void aLongerCooldownOfAnotherReasonStays() {
    Instant later = stage.timers.now().plus(Duration.ofDays(3));
    UserStage.await(
        stage.cooldowns().set(new SetCooldown(ada, ben, later, CooldownReason.DECLINED)));
    wish(ada);

    assertThat(wish(ben)).isEqualTo(WishOutcome.AGREED);

    assertThat(cooldownsOfAda()).extracting(Cooldown::until).containsExactly(later);
  }

  @Test
  void whoIsHiddenIsNotToldAndTheOtherWaitsInVain() {
    wish(ben);
    UserStage.await(stage.blocks().block(new Block(ada, ben, false)));
    stage.forgetAnnouncements();

    assertThat(wish(ada)).isEqualTo(WishOutcome.WAITING);
    assertThat(wish(ben)).isEqualTo(WishOutcome.WAITING);

    assertThat(cooldownsOfAda()).hasSize(1);
    assertThat(stage.announced(ReunionWished.class)).isEmpty();
  }

  @Test
  void strangersAndLongGoneCallsAreNothing() {
    assertThat(wish(stage.user("Eve"))).isEqualTo(WishOutcome.NO_SUCH_CALL);
    room = UUID.randomUUID();
    assertThat(wish(ada)).isEqualTo(WishOutcome.NO_SUCH_CALL);
    room = call(stage.timers.now().minusSeconds(3600));
    assertThat(wish(ada)).isEqualTo(WishOutcome.NO_SUCH_CALL);
    assertThat(stage.announced(ReunionWished.class)).isEmpty();
  }
}
