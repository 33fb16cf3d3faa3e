package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.contract.gateway.ClientEvent;
import com.napalmsky.shared.contract.gateway.PatientDelivery;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.contract.user.UserContract.CooldownReason;
import com.napalmsky.shared.contract.user.UserContract.CooldownSet;
import com.napalmsky.shared.contract.user.UserContract.CooldownStarted;
import com.napalmsky.shared.contract.user.UserContract.SetCooldown;
import com.napalmsky.shared.runtime.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when an invite came to nothing: the cooldown is stored, then the two are told.
 * Confined to the context that created it.
 */
final class Aftermath {

  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

  // The two wait for their answer meanwhile, so the usual limit twice would be too long.
  private static final Endpoint<SetCooldown, CooldownSet> SET =
      UserContract.SET_COOLDOWN.within(Duration.ofSeconds(2));
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Bus bus;
  private final Timers timers;
  private final PatientDelivery delivery;
  private final Overlays overlays;
  private final InviteSettings settings;
  private long cooldownsLost;

  Aftermath(
      Bus bus,
      Timers timers,
      PatientDelivery delivery,
      Overlays overlays,
      InviteSettings settings) {
    this.bus = bus;
    this.timers = timers;
    this.delivery = delivery;
    this.overlays = overlays;
    this.settings = settings;
  }

  /**
   * What an end is called: a decline of the countdown's is none of the callee's.
   *
   * @param at when it ended
   */
  Ending named(PendingInvite invite, Ending ending, Instant at) {
    return ending == Ending.REFUSED && settings.countsAsTimeout(invite, at)
        ? Ending.COUNTED_DOWN
        : ending;
  }

  /**
   * Stores the cooldown and tells the two, for an invite that the caller of this method has taken.
   * Repeating it is harmless: the cooldown is the same one, counted from the end.
   *
   * @param at when it ended
   * @return succeeds when each of the two was told, or cannot be
   */
  Future<Void> follow(PendingInvite invite, Ending ending, Instant at) {
    CooldownReason reason = ending.cooldown();
    if (reason == null) {
      return tell(invite, ending, null);
    }
    SetCooldown cooldown =
        new SetCooldown(invite.callerId(), invite.calleeId(), at.plus(length(reason)), reason);
    return bus.request(SET, cooldown)
        .recover(cause -> Pause.of(timers, PAUSE).compose(over -> bus.request(SET, cooldown)))
        .compose(
            set -> stored(invite, ending, set.until()), cause -> notStored(invite, ending, cause));
  }

  /** Tells a user, as far as he can be reached: now, or when he is back within his grace. */
  void tell(UUID userId, ClientEvent event) {
    delivery.tell(userId, event);
  }

  /** How many cooldowns could not be stored. */
  long cooldownsLost() {
    return cooldownsLost;
  }

  private Future<Void> stored(PendingInvite invite, Ending ending, Instant until) {
    // The event that says so may arrive after the caller's next attempt.
    overlays.cooldownStarted(new CooldownStarted(invite.callerId(), invite.calleeId(), until));
    return tell(invite, ending, until);
  }

  private Future<Void> notStored(PendingInvite invite, Ending ending, Throwable cause) {
    cooldownsLost++;
    LOG.error("a cooldown could not be stored reason={}", ending.cooldown(), cause);
    return tell(invite, ending, null);
  }

  private Future<Void> tell(PendingInvite invite, Ending ending, @Nullable Instant cooldownExpiry) {
    List<Future<Boolean>> told = new ArrayList<>(2);
    if (ending.toCaller() != null) {
      told.add(
          delivery.told(
              invite.callerId(),
              new ClientEvent.CallDeclined(
                  invite.id(), ending.toCaller(), invite.calleeId(), cooldownExpiry)));
    }
    if (ending.toCallee()) {
      told.add(delivery.told(invite.calleeId(), new ClientEvent.CallRescinded(invite.id())));
    }
    return Future.join(told).mapEmpty();
  }

  private Duration length(CooldownReason reason) {
    return switch (reason) {
      case DECLINED -> settings.afterDecline();
      case RESCINDED -> settings.afterRescind();
      case TIMEOUT -> settings.afterTimeout();
      case CALL_ENDED -> throw new IllegalArgumentException("no invite ends a call");
    };
  }
}
