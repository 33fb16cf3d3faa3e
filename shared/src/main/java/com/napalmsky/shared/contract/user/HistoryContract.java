package com.napalmsky.shared.contract.user;

import com.napalmsky.shared.bus.Endpoint;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member may do with his view of past calls. The partner has a view of his own. See {@code
 * docs/contracts/user.md}.
 */
public final class HistoryContract {

  private HistoryContract() {}

  /**
   * {@code DELETE /room/history} and {@code DELETE /room/history/{roomId}}. Idempotent.
   *
   * @param userId whose view
   * @param roomId of one call; null for all that are in it now
   */
  public record DeleteHistory(UUID userId, @Nullable UUID roomId) {}

  /**
   * @param entries how many were deleted; 0 when there was no such call in the view
   */
  public record HistoryDeleted(int entries) {}

  public static final Endpoint<DeleteHistory, HistoryDeleted> DELETE_HISTORY =
      Endpoint.of("user.v1.delete-history", DeleteHistory.class, HistoryDeleted.class);
}
