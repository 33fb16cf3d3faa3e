package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.invite.InviteStore.Unfinished;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.Delivery;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accept;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.AcceptOutcome;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Accepted;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Decline;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Ended;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.ExtendWait;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invite;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Invited;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.Rescind;
import com.napalmsky.shared.contract.matchmaking.MatchmakingContract.WaitExtended;
import com.napalmsky.shared.contract.presence.PresenceContract.Changed;
import com.napalmsky.shared.contract.presence.PresenceState;
import com.napalmsky.shared.contract.tally.RecentCounts;
import com.napalmsky.shared.contract.user.BanContract.BanChanged;
import com.napalmsky.shared.contract.user.BlockContract.PairHidden;
import com.napalmsky.shared.contract.user.Person;
import com.napalmsky.shared.contract.user.UserContract.SessionsEnded;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.redis.RedisClient;
import com.napalmsky.shared.runtime.redis.RedisConfig;
import com.napalmsky.shared.runtime.redis.RedisScript;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Invites, from the question to the call or to nothing. The states are those of {@link
 * InviteState}; each end is taken from the store first and acted upon by whoever got it.
 *
 * <p>Confined to the context that created it.
 */
public final class Invites {

  private static final String SERVICE = "matchmaking";

  private final Bus bus;
  private final Timers timers;
  private final InviteStore store;
  private final InviteSettings settings;
  private final CallerRates rates;
  private final PatientDelivery missed;
  private final CallStart calls;
  private final Aftermath aftermath;
  private final Conclusion conclusion;
  private final Inviting inviting;
  private final RecentCounts<InviteCount> counts;
  private int atWork;

  Invites(
      Bus bus,
      Timers timers,
      Pool pool,
      Overlays overlays,
      InviteStore store,
      CallerRates rates,
      InviteSettings settings) {
    this.bus = bus;
    this.rates = rates;
    this.timers = timers;
    this.store = store;
    this.settings = settings;
    Delivery delivery = new Delivery(bus);
    missed = new PatientDelivery(bus, timers, settings.missedMax());
    calls = new CallStart(bus, timers);
    aftermath = new Aftermath(bus, timers, missed, overlays, settings);
    counts = new RecentCounts<>(SERVICE, InviteCount.class, timers);
    conclusion = new Conclusion(store, timers, calls, aftermath, counts);
    Admission admission = new Admission(bus, pool, overlays, timers);
    inviting =
        new Inviting(
            timers, pool, store, settings, delivery, admission, rates, conclusion, aftermath);
  }

  /** Invites kept in this process. */
  public static Invites inMemory(
      Bus bus, Timers timers, Pool pool, Overlays overlays, InviteSettings settings) {
    return new Invites(
        bus,
        timers,
        pool,
        overlays,
        new MemoryInviteStore(settings.max()),
        new LocalCallerRates(timers, settings.perMinute(), settings.callersMax()),
        settings);
  }

  /** The scripts that {@link #shared} needs to be known to the first client. */
  public static List<RedisScript> storeScripts() {
    return RedisInviteStore.SCRIPTS;
  }

  /** The scripts that {@link #shared} needs to be known to the second client. */
  public static List<RedisScript> rateScripts() {
    return RedisCallerRates.SCRIPTS;
  }

  /**
   * Invites that all instances share.
   *
   * @param store keeps the invites
   * @param rates counts those of each caller, and does not wait for long
   */
  public static Invites shared(
      Bus bus,
      Timers timers,
      Pool pool,
      Overlays overlays,
      RedisConfig config,
      RedisClient store,
      RedisClient rates,
      InviteSettings settings) {
    return new Invites(
        bus,
        timers,
        pool,
        overlays,
        new RedisInviteStore(store, config.keys("invites"), settings.max()),
        new RedisCallerRates(
            rates,
            config.keys("invite-rates"),
            settings.perMinute(),
            new LocalCallerRates(timers, settings.perMinute(), settings.callersMax())),
        settings);
  }

  /** Begins to look for invites that are overdue, and to tell what was counted. */
  public void begin() {
    conclusion.deadlines().begin();
    counts.tell(bus);
  }

  /** Whether nothing is under way that another instance would have to go on with. */
  public boolean idle() {
    return atWork == 0 && conclusion.unfinished() == 0;
  }

  /** Ends all timers; pending invites stay in the store, what waits to be told is forgotten. */
  public void stop() {
    conclusion.stop();
    counts.stop();
    missed.stop();
  }

  /** {@code call:invite}: judged, placed, delivered; what was not delivered was never placed. */
  public Future<Invited> invite(Invite asked) {
    atWork++;
    return inviting
        .invite(asked)
        .onComplete(done -> atWork--)
        .map(
            invited -> {
              counts.count(
                  switch (invited.outcome()) {
                    case SENT -> InviteCount.SENT;
                    case MATCHED -> InviteCount.MATCHED;
                    case DECLINED -> InviteCount.REFUSED_AT_ONCE;
                  });
              return invited;
            });
  }

  /** {@code call:accept}: of all who accept or end an invite, one gets it. */
  public Future<Accepted> accept(Accept asked) {
    Integer seconds = asked.requestedSeconds();
    if (seconds == null || !Admission.allowed(seconds)) {
      return store.find(asked.inviteId()).map(found -> misjudged(asked, found));
    }
    Acceptance acceptance = new Acceptance(UUID.randomUUID(), asked.socket(), seconds);
    atWork++;
    return store
        .accept(asked.inviteId(), asked.calleeId(), Holding.accepted(acceptance, timers.now()))
        .compose(
            taken ->
                taken.isEmpty()
                    ? Future.succeededFuture(new Accepted(AcceptOutcome.UNKNOWN_INVITE, null))
                    : start(taken.get(), acceptance).map(this::accepted))
        .onComplete(done -> atWork--);
  }

  private Future<CallStart.Attempt> start(Unfinished taken, Acceptance now) {
    Acceptance first = taken.end().acceptance();
    return conclusion.start(taken.invite(), first == null ? now : first);
  }

  private static Accepted misjudged(Accept asked, Optional<PendingInvite> found) {
    boolean theirs = found.isPresent() && found.get().calleeId().equals(asked.calleeId());
    return new Accepted(
        theirs ? AcceptOutcome.INVALID_DURATION : AcceptOutcome.UNKNOWN_INVITE, null);
  }

  private Accepted accepted(CallStart.Attempt attempt) {
    if (attempt.roomId() != null) {
      counts.count(InviteCount.ACCEPTED);
    }
    return new Accepted(
        attempt.roomId() == null ? AcceptOutcome.NOT_FREE : AcceptOutcome.STARTED,
        attempt.roomId());
  }

  /** {@code call:decline}, by the callee alone. Answered before its consequences are through. */
  public Future<Ended> decline(Decline asked) {
    End end = Holding.end(Ending.REFUSED, timers.now());
    return store
        .takeAsCallee(asked.inviteId(), asked.calleeId(), end)
        .map(taken -> ended(taken, end));
  }

  /** {@code call:rescind}, by the caller alone. Answered before its consequences are through. */
  public Future<Ended> rescind(Rescind asked) {
    End end = Holding.end(Ending.TAKEN_BACK, timers.now());
    return store
        .takeBetween(asked.callerId(), asked.calleeId(), end)
        .map(taken -> ended(taken, end));
  }

  private Ended ended(Optional<PendingInvite> taken, End end) {
    taken.ifPresent(invite -> conclusion.end(invite, end));
    return new Ended(taken.isPresent());
  }

  /** {@code call:extend-wait}, by the caller alone. */
  public Future<WaitExtended> extendWait(ExtendWait asked) {
    return store
        .extend(
            asked.callerId(),
            asked.calleeId(),
            settings.extension(),
            settings.extensionsMax(),
            timers.now())
        .map(extended -> extended.map(this::extended).orElse(new WaitExtended(false, null)));
  }

  private WaitExtended extended(PendingInvite invite) {
    conclusion.deadlines().watch(invite);
    int extraSeconds = (int) settings.extension().toSeconds();
    aftermath.tell(
        invite.calleeId(), new ClientEvent.WaitExtended(extraSeconds, invite.deadline()));
    return new WaitExtended(true, invite.deadline());
  }

  /** Whom this user has invited and not heard from yet. */
  public Future<Optional<Person>> waitingFor(UUID callerId) {
    return store.outgoing(callerId).map(invite -> invite.map(PendingInvite::callee));
  }

  /** Ends the invites of who is not free any more, and tells who is back what he missed. */
  public void presenceChanged(Changed change) {
    missed.presenceChanged(change);
    if (change.from() == PresenceState.OFFLINE) {
      // Each instance would look for what ended when he went offline.
      return;
    }
    UUID userId = change.userId();
    switch (change.to()) {
      case ONLINE -> conclusion.endIncoming(userId, Ending.CALLEE_GONE);
      case OFFLINE -> conclusion.endBoth(userId, Ending.CALLEE_GONE, Ending.CALLER_GONE);
      case IN_CALL -> conclusion.endAll(userId, Ending.TAKEN);
      // In GRACE the user may be back before anybody noticed.
      case AVAILABLE, GRACE -> {}
    }
  }

  /** Ends the invites of who is banned, without a penalty for the other one. */
  public void banChanged(BanChanged change) {
    if (change.banned(timers.now())) {
      conclusion.endAll(change.userId(), Ending.UNREACHABLE);
    }
  }

  /**
   * Ends an invite between two who do not see each other any more; to both it looks like absence.
   */
  public void pairHidden(PairHidden pair) {
    conclusion.endBetween(pair.first(), pair.second(), Ending.UNREACHABLE);
    conclusion.endBetween(pair.second(), pair.first(), Ending.UNREACHABLE);
  }

  /** Ends the invites of who was displaced, logged out or deleted, without a penalty. */
  public void sessionsEnded(SessionsEnded event) {
    conclusion.endAll(event.userId(), Ending.UNREACHABLE);
  }

  /** Names what this instance counts. */
  public void meter(Meters meters) {
    meters.counters(
        "napalmsky_matchmaking_invites",
        "What became of wishes to call somebody",
        "outcome",
        InviteCount.class,
        counts::total);
    meters.structure("invite_callers", settings.callersMax(), rates::size);
    meters.structure("invites_missed", missed.bound(), missed::size);
    meters.evictions("invites_missed", missed::forgotten);
    meters.gauge(
        "napalmsky_matchmaking_invites_unfinished",
        "Ended invites whose consequences are not through",
        conclusion::unfinished);
    meters.gauge(
        "napalmsky_matchmaking_invite_timers",
        "Invites whose deadline this instance watches",
        conclusion.deadlines()::size);
    meters.counter(
        "napalmsky_matchmaking_invites_taken_over",
        "Invites of an instance that was lost",
        conclusion::takenOver);
  }

  /** How many invites are pending, on all instances that share the store. */
  public Future<Integer> pending() {
    return store.size();
  }

  /** How many may be. */
  public int most() {
    return settings.max();
  }

  /** Sizes, bounds and counts, for whoever watches this instance; never fails. */
  public Future<Map<String, String>> details() {
    return store.size().map(String::valueOf).otherwise("unknown").map(this::details);
  }

  private Map<String, String> details(String pending) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("invites.size", pending);
    details.put("invites.max", String.valueOf(settings.max()));
    details.put("invites.unfinished", String.valueOf(conclusion.unfinished()));
    details.put("invites.taken-over", String.valueOf(conclusion.takenOver()));
    details.put("invites.timers", String.valueOf(conclusion.deadlines().size()));
    details.put("invites.callers.size", String.valueOf(rates.size()));
    details.put("invites.callers.max", String.valueOf(settings.callersMax()));
    details.put("invites.cooldowns-lost", String.valueOf(aftermath.cooldownsLost()));
    details.put("invites.missed.size", String.valueOf(missed.size()));
    details.put("invites.missed.max", String.valueOf(missed.bound()));
    details.put("invites.missed.forgotten", String.valueOf(missed.forgotten()));
    details.put("invites.untold", String.valueOf(missed.untold()));
    details.put("invites.starts-failed", String.valueOf(calls.failed()));
    return details;
  }
}
