package com.napalmsky.signaling.call;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.gateway.SocketOrder;
import com.napalmsky.shared.contract.signaling.EndReason;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallMembers;
import com.napalmsky.shared.contract.signaling.SignalingContract.CallProgress;
import com.napalmsky.shared.contract.signaling.SignalingContract.Command;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Outcome;
import com.napalmsky.shared.contract.tally.RecentCounts;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.signaling.call.CallDirectory.Holder;
import com.napalmsky.signaling.finish.Finishing;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call in the hands of its owner: carries out what the call decides, one effect after another,
 * and wakes it when it is due.
 *
 * <p>Confined to the context that created it.
 */
final class HeldCall {

  private static final Logger LOG = LoggerFactory.getLogger(HeldCall.class);

  /** How long the end of a call may take before something is amiss with its owner. */
  private static final Duration ENDING = Duration.ofSeconds(15);

  /** What all calls of an instance share. */
  record Means(
      CallBounds bounds,
      ChatSpace space,
      Timers timers,
      Delivery delivery,
      Finishing finishing,
      RecentCounts<CallCount> counts,
      CallMeter meter,
      Tenure tenure,
      Journal journal,
      LostGateways gateways) {}

  private final Call call;
  private final Means means;
  private final Timers timers;
  private final Delivery delivery;
  private final BiConsumer<HeldCall, Tombstone> buried;
  private final Queue<Effect> effects = new ArrayDeque<>();
  private Holder holder;
  private long version;
  private boolean settling;
  private boolean unsure;
  private boolean dropped;
  private @Nullable Instant wakeAt;
  private Timers.@Nullable Cancellable wake;

  private HeldCall(
      Means means,
      Holder holder,
      Function<Consumer<Effect>, Call> call,
      BiConsumer<HeldCall, Tombstone> buried) {
    this.means = means;
    this.holder = holder;
    this.buried = buried;
    timers = means.timers();
    delivery = means.delivery();
    this.call = call.apply(effects::add);
  }

  /**
   * A call that is to begin; nothing happens before {@link #begin}.
   *
   * @param buried hears once that only the tombstone is left
   */
  static HeldCall opened(
      Open open, Holder holder, Means means, BiConsumer<HeldCall, Tombstone> buried) {
    return new HeldCall(
        means,
        holder,
        effects ->
            Call.begin(
                open,
                holder.owner(),
                means.bounds(),
                means.space(),
                means.gateways(),
                means.timers().now(),
                effects),
        buried);
  }

  /** A call that was another instance's; nothing happens before {@link #begin}. */
  static HeldCall adopted(
      CallSnapshot left, Holder holder, Means means, BiConsumer<HeldCall, Tombstone> buried) {
    return new HeldCall(
        means,
        holder,
        effects ->
            Call.resume(
                left,
                holder.owner(),
                means.bounds(),
                means.space(),
                means.gateways(),
                means.timers().now(),
                effects),
        buried);
  }

  /** Lets the call do what it wants to do first. */
  void begin(Holder holds) {
    holder = holds;
    settle();
  }

  UUID roomId() {
    return call.roomId();
  }

  Holder holder() {
    return holder;
  }

  CallSnapshot snapshot() {
    return call.snapshot();
  }

  long nextVersion() {
    return ++version;
  }

  /** When the call has something to do next. */
  Instant deadline() {
    Instant due = call.due();
    return due == null ? timers.now().plus(ENDING) : due;
  }

  /** Lets go of the call, which is another instance's by now: nothing is done any more. */
  void drop() {
    dropped = true;
    effects.clear();
    call.forgetChat();
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
  }

  Outcome handle(Command command) {
    Outcome outcome =
        call.handle(command.userId(), command.socket(), command.action(), timers.now());
    if (outcome == Outcome.DONE) {
      means.meter().carried(command.action());
    }
    settle();
    return outcome;
  }

  /** Finds out whether a member's socket is still there, who may have lost it without a word. */
  void lookFor(UUID userId) {
    call.lookFor(userId);
    settle();
  }

  /** See {@link Call#gatewayLost}. */
  void gatewayLost() {
    call.gatewayLost();
    settle();
  }

  /**
   * Ends the call whatever its members want.
   *
   * @return whether it ran until now
   */
  boolean stop(EndReason reason) {
    boolean stopped = call.stop(reason, timers.now());
    settle();
    return stopped;
  }

  @Nullable CallProgress progress(UUID userId) {
    return call.progress(userId);
  }

  CallMembers members() {
    return call.members();
  }

  /** Carries out what is asked for; what that brings about at once waits for its turn. */
  private void settle() {
    if (settling || dropped) {
      return;
    }
    if (!means.tenure().sure()) {
      settleWhenSure();
      return;
    }
    settling = true;
    for (Effect next = effects.poll(); next != null; next = effects.poll()) {
      carryOut(next);
    }
    settling = false;
    if (!dropped) {
      means.journal().note(this, call.takeChange());
      wakeWhenDue();
    }
  }

  /** This process may have stood still, and another instance may hold the call. */
  private void settleWhenSure() {
    if (unsure) {
      return;
    }
    unsure = true;
    means
        .tenure()
        .assured()
        .onComplete(
            assured -> {
              unsure = false;
              settle();
            },
            fault ->
                LOG.atError()
                    .addKeyValue(LogKey.CALL, roomId())
                    .setCause(fault)
                    .log("call stands still"));
  }

  private void wakeWhenDue() {
    Instant due = call.due();
    if (due == null ? wakeAt == null : due.equals(wakeAt)) {
      return;
    }
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
    wakeAt = due;
    if (due != null) {
      Duration wait = Duration.between(timers.now(), due);
      wake =
          timers.after(
              wait.isNegative() ? Duration.ZERO : wait,
              () -> {
                wake = null;
                wakeAt = null;
                call.tick(timers.now());
                settle();
              });
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.Send send) {
      send(send);
    } else if (effect instanceof Effect.Probe probe) {
      probe(probe);
    } else if (effect instanceof Effect.Finish finish) {
      finish(finish);
    } else if (effect instanceof Effect.Tell tell) {
      tell(tell);
    } else if (effect instanceof Effect.Answer answer) {
      delivery
          .toSocket(answer.socket(), answer.event())
          .onComplete(taken -> {}, HeldCall::notDelivered);
    } else if (effect instanceof Effect.CountPath path) {
      means.counts().count(path.relayed() ? CallCount.RELAYED : CallCount.DIRECT);
    } else if (effect instanceof Effect.CountSetUp setUp) {
      means.meter().ended(setUp);
    } else if (effect instanceof Effect.Bury bury) {
      call.forgetChat();
      buried.accept(this, bury.tombstone());
    }
  }

  /** The end is written down first: an instance that was replaced must not bring it about. */
  private void finish(Effect.Finish finish) {
    var written = call.takeChange();
    means
        .journal()
        .commit(this)
        .onComplete(
            ours -> {
              if (ours && !dropped) {
                conclude(finish);
              }
            },
            fault ->
                LOG.atError()
                    .addKeyValue(LogKey.CALL, roomId())
                    .setCause(fault)
                    .log("end not written change={}", written));
  }

  private void conclude(Effect.Finish finish) {
    means
        .finishing()
        .finish(finish.call())
        .onComplete(
            farewell -> {
              call.farewell(farewell, timers.now());
              settle();
            },
            fault ->
                LOG.atError()
                    .addKeyValue(LogKey.CALL, roomId())
                    .setCause(fault)
                    .log("no farewell"));
  }

  private void send(Effect.Send send) {
    delivery
        .toSocket(send.socket(), send.posted().event())
        .onComplete(
            taken -> {
              means.gateways().alive(send.socket());
              if (!taken) {
                undelivered(send, true);
              }
            },
            cause -> {
              if (nobodyThere(cause)) {
                undelivered(send, false);
              } else {
                notDelivered(cause);
              }
            });
  }

  private void undelivered(Effect.Send send, boolean answered) {
    call.undelivered(send.to(), send.socket(), send.posted(), answered, timers.now());
    settle();
  }

  private void probe(Effect.Probe probe) {
    delivery
        .toSockets(List.of(probe.socket()), new SocketOrder.Probe())
        .onComplete(
            there -> {
              means.gateways().alive(probe.socket());
              probed(probe, there);
            },
            cause -> {
              if (nobodyThere(cause)) {
                probed(probe, false);
              }
            });
  }

  private void probed(Effect.Probe probe, boolean there) {
    call.probed(probe, there, timers.now());
    settle();
  }

  /**
   * To the bound socket without waiting in between; what it does not take, to the primary one, now
   * or when the member is back.
   */
  private void tell(Effect.Tell tell) {
    if (tell.socket() == null) {
      means.finishing().tell(tell.userId(), tell.events());
      return;
    }
    List<Future<Boolean>> deliveries = new ArrayList<>();
    for (ClientEvent event : tell.events()) {
      deliveries.add(
          delivery
              .toSocket(tell.socket(), event)
              .recover(cause -> Future.succeededFuture(!nobodyThere(cause))));
    }
    Future.join(deliveries)
        .onComplete(
            done -> {
              List<ClientEvent> missed = new ArrayList<>();
              for (int i = 0; i < deliveries.size(); i++) {
                if (!deliveries.get(i).result()) {
                  missed.add(tell.events().get(i));
                }
              }
              means.finishing().tell(tell.userId(), missed);
            },
            HeldCall::notDelivered);
  }

  /** A gateway that does not answer is as good as gone; one that refuses is not. */
  private static boolean nobodyThere(Throwable cause) {
    return cause instanceof ServiceFailure failure && failure.code() == Code.UNAVAILABLE;
  }

  private static void notDelivered(Throwable cause) {
    LOG.warn("event not delivered cause={}", cause.toString());
  }
}
