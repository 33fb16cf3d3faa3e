package com.napalmsky.matchmaking.invite;

import com.napalmsky.matchmaking.World;
import com.napalmsky.matchmaking.overlay.OverlaySettings;
import com.napalmsky.matchmaking.overlay.Overlays;
import com.napalmsky.matchmaking.pool.Pool;
import com.napalmsky.matchmaking.pool.PoolSettings;
import com.napalmsky.shared.bus.Bus;
import com.napalmsky.shared.contract.presence.PresenceContract;
import com.napalmsky.shared.contract.user.BanContract;
import com.napalmsky.shared.contract.user.BlockContract;
import com.napalmsky.shared.contract.user.UserContract;
import java.time.Duration;

/** One instance of the service as far as invites are concerned. */
final class Instance {

  static final InviteSettings SETTINGS =
      new InviteSettings(
          1_000,
          10,
          1_000,
          Duration.ofMillis(200),
          100,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          3,
          Duration.ofSeconds(3),
          Duration.ofHours(24),
          Duration.ofHours(1),
          Duration.ofMinutes(10));

  final Pool pool;
  final Overlays overlays;
  final Invites invites;

  Instance(World world, Bus bus, InviteStore store) {
    this(world, bus, store, SETTINGS);
  }

  Instance(World world, Bus bus, InviteStore store, InviteSettings settings) {
    pool =
        new Pool(
            world.bus,
            world.timers,
            new PoolSettings(10_000, Duration.ofSeconds(1), 1_000, Duration.ofHours(1)));
    overlays =
        new Overlays(
            bus,
            world.timers,
            new OverlaySettings(1_000, Duration.ofMinutes(10), Duration.ofMinutes(10)));
    CallerRates rates =
        new LocalCallerRates(world.timers, settings.perMinute(), settings.callersMax());
    invites = new Invites(bus, world.timers, pool, overlays, store, rates, settings);
    pool.listen(invites::presenceChanged);
    world.subscribe(PresenceContract.CHANGED, pool::apply);
    world.subscribe(UserContract.COOLDOWN_STARTED, overlays::cooldownStarted);
    world.subscribe(UserContract.SESSIONS_ENDED, invites::sessionsEnded);
    world.subscribe(UserContract.OVERLAY_CHANGED, overlays::overlayChanged);
    world.subscribe(BanContract.BAN_CHANGED, invites::banChanged);
    world.subscribe(BlockContract.PAIR_HIDDEN, invites::pairHidden);
    pool.begin();
    invites.begin();
  }
}
