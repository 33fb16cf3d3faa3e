package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.ClientEvent.SessionFinalized;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallEnded;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
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
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.signaling.finish.Finishing;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  private final String owner;
  private final Timers timers;
  private final CallDirectory directory;
  private final Finishing finishing;
  private final CallBounds bounds;
  private final Delivery delivery;
  private final Tombstones tombstones;
  private final Map<UUID, HeldCall> held = new HashMap<>();
  private final Bus bus;
  private final RecentCounts<CallCount> counts;

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
    delivery = new Delivery(bus);
    tombstones = new Tombstones(timers, bounds, this::forget);
  }

  /** Begins to tell what was counted. */
  public void begin() {
    counts.tell(bus);
  }

  /** Ends the telling; calls go on. */
  public void stop() {
    counts.stop();
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
    return directory
        .ownerOf(open.roomId())
        .compose(
            known -> known == null ? openNew(open) : Future.succeededFuture(new Opened(known)));
  }

  private Future<Opened> openNew(Open open) {
    if (held.size() >= bounds.calls()) {
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "as many calls as may be"));
    }
    return finishing
        .hasRoom()
        .compose(
            room ->
                room
                    ? directory.claim(open.roomId(), owner)
                    : Future.failedFuture(
                        new ServiceFailure(Code.OVERLOADED, "too many ends wait to be stored")))
        .map(
            holder -> {
              // Of two requests at once both are told that this instance holds it; one begins it.
              if (holder.equals(owner) && !knows(open.roomId())) {
                begin(open);
              }
              return new Opened(holder);
            });
  }

  private boolean knows(UUID roomId) {
    return held.containsKey(roomId) || tombstones.of(roomId) != null;
  }

  private void begin(Open open) {
    UUID roomId = open.roomId();
    held.put(
        roomId,
        new HeldCall(
            open,
            owner,
            bounds,
            timers,
            delivery,
            finishing,
            counts,
            tombstone -> bury(roomId, tombstone)));
    counts.count(CallCount.OPENED);
    LOG.debug("call opened room={} agreedSeconds={}", roomId, open.agreedSeconds());
  }

  /** Who holds a call or its tombstone. */
  public Future<Located> locate(Locate locate) {
    return directory.ownerOf(locate.roomId()).map(Located::new);
  }

  /** Carries out a command in a call of this instance. */
  public Future<CommandDone> command(Command command) {
    HeldCall call = held.get(command.roomId());
    Outcome outcome = call != null ? call.handle(command) : ofTheDead(command);
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
    HeldCall call = held.get(end.roomId());
    return Future.succeededFuture(new CallEnded(call != null && call.stop(end.reason())));
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

  /** How many calls run and how many wait to be stored, on all instances. */
  public Future<CallsCounted> count(CountCalls count) {
    return directory
        .running()
        .compose(running -> finishing.waiting().map(waiting -> new CallsCounted(running, waiting)));
  }

  /** Calls of this instance that run or whose members have not been told of the end yet. */
  public int held() {
    return held.size();
  }

  /** Tombstones of this instance. */
  public int tombstones() {
    return tombstones.size();
  }

  private void bury(UUID roomId, Tombstone tombstone) {
    held.remove(roomId);
    tombstones.add(roomId, tombstone);
    SessionFinalized end = tombstone.end();
    counts.count(CallCount.of(end.reason()));
    if (end.durationSeconds() > 0 || !(end.reason().imposed() || !end.reason().recorded())) {
      counts.count(CallCount.CONNECTED);
    }
    LOG.debug("call ended room={} reason={}", roomId, tombstone.end().reason());
    directory
        .ended(roomId, owner)
        .onComplete(done -> {}, cause -> LOG.warn("directory not told of an end", cause));
  }

  private void forget(UUID roomId) {
    directory
        .remove(roomId, owner)
        .onComplete(done -> {}, cause -> LOG.warn("directory keeps a tombstone", cause));
  }
}
