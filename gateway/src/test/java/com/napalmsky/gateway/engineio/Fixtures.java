package com.napalmsky.gateway.engineio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Values that tests of the protocol share. */
public final class Fixtures {

  /** Lets everybody in. */
  public static final Admission OPEN =
      new Admission() {
        @Override
        public @Nullable Refusal admit(String remoteIp) {
          return null;
        }

        @Override
        public void identified(String remoteIp) {}

        @Override
        public void released(String remoteIp, boolean identified) {}
      };

  /** Pages of any origin may poll. */
  public static final CrossOrigin ANY_ORIGIN =
      request -> {
        request.response().putHeader("access-control-allow-origin", "*");
        return true;
      };

  private Fixtures() {}

  /** The default limits and times. */
  public static EngineConfig config() {
    return config(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(45));
  }

  /** The default limits with other times. */
  public static EngineConfig config(Duration interval, Duration timeout, Duration connect) {
    return new EngineConfig(
        interval,
        timeout,
        1_000_000,
        33_554_432,
        connect,
        Duration.ofSeconds(10),
        262_144,
        65_536,
        Duration.ofSeconds(10),
        1_024,
        6,
        32,
        0);
  }

  /** The default limits behind proxies. */
  public static EngineConfig behindProxies(int hops) {
    EngineConfig usual = config();
    return new EngineConfig(
        usual.pingInterval(),
        usual.pingTimeout(),
        usual.maxPayload(),
        usual.unfinishedBytes(),
        usual.connectTimeout(),
        usual.upgradeTimeout(),
        usual.outboundBytes(),
        usual.sendBufferBytes(),
        usual.outboundStall(),
        usual.deflateThreshold(),
        usual.deflateLevel(),
        usual.jsonDepth(),
        hops);
  }

  /** The default limits, with room for few bytes of messages that have not come whole. */
  public static EngineConfig cramped(int unfinishedBytes) {
    EngineConfig usual = config();
    return new EngineConfig(
        usual.pingInterval(),
        usual.pingTimeout(),
        usual.maxPayload(),
        unfinishedBytes,
        usual.connectTimeout(),
        usual.upgradeTimeout(),
        usual.outboundBytes(),
        usual.sendBufferBytes(),
        usual.outboundStall(),
        usual.deflateThreshold(),
        usual.deflateLevel(),
        usual.jsonDepth(),
        usual.trustedProxyHops());
  }

  /** The default limits, with little patience for clients that do not read. */
  public static EngineConfig impatient() {
    EngineConfig usual = config();
    return new EngineConfig(
        usual.pingInterval(),
        usual.pingTimeout(),
        usual.maxPayload(),
        usual.unfinishedBytes(),
        usual.connectTimeout(),
        usual.upgradeTimeout(),
        usual.outboundBytes(),
        8_192,
        Duration.ofMillis(300),
        usual.deflateThreshold(),
        usual.deflateLevel(),
        usual.jsonDepth(),
        usual.trustedProxyHops());
  }
}
