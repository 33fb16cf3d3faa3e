package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.auth.Authenticator;
import com.napalmsky.gateway.connection.Connection.State;
import com.napalmsky.gateway.connection.ConnectionCounters.Count;
import com.napalmsky.gateway.event.ClientEvents;
import com.napalmsky.gateway.event.EventType;
import com.napalmsky.gateway.event.EventType.Limit;
import com.napalmsky.gateway.event.GatewayEvents;
import com.napalmsky.gateway.event.Malformed;
import com.napalmsky.gateway.event.WireEvent;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.Seat;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.socketio.Previous;
import com.napalmsky.gateway.socketio.Socket;
import com.napalmsky.gateway.socketio.SocketHandler;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallDeclined;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallNotify;
import com.napalmsky.shared.contract.gateway.ClientEvent.CallStart;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.CloseReason;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementMade;
import com.napalmsky.shared.contract.user.AnnouncementContract.AnnouncementWithdrawn;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.IntroductionContract.Notified;
import com.napalmsky.shared.contract.user.KnownBans;
import com.napalmsky.shared.contract.user.ReunionContract.ReunionWished;
import com.napalmsky.shared.contract.user.UserContract.AccountChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients of one event loop. Every event passes, in this order: rate, shape, its turn, who may
 * send it; then it is carried to its service.
 *
 * <p>Confined to the event loop it was made for; one instance for each.
 */
public final class ConnectionHandler implements SocketHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  /** Like the sessions that ended last, for tokens that were judged just before. */
  private static final int MOST_BANS = 1_000;

  private final Timers timers;
  private final ConnectionConfig config;
  private final ConnectionCounters counters;
  private final Lobby lobby;
  private final Connections connections = new Connections();
  private final Errands errands;
  private final Turns turns;
  private final Calls calls;
  private final PresenceLink presence;
  private final RollCall rollCall;
  private final KeptEvents kept;
  private final Invites invites;
  private final Introductions introductions;
  private final Recovery recovery;
  private final SignIn signIn;
  private final Farewells farewells;
  private final Router router;
  private final Announcements announcements;
  private @Nullable String presenceEpoch;

  /**
   * @param loopName of {@link com.napalmsky.shared.contract.gateway.SocketRef#loop}
   * @param lobby of the same event loop
   * @param crowd of the process
   * @param loop runs something on the event loop that this belongs to
   * @param recoverable of the process
   * @param banned of the process
   */
  public ConnectionHandler(
      Bus bus,
      Timers timers,
      Authenticator authenticator,
      ConnectionConfig config,
      String loopName,
      Lobby lobby,
      ConnectionCounters counters,
      Crowd crowd,
      Executor loop,
      RecoverableSessions recoverable,
      BannedAddresses banned) {
    this.timers = timers;
    this.config = config;
    this.counters = counters;
    this.lobby = lobby;
    EndedSessions ended = new EndedSessions();
    KeptOut keptOut = new KeptOut(new KnownBans(timers, MOST_BANS), banned);
    errands = new Errands(timers, config.errands(), counters);
    turns = new Turns(config.waitingEvents(), counters, this::carryOut);
    calls = new Calls(bus, timers, loopName, errands, turns, counters);
    presence = new PresenceLink(bus, loopName, lobby, errands, turns, calls, counters);
    rollCall = new RollCall(timers, connections::forEach, presence::startOver);
    kept = new KeptEvents(recoverable, loop);
    invites = new Invites(bus, timers, loopName, lobby, turns, kept, counters);
    recovery = new Recovery(recoverable, kept, timers, loop, presence, invites, ended, counters);
    introductions = new Introductions(bus, timers, config.unreadLookUps(), connections, counters);
    signIn =
        new SignIn(
            authenticator,
            timers,
            config,
            connections,
            ended,
            keptOut,
            presence,
            introductions,
            recovery,
            turns,
            counters,
            crowd);
    farewells = new Farewells(timers, config.farewell(), connections, ended, keptOut, presence);
    router = new Router(signIn, presence, invites, calls);
    announcements = new Announcements(connections, timers);
  }

  @Override
  public Future<Decision> onConnect(Socket socket, @Nullable Previous previous) {
    Connection connection = new Connection(socket, new Allowance(config, now()));
    socket.attach(connection);
    return signIn.decide(connection, previous);
  }

  @Override
  public Identity onAccept(Socket socket) {
    Connection connection = of(socket);
    return connection == null
        ? SocketHandler.super.onAccept(socket)
        : recovery.identity(connection);
  }

  @Override
  public void onConnected(Socket socket) {
    Connection connection = of(socket);
    if (connection != null) {
      signIn.connected(connection);
    }
  }

  @Override
  public void onEvent(Socket socket, String event, JsonArray arguments, @Nullable Ack ack) {
    Connection connection = of(socket);
    if (connection == null || !connection.listens()) {
      return;
    }
    Reply reply = new Reply(connection, ack);
    EventType<?> type = ClientEvents.named(event);
    if (!allowed(connection, type == null ? Limit.USUAL : type.limit(), reply)) {
      return;
    }
    if (type == null) {
      counters.count(Count.UNKNOWN_EVENT);
      reply.refuse(Sentences.UNKNOWN_EVENT);
      return;
    }
    Said said = read(type, arguments, reply);
    if (said != null) {
      turns.take(connection, said);
    }
  }

  @Override
  public void onPing(Socket socket) {
    Connection connection = of(socket);
    if (connection != null) {
      kept.pinged(connection);
    }
  }

  @Override
  public void onPong(Socket socket) {
    Connection connection = of(socket);
    if (connection != null) {
      kept.answered(connection);
    }
  }

  @Override
  public void onClose(Socket socket, CloseReason reason) {
    Connection connection = of(socket);
    if (connection == null || !connection.open()) {
      return;
    }
    State before = connection.state;
    connection.state = State.CLOSED;
    connection.waiting = null;
    recovery.lose(connection, before, reason);
    connections.remove(connection);
    calls.lose(connection);
    presence.detach(connection);
    invites.over(connection);
    introductions.gone(connection);
  }

  /** Takes notice of a change of presence. */
  public void presenceChanged(Changed change) {
    String epoch = change.position().epoch();
    if (!epoch.equals(presenceEpoch)) {
      if (presenceEpoch != null) {
        startOver();
      }
      presenceEpoch = epoch;
    }
    lobby.changed(change);
  }

  /** Presence may have forgotten sockets: has it know each again, with what it is in. */
  public void startOver() {
    rollCall.begin();
  }

  /** Has presence know those sockets that it could not be told of before. */
  public void makeUp() {
    rollCall.makeUp();
  }

  /** Whether a socket is here. */
  public boolean holds(long socket) {
    return connections.bySocket(socket) != null;
  }

  /** Ends the sockets of sessions that are over. */
  public void sessionsEnded(SessionsEnded event) {
    farewells.sessionsEnded(event);
  }

  /** Ends the sockets of who is banned. */
  public void banChanged(BanChanged change) {
    farewells.banChanged(change);
  }

  /** Ends the sockets of addresses that are banned. */
  public void addressesBanned() {
    farewells.addressesBanned();
  }

  /** Two people do not see each other any more. */
  public void pairHidden(PairHidden pair) {
    lobby.hide(pair.first(), pair.second());
  }

  /** Takes notice of a new profile, or of paid access. */
  public void accountChanged(AccountChanged event) {
    farewells.accountChanged(event);
  }

  /** Tells a user of somebody who was introduced to him, on each of his sockets here. */
  public void introductionNotified(Notified event) {
    introductions.notified(event.notification());
  }

  /** Tells both members of an ended call that one of them would like to talk again. */
  public void reunionWished(ReunionWished event) {
    WireEvent wished = GatewayEvents.wishedAgain(event);
    for (UUID member : List.of(event.wisherId(), event.otherId())) {
      for (Connection connection : connections.ofUser(member)) {
        if (connection.state == State.SIGNED_IN) {
          connection.emit(wished);
        }
      }
    }
  }

  /** Tells everybody what an admin has to say. */
  public void announced(AnnouncementMade event) {
    announcements.tell(GatewayEvents.announcement(event.announcement()));
  }

  /** Tells everybody that an announcement does not hold any more. */
  public void announcementWithdrawn(AnnouncementWithdrawn event) {
    announcements.tell(GatewayEvents.announcementWithdrawn(event.id()));
  }

  /**
   * Sends an event of a service to a socket, and does what it means for the socket.
   *
   * @param wire the event as the client gets it
   * @return whether the socket is here and takes it
   */
  public boolean deliver(long socket, ClientEvent event, WireEvent wire) {
    Connection connection = connections.bySocket(socket);
    if (connection == null || !takes(connection, event)) {
      return false;
    }
    if (event instanceof CallStart start) {
      calls.started(connection, start.roomId(), start.owner());
      presence.leaveLobby(connection);
      invites.over(connection);
    } else if (event instanceof SessionFinalized finalized) {
      // Before it is sent: a socket that turns out too slow is put aside with what is known then.
      presence.callOver(connection, finalized.roomId());
      calls.ended(connection, finalized.roomId());
    }
    kept.emit(connection, wire);
    if (event instanceof CallDeclined declined) {
      invites.declined(connection, declined.inviteId());
    } else if (event instanceof SessionFinalized && !connection.inCall()) {
      farewells.callOver(connection);
    }
    return true;
  }

  /**
   * Ends a socket.
   *
   * @return whether it was here
   */
  public boolean close(long socket, CloseReason reason) {
    Connection connection = connections.bySocket(socket);
    if (connection == null) {
      return false;
    }
    connection.close(reason);
    return true;
  }

  /**
   * Finds out whether a socket's client is still there; if it is not, the socket is closed.
   *
   * @return whether it was here
   */
  public boolean probe(long socket) {
    Connection connection = connections.bySocket(socket);
    if (connection == null) {
      return false;
    }
    connection.socket.probe(config.probe());
    return true;
  }

  /**
   * Has a socket look at these people; one outside the lobby looks at nobody.
   *
   * @return whether the socket is here
   */
  public boolean show(long socket, SocketOrder.Show view) {
    Connection connection = connections.bySocket(socket);
    if (connection == null) {
      return false;
    }
    Seat seat = connection.seat;
    if (seat != null) {
      lobby.show(seat, view.people(), view.hidden());
    }
    return true;
  }

  /**
   * Lets all sockets go, evenly over some time, calls last; new ones are to be refused meanwhile.
   *
   * @return succeeds when none is left
   */
  public Future<Void> handOver(Duration over) {
    return new Handover(connections, timers).begin(over);
  }

  /** What is held now. */
  public ConnectionSizes sizes() {
    return new ConnectionSizes(
        connections.sockets(),
        connections.users(),
        errands.size(),
        introductions.waiting(),
        recovery.lost());
  }

  private static boolean takes(Connection connection, ClientEvent event) {
    return switch (connection.state) {
      case SIGNED_IN -> true;
      case FINISHING -> !(event instanceof CallNotify);
      case UNKNOWN, ENDING, CLOSED -> false;
    };
  }

  private boolean allowed(Connection connection, Limit limit, Reply reply) {
    switch (connection.allowance.take(limit, config, now())) {
      case ALLOWED -> {
        return true;
      }
      case REFUSED -> reply.refuse(Sentences.TOO_MANY_EVENTS);
      case FLOODING -> {
        counters.count(Count.FLOODED);
        connection.close(CloseReason.FLOODING);
      }
      case IGNORED -> {}
    }
    counters.count(Count.RATE_LIMITED);
    return false;
  }

  private @Nullable Said read(EventType<?> type, JsonArray arguments, Reply reply) {
    try {
      return new Said(type, type.parser().parse(arguments), reply);
    } catch (Malformed malformed) {
      reply.refuse(malformed.sentence());
    } catch (RuntimeException fault) {
      LOG.error("parser of {} failed", type.name(), fault);
      reply.refuse(Sentences.NOT_UNDERSTOOD);
    }
    counters.count(Count.MALFORMED);
    return null;
  }

  private void carryOut(Connection connection, Said said) {
    try {
      router.carryOut(connection, said);
    } catch (RuntimeException fault) {
      LOG.error("event {} failed", said.type().name(), fault);
      said.reply().refuse(Sentences.UNAVAILABLE);
    }
  }

  private static @Nullable Connection of(Socket socket) {
    return socket.attachment() instanceof Connection connection ? connection : null;
  }

  private long now() {
    return timers.now().toEpochMilli();
  }
}
