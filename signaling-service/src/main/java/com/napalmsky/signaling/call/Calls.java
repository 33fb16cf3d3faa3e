package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceContract.GatewayLost;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.CallAction;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.AdoptedCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallEnded;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallsAdopted;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallsCounted;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.CommandDone;
import com.napalmsky.shared.contract.signaling.SignalingContract.CountCalls;
import com.napalmsky.shared.contract.signaling.SignalingContract.Describe;
import com.napalmsky.shared.contract.signaling.SignalingContract.Described;
import com.napalmsky.shared.contract.signaling.SignalingContract.EndCall;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Located;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Opened;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.tally.RecentCounts;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.UserContract.SessionEnd;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.signaling.call.CallDirectory.Adopted;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import com.napalmsky.signaling.finish.Finishing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls and tombstones of one instance, their owner.
 *
 * <p>Confined to the context that created it; the directory is shared by all instances. Commands
 * are carried out completely before they are answered, so their order is the order of arrival.
 */
public final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
  private static final Map<Outcome, Future<CommandDone>> DONE = new EnumMap<>(Outcome.class);

  static {
    for (Outcome outcome : Outcome.values()) {
      DONE.put(outcome, Future.succeededFuture(new CommandDone(outcome)));
    }
  }

  private static final int CHECKED_AT_ONCE = 500;

  private final String owner;
  private final Timers timers;
  private final CallDirectory directory;
  private final Finishing finishing;
  private final CallBounds bounds;
  private final ChatSpace space;
  private final Delivery delivery;
  private final Tombstones tombstones;
  private final Map<UUID, HeldCall> held = new HashMap<>();
  private final Bus bus;
  private final RecentCounts<CallCount> counts;
  private final CallMeter meter = new CallMeter();
  private final Journal journal;
  private final Tenure tenure;
  private final Adoption adoption;
  private final HeldCall.Means means;
  private final Departure departure;
  private final LostGateways gateways;

  /**
   * @param owner the name of this instance, never used before
   */
  public Calls(
      String owner,
      Bus bus,
      Timers timers,
      CallDirectory directory,
      Finishing finishing,
      CallBounds bounds) {
    this.owner = owner;
    this.bus = bus;
    this.counts = new RecentCounts<>("signaling", CallCount.class, timers);
    this.timers = timers;
    this.directory = directory;
    this.finishing = finishing;
    this.bounds = bounds;
    space = new ChatSpace(bounds.allChatChars());
    delivery = new Delivery(bus);
    gateways = new LostGateways(timers);
    tombstones = new Tombstones(timers, bounds, this::forget);
    journal = new Journal(directory, timers, bounds, this::drop);
    tenure = new Tenure(owner, directory, timers, bounds.lease(), this::check, this::renewed);
    adoption =
        new Adoption(
            owner,
            bus,
            timers,
            directory,
            tenure,
            () -> bounds.calls() - held.size(),
            this::adopted);
    departure = new Departure(owner, directory, timers, journal, tenure, held::values, this::drop);
    means =
        new HeldCall.Means(
            bounds, space, timers, delivery, finishing, counts, meter, tenure, journal, gateways);
  }

  /** Begins to hold a lease as an owner; succeeds when calls may be opened. */
  public Future<Void> begin() {
    return tenure.begin();
  }

  /** Begins to tell what was counted. */
  public void tellCounts() {
    counts.tell(bus);
  }

  /** Ends all that begins by itself; what was handed over is another instance's. */
  public void stop() {
    counts.stop();
    tenure.stop();
  }

  /**
   * Opens a call here, unless the room has an owner.
   *
   * @return the owner; fails as overloaded when this instance holds as many calls as it may, or
   *     when the end of one more could not be kept because the database is away
   */
  public Future<Opened> open(Open open) {
    if (open.agreedSeconds() < 1 || open.initiator().userId().equals(open.other().userId())) {
      return Future.failedFuture(ServiceFailure.invalid("needs two people and some time"));
    }
    if (knows(open.roomId())) {
      return Future.succeededFuture(new Opened(owner));
    }
    if (held.size() >= bounds.calls()) {
      return opened(open, "as many calls as may be");
    }
    return directory
        .running()
        .compose(finishing::hasRoomBeside)
        .compose(room -> room ? claim(open) : opened(open, "too many ends wait to be stored"));
  }

  /** The room has an owner already, or there is no place for it. */
  private Future<Opened> opened(Open open, String reason) {
    return adoption
        .find(open.roomId(), null)
        .compose(
            known ->
                known.owner() == null
                    ? Future.failedFuture(new ServiceFailure(Code.OVERLOADED, reason))
                    : Future.succeededFuture(new Opened(known.owner())));
  }

  private Future<Opened> claim(Open open) {
    HeldCall call = HeldCall.opened(open, new Holder(owner, 1), means, this::bury);
    return directory
        .claim(call.snapshot(), owner, call.deadline())
        .compose(
            holder -> {
              if (!holder.owner().equals(owner)) {
                // An instance that was lost in this moment may not have begun it.
                return adoption
                    .find(open.roomId(), holder.owner())
                    .map(now -> new Opened(now.owner() == null ? holder.owner() : now.owner()));
              }
              // Of two requests at once both are told that this instance holds it; one begins it.
              if (!knows(open.roomId())) {
                held.put(open.roomId(), call);
                counts.count(CallCount.OPENED);
                LOG.atDebug()
                    .addKeyValue(LogKey.CALL, open.roomId())
                    .log("call opened agreedSeconds={}", open.agreedSeconds());
                call.begin(holder);
              }
              return Future.succeededFuture(new Opened(owner));
            });
  }

  private boolean knows(UUID roomId) {
    return held.containsKey(roomId) || tombstones.of(roomId) != null;
  }

  /** Who holds a call or its tombstone; adopts it when its owner is lost. */
  public Future<Located> locate(Locate locate) {
    if (knows(locate.roomId()) && tenure.sure()) {
      return Future.succeededFuture(new Located(owner));
    }
    return adoption.find(locate.roomId(), locate.missedAt());
  }

  /** Carries out a command in a call of this instance. */
  public Future<CommandDone> command(Command command) {
    Future<Void> leaving = departure.underWay();
    if (leaving != null) {
      // Whoever adopts the call carries it out.
      return leaving.map(new CommandDone(Outcome.UNKNOWN_CALL));
    }
    if (!tenure.sure()) {
      return tenure.assured().compose(assured -> command(command));
    }
    gateways.alive(command.socket());
    HeldCall call = held.get(command.roomId());
    Outcome outcome = call != null ? call.handle(command) : ofTheDead(command);
    if (call != null && command.action() instanceof CallAction.Join) {
      return Future.succeededFuture(new CommandDone(outcome, call.progress(command.userId())));
    }
    return DONE.getOrDefault(outcome, Future.succeededFuture(new CommandDone(outcome)));
  }

  private Outcome ofTheDead(Command command) {
    Tombstone tombstone = tombstones.of(command.roomId());
    if (tombstone == null) {
      return Outcome.UNKNOWN_CALL;
    }
    Outcome outcome = tombstone.outcome(command.userId(), command.action());
    if (outcome == Outcome.DONE && Tombstone.tells(command.action())) {
      delivery
          .toSocket(command.socket(), tombstone.end())
          .onComplete(
              taken -> {}, cause -> LOG.debug("end not told again cause={}", cause.toString()));
    }
    return outcome;
  }

  /** Who belongs to a call of this instance. */
  public Future<Described> describe(Describe describe) {
    return Future.succeededFuture(new Described(members(describe.roomId())));
  }

  private @Nullable CallMembers members(UUID roomId) {
    HeldCall call = held.get(roomId);
    if (call != null) {
      return call.members();
    }
    Tombstone tombstone = tombstones.of(roomId);
    return tombstone == null ? null : tombstone.members();
  }

  /** Ends a call of this instance whatever its members want. */
  public Future<CallEnded> end(EndCall end) {
    Future<Void> leaving = departure.underWay();
    if (leaving != null) {
      return leaving.compose(
          left -> Future.failedFuture(ServiceFailure.unavailable("left to another")));
    }
    if (!tenure.sure()) {
      return tenure.assured().compose(assured -> end(end));
    }
    HeldCall call = held.get(end.roomId());
    return Future.succeededFuture(new CallEnded(call != null && call.stop(end.reason())));
  }

  /**
   * A member has no socket left. His gateway has told the call already, unless it died: then nobody
   * else would, and the peer would talk to nobody until the time is over.
   */
  public void presenceChanged(Changed change) {
    UUID roomId = change.roomId();
    HeldCall call = roomId == null || change.to() != PresenceState.GRACE ? null : held.get(roomId);
    if (call != null) {
      call.lookFor(change.userId());
    }
  }

  /**
   * A gateway is taken for dead. Unless it answers after all, who sits there is lost since it was
   * seen last: a partner need not wait for as long again as it took to notice.
   */
  public void gatewayLost(GatewayLost event) {
    gateways.add(event);
    for (HeldCall call : List.copyOf(held.values())) {
      call.gatewayLost();
    }
  }

  /** Who is banned is in no call any more. */
  public void banChanged(BanChanged change) {
    if (change.banned(timers.now())) {
      endCallsOf(change.userId(), EndReason.BANNED);
    }
  }

  /**
   * Nor is who deleted his account. Who was displaced may finish, and who logged out loses his
   * socket like anybody.
   */
  public void sessionsEnded(SessionsEnded event) {
    if (event.end() == SessionEnd.DELETED) {
      endCallsOf(event.userId(), EndReason.LEFT);
    }
  }

  private void endCallsOf(UUID userId, EndReason reason) {
    // A look at all of them costs less than an index that every call would have to keep. A copy,
    // since a call that ends may be buried at once.
    for (HeldCall call : List.copyOf(held.values())) {
      if (call.members().has(userId) && call.stop(reason)) {
        LOG.debug("call ended for want of a member reason={}", reason);
      }
    }
  }

  /** Another instance has calls that may be held here. */
  public void adoptedElsewhere(CallsAdopted event) {
    if (event.owner().equals(owner)) {
      return;
    }
    for (AdoptedCall moved : event.calls()) {
      HeldCall call = held.get(moved.roomId());
      if (call != null && new Holder(event.owner(), moved.epoch()).after(call.holder())) {
        drop(call);
      }
    }
  }

  /** Leaves all calls to other instances; see {@link Departure}. */
  public Future<Void> handOver(Duration most, Supplier<Future<Void>> withdraw) {
    return departure.depart(most, withdraw);
  }

  /** How many calls run and how many wait to be stored, on all instances. */
  public Future<CallsCounted> count(CountCalls count) {
    return running()
        .compose(running -> finishing.waiting().map(waiting -> new CallsCounted(running, waiting)));
  }

  /** How many calls run, on all instances. */
  public Future<Integer> running() {
    return directory.running();
  }

  /** Calls of this instance that run or whose members have not been told of the end yet. */
  public int held() {
    return held.size();
  }

  /** What was said in them, in characters. */
  public long chatChars() {
    return space.taken();
  }

  /** Tombstones of this instance. */
  public int tombstones() {
    return tombstones.size();
  }

  /** Names what this instance counts; called before it begins. */
  public void meter(Meters meters) {
    meters.counters(
        "napalmsky_signaling_calls",
        "What became of calls",
        "what",
        CallCount.class,
        counts::total);
    meters.structure("calls", bounds.calls(), held::size);
    meters.structure("chat_chars", bounds.allChatChars(), space::taken);
    meters.evictions("chat_chars", space::refused);
    meters.structure("tombstones", bounds.tombstones(), tombstones::size);
    meters.gauge(
        "napalmsky_signaling_calls_unwritten", "Calls that wait to be written down", journal::size);
    meter.register(meters);
  }

  /** Whether the store of calls answers. */
  public boolean storeAnswers() {
    return !tenure.away();
  }

  /** Calls of this instance that wait to be written down. */
  public int unwritten() {
    return journal.size();
  }

  private void renewed() {
    journal.resume();
    adoption.look();
  }

  private void adopted(Adopted adopted) {
    UUID roomId = adopted.roomId();
    Tombstone tombstone = adopted.tombstone();
    if (tombstone != null) {
      tombstones.add(roomId, tombstone, adopted.holder());
      return;
    }
    CallSnapshot left = adopted.call();
    if (left == null) {
      return;
    }
    HeldCall call = HeldCall.adopted(left, adopted.holder(), means, this::bury);
    HeldCall before = held.put(roomId, call);
    if (before != null) {
      before.drop();
    }
    counts.count(CallCount.ADOPTED);
    call.begin(adopted.holder());
  }

  /** Another instance holds the call by now. */
  private void drop(HeldCall call) {
    call.drop();
    journal.forget(call);
    held.remove(call.roomId(), call);
  }

  /** Lets go of what was adopted meanwhile, and writes down anew what was not. */
  private Future<Void> check() {
    return check(List.copyOf(held.values()), 0);
  }

  private Future<Void> check(List<HeldCall> calls, int from) {
    if (from >= calls.size()) {
      return Future.succeededFuture();
    }
    List<HeldCall> some = calls.subList(from, Math.min(from + CHECKED_AT_ONCE, calls.size()));
    return directory
        .holders(some.stream().map(HeldCall::roomId).toList())
        .compose(
            holders -> {
              for (HeldCall call : some) {
                Holder now = holders.get(call.roomId());
                if (now != null && now.after(call.holder())) {
                  LOG.atInfo()
                      .addKeyValue(LogKey.CALL, call.roomId())
                      .log("call is another instance's");
                  drop(call);
                } else {
                  journal.note(call, Change.OF_STATE);
                }
              }
              return check(calls, from + CHECKED_AT_ONCE);
            });
  }

  private void bury(HeldCall call, Tombstone tombstone) {
    UUID roomId = call.roomId();
    held.remove(roomId);
    tombstones.add(roomId, tombstone, call.holder());
    SessionFinalized end = tombstone.end();
    counts.count(CallCount.of(end.reason()));
    if (end.durationSeconds() > 0 || !(end.reason().imposed() || !end.reason().recorded())) {
      counts.count(CallCount.CONNECTED);
    }
    LOG.atDebug()
        .addKeyValue(LogKey.CALL, roomId)
        .addKeyValue(LogKey.OUTCOME, tombstone.end().reason())
        .log("call ended");
    journal.bury(call, tombstone);
  }

  private void forget(UUID roomId, Holder holder) {
    directory
        .remove(roomId, holder)
        .onComplete(done -> {}, cause -> LOG.debug("tombstone stays cause={}", cause.toString()));
  }
}
