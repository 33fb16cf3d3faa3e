package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;
import java.time.Duration;
import java.util.UUID;

/**
 * Two people whose call is over and who both want to talk again need not wait for the end of its
 * cooldown. See {@code docs/contracts/reunions.md}.
 */
public final class ReunionContract {

  private ReunionContract() {}

  /** {@code POST /room/again}. Idempotent. */
  public record Wish(UUID userId, UUID roomId) {}

  /** How a wish ended. */
  public enum WishOutcome {
    /** Noted; the other one has not wished it, or must not hear of it. */
    WAITING,
    /** Both wish it, and the cooldown of that call is over. */
    AGREED,
    /** The user had no such call, or it ended too long ago. */
    NO_SUCH_CALL
  }

  public record Wished(WishOutcome outcome) {}

  /**
   * A member of an ended call wishes to talk again. Told again when he says so again.
   *
   * @param agreed whether the other one wished it too
   */
  public record ReunionWished(UUID roomId, UUID wisherId, UUID otherId, boolean agreed) {}

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(8);

  public static final Endpoint<Wish, Wished> WISH =
      Endpoint.of("user.v1.wish-reunion", Wish.class, Wished.class).within(TRANSACTION_LIMIT);

  public static final Topic<ReunionWished> WISHED =
      new Topic<>("user.v1.reunion-wished", ReunionWished.class);
}
