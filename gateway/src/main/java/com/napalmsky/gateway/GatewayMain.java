package com.napalmsky.gateway;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.process.Readiness;
import com.napalmsky.shared.runtime.process.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway as a process of its own. */
public final class GatewayMain {

  private GatewayMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(new Service(), System.getenv(), System.out, System.err));
  }

  private static final class Service implements ServiceProcess.Service {

    @Override
    public String name() {
      return "gateway";
    }

    @Override
    public boolean carriesData() {
      return false;
    }

    @Override
    public ServiceProcess.Deployment configure(Map<String, String> environment) {
      GatewayConfig config = GatewayConfig.from(new Settings(environment));
      return new ServiceProcess.Deployment() {
        @Override
        public Future<Running> deploy(Vertx vertx, Readiness readiness) {
          return GatewayService.deployBesideOthers(vertx, config, readiness);
        }

        @Override
        public Duration stopWithin() {
          return config.drain().total().plus(ServiceProcess.Deployment.super.stopWithin());
        }

        @Override
        public @Nullable ManagementConfig management() {
          // The gateway has its own, which tells more.
          return null;
        }
      };
    }
  }
}
