package com.napalmsky.gateway;

import com.napalmsky.gateway.limits.Limit;
import com.napalmsky.shared.runtime.memory.MemoryGuard;
import com.napalmsky.shared.runtime.meter.Meters;

/** Names what a gateway counts beside its sockets. */
final class GatewayMeters {

  private GatewayMeters() {}

  static void register(Meters meters, GatewayShare share) {
    share.sockets().meter(meters);
    MemoryGuard memory = share.memory();
    meters.gauge(
        "napalmsky_gateway_memory_percent",
        "Used of the memory that is nearest to its end",
        () -> Math.round(100 * memory.share()));
    meters.gauge(
        "napalmsky_gateway_memory_level",
        "0 ample, 1 tight, 2 short",
        () -> memory.level().ordinal());
    meters.counter(
        "napalmsky_gateway_memory_shortages", "How often memory became short", memory::shortages);
    meters.counters(
        "napalmsky_gateway_limits",
        "Requests refused because there were too many",
        "limit",
        Limit.class,
        limit -> share.limits().refusals().getOrDefault(limit, 0L));
    meters.structure("limit_keys", share.limits().mostKeys(), share.limits()::keys);
    meters.evictions("limit_keys", share.limits()::evictions);
    meters.structure(
        "sessions", share.sessions().stats().most(), () -> share.sessions().stats().size());
    meters.evictions("sessions", () -> share.sessions().stats().evictions());
    meters.cache(
        "sessions", () -> share.sessions().stats().hits(), () -> share.sessions().stats().misses());
    meters.structure("qr_images", share.qrImages().most(), share.qrImages()::size);
    meters.evictions("qr_images", share.qrImages()::evictions);
    meters.structure("ip_bans", share.banned().most(), share.banned()::size);
    meters.structure("uploads", share.config().media().uploads(), share.uploads()::taken);
    meters.structure("downloads", share.config().media().downloads(), share.downloads()::taken);
  }
}
