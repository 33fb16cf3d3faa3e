package com.napalmsky.user;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.CannotStart;
import com.napalmsky.shared.runtime.process.ServiceProcess;
import com.napalmsky.shared.runtime.process.ServiceProcess.Service;
import com.napalmsky.user.database.DatabaseConfig;
import com.napalmsky.user.database.Migrations;
import java.io.PrintStream;
import java.util.Map;

/**
 * Users as a process of its own. With the argument {@code migrate} it only brings the schema up to
 * date and ends; every instance does so at its start, too.
 */
public final class UserMain {

  private UserMain() {}

  public static void main(String[] arguments) {
    System.exit(
        arguments.length == 1 && arguments[0].equals("migrate")
            ? migrate(System.getenv(), System.out, System.err)
            : ServiceProcess.run(service(), System.getenv(), System.out, System.err));
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

  private static Service<UserConfig> service() {
    return Service.carryingData("user", 9005, UserConfig::from, UserService::deploy);
  }
}
