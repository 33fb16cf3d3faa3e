package com.napalmsky.signaling;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.process.Readiness;
import com.napalmsky.shared.runtime.process.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Signaling as a process of its own. */
public final class SignalingMain {

  private static final int MANAGEMENT_PORT = 9004;

  /** For what a stop does besides waiting. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(10);

  private SignalingMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(new Service(), System.getenv(), System.out, System.err));
  }

  private static final class Service implements ServiceProcess.Service {

    @Override
    public String name() {
      return "signaling";
    }

    @Override
    public boolean carriesData() {
      return true;
    }

    @Override
    public ServiceProcess.Deployment configure(Map<String, String> environment) {
      SignalingConfig config = SignalingConfig.from(new Settings(environment));
      ManagementConfig management =
          ManagementConfig.from(new Settings(environment), MANAGEMENT_PORT);
      return new ServiceProcess.Deployment() {
        @Override
        public Future<Running> deploy(Vertx vertx, Readiness readiness) {
          return SignalingService.deploy(vertx, config, readiness);
        }

        @Override
        public Duration stopWithin() {
          return config.handOverWithin().plus(config.flushWithin()).plus(LAST_WRITES);
        }

        @Override
        public ManagementConfig management() {
          return management;
        }
      };
    }
  }
}
