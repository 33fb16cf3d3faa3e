package com.napalmsky.signaling;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.health.HealthContract;
import com.napalmsky.shared.contract.health.HealthContract.Ask;
import com.napalmsky.shared.contract.health.HealthContract.Health;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.process.Management;
import com.napalmsky.signaling.call.Calls;
import com.napalmsky.signaling.finish.Backoff;
import com.napalmsky.signaling.finish.Finishing;
import com.napalmsky.signaling.ice.ProviderChain;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Puts one owner of calls on the bus. No decision is taken here.
 *
 * <p>Stopping it ends no call: other instances adopt those that run, and calls that ended before
 * are given a bounded time to be stored.
 */
final class SignalingVerticle extends VerticleBase {

  private final SignalingConfig config;
  private final SignalingStores.Opening opening;
  private final ProviderChain ice;
  private final Backoff backoff;
  private final Management management;

  /** Whether an instance of this process looks at what all share. */
  private final AtomicBoolean watched;

  private @Nullable TypedBus bus;

  /** What is addressed to this owner; served until its calls are another one's. */
  private @Nullable TypedBus own;

  private @Nullable Finishing finishing;
  private @Nullable PatientDelivery missed;
  private @Nullable Calls held;
  private @Nullable SignalingStores stores;
  private @Nullable SignalingMeters counted;

  SignalingVerticle(
      SignalingConfig config,
      SignalingStores.Opening opening,
      ProviderChain ice,
      Backoff backoff,
      Management management,
      AtomicBoolean watched) {
    this.config = Objects.requireNonNull(config);
    this.opening = Objects.requireNonNull(opening);
    this.ice = Objects.requireNonNull(ice);
    this.backoff = Objects.requireNonNull(backoff);
    this.management = Objects.requireNonNull(management);
    this.watched = Objects.requireNonNull(watched);
  }

  @Override
  public Future<?> start() {
    String owner = UUID.randomUUID().toString();
    Timers timers = Timers.of(vertx);
    TypedBus typed = new TypedBus(vertx);
    TypedBus addressed = new TypedBus(vertx);
    PatientDelivery patient = new PatientDelivery(typed, timers, config.missedMax());
    SignalingStores opened = opening.open(vertx, owner);
    Finishing ends = new Finishing(typed, timers, opened.finished(), backoff, patient);
    Calls calls = new Calls(owner, typed, timers, opened.directory(), ends, config.calls());
    SignalingHealth health =
        new SignalingHealth(calls, ends, patient, ice, typed, opened::health, config);
    bus = typed;
    own = addressed;
    finishing = ends;
    missed = patient;
    held = calls;
    stores = opened;
    ends.start();
    counted =
        SignalingMeters.register(
            management.meters(), timers, calls, ends, patient, !watched.getAndSet(true));
    management.readiness().needs("redis", () -> Future.succeededFuture(calls.storeAnswers()));
    management.readiness().needs("finished_calls", () -> health.ask(new Ask()).map(Health::ready));
    return Future.all(
            List.of(
                typed.subscribe(PresenceContract.CHANGED, patient::presenceChanged),
                typed.subscribe(PresenceContract.CHANGED, calls::presenceChanged),
                typed.subscribe(PresenceContract.GATEWAY_LOST, calls::gatewayLost),
                typed.subscribe(BanContract.BAN_CHANGED, calls::banChanged),
                typed.subscribe(UserContract.SESSIONS_ENDED, calls::sessionsEnded),
                addressed.serve(SignalingContract.CALL.at(owner), calls::command),
                addressed.serve(SignalingContract.DESCRIBE.at(owner), calls::describe),
                addressed.serve(SignalingContract.END_CALL.at(owner), calls::end),
                addressed.subscribe(SignalingContract.CALLS_ADOPTED, calls::adoptedElsewhere),
                typed.serve(SignalingContract.OPEN, calls::open),
                typed.serve(SignalingContract.LOCATE, calls::locate),
                typed.serve(SignalingContract.COUNT_CALLS, calls::count),
                typed.serve(SignalingContract.ICE_SERVERS, ice::find),
                typed.serve(SignalingContract.ICE_STATUS, ice::status),
                typed.serve(HealthContract.HEALTH.at("signaling"), health::ask)))
        // Whoever asks for the owner of a call must be able to reach it.
        .compose(serving -> calls.begin())
        .onSuccess(holding -> calls.tellCounts())
        // Vert.x does not call stop() for a verticle whose start failed.
        .recover(
            cause ->
                off().transform(closed -> letGo()).transform(gone -> Future.failedFuture(cause)));
  }

  @Override
  public Future<?> stop() {
    Future<Void> handedOver =
        held == null
            ? Future.succeededFuture()
            : held.handOver(config.handOverWithin(), () -> close(bus));
    return handedOver
        .transform(done -> off())
        .transform(
            closed ->
                finishing == null
                    ? Future.succeededFuture()
                    : finishing.flush(config.flushWithin()))
        .transform(flushed -> letGo());
  }

  private Future<Void> letGo() {
    return stores == null ? Future.succeededFuture() : stores.close();
  }

  private Future<Void> off() {
    if (missed != null) {
      missed.stop();
    }
    if (counted != null) {
      counted.stop();
    }
    if (held != null) {
      held.stop();
    }
    return close(bus).transform(closed -> close(own));
  }

  private static Future<Void> close(@Nullable TypedBus open) {
    return open == null ? Future.succeededFuture() : open.close();
  }
}
