package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import io.vertx.core.Future;
import java.util.UUID;

/** Where a member's browser finds STUN and TURN servers. Safe from any context. */
public interface IceProvider {

  /**
   * @param userId for whom credentials are made out, where the provider has any
   * @return servers in the order of preference; never empty
   */
  Future<IceServers> serversFor(UUID userId);
}
