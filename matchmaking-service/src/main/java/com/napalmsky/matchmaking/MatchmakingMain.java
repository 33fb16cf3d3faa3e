package com.napalmsky.matchmaking;

import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.shared.runtime.process.ServiceProcess.Service;

/** Matchmaking as a process of its own. */
public final class MatchmakingMain {

  private MatchmakingMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(service(), System.getenv(), System.out, System.err));
  }

  private static Service<MatchmakingConfig> service() {
    return Service.carryingData(
        "matchmaking", 9003, MatchmakingConfig::from, MatchmakingService::deploy);
  }
}
