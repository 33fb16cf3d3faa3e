package com.napalmsky.gateway.connection;

import static com.napalmsky.shared.contract.presence.PresenceState.AVAILABLE;
import static com.napalmsky.shared.contract.presence.PresenceState.GRACE;
import static com.napalmsky.shared.contract.presence.PresenceState.OFFLINE;
import static com.napalmsky.shared.contract.presence.PresenceState.ONLINE;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.gateway.delivery.LoopDelivery;
import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.lobby.Lobby;
import com.napalmsky.gateway.lobby.LobbyConfig;
import com.napalmsky.gateway.lobby.LobbyCounters;
import com.napalmsky.gateway.lobby.LobbyDirectory;
import com.napalmsky.gateway.recovery.RecoverableSessions;
import com.napalmsky.gateway.recovery.RecoveryConfig;
import com.napalmsky.gateway.socketio.FakeSocket;
import com.napalmsky.gateway.socketio.Previous;
import com.napalmsky.gateway.socketio.SocketHandler.Decision;
import com.napalmsky.gateway.socketio.SocketHandler.Identity;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Connected;
import com.napalmsky.shared.contract.presence.PresenceContract.Moved;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BanStatus;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.IntroductionContract;
import com.napalmsky.shared.contract.user.IntroductionContract.GetNotifications;
import com.napalmsky.shared.contract.user.IntroductionContract.Notifications;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.contract.user.PaidStatus;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.contract.user.UserContract.Verdict;
import com.napalmsky.shared.runtime.ManualTimers;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** One event loop of the gateway without Vert.x: services that answer at once, time by hand. */
final class TestLoop {

  static final String LOOP = "gw1-0";
  static final String OWNER = "sig-1";
  static final UUID ANNA = new UUID(1, 1);
  static final UUID BEN = new UUID(1, 2);
  static final UUID ROOM = new UUID(5, 5);
  static final UUID INVITE = new UUID(6, 6);

  final LocalBus bus = new LocalBus();
  final ManualTimers timers = new ManualTimers();
  final Map<String, Future<Authenticated>> tokens = new HashMap<>();
  final Map<ConnectionCounters.Count, Integer> counts =
      new EnumMap<>(ConnectionCounters.Count.class);
  final LobbyDirectory directory = new LobbyDirectory(bus);
  final Lobby lobby =
      new Lobby(
          LobbyConfig.from(new Settings(Map.of())),
          timers,
          directory,
          Runnable::run,
          LobbyCounters.NONE);
  final RoomyCrowd crowd = new RoomyCrowd();
  final RecoverableSessions recoverable;
  final BannedAddresses banned = new BannedAddresses(timers, 10);
  final ConnectionHandler handler;
  final LoopDelivery delivery;
  final Map<FakeSocket, Identity> identities = new HashMap<>();
  final String name;
  private long sockets;
  private long offset;

  /** Never crowded, until a test says so. */
  static final class RoomyCrowd implements Crowd {
    boolean full;

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public int retryAfterSeconds() {
      return 3;
    }
  }

  TestLoop() {
    this(LOOP, new RecoverableSessions(RecoveryConfig.from(new Settings(Map.of()))));
  }

  /** A loop that shares what is kept with others of its process. */
  TestLoop(String name, RecoverableSessions recoverable) {
    this.name = name;
    this.recoverable = recoverable;
    handler =
        new ConnectionHandler(
            bus,
            timers,
            token -> tokens.getOrDefault(token, answer(Verdict.UNKNOWN, null)),
            ConnectionConfig.from(new Settings(Map.of())),
            name,
            lobby,
            what -> counts.merge(what, 1, Integer::sum),
            crowd,
            Runnable::run,
            recoverable,
            banned);
    delivery = new LoopDelivery(handler);
    tokens.put("anna", answer(Verdict.ACTIVE, session(ANNA, PaidStatus.PAID)));
    tokens.put("ben", answer(Verdict.ACTIVE, session(BEN, PaidStatus.PAID)));
    tokens.put("unpaid", answer(Verdict.ACTIVE, session(ANNA, PaidStatus.UNPAID)));
    tokens.put("displaced", answer(Verdict.DISPLACED, null));
    tokens.put("banned", answer(Verdict.BANNED, session(ANNA, PaidStatus.PAID)));
    var unused =
        bus.answer(PresenceContract.CONNECT, connect -> new Connected(ONLINE, null, null))
            .answer(PresenceContract.DISCONNECT, disconnect -> new Moved(PresenceState.GRACE))
            .answer(PresenceContract.JOIN, join -> new Moved(ONLINE))
            .answer(PresenceContract.LEAVE, leave -> new Moved(OFFLINE))
            .answer(PresenceContract.ENTER_QUEUE, enter -> new Moved(AVAILABLE))
            .answer(PresenceContract.LEAVE_QUEUE, leave -> new Moved(ONLINE))
            .answer(
                IntroductionContract.GET_NOTIFICATIONS, asked -> new Notifications(List.of(), 0))
            .answer(PresenceContract.LOCATE, locate -> located(locate, GRACE, null))
            .answer(SignalingContract.LOCATE, locate -> new Located(OWNER))
            .answer(SignalingContract.CALL.at(OWNER), command -> new CommandDone(Outcome.DONE))
            .serve(GatewayContract.DELIVER.at(name), delivery::deliver);
  }

  static PresenceContract.Located located(
      PresenceContract.Locate asked, PresenceState state, UUID room) {
    return new PresenceContract.Located(
        asked.userIds().stream()
            .map(user -> new PresenceContract.Location(user, state, room, null, List.of()))
            .toList());
  }

  static Session session(UUID userId, PaidStatus paid) {
    Person person = new Person(userId, "Name", Gender.FEMALE, null, null);
    return new Session(
        new UUID(99, userId.getLeastSignificantBits()),
        person,
        false,
        paid,
        BanStatus.NONE,
        false,
        Instant.MAX);
  }

  static Future<Authenticated> answer(Verdict verdict, Session session) {
    return Future.succeededFuture(new Authenticated(verdict, session));
  }

  static <T> Future<T> unreachable() {
    return Future.failedFuture(ServiceFailure.unavailable("gone"));
  }

  /** A client that asks to be let in. */
  FakeSocket socket(String token) {
    FakeSocket socket = new FakeSocket(++sockets, token, false);
    socket.reportTo(handler);
    return socket;
  }

  /** A client that is let in. */
  @CanIgnoreReturnValue
  FakeSocket connected(String token) {
    return connected(token, null);
  }

  /** A client that asks for the session it lost, and is let in. */
  @CanIgnoreReturnValue
  FakeSocket connected(String token, Previous previous) {
    FakeSocket socket = socket(token);
    Future<Decision> decision = handler.onConnect(socket, previous);
    if (decision.result() instanceof Decision.Accept) {
      letIn(socket);
    }
    return socket;
  }

  /** Goes on with a client that may be let in. */
  void letIn(FakeSocket socket) {
    identities.put(socket, handler.onAccept(socket));
    handler.onConnected(socket);
  }

  /** Nothing is under way any more that would have presence know the socket. */
  void forgetErrands(FakeSocket socket) {
    ((Connection) socket.attachment()).attachOwed = false;
  }

  /** What a client was told that it is. */
  Identity identity(FakeSocket socket) {
    return identities.get(socket);
  }

  /** A client that is let in, and nothing it was sent so far. */
  @CanIgnoreReturnValue
  FakeSocket signedIn(String token) {
    FakeSocket socket = connected(token);
    socket.forget();
    return socket;
  }

  /** A client in the lobby that looks at these people. */
  FakeSocket inLobby(String token, UUID... people) {
    FakeSocket socket = signedIn(token);
    say(socket, "queue:join");
    show(socket, people);
    return socket;
  }

  /** A client whose call has started. */
  FakeSocket inCall(String token) {
    FakeSocket socket = signedIn(token);
    order(socket, new ClientEvent.CallStart(ROOM, 300, true, BEN, "Ben", OWNER));
    socket.forget();
    bus.forget();
    return socket;
  }

  @CanIgnoreReturnValue
  boolean show(FakeSocket socket, UUID... people) {
    return order(socket, new SocketOrder.Show(List.of(people), List.of()));
  }

  <Q extends Record, R extends Record> void answer(
      Endpoint<Q, R> endpoint, Function<Q, R> handler) {
    var unused = bus.answer(endpoint, handler);
  }

  <Q extends Record, R extends Record> void serve(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    var unused = bus.serve(endpoint, handler);
  }

  void silence(Endpoint<?, ?> endpoint) {
    var unused = bus.silence(endpoint);
  }

  void say(FakeSocket socket, String event, Object... arguments) {
    handler.onEvent(socket, event, JsonArray.of(arguments), null);
  }

  /** Says something and asks for an acknowledgement; null while there is none. */
  @CanIgnoreReturnValue
  Acknowledged ask(FakeSocket socket, String event, Object... arguments) {
    Acknowledged acknowledged = new Acknowledged();
    handler.onEvent(
        socket,
        event,
        JsonArray.of(arguments),
        payload -> acknowledged.all.add(new JsonObject(payload)));
    return acknowledged;
  }

  /** What came back. */
  static final class Acknowledged {
    private final List<JsonObject> all = new ArrayList<>();

    JsonObject only() {
      if (all.size() != 1) {
        throw new AssertionError("acknowledged " + all.size() + " times: " + all);
      }
      return all.get(0);
    }

    boolean nothing() {
      return all.isEmpty();
    }
  }

  @CanIgnoreReturnValue
  boolean order(FakeSocket socket, ClientEvent event) {
    return order(socket, new SocketOrder.Emit(event));
  }

  @CanIgnoreReturnValue
  boolean order(FakeSocket socket, SocketOrder order) {
    return delivery.deliver(new Deliver(List.of(socket.id()), order)).result().absent().isEmpty();
  }

  void change(UUID user, PresenceState from, PresenceState to) {
    handler.presenceChanged(
        new Changed(new StreamPosition("epoch", ++offset), user, from, to, null, null));
    timers.advance(Duration.ofMillis(100));
  }

  void end(UUID user, SessionEnd end) {
    handler.sessionsEnded(
        new SessionsEnded(user, List.of(new UUID(99, user.getLeastSignificantBits())), end));
  }

  void ban(UUID user, BanStatus status) {
    handler.banChanged(new BanChanged(user, status, null, timers.now()));
  }

  /** All clients of a test come from 192.0.2.1. */
  void keepOut(String network) {
    var unused =
        banned.replace(
            List.of(new IpBan(new UUID(7, 7), network, "", timers.now(), null, null, null)));
  }

  SocketRef ref(FakeSocket socket) {
    return new SocketRef(name, socket.id());
  }

  /** What was asked for, but for the look-ups of unread introductions that go with each sign-in. */
  List<LocalBus.Sent> sent() {
    return bus.sent().stream()
        .filter(sent -> !(sent.message() instanceof GetNotifications))
        .toList();
  }

  int count(ConnectionCounters.Count what) {
    return counts.getOrDefault(what, 0);
  }

  static JsonObject room(String field, Object value) {
    return new JsonObject().put("roomId", ROOM.toString()).put(field, value);
  }

  static JsonObject room() {
    return new JsonObject().put("roomId", ROOM.toString());
  }
}
