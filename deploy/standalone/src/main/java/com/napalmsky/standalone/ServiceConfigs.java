package com.napalmsky.standalone;

import com.napalmsky.gateway.GatewayConfig;
import com.napalmsky.matchmaking.MatchmakingConfig;
import com.napalmsky.presence.PresenceConfig;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.meter.Meters;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.tail.TailConfig;
import com.napalmsky.signaling.SignalingConfig;
import com.napalmsky.user.UserConfig;
import java.util.Map;

/** What each service is told. */
record ServiceConfigs(
    UserConfig user,
    PresenceConfig presence,
    MatchmakingConfig matchmaking,
    SignalingConfig signaling,
    GatewayConfig gateway,
    ManagementConfig management,
    TailConfig tail,
    boolean metered) {

  private static final int MANAGEMENT_PORT = 9001;

  /**
   * Reads an environment.
   *
   * @throws com.napalmsky.shared.runtime.InvalidSetting naming the first wrong variable
   */
  static ServiceConfigs from(Map<String, String> environment) {
    return new ServiceConfigs(
        UserConfig.from(new Settings(environment)),
        PresenceConfig.from(new Settings(environment)),
        MatchmakingConfig.from(new Settings(environment)),
        SignalingConfig.from(new Settings(environment)),
        GatewayConfig.from(new Settings(environment)),
        ManagementConfig.from(new Settings(environment), MANAGEMENT_PORT),
        TailConfig.from(new Settings(environment)),
        Meters.wanted(new Settings(environment)));
  }
}
