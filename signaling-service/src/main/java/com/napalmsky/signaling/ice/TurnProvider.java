package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Somebody through whose servers media can go. Safe from any context. */
interface TurnProvider {

  /** Its name on the wire. */
  String name();

  /**
   * Credentials for one user that last as long as {@link IceConfig#life}.
   *
   * @return TURN servers, at least one; fails with a cause that holds no secret, within {@link
   *     IceConfig#requestLimit}
   */
  Future<List<IceServer>> relaysFor(UUID userId);
}
