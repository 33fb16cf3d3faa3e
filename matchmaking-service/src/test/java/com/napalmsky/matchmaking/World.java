package com.napalmsky.matchmaking;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.LocalBus;
import com.napalmsky.shared.bus.Topic;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.GatewayContract;
import com.napalmsky.shared.contract.gateway.GatewayContract.Deliver;
import com.napalmsky.shared.contract.gateway.GatewayContract.Delivered;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.CallReleased;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Located;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceContract.Snapshot;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Opened;
import com.napalmsky.shared.contract.user.Gender;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.Cooldown;
import com.napalmsky.shared.contract.user.UserContract.CooldownSet;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.FoundPerson;
import com.napalmsky.shared.contract.user.UserContract.Introduction;
import com.napalmsky.shared.contract.user.UserContract.Overlay;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.shared.runtime.ManualTimers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** The other services as their contracts promise them, on a bus without Vert.x. */
public final class World {

  public static final String LOOP = "gw-1-0";

  /** An event that reached a user. */
  public record Told(UUID userId, ClientEvent event) {}

  public final LocalBus bus = new LocalBus();
  public final ManualTimers timers = new ManualTimers();
  public final List<Told> told = new CopyOnWriteArrayList<>();
  public final List<Open> opened = new CopyOnWriteArrayList<>();
  public final List<ReleaseCall> released = new ArrayList<>();
  public final Set<Long> deadSockets = new HashSet<>();
  public final Map<UUID, List<Introduction>> introductions = new HashMap<>();
  public final Map<UUID, List<UUID>> hidden = new HashMap<>();

  private final NavigableMap<UUID, Person> people = new ConcurrentSkipListMap<>();
  private final Map<UUID, PresenceState> states = new ConcurrentHashMap<>();
  private final Map<UUID, SocketRef> sockets = new ConcurrentHashMap<>();
  private final Map<Set<UUID>, Instant> cooldowns = new HashMap<>();
  private final Set<UUID> claimed = new HashSet<>();
  private Consumer<Runnable> announcing = Runnable::run;
  private String epoch = "epoch-1";
  private long offset;
  private long sequence;

  public World() {
    var same =
        bus.answer(PresenceContract.SNAPSHOT, this::snapshot)
            .answer(PresenceContract.LOCATE, asked -> located(asked.userIds()))
            .answer(PresenceContract.CLAIM_PAIR, this::claim)
            .answer(PresenceContract.RELEASE_CALL, this::release)
            .answer(UserContract.FIND_PERSON, asked -> new FoundPerson(people.get(asked.userId())))
            .answer(UserContract.GET_OVERLAY, asked -> overlay(asked.viewerId()))
            .answer(UserContract.SET_COOLDOWN, this::setCooldown)
            .answer(SignalingContract.OPEN, this::open)
            .answer(GatewayContract.DELIVER.at(LOOP), this::deliver);
  }

  /** Has changes of presence announced later, by whoever is given them. */
  public void announceThrough(Consumer<Runnable> scheduler) {
    announcing = scheduler;
  }

  /** Answers an endpoint otherwise from now on. */
  public <Q extends Record, R extends Record> void serve(
      Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    var same = bus.serve(endpoint, handler);
  }

  /** Makes an endpoint unreachable from now on. */
  public void silence(Endpoint<?, ?> endpoint) {
    var same = bus.silence(endpoint);
  }

  public <E extends Record> void subscribe(Topic<E> topic, Consumer<E> listener) {
    var same = bus.subscribe(topic, listener);
  }

  /** Somebody with an account and a socket, in the queue. */
  @CanIgnoreReturnValue
  public UUID available(String name) {
    UUID userId = account(name);
    move(userId, PresenceState.AVAILABLE);
    return userId;
  }

  /** Somebody with an account who is not connected. */
  public UUID account(String name) {
    UUID userId = new UUID(0x4000L, ++sequence);
    people.put(userId, new Person(userId, name, Gender.UNSPECIFIED, null, null));
    states.put(userId, PresenceState.OFFLINE);
    sockets.put(userId, new SocketRef(LOOP, sequence));
    return userId;
  }

  public void move(UUID userId, PresenceState to) {
    PresenceState from = states.put(userId, to);
    announce(userId, from, to, null);
  }

  /** A move that presence ignores in a call. */
  public void moveUnlessTaken(UUID userId, PresenceState to) {
    if (states.get(userId) != PresenceState.IN_CALL) {
      move(userId, to);
    }
  }

  /** Somebody available shows a new profile. */
  public void rename(UUID userId, String name) {
    people.put(userId, new Person(userId, name, Gender.UNSPECIFIED, null, null));
    move(userId, PresenceState.AVAILABLE);
  }

  public Person person(UUID userId) {
    return people.get(userId);
  }

  public PresenceState state(UUID userId) {
    return states.get(userId);
  }

  public SocketRef socket(UUID userId) {
    return sockets.get(userId);
  }

  public StreamPosition position() {
    return new StreamPosition(epoch, offset);
  }

  /** Presence begins from nothing, with everybody where he is. */
  public void newEpoch() {
    epoch = epoch + "'";
    offset = 0;
  }

  /** A change happens that nobody is told of. */
  @CanIgnoreReturnValue
  public Changed moveUnheard(UUID userId, PresenceState to) {
    PresenceState from = states.put(userId, to);
    return changed(userId, from, to, null);
  }

  public List<ClientEvent> toldTo(UUID userId) {
    return told.stream().filter(one -> one.userId().equals(userId)).map(Told::event).toList();
  }

  public <T extends ClientEvent> List<T> toldTo(UUID userId, Class<T> type) {
    return toldTo(userId).stream().filter(type::isInstance).map(type::cast).toList();
  }

  public Instant cooldown(UUID one, UUID other) {
    return cooldowns.get(Set.of(one, other));
  }

  public void cooldown(UUID one, UUID other, Instant until) {
    cooldowns.put(Set.of(one, other), until);
  }

  private Changed changed(UUID userId, PresenceState from, PresenceState to, UUID roomId) {
    Person person = to == PresenceState.AVAILABLE ? people.get(userId) : null;
    return new Changed(new StreamPosition(epoch, ++offset), userId, from, to, person, roomId);
  }

  private void announce(UUID userId, PresenceState from, PresenceState to, UUID roomId) {
    Changed changed = changed(userId, from, to, roomId);
    announcing.accept(() -> bus.publish(PresenceContract.CHANGED, changed));
  }

  private SnapshotPage snapshot(Snapshot asked) {
    List<Person> available =
        (asked.after() == null ? people : people.tailMap(asked.after(), false))
            .values().stream()
                .filter(person -> states.get(person.userId()) == PresenceState.AVAILABLE)
                .toList();
    boolean more = available.size() > asked.limit();
    return new SnapshotPage(
        position(), more ? available.subList(0, asked.limit()) : available, more);
  }

  public Located located(List<UUID> userIds) {
    return new Located(userIds.stream().map(this::location).toList());
  }

  private Location location(UUID userId) {
    PresenceState state = states.getOrDefault(userId, PresenceState.OFFLINE);
    SocketRef socket = state.online() ? sockets.get(userId) : null;
    return new Location(userId, state, null, socket, socket == null ? List.of() : List.of(socket));
  }

  private PairClaimed claim(ClaimPair asked) {
    PresenceState first = states.get(asked.first());
    PresenceState second = states.get(asked.second());
    boolean again = claimed.contains(asked.roomId()) && first == second && first != null;
    if (again && first == PresenceState.IN_CALL) {
      return claimed(asked, first, second);
    }
    if (first != PresenceState.AVAILABLE || second != PresenceState.AVAILABLE) {
      return new PairClaimed(false, first, second, null, null);
    }
    for (UUID userId : List.of(asked.first(), asked.second())) {
      states.put(userId, PresenceState.IN_CALL);
      announce(userId, PresenceState.AVAILABLE, PresenceState.IN_CALL, asked.roomId());
    }
    claimed.add(asked.roomId());
    return claimed(asked, PresenceState.IN_CALL, PresenceState.IN_CALL);
  }

  private PairClaimed claimed(ClaimPair asked, PresenceState first, PresenceState second) {
    return new PairClaimed(
        true,
        first,
        second,
        asked.firstSocket() == null ? sockets.get(asked.first()) : asked.firstSocket(),
        asked.secondSocket() == null ? sockets.get(asked.second()) : asked.secondSocket());
  }

  public CallReleased release(ReleaseCall asked) {
    released.add(asked);
    for (UUID userId : asked.userIds()) {
      if (states.get(userId) == PresenceState.IN_CALL) {
        states.put(userId, PresenceState.ONLINE);
        announce(userId, PresenceState.IN_CALL, PresenceState.ONLINE, asked.roomId());
      }
    }
    return new CallReleased();
  }

  private Overlay overlay(UUID viewerId) {
    List<Cooldown> own =
        cooldowns.entrySet().stream()
            .filter(entry -> entry.getKey().contains(viewerId))
            .map(entry -> new Cooldown(other(entry.getKey(), viewerId), entry.getValue()))
            .toList();
    return new Overlay(
        own,
        hidden.getOrDefault(viewerId, List.of()),
        introductions.getOrDefault(viewerId, List.of()));
  }

  private static UUID other(Set<UUID> pair, UUID one) {
    return pair.stream().filter(id -> !id.equals(one)).findFirst().orElseThrow();
  }

  private CooldownSet setCooldown(SetCooldown asked) {
    Instant until =
        cooldowns.merge(
            Set.of(asked.first(), asked.second()),
            asked.until(),
            (old, now) -> old.isAfter(now) ? old : now);
    bus.publish(
        UserContract.COOLDOWN_STARTED, new CooldownStarted(asked.first(), asked.second(), until));
    return new CooldownSet(until);
  }

  private Opened open(Open asked) {
    if (opened.stream().noneMatch(open -> open.roomId().equals(asked.roomId()))) {
      opened.add(asked);
    }
    return new Opened("sig-1");
  }

  public Delivered deliver(Deliver asked) {
    List<Long> absent = asked.sockets().stream().filter(deadSockets::contains).toList();
    for (Long id : asked.sockets()) {
      if (!absent.contains(id) && asked.order() instanceof SocketOrder.Emit emit) {
        told.add(new Told(owner(id), emit.event()));
      }
    }
    return new Delivered(absent);
  }

  private UUID owner(long socketId) {
    return sockets.entrySet().stream()
        .filter(entry -> entry.getValue().id() == socketId)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
