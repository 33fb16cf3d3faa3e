package com.napalmsky.gateway.lobby;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.gateway.SocketOrder.Show;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which event loop of this process a viewer's lobby socket is; one for the process. A viewer
 * whose socket another process holds is looked up in presence and his view sent there.
 *
 * <p>Holds one entry for each viewer with a seat, so it is bounded by the sockets admitted. A
 * viewer with lobby sockets in two loops is shown to the one that entered last.
 *
 * <p>Safe from any context.
 */
public final class LobbyDirectory implements Views {

  private static final Logger LOG = LoggerFactory.getLogger(LobbyDirectory.class);

  private final ConcurrentHashMap<UUID, Lobby> lobbies = new ConcurrentHashMap<>();
  private final Bus bus;
  private final Delivery delivery;

  public LobbyDirectory(Bus bus) {
    this.bus = bus;
    delivery = new Delivery(bus);
  }

  @Override
  public void show(UUID viewerId, List<UUID> people, List<UUID> hidden) {
    Lobby lobby = lobbies.get(viewerId);
    if (lobby != null) {
      lobby.handOver(viewerId, people, hidden);
      return;
    }
    bus.request(PresenceContract.LOCATE, new Locate(List.of(viewerId)))
        .compose(located -> showElsewhere(located, new Show(people, hidden)))
        .onComplete(
            shown -> {},
            cause -> LOG.debug("view not handed over reason={}", String.valueOf(cause)));
  }

  /** How many viewers have a seat here. */
  public int size() {
    return lobbies.size();
  }

  void entered(UUID viewer, Lobby lobby) {
    lobbies.put(viewer, lobby);
  }

  void left(UUID viewer, Lobby lobby) {
    lobbies.remove(viewer, lobby);
  }

  private Future<Boolean> showElsewhere(Located located, Show show) {
    SocketRef primary = located.locations().get(0).primary();
    return primary == null
        ? Future.succeededFuture(false)
        : delivery.toSockets(List.of(primary), show);
  }
}
