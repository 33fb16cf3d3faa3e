package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.overlay.ViewerOverlay;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.Pooled;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.gateway.SocketRef;
import com.napalmsky.shared.contract.matchmaking.DeclineReason;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.presence.PresenceContract.Locate;
import com.napalmsky.shared.contract.presence.PresenceContract.Location;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.FindPerson;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether an invite may be made at all, judged in the order of the wire contract. */
final class Admission {

  /** What an invite is worth. */
  sealed interface Verdict {}

  /**
   * @param cooldownExpiry set when the reason is COOLDOWN
   */
  record Refused(DeclineReason reason, @Nullable Instant cooldownExpiry) implements Verdict {}

  /**
   * @param calleeSocket which speaks for the callee
   * @param inPool whether both were in the pool before presence was asked, so that one of them
   *     missing later means that he left after all
   */
  record Admitted(
      Person caller, Person callee, SocketRef calleeSocket, int requestedSeconds, boolean inPool)
      implements Verdict {}

  /**
   * @param exists false when there is certainly no such user
   * @param person null when it could not be learnt
   */
  private record Callee(boolean exists, @Nullable Person person) {}

  private final Bus bus;
  private final Pool pool;
  private final Overlays overlays;
  private final Timers timers;

  Admission(Bus bus, Pool pool, Overlays overlays, Timers timers) {
    this.bus = bus;
    this.pool = pool;
    this.overlays = overlays;
    this.timers = timers;
  }

  /** Whether this is a length that a call may have. */
  static boolean allowed(@Nullable Integer seconds) {
    return seconds != null
        && seconds >= MatchmakingContract.SHORTEST_CALL_SECONDS
        && seconds <= MatchmakingContract.LONGEST_CALL_SECONDS;
  }

  /**
   * Judges an invite.
   *
   * @return fails when the overlay or the states of the two cannot be learnt: neither a cooldown
   *     nor a call may be overlooked
   */
  Future<Verdict> judge(Invite asked) {
    UUID calleeId = asked.calleeId();
    if (asked.callerId().equals(calleeId)) {
      return refused(DeclineReason.INVALID_TARGET);
    }
    if (calleeId == null) {
      return refused(DeclineReason.USER_NOT_FOUND);
    }
    return callee(calleeId).compose(callee -> judgeKnown(asked, calleeId, callee));
  }

  private Future<Verdict> judgeKnown(Invite asked, UUID calleeId, Callee callee) {
    Integer seconds = asked.requestedSeconds();
    if (!callee.exists()) {
      return refused(DeclineReason.USER_NOT_FOUND);
    }
    if (seconds == null || !allowed(seconds)) {
      return refused(DeclineReason.INVALID_DURATION);
    }
    return overlays
        .of(asked.callerId())
        .compose(overlay -> locate(asked.callerId(), calleeId, overlay, callee, seconds));
  }

  private Future<Verdict> locate(
      UUID callerId, UUID calleeId, ViewerOverlay overlay, Callee callee, int seconds) {
    boolean inPool = pool.contains(callerId) && pool.contains(calleeId);
    return bus.request(PresenceContract.LOCATE, new Locate(List.of(calleeId, callerId)))
        .compose(
            located -> {
              Location there = located.locations().get(0);
              Location here = located.locations().get(1);
              Refused refused = refusal(there, here, overlay);
              return refused == null
                  ? admit(there, here, callee, seconds, inPool)
                  : Future.succeededFuture(refused);
            });
  }

  private @Nullable Refused refusal(Location there, Location here, ViewerOverlay overlay) {
    if (overlay.hides(there.userId())) {
      // A block must look like absence: whoever is blocked is not to learn it.
      return new Refused(DeclineReason.OFFLINE, null);
    }
    if (there.state() == PresenceState.IN_CALL) {
      return new Refused(DeclineReason.BUSY, null);
    }
    if (there.state() != PresenceState.AVAILABLE) {
      return new Refused(DeclineReason.OFFLINE, null);
    }
    Instant cooldown = overlay.cooldown(there.userId(), timers.now());
    if (cooldown != null) {
      return new Refused(DeclineReason.COOLDOWN, cooldown);
    }
    return here.state() == PresenceState.AVAILABLE ? null : new Refused(DeclineReason.BUSY, null);
  }

  private Future<Verdict> admit(
      Location there, Location here, Callee callee, int seconds, boolean inPool) {
    SocketRef socket = there.primary();
    Person person = callee.person();
    if (socket == null) {
      return refused(DeclineReason.OFFLINE);
    }
    if (person == null) {
      return Future.failedFuture(ServiceFailure.unavailable("the callee's profile"));
    }
    return caller(here.userId())
        .map(caller -> new Admitted(caller, person, socket, seconds, inPool));
  }

  private Future<Callee> callee(UUID userId) {
    Pooled pooled = pool.get(userId);
    if (pooled != null) {
      return Future.succeededFuture(new Callee(true, pooled.person()));
    }
    return find(userId)
        .map(found -> new Callee(found.isPresent(), found.orElse(null)))
        // Who is not in the pool can hardly be invited; that he exists is as good a guess as any.
        .otherwise(new Callee(true, null));
  }

  private Future<Person> caller(UUID userId) {
    Pooled pooled = pool.get(userId);
    if (pooled != null) {
      return Future.succeededFuture(pooled.person());
    }
    return find(userId)
        .map(
            found ->
                found.orElseThrow(() -> ServiceFailure.unavailable("the caller has no account")));
  }

  private Future<Optional<Person>> find(UUID userId) {
    return bus.request(UserContract.FIND_PERSON, new FindPerson(userId))
        .map(found -> Optional.ofNullable(found.person()));
  }

  private static Future<Verdict> refused(DeclineReason reason) {
    return Future.succeededFuture(new Refused(reason, null));
  }
}
