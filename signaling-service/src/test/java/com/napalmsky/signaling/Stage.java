package com.napalmsky.signaling;

import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.CallReleased;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Metrics;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CallRecorded;
import com.napalmsky.shared.contract.user.UserContract.MemberResult;
import com.napalmsky.shared.contract.user.UserContract.RecordCall;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/** What stands around signaling-service in a test: time, a gateway, presence and the database. */
public final class Stage {

  /** What a test can do to user-service. */
  public enum Database {
    UP,
    AWAY,
    REFUSES,
    FAULTY
  }

  public static final String LOOP = "gw-0";

  public final ManualTimers timers = new ManualTimers();
  public final LocalBus bus = new LocalBus();
  public final Map<UUID, RecordCall> stored = new LinkedHashMap<>();
  public final Set<UUID> released = new HashSet<>();
  public final Set<UUID> unlocked = new HashSet<>();
  public Database database = Database.UP;

  /** Requests to store a call, answered or not. */
  public int attempts;

  /** When set, answers of user-service wait for {@link #answerNext()}. */
  public boolean holdAnswers;

  private final Map<UUID, CallRecorded> answers = new HashMap<>();
  private final Queue<Runnable> held = new ArrayDeque<>();
  private final Map<Long, List<ClientEvent>> sockets = new HashMap<>();
  private final Map<UUID, SocketRef> primary = new HashMap<>();
  private final Set<UUID> graced = new HashSet<>();
  private long lastSocket;
  private long offset;

  public Stage() {
    gatewayAnswers();
    var presence =
        bus.answer(
            PresenceContract.RELEASE_CALL,
            (ReleaseCall release) -> {
              released.addAll(release.userIds());
              return new CallReleased();
            });
    var located =
        bus.answer(
            PresenceContract.LOCATE,
            locate ->
                new Located(
                    locate.userIds().stream()
                        .map(
                            user ->
                                new Location(
                                    user,
                                    graced.contains(user)
                                        ? PresenceState.GRACE
                                        : PresenceState.ONLINE,
                                    null,
                                    primary.get(user),
                                    List.of()))
                        .toList()));
    var unused = bus.serve(UserContract.RECORD_CALL, this::record);
  }

  public void gatewayAnswers() {
    var unused = bus.answer(GatewayContract.DELIVER.at(LOOP), this::deliver);
  }

  public void gatewayIsSilent() {
    var unused = bus.silence(GatewayContract.DELIVER.at(LOOP));
  }

  /** A new socket that is there. */
  public SocketRef socket() {
    long id = ++lastSocket;
    sockets.put(id, new ArrayList<>());
    return new SocketRef(LOOP, id);
  }

  /** A new socket that is there, at another gateway. */
  public SocketRef socketAt(String loop) {
    var unused = bus.answer(GatewayContract.DELIVER.at(loop), this::deliver);
    return new SocketRef(loop, socket().id());
  }

  /** Another gateway is gone, with its sockets; nobody is told. */
  public void kill(String loop) {
    var unused = bus.silence(GatewayContract.DELIVER.at(loop));
  }

  /** The socket is no longer there; nobody is told. */
  public void drop(SocketRef socket) {
    sockets.remove(socket.id());
  }

  public void primary(UUID user, SocketRef socket) {
    primary.put(user, socket);
  }

  /** Presence has lost the user's last socket. */
  public void grace(UUID user) {
    primary.remove(user);
    graced.add(user);
    moved(user, PresenceState.ONLINE, PresenceState.GRACE);
  }

  /** Presence knows a socket of the user again. */
  public void back(UUID user, SocketRef socket) {
    primary.put(user, socket);
    graced.remove(user);
    moved(user, PresenceState.GRACE, PresenceState.ONLINE);
  }

  /** The user did not come back in time. */
  public void offline(UUID user) {
    graced.remove(user);
    moved(user, PresenceState.GRACE, PresenceState.OFFLINE);
  }

  private void moved(UUID user, PresenceState from, PresenceState to) {
    bus.publish(
        PresenceContract.CHANGED,
        new Changed(new StreamPosition("epoch", ++offset), user, from, to, null, null));
  }

  /** What the socket got, in order. */
  public List<ClientEvent> got(SocketRef socket) {
    return List.copyOf(sockets.getOrDefault(socket.id(), List.of()));
  }

  /** What the socket got of one type, in order. */
  public <E extends ClientEvent> List<E> got(SocketRef socket, Class<E> type) {
    return got(socket).stream().filter(type::isInstance).map(type::cast).toList();
  }

  public void forget(SocketRef socket) {
    sockets.get(socket.id()).clear();
  }

  public void advance(Duration span) {
    timers.advance(span);
  }

  public void advanceSeconds(long seconds) {
    timers.advance(Duration.ofSeconds(seconds));
  }

  public Instant now() {
    return timers.now();
  }

  public int heldAnswers() {
    return held.size();
  }

  public void answerNext() {
    held.remove().run();
  }

  private Delivered deliver(Deliver deliver) {
    List<Long> absent = new ArrayList<>();
    for (long id : deliver.sockets()) {
      List<ClientEvent> inbox = sockets.get(id);
      if (inbox == null) {
        absent.add(id);
      } else if (deliver.order() instanceof SocketOrder.Emit emit) {
        inbox.add(emit.event());
      }
    }
    return new Delivered(absent);
  }

  private Future<CallRecorded> record(RecordCall call) {
    attempts++;
    if (!holdAnswers) {
      return answer(call);
    }
    Promise<CallRecorded> later = Promise.promise();
    held.add(() -> answer(call).onComplete(later));
    return later.future();
  }

  private Future<CallRecorded> answer(RecordCall call) {
    return switch (database) {
      case UP ->
          Future.succeededFuture(answers.computeIfAbsent(call.roomId(), room -> store(call)));
      case AWAY -> Future.failedFuture(ServiceFailure.unavailable("postgresql"));
      case REFUSES -> Future.failedFuture(ServiceFailure.invalid("no such user"));
      case FAULTY ->
          Future.failedFuture(
              new ServiceFailure(ServiceFailure.Code.INTERNAL, "user.v1.record-call failed"));
    };
  }

  private CallRecorded store(RecordCall call) {
    stored.put(call.roomId(), call);
    return new CallRecorded(
        call.endedAt().plus(Duration.ofHours(24)),
        List.of(result(call.firstId()), result(call.secondId())));
  }

  private MemberResult result(UUID user) {
    return new MemberResult(user, new Metrics(60, 1, List.of()), unlocked.contains(user));
  }
}
