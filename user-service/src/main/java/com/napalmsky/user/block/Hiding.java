package com.napalmsky.user.block;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.OverlayChanged;
import java.util.List;
import java.util.UUID;

/** Tells all who hides from whom; to be called after the commit. Safe from any context. */
public final class Hiding {

  private final Bus bus;

  public Hiding(Bus bus) {
    this.bus = bus;
  }

  /** The two do not see each other from now on. */
  public void began(UUID one, UUID other) {
    // First: whoever looks again because of the second fact must not find the old overlay.
    ended(one, other);
    bus.publish(BlockContract.PAIR_HIDDEN, new PairHidden(one, other));
  }

  /** The two may see each other again, unless something else hides them. */
  public void ended(UUID one, UUID other) {
    bus.publish(UserContract.OVERLAY_CHANGED, new OverlayChanged(List.of(one, other)));
  }
}
