package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import com.napalmsky.shared.contract.signaling.SignalingContract.IceServers;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Public STUN servers and no relay: what there is without any account elsewhere. */
public final class StunOnly implements IceProvider {

  private static final Duration VALID_FOR = Duration.ofHours(1);
  private static final String PROVIDER = "fallback";
  private static final String WARNING =
      "No TURN server is configured: people behind strict firewalls, and iPhones, cannot connect.";

  private final Timers timers;
  private final List<IceServer> servers;

  /**
   * @param urls {@code stun:host:port}, at least one
   */
  public StunOnly(Timers timers, List<String> urls) {
    this.timers = timers;
    servers = urls.stream().map(url -> new IceServer(List.of(url), null, null)).toList();
  }

  @Override
  public Future<IceServers> serversFor(UUID userId) {
    return Future.succeededFuture(
        new IceServers(servers, timers.now().plus(VALID_FOR), PROVIDER, WARNING));
  }
}
