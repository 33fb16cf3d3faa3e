package com.napalmsky.matchmaking;

import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.process.Readiness;
import com.napalmsky.shared.runtime.process.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** Matchmaking as a process of its own. */
public final class MatchmakingMain {

  private static final int MANAGEMENT_PORT = 9003;

  private MatchmakingMain() {}

  public static void main(String[] arguments) {
    System.exit(ServiceProcess.run(new Service(), System.getenv(), System.out, System.err));
  }

  private static final class Service implements ServiceProcess.Service {

    @Override
    public String name() {
      return "matchmaking";
    }

    @Override
    public boolean carriesData() {
      return true;
    }

    @Override
    public ServiceProcess.Deployment configure(Map<String, String> environment) {
      MatchmakingConfig config = MatchmakingConfig.from(new Settings(environment));
      ManagementConfig management =
          ManagementConfig.from(new Settings(environment), MANAGEMENT_PORT);
      return new ServiceProcess.Deployment() {
        @Override
        public Future<Running> deploy(Vertx vertx, Readiness readiness) {
          return MatchmakingService.deploy(vertx, config, readiness);
        }

        @Override
        public ManagementConfig management() {
          return management;
        }
      };
    }
  }
}
