package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does not want to meet whom. Hiding is mutual: neither sees, invites or hears of the other.
 * See {@code docs/contracts/moderation.md}.
 */
public final class BlockContract {

  private BlockContract() {}

  /**
   * {@code POST /user/blocks}. Idempotent.
   *
   * @param blockedId null when what the client sent is no id of anybody
   * @param endCall whether a running call of the two ends at once
   */
  public record Block(UUID blockerId, @Nullable UUID blockedId, boolean endCall) {}

  /** How a block ended. */
  public enum BlockOutcome {
    /** It stands now, perhaps since long. */
    BLOCKED,
    SELF,
    UNKNOWN_USER,
    /** The list is as long as it may be. */
    TOO_MANY
  }

  /**
   * @param callEnded whether it ended a running call
   */
  public record Blocked(BlockOutcome outcome, boolean callEnded) {}

  /** {@code DELETE /user/blocks/{userId}}. Idempotent. What a report hides stays hidden. */
  public record Unblock(UUID blockerId, UUID blockedId) {}

  /**
   * @param found whether there was such a block
   */
  public record Unblocked(boolean found) {}

  /** {@code GET /user/blocks}: newest first. */
  public record ListBlocks(UUID blockerId, @Nullable Cursor before, int limit) {}

  public record BlockEntry(Person person, Instant at) {}

  /**
   * @param next where the next page begins, null when there is none
   */
  public record Blocks(List<BlockEntry> blocks, @Nullable Cursor next) {
    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Two people are hidden from each other from now on: what is pending between them ends, and who
   * looks at the other does no longer.
   */
  public record PairHidden(UUID first, UUID second) {}

  private static final Duration BLOCK_LIMIT = Duration.ofSeconds(15);

  public static final Endpoint<Block, Blocked> BLOCK =
      Endpoint.of("user.v1.block", Block.class, Blocked.class).within(BLOCK_LIMIT);
  public static final Endpoint<Unblock, Unblocked> UNBLOCK =
      Endpoint.of("user.v1.unblock", Unblock.class, Unblocked.class);
  public static final Endpoint<ListBlocks, Blocks> LIST_BLOCKS =
      Endpoint.of("user.v1.list-blocks", ListBlocks.class, Blocks.class);

  public static final Topic<PairHidden> PAIR_HIDDEN =
      new Topic<>("user.v1.pair-hidden", PairHidden.class);
}
