package com.napalmsky.gateway;

import static com.napalmsky.gateway.TestGateway.await;

import com.napalmsky.gateway.GatewayService.Serving;
import com.napalmsky.gateway.http.health.SocketLoad;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Ended;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.InviteOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.WaitExtended;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.EnterQueue;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.process.Management;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A gateway with sockets on two event loops, whose services answer everything at once. It knows
 * what must be nothing when all clients are gone.
 */
public final class FuzzedGateway {

  /** Whose token nobody fuzzes. */
  public static final String WITNESS = "token-of-the-witness";

  /** A session that never ends. */
  public static final int USERS = 64;

  private static final String OWNER = "signaling-1";

  private record Loop(Context context, LoopSockets sockets) {}

  private final Vertx vertx;
  private final FakeServices services;
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final Set<Record> present = ConcurrentHashMap.newKeySet();
  private final AtomicLong offsets = new AtomicLong();
  private final List<Session> people = new ArrayList<>();
  private final Serving serving;

  private FuzzedGateway(Vertx vertx) {
    this.vertx = vertx;
    services = new FakeServices(vertx);
    for (int user = 0; user < USERS; user++) {
      people.add(FakeServices.session(user % 8 == 7 ? PaidStatus.UNPAID : PaidStatus.PAID));
    }
    Session witness = services.admit(WITNESS, FakeServices.session(PaidStatus.PAID));
    people.add(witness);
    admitAll();
    await(services.start());
    await(serveSockets(services.bus()));
    // Some requests log somebody out; and nobody reads what was heard.
    var unused =
        vertx.setPeriodic(
            500,
            now -> {
              services.heard.clear();
              admitAll();
            });
    GatewayConfig config =
        TestGateway.config(
            "GATEWAY_LOOPS", "2",
            // All from few addresses and users, and far faster than people are.
            "GATEWAY_LIMIT_AUTH_FAILURES", "0",
            "GATEWAY_GUESTS_PER_HOUR", "0",
            "GATEWAY_LIMIT_API_PER_MINUTE", "0",
            "GATEWAY_LIMIT_PAYMENT_PER_HOUR", "0",
            "GATEWAY_LIMIT_TURN_PER_HOUR", "0",
            // So few that places which are not given back would soon be missed.
            "GATEWAY_SOCKETS_MAX", "3000",
            "GATEWAY_STRANGERS_PER_ADDRESS", "600",
            "GATEWAY_HANDSHAKES_PER_SECOND", "0",
            "GATEWAY_EVENTS_PER_SECOND", "10000",
            "GATEWAY_EVENTS_BURST", "10000",
            "GATEWAY_ICE_BURST", "10000",
            "GATEWAY_AUTH_DEADLINE_SECONDS", "60",
            // Who leaves without a word is found out soon, so that the end can be seen.
            "GATEWAY_PING_INTERVAL_MILLIS", "2000",
            "GATEWAY_PING_TIMEOUT_MILLIS", "8000",
            "GATEWAY_CONNECT_TIMEOUT_MILLIS", "20000",
            "GATEWAY_UPGRADE_TIMEOUT_MILLIS", "2000");
    SocketLoops sockets =
        new SocketLoops(vertx, config.sockets(), new MemoryGuard(config.memory()));
    serving =
        await(
            GatewayService.start(
                vertx,
                config,
                watched(sockets),
                sockets.directory(),
                new MemoryGuard(config.memory()),
                new Management()));
  }

  public static FuzzedGateway start(Vertx vertx) {
    return new FuzzedGateway(vertx);
  }

  public int port() {
    return serving.port();
  }

  /** The token of one of {@link #USERS} people. */
  public static String token(int user) {
    return "token-of-user-" + user;
  }

  /** Engine.IO sessions that are open, connected or not. */
  public int sessions() {
    int sum = 0;
    for (Loop loop : loops) {
      Promise<Integer> counted = Promise.promise();
      loop.context().runOnContext(now -> counted.complete(loop.sockets().server().sessions()));
      sum += await(counted.future());
    }
    return sum;
  }

  /** Socket.IO clients that are connected. */
  public int clients() {
    return loops.stream()
        .map(loop -> loop.sockets().load())
        .reduce(SocketLoad.NONE, SocketLoad::plus)
        .sockets();
  }

  /** Sockets that presence was told of and of whose end it was not. */
  public int present() {
    return present.size();
  }

  private void admitAll() {
    for (int user = 0; user < USERS; user++) {
      var unused = services.admit(token(user), people.get(user));
    }
  }

  private SocketEdge.Factory watched(SocketEdge.Factory sockets) {
    return loop -> {
      Context context = vertx.getOrCreateContext();
      return sockets
          .open(loop)
          .map(
              edge -> {
                loops.add(new Loop(context, (LoopSockets) edge));
                return edge;
              });
    };
  }

  private Future<Void> serveSockets(TypedBus bus) {
    return Future.all(
            List.of(
                bus.serve(
                    PresenceContract.CONNECT,
                    at(
                        asked -> {
                          present.add(asked.socket());
                          return new Connected(PresenceState.ONLINE, null, null);
                        })),
                bus.serve(
                    PresenceContract.DISCONNECT,
                    at(
                        asked -> {
                          present.remove(asked.socket());
                          return new Moved(PresenceState.GRACE);
                        })),
                bus.serve(PresenceContract.JOIN, at(asked -> new Moved(PresenceState.ONLINE))),
                bus.serve(PresenceContract.LEAVE, at(asked -> new Moved(PresenceState.OFFLINE))),
                bus.serve(PresenceContract.ENTER_QUEUE, at(asked -> entered(bus, asked))),
                bus.serve(
                    PresenceContract.LEAVE_QUEUE, at(asked -> new Moved(PresenceState.ONLINE))),
                bus.serve(MatchmakingContract.INVITE, at(FuzzedGateway::invited)),
                bus.serve(
                    MatchmakingContract.ACCEPT,
                    at(asked -> new Accepted(one(AcceptOutcome.values(), asked.inviteId()), null))),
                bus.serve(MatchmakingContract.DECLINE, at(asked -> new Ended(true))),
                bus.serve(MatchmakingContract.RESCIND, at(asked -> new Ended(false))),
                bus.serve(
                    MatchmakingContract.EXTEND_WAIT,
                    at(asked -> new WaitExtended(true, Instant.now().plusSeconds(23)))),
                bus.serve(
                    SignalingContract.LOCATE,
                    at(asked -> new Located(isSomewhere(asked.roomId()) ? OWNER : null))),
                bus.serve(
                    SignalingContract.CALL.at(OWNER),
                    at(asked -> new CommandDone(one(Outcome.values(), asked.roomId()))))))
        .mapEmpty();
  }

  /** An owner that did not know a call it is named for would be asked again for seconds. */
  private static boolean isSomewhere(UUID roomId) {
    return roomId.hashCode() % 3 != 0 && one(Outcome.values(), roomId) != Outcome.UNKNOWN_CALL;
  }

  private Moved entered(TypedBus bus, EnterQueue asked) {
    bus.publish(
        PresenceContract.CHANGED,
        new Changed(
            new StreamPosition("epoch", offsets.incrementAndGet()),
            asked.person().userId(),
            PresenceState.ONLINE,
            PresenceState.AVAILABLE,
            asked.person(),
            null));
    return new Moved(PresenceState.AVAILABLE);
  }

  private static Invited invited(Invite asked) {
    UUID inviteId = UUID.randomUUID();
    return asked.calleeId() == null || asked.requestedSeconds() == null
        ? new Invited(inviteId, InviteOutcome.DECLINED, DeclineReason.values()[0], null, null, null)
        : new Invited(
            inviteId, InviteOutcome.SENT, null, Instant.now().plusSeconds(23), null, null);
  }

  private static <T> T one(T[] values, UUID by) {
    return values[Math.floorMod(by.hashCode(), values.length)];
  }

  private static <Q, R> Function<Q, Future<R>> at(Function<Q, R> answer) {
    return asked -> Future.succeededFuture(answer.apply(asked));
  }
}
