package com.napalmsky.gateway;

import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.shared.runtime.process.ServiceProcess.Service;

/** A gateway as a process of its own. */
public final class GatewayMain {

  private GatewayMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(service(), System.getenv(), System.out, System.err));
  }

  private static Service<GatewayConfig> service() {
    return Service.carryingNone(
            "gateway", 9001, GatewayConfig::from, GatewayService::deployBesideOthers)
        .stoppingLater(config -> config.drain().total());
  }
}
