package com.napalmsky.presence;

import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.shared.runtime.process.ServiceProcess.Service;

/** Presence as a process of its own. */
public final class PresenceMain {

  private PresenceMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(service(), System.getenv(), System.out, System.err));
  }

  private static Service<PresenceConfig> service() {
    return Service.carryingData("presence", 9002, PresenceConfig::from, PresenceService::deploy);
  }
}
