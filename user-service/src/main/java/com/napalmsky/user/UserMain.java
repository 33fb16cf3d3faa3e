package com.napalmsky.user;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Running;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.CannotStart;
import com.napalmsky.shared.runtime.process.ManagementConfig;
import com.napalmsky.shared.runtime.process.Readiness;
import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.user.database.DatabaseConfig;
import com.napalmsky.user.database.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.Map;

/**
 * Users as a process of its own. With the argument {@code migrate} it only brings the schema up to
 * date and ends; every instance does so at its start, too.
 */
public final class UserMain {

  private static final int MANAGEMENT_PORT = 9005;

  private UserMain() {}

  public static void main(String[] arguments) {
    System.exit(
        arguments.length == 1 && arguments[0].equals("migrate")
            ? migrate(System.getenv(), System.out, System.err)
            : ServiceProcess.run(new Service(), System.getenv(), System.out, System.err));
  }

  private static int migrate(Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      DatabaseConfig database = UserConfig.from(new Settings(environment)).database();
      out.println("Napalm Sky user: bringing the schema up to date");
      int done = Migrations.now(database);
      out.println("Up to date: " + done + " migrations done now");
      return 0;
    } catch (CannotStart | InvalidSetting reason) {
      err.println("Napalm Sky user cannot migrate: " + reason.getMessage());
      return 1;
    }
  }

  private static final class Service implements ServiceProcess.Service {

    @Override
    public String name() {
      return "user";
    }

    @Override
    public boolean carriesData() {
      return true;
    }

    @Override
    public ServiceProcess.Deployment configure(Map<String, String> environment) {
      UserConfig config = UserConfig.from(new Settings(environment));
      ManagementConfig management =
          ManagementConfig.from(new Settings(environment), MANAGEMENT_PORT);
      return new ServiceProcess.Deployment() {
        @Override
        public Future<Running> deploy(Vertx vertx, Readiness readiness) {
          return UserService.deploy(vertx, config, readiness);
        }

        @Override
        public ManagementConfig management() {
          return management;
        }
      };
    }
  }
}
