package com.napalmsky.presence.directory;

import com.napalmsky.presence.user.PairStep;
import com.napalmsky.presence.user.Step;
import com.napalmsky.presence.user.Transitions;
import com.napalmsky.presence.user.User;
import com.napalmsky.presence.user.UserEvent;
import com.napalmsky.presence.user.UserEvent.SocketAuthenticated;
import com.napalmsky.presence.user.UserEvent.SocketLost;
import com.napalmsky.presence.user.UserEvent.TimePassed;
import com.napalmsky.presence.user.UserState;
import com.napalmsky.presence.user.UserState.Available;
import com.napalmsky.presence.user.UserState.Grace;
import com.napalmsky.presence.user.UserState.InCall;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.Counted;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceContract.HeldPage;
import com.napalmsky.shared.contract.presence.PresenceContract.Holding;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.SnapshotPage;
import com.napalmsky.shared.contract.presence.PresenceContract.StreamPosition;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Presence in the memory of one process, gone with it: a new stream begins with each store.
 *
 * <p>Confined to one context, which is what makes an operation one step. Every future is complete
 * when it is returned. Users, available people and graces are bounded together by the users that
 * may be kept.
 */
final class MemoryPresenceStore implements PresenceStore {

  /** The order of an id's text, which any other store can keep too; UUID's own order is signed. */
  static final Comparator<UUID> BY_TEXT =
      ((Comparator<UUID>)
              (one, other) ->
                  Long.compareUnsigned(
                      one.getMostSignificantBits(), other.getMostSignificantBits()))
          .thenComparing(
              (one, other) ->
                  Long.compareUnsigned(
                      one.getLeastSignificantBits(), other.getLeastSignificantBits()));

  private record Due(Instant deadline, UUID userId) {}

  private final Transitions transitions;
  private final int usersMax;
  private final Leases leases;
  private final String epoch = UUID.randomUUID().toString();
  private final Map<UUID, User> users = new HashMap<>();
  private final NavigableMap<UUID, Person> available = new TreeMap<>(BY_TEXT);
  private final NavigableSet<Due> graces =
      new TreeSet<>(Comparator.comparing(Due::deadline).thenComparing(Due::userId, BY_TEXT));
  private final Map<PresenceState, Integer> counts = new EnumMap<>(PresenceState.class);
  private long offset;
  private long refused;

  /**
   * @param lease how long a gateway's lease lasts that is not renewed
   */
  MemoryPresenceStore(Transitions transitions, int usersMax, Duration lease) {
    this.transitions = transitions;
    this.usersMax = usersMax;
    this.leases = new Leases(lease);
  }

  @Override
  public Future<Applied> apply(UUID userId, UserEvent event, Instant now) {
    User before = user(userId);
    Step step = transitions.apply(before, event, now);
    if (!users.containsKey(userId) && !step.user().equals(User.GONE) && users.size() >= usersMax) {
      refused++;
      return Future.failedFuture(
          new ServiceFailure(
              ServiceFailure.Code.OVERLOADED, "no room for more than " + usersMax + " users"));
    }
    if (event instanceof SocketAuthenticated authenticated) {
      leases.begin(authenticated.socket().gateway(), now);
    }
    Optional<Changed> change = replace(userId, before, step.user());
    return Future.succeededFuture(new Applied(step.user(), step.evicted(), change.orElse(null)));
  }

  @Override
  public Future<Claimed> claim(ClaimPair claim) {
    User first = user(claim.first());
    User second = user(claim.second());
    PairStep step = transitions.claim(first, second, claim);
    PairClaimed reply =
        new PairClaimed(
            step.claimed(),
            first.presence(),
            second.presence(),
            step.claimed() ? callSocket(step.first()) : null,
            step.claimed() ? callSocket(step.second()) : null);
    List<Changed> changes =
        Stream.of(
                replace(claim.first(), first, step.first()),
                replace(claim.second(), second, step.second()))
            .flatMap(Optional::stream)
            .toList();
    return Future.succeededFuture(new Claimed(reply, changes));
  }

  @Override
  public Future<Expired> expire(Instant now, int atMost) {
    List<Changed> changes = new ArrayList<>();
    while (changes.size() < atMost
        && !graces.isEmpty()
        && !graces.first().deadline().isAfter(now)) {
      UUID userId = graces.first().userId();
      User before = user(userId);
      User after = transitions.apply(before, new TimePassed(), now).user();
      replace(userId, before, after).ifPresent(changes::add);
    }
    return Future.succeededFuture(
        new Expired(List.copyOf(changes), graces.isEmpty() ? null : graces.first().deadline()));
  }

  @Override
  public Future<Lease> renewLease(String gateway, Instant now) {
    return Future.succeededFuture(new Lease(leases.renew(gateway, now)));
  }

  @Override
  public Future<Void> endLease(String gateway, Instant now) {
    leases.end(gateway, now);
    return Future.succeededFuture();
  }

  @Override
  public Future<Lapsed> lapse(Instant now, int atMost) {
    List<Changed> changes = new ArrayList<>();
    Map<String, Instant> gateways = new LinkedHashMap<>();
    int sockets = 0;
    int users = 0;
    String ended = leases.ended(now);
    while (ended != null && users < atMost) {
      UUID userId = leases.anyHeld(ended);
      if (userId == null) {
        ended = leases.ended(now);
        continue;
      }
      users++;
      gateways.put(ended, leases.lastSeen(ended));
      User before = user(userId);
      User after = before;
      for (SocketRef socket : before.sockets().inOrder()) {
        if (socket.gateway().equals(ended)) {
          after = transitions.apply(after, new SocketLost(socket), now).user();
          sockets++;
        }
      }
      replace(userId, before, after).ifPresent(changes::add);
    }
    return Future.succeededFuture(
        new Lapsed(
            List.copyOf(changes),
            gateways.entrySet().stream()
                .map(lost -> new GatewayLost(lost.getKey(), lost.getValue()))
                .toList(),
            sockets,
            ended != null));
  }

  @Override
  public Future<HeldPage> held(String gateway, @Nullable UUID after, int limit) {
    List<UUID> beyond = leases.held(gateway, after, limit + 1);
    List<Holding> page =
        beyond.stream()
            .limit(limit)
            .map(
                userId ->
                    new Holding(
                        userId,
                        user(userId).sockets().inOrder().stream()
                            .filter(socket -> socket.gateway().equals(gateway))
                            .toList()))
            .toList();
    return Future.succeededFuture(new HeldPage(page, beyond.size() > limit));
  }

  @Override
  public Future<List<User>> find(List<UUID> userIds) {
    return Future.succeededFuture(userIds.stream().map(this::user).toList());
  }

  @Override
  public Future<SnapshotPage> available(@Nullable UUID after, int limit) {
    NavigableMap<UUID, Person> rest = after == null ? available : available.tailMap(after, false);
    List<Person> page = rest.values().stream().limit(limit).toList();
    // Not rest.size(): a view of a tree counts by walking.
    boolean more = !page.isEmpty() && rest.higherKey(page.get(page.size() - 1).userId()) != null;
    return Future.succeededFuture(new SnapshotPage(position(), page, more));
  }

  @Override
  public Future<Counted> count() {
    int free = count(PresenceState.AVAILABLE);
    int inCall = count(PresenceState.IN_CALL);
    return Future.succeededFuture(
        new Counted(
            count(PresenceState.ONLINE) + free + inCall, free, inCall, count(PresenceState.GRACE)));
  }

  @Override
  public Map<String, String> health() {
    return Map.of("store", "memory");
  }

  @Override
  public Future<Load> load() {
    return Future.succeededFuture(new Load(users.size(), usersMax, refused));
  }

  private User user(UUID userId) {
    return users.getOrDefault(userId, User.GONE);
  }

  /** Puts a user in the place of the one before, and keeps every index in step with it. */
  private Optional<Changed> replace(UUID userId, User before, User after) {
    if (after.equals(before)) {
      return Optional.empty();
    }
    if (before.state() instanceof Grace grace) {
      graces.remove(new Due(grace.deadline(), userId));
    }
    if (after.state() instanceof Grace grace) {
      graces.add(new Due(grace.deadline(), userId));
    }
    if (after.state() instanceof Available free) {
      available.put(userId, free.person());
    } else {
      available.remove(userId);
    }
    if (!after.sockets().equals(before.sockets())) {
      Set<String> holds = gateways(after);
      gateways(before).stream()
          .filter(gateway -> !holds.contains(gateway))
          .forEach(gateway -> leases.letGo(gateway, userId));
      holds.forEach(gateway -> leases.hold(gateway, userId));
    }
    if (users.containsKey(userId)) {
      counts.merge(before.presence(), -1, Integer::sum);
    }
    if (after.equals(User.GONE)) {
      users.remove(userId);
    } else {
      users.put(userId, after);
      counts.merge(after.presence(), 1, Integer::sum);
    }
    return change(userId, before.state(), after.state());
  }

  private static Set<String> gateways(User user) {
    return user.sockets().inOrder().stream()
        .map(SocketRef::gateway)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Changed> change(UUID userId, UserState from, UserState to) {
    Person person = to instanceof Available free ? free.person() : null;
    boolean shown = from instanceof Available old && !Objects.equals(old.person(), person);
    if (from.presence() == to.presence() && !shown) {
      return Optional.empty();
    }
    offset++;
    return Optional.of(
        new Changed(position(), userId, from.presence(), to.presence(), person, room(from, to)));
  }

  private static @Nullable UUID room(UserState from, UserState to) {
    if (to instanceof InCall call) {
      return call.roomId();
    }
    return from instanceof InCall call ? call.roomId() : null;
  }

  private static @Nullable SocketRef callSocket(User user) {
    InCall call = user.call();
    return call == null ? null : call.socket();
  }

  private StreamPosition position() {
    return new StreamPosition(epoch, offset);
  }

  private int count(PresenceState state) {
    return counts.getOrDefault(state, 0);
  }
}
