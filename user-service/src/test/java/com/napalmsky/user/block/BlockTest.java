package com.napalmsky.user.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.Block;
import com.napalmsky.shared.contract.user.BlockContract.BlockEntry;
import com.napalmsky.shared.contract.user.BlockContract.BlockOutcome;
import com.napalmsky.shared.contract.user.BlockContract.ListBlocks;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.BlockContract.Unblock;
import com.napalmsky.shared.contract.user.Cursor;
import com.napalmsky.shared.contract.user.UserContract.GetOverlay;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import com.napalmsky.user.ModerationStage;
import com.napalmsky.user.OtherServices;
import com.napalmsky.user.UserStage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockTest {

  @RegisterExtension static final UserStage stage = new UserStage("USER_BLOCKS_MAX", "3");

  private UUID ada;
  private UUID ben;

  @BeforeEach
  void two() {
    OtherServices.empty(stage);
    ada = stage.user("Ada");
    ben = stage.user("Ben");
    stage.forgetAnnouncements();
  }

  @CanIgnoreReturnValue
  private static BlockOutcome block(UUID blocker, UUID blocked) {
    return UserStage.await(stage.blocks().block(new Block(blocker, blocked, false))).outcome();
  }

  @CanIgnoreReturnValue
  private static boolean unblock(UUID blocker, UUID blocked) {
    return UserStage.await(stage.blocks().unblock(new Unblock(blocker, blocked))).found();
  }

  private static BlockContract.Blocks list(UUID blocker, Cursor before, int limit) {
    return UserStage.await(stage.blocks().list(new ListBlocks(blocker, before, limit)));
  }

  private static List<UUID> hiddenFrom(UUID viewer) {
    return UserStage.await(stage.overlays().get(new GetOverlay(viewer))).hidden();
  }

  @Test
  void aBlockHidesBothFromEachOtherAndIsListedForWhoMadeIt() {
    assertThat(block(ada, ben)).isEqualTo(BlockOutcome.BLOCKED);

    assertThat(hiddenFrom(ada)).containsExactly(ben);
    assertThat(hiddenFrom(ben)).containsExactly(ada);
    assertThat(list(ada, null, 10).blocks())
        .extracting(entry -> entry.person().userId())
        .containsExactly(ben);
    assertThat(list(ben, null, 10).blocks()).isEmpty();
    assertThat(stage.announced(OverlayChanged.class))
        .containsExactly(new OverlayChanged(List.of(ada, ben)));
    assertThat(stage.announced(PairHidden.class)).containsExactly(new PairHidden(ada, ben));
  }

  @Test
  void aBlockIsOnceAndForAllHoweverOftenItIsMade() {
    block(ada, ben);

    assertThat(block(ada, ben)).isEqualTo(BlockOutcome.BLOCKED);

    assertThat(list(ada, null, 10).blocks()).hasSize(1);
    assertThat(unblock(ada, ben)).isTrue();
    assertThat(unblock(ada, ben)).isFalse();
    assertThat(hiddenFrom(ben)).isEmpty();
    assertThat(stage.announced(PairHidden.class)).hasSize(2);
  }

  @Test
  void whoeverBlockedStaysHiddenUntilBothHaveTakenItBack() {
    block(ada, ben);
    block(ben, ada);

    unblock(ada, ben);

    assertThat(hiddenFrom(ada)).containsExactly(ben);
  }

  @Test
  void nobodyBlocksHimselfOrNobody() {
    assertThat(block(ada, ada)).isEqualTo(BlockOutcome.SELF);
    assertThat(block(ada, UUID.randomUUID())).isEqualTo(BlockOutcome.UNKNOWN_USER);
    assertThat(block(ada, null)).isEqualTo(BlockOutcome.UNKNOWN_USER);
    assertThat(stage.announced(PairHidden.class)).isEmpty();
  }

  @Test
  void aListIsBoundedAndReadInPagesNewestFirst() {
    UUID cleo = stage.user("Cleo");
    block(ada, ben);
    block(ada, cleo);
    stage.timers.advance(Duration.ofSeconds(1));
    UUID dora = stage.user("Dora");
    block(ada, dora);

    assertThat(block(ada, stage.user("One too many"))).isEqualTo(BlockOutcome.TOO_MANY);
    assertThat(block(ada, ben)).isEqualTo(BlockOutcome.BLOCKED);
    BlockContract.Blocks first = list(ada, null, 2);
    BlockContract.Blocks second = list(ada, first.next(), 2);

    assertThat(first.blocks().get(0).person().userId()).isEqualTo(dora);
    assertThat(
            List.of(first.blocks().get(1), second.blocks().get(0)).stream()
                .map(BlockEntry::person)
                .map(person -> person.userId()))
        .containsExactlyInAnyOrder(ben, cleo);
    assertThat(second.next()).isNull();
  }

  @Test
  void whatAReportHidesIsNotListedAndCannotBeTakenBack() {
    ModerationStage moderation = new ModerationStage(stage);
    moderation.met(ada, ben);
    moderation.report(ada, ben);

    assertThat(list(ada, null, 10).blocks()).isEmpty();
    assertThat(unblock(ada, ben)).isFalse();
    assertThat(hiddenFrom(ada)).containsExactly(ben);
  }
}
