package com.napalmsky.gateway;

import com.napalmsky.gateway.admission.Doors;
import com.napalmsky.gateway.connection.ConnectionHandler;
import com.napalmsky.gateway.delivery.LoopDelivery;
import com.napalmsky.gateway.engineio.EngineLoops;
import com.napalmsky.gateway.engineio.EngineMeter;
import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.CrossOrigin;
import com.napalmsky.gateway.http.Origins;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.LobbyDirectory;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.recovery.RecoveryConfig;
import com.napalmsky.gateway.recovery.RecoverySizes;
import com.napalmsky.gateway.socketio.SocketIoServer;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.AnnouncementContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.ReunionContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.cluster.ProcessName;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.meter.Sampled;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens the sockets of each event loop of a gateway process, and holds what the loops have in
 * common.
 */
final class SocketLoops implements SocketEdge.Factory {

  private static final int FORBIDDEN = 403;

  // New at each start: a message for a socket of an earlier run must not reach one of this run.
  private final String node;
  private final AtomicInteger loops = new AtomicInteger();
  private final EngineLoops engines = new EngineLoops();
  private final EngineMeter meter = new EngineMeter();
  private final SocketMeters counted = new SocketMeters();
  private final SocketConfig config;
  private final Doors doors;
  private final LobbyDirectory directory;
  private final RecoverableSessions recoverable;
  private volatile Meters meters = Meters.none();
  private final List<LoopSockets> opened = new CopyOnWriteArrayList<>();

  SocketLoops(Vertx vertx, SocketConfig config, MemoryGuard memory) {
    node = ProcessName.of(vertx);
    this.config = config;
    doors = new Doors(config.admission(), Timers.of(vertx), memory);
    directory = new LobbyDirectory(new TypedBus(vertx));
    recoverable = new RecoverableSessions(config.recovery());
  }

  /** The name of this process in its loops' names. */
  String node() {
    return node;
  }

  /** Presence may have forgotten sockets of this process: each loop has it know them again. */
  void startOver() {
    opened.forEach(LoopSockets::startOver);
  }

  /** Those of the sockets, said to be of this process, that it does not have; safe anywhere. */
  Future<List<SocketRef>> absent(List<SocketRef> sockets) {
    List<Future<List<SocketRef>>> asked = new ArrayList<>();
    List<SocketRef> rest = new ArrayList<>(sockets);
    for (LoopSockets loop : opened) {
      List<SocketRef> own =
          sockets.stream().filter(socket -> socket.loop().equals(loop.name())).toList();
      rest.removeAll(own);
      if (!own.isEmpty()) {
        asked.add(loop.absent(own));
      }
    }
    return Future.join(asked)
        .map(
            answers -> {
              answers.<List<SocketRef>>list().forEach(rest::addAll);
              return rest;
            });
  }

  /** Has presence know those sockets that it could not be told of before. */
  void makeUp() {
    opened.forEach(LoopSockets::makeUp);
  }

  /** Takes no new sockets and lets those there are go; succeeds when none is left. */
  Future<Void> drain(Duration over) {
    return Future.join(opened.stream().map(loop -> loop.drain(over)).toList()).mapEmpty();
  }

  /** Finds the loop of a viewer's lobby socket. */
  LobbyDirectory directory() {
    return directory;
  }

  @Override
  public Future<SocketEdge> open(SocketEdge.Loop loop) {
    String name = node + "-" + loops.getAndIncrement();
    Timers timers = Timers.of(loop.vertx());
    Executor onLoop = onThis(loop.vertx());
    Lobby lobby = new Lobby(config.lobby(), timers, directory, onLoop, counted.lobby());
    ConnectionHandler clients =
        new ConnectionHandler(
            loop.bus(),
            timers,
            loop.sessions(),
            config.connection(),
            name,
            lobby,
            counted.connections(),
            doors,
            onLoop,
            recoverable,
            loop.banned());
    SocketIoServer server =
        new SocketIoServer(
            loop.vertx(),
            config.engine(),
            clients,
            timers,
            engines,
            doors,
            meter,
            pagesOf(loop.origins()));
    LoopDelivery delivery = new LoopDelivery(clients);
    TypedBus bus = loop.bus();
    return Future.all(
            List.of(
                bus.serve(GatewayContract.DELIVER.at(name), delivery::deliver),
                bus.subscribe(PresenceContract.CHANGED, clients::presenceChanged),
                bus.subscribe(UserContract.SESSIONS_ENDED, clients::sessionsEnded),
                bus.subscribe(UserContract.ACCOUNT_CHANGED, clients::accountChanged),
                bus.subscribe(BanContract.BAN_CHANGED, clients::banChanged),
                bus.subscribe(BlockContract.PAIR_HIDDEN, clients::pairHidden),
                bus.subscribe(IntroductionContract.NOTIFIED, clients::introductionNotified),
                bus.subscribe(ReunionContract.WISHED, clients::reunionWished),
                bus.subscribe(AnnouncementContract.MADE, clients::announced),
                bus.subscribe(AnnouncementContract.WITHDRAWN, clients::announcementWithdrawn)))
        .map(
            listening -> {
              Sampled<Long> waiting =
                  new Sampled<>(timers, 0L, () -> Future.succeededFuture(server.waiting()));
              LoopSockets sockets =
                  new LoopSockets(name, server, clients, lobby, waiting, onLoop, doors.limit());
              if (meters.exported()) {
                waiting.begin();
              }
              counted.add(meters, sockets, config);
              opened.add(sockets);
              return sockets;
            });
  }

  @Override
  public void meter(Meters counting) {
    meters = counting;
    counted.register(counting, meter, config.engine().unfinishedBytes(), doors, recoverable);
  }

  @Override
  public Map<String, String> details() {
    RecoverySizes sizes = recoverable.sizes();
    RecoveryConfig bounds = recoverable.config();
    return Map.of(
        "recovery.sessions.size", String.valueOf(sizes.sessions()),
        "recovery.sessions.max", String.valueOf(bounds.sessions()),
        "recovery.bytes.size", String.valueOf(sizes.bytes()),
        "recovery.bytes.max", String.valueOf(bounds.totalBytes()));
  }

  @Override
  public long closed(CloseReason reason) {
    return meter.closed(reason);
  }

  /** Long-polling follows the same rules for pages of other origins as every route. */
  private static com.napalmsky.gateway.engineio.CrossOrigin pagesOf(Origins origins) {
    CrossOrigin rules = new CrossOrigin(origins);
    return request -> {
      Answer answer = rules.judge(request);
      if (answer != null) {
        request.response().headers().setAll(answer.headers());
      }
      return answer == null || answer.status() != FORBIDDEN;
    };
  }

  private static Executor onThis(Vertx vertx) {
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(now -> task.run());
  }
}
