package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.shared.runtime.process.ServiceProcess.Service;

/** Signaling as a process of its own. */
public final class SignalingMain {

  private SignalingMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(service(), System.getenv(), System.out, System.err));
  }

  /** Calls are left to other instances and finished ones are stored, each within its own limit. */
  private static Service<SignalingConfig> service() {
    return Service.carryingData("signaling", 9004, SignalingConfig::from, SignalingService::deploy)
        .stoppingLater(config -> config.handOverWithin().plus(config.flushWithin()));
  }
}
