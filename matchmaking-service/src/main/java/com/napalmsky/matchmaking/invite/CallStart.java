package com.napalmsky.matchmaking.invite;

import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.ClaimPair;
import com.napalmsky.shared.contract.presence.PresenceContract.PairClaimed;
import com.napalmsky.shared.contract.presence.PresenceContract.ReleaseCall;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.signaling.SignalingContract;
import com.napalmsky.shared.contract.signaling.SignalingContract.Locate;
import com.napalmsky.shared.contract.signaling.SignalingContract.Member;
import com.napalmsky.shared.contract.signaling.SignalingContract.Open;
import com.napalmsky.shared.contract.signaling.SignalingContract.Opened;
import com.napalmsky.shared.log.LogKey;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an accepted invite to a call: both are claimed at presence in one step, then the call is
 * opened at signaling, which tells both. Whoever fails in between leaves no trace.
 */
final class CallStart {

  /**
   * @param roomId null when the call could not start
   * @param ending of the invite when it could not
   */
  record Attempt(@Nullable UUID roomId, Ending ending) {}

  private static final Logger LOG = LoggerFactory.getLogger(CallStart.class);

  // Two attempts at each must fit into the time that the accepting client is kept waiting.
  private static final Duration STEP_LIMIT = Duration.ofMillis(1_800);
  private static final Endpoint<ClaimPair, PairClaimed> CLAIM =
      PresenceContract.CLAIM_PAIR.within(STEP_LIMIT);
  private static final Endpoint<Open, Opened> OPEN = SignalingContract.OPEN.within(STEP_LIMIT);

  private static final int RELEASE_ATTEMPTS = 6;

  private final Bus bus;
  private final Timers timers;
  private long failed;

  CallStart(Bus bus, Timers timers) {
    this.bus = bus;
    this.timers = timers;
  }

  /**
   * Starts the call of an invite that was taken as accepted; never fails. May be repeated by
   * whoever goes on with it: claim and opening are idempotent by room.
   */
  Future<Attempt> start(PendingInvite invite, Acceptance acceptance) {
    UUID roomId = acceptance.roomId();
    int agreedSeconds = invite.agreedSeconds(acceptance.calleesWish());
    ClaimPair claim =
        new ClaimPair(roomId, invite.callerId(), null, invite.calleeId(), acceptance.socket());
    return twice(() -> bus.request(CLAIM, claim))
        .compose(
            claimed ->
                claimed.claimed()
                    ? open(roomId, invite, claimed, agreedSeconds)
                    : Future.succeededFuture(new Attempt(null, refusal(claimed))))
        .recover(cause -> giveUp(roomId, invite, cause));
  }

  /** Whether signaling has such a call, or had it a moment ago. */
  Future<Boolean> isOpen(UUID roomId) {
    return bus.request(SignalingContract.LOCATE, new Locate(roomId))
        .map(located -> located.owner() != null);
  }

  /** How many calls could not start although both were free. */
  long failed() {
    return failed;
  }

  private Future<Attempt> open(
      UUID roomId, PendingInvite invite, PairClaimed claimed, int agreedSeconds) {
    SocketRef callerSocket = claimed.firstSocket();
    SocketRef calleeSocket = claimed.secondSocket();
    if (callerSocket == null || calleeSocket == null) {
      return Future.failedFuture(ServiceFailure.unavailable("a member has no socket"));
    }
    Open open =
        new Open(
            roomId,
            new Member(invite.callerId(), invite.caller().name(), callerSocket),
            new Member(invite.calleeId(), invite.callee().name(), calleeSocket),
            agreedSeconds);
    return twice(() -> bus.request(OPEN, open)).map(opened -> new Attempt(roomId, Ending.TAKEN));
  }

  /** The callee's state decides what the caller is told, unless only his own was the obstacle. */
  private static Ending refusal(PairClaimed claimed) {
    boolean talking =
        claimed.secondState() == PresenceState.AVAILABLE
            ? claimed.firstState() == PresenceState.IN_CALL
            : claimed.secondState() == PresenceState.IN_CALL;
    return talking ? Ending.TAKEN : Ending.UNREACHABLE;
  }

  private Future<Attempt> giveUp(UUID roomId, PendingInvite invite, Throwable cause) {
    failed++;
    LOG.error("a call could not be started", cause);
    // The claim may stand even when presence did not answer.
    release(new ReleaseCall(roomId, List.of(invite.callerId(), invite.calleeId())), 1);
    return Future.succeededFuture(new Attempt(null, Ending.TAKEN));
  }

  private void release(ReleaseCall call, int attempt) {
    bus.request(PresenceContract.RELEASE_CALL, call)
        .onComplete(
            released -> LOG.debug("pair released attempt={}", attempt),
            cause -> releaseAgain(call, attempt, cause));
  }

  private void releaseAgain(ReleaseCall call, int attempt, Throwable cause) {
    if (attempt == RELEASE_ATTEMPTS) {
      LOG.atError()
          .addKeyValue(LogKey.CALL, call.roomId())
          .setCause(cause)
          .log("a pair stays claimed for a call that never was");
      return;
    }
    LOG.warn("a pair could not be released yet attempt={}", attempt, cause);
    Pause.of(timers, Duration.ofSeconds(1L << (attempt - 1)))
        .onComplete(over -> release(call, attempt + 1));
  }

  private static <R> Future<R> twice(Supplier<Future<R>> request) {
    return request
        .get()
        .recover(
            cause ->
                cause instanceof ServiceFailure failure && failure.code().retryable()
                    ? request.get()
                    : Future.failedFuture(cause));
  }
}
