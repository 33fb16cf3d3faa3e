package com.napalmsky.standalone;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.MainThread;
import com.napalmsky.shared.runtime.MainThread.StopSignal;
import com.napalmsky.shared.runtime.process.CannotStart;
import com.napalmsky.shared.runtime.trace.Tracing;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: starts everything, says where it is, waits for Ctrl-C or SIGTERM and stops in order.
 * Exit code 0 after a stop, 1 when it could not start, with one line that says why.
 */
public final class StandaloneMain {

  private static final Logger LOG = LoggerFactory.getLogger(StandaloneMain.class);

  // Until the embedded database runs its port is not known.
  private static final String PROVISIONAL_URL = "postgresql://postgres@127.0.0.1:5432/postgres";

  private StandaloneMain() {}

  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), System.out, System.err));
  }

  private static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    StopSignal stopSignal = MainThread.onStopSignal();
    Progress progress = new Progress(out);
    try (Tracing tracing = Tracing.from(environment, "standalone")) {
      StandaloneConfig config = StandaloneConfig.from(environment);
      serve(config, tracing, progress, stopSignal);
      return 0;
    } catch (CannotStart | InvalidSetting reason) {
      err.println("Napalm Sky cannot start: " + reason.getMessage());
      return 1;
    } catch (RuntimeException fault) {
      LOG.error("the program failed", fault);
      err.println("Napalm Sky failed: " + fault.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void serve(
      StandaloneConfig config, Tracing tracing, Progress progress, StopSignal stopSignal)
      throws InterruptedException {
    progress.say("Napalm Sky, all services in one process");
    progress.say(
        config.openAccess()
            ? "  access is open: everybody who signs up may use everything (ACCESS_MODE=closed: pay)"
            : "  access is closed: people pay or bring a code (ACCESS_MODE=open: everybody)");
    if (!config.sendsMail()) {
      progress.say("  mails are written to this log (MAIL_HOST=…: sent)");
    }
    String given = config.databaseUrl();
    String provisional = given == null ? PROVISIONAL_URL : given;
    // Every wrong setting is named before anything is started.
    var unused = ServiceConfigs.from(config.withDatabase(provisional));
    try (DataDirectory directory = DataDirectory.lock(config.dataDirectory());
        @Nullable EmbeddedDatabase embedded = database(config, directory, progress)) {
      StandaloneConfig complete = withAdmin(config, directory, progress);
      String url = embedded == null ? provisional : embedded.url();
      ServiceConfigs configs = ServiceConfigs.from(complete.withDatabase(url));
      try (Services services = Services.start(configs, tracing, progress)) {
        progress.say("Ready after " + progress.seconds() + " s: " + services.address());
        stopSignal.await();
        progress.say("Stopping");
      }
    }
    progress.say("Stopped");
  }

  private static StandaloneConfig withAdmin(
      StandaloneConfig config, DataDirectory directory, Progress progress) {
    if (config.namesAdmin()) {
      return config;
    }
    AdminPassword admin = AdminPassword.in(directory);
    progress.say("  admin: name " + AdminPassword.USERNAME + ", password in " + admin.file());
    return config.withAdmin(admin);
  }

  private static @Nullable EmbeddedDatabase database(
      StandaloneConfig config, DataDirectory directory, Progress progress) {
    if (config.databaseUrl() != null) {
      return null;
    }
    return progress.step(
        "database in " + directory.path(), () -> EmbeddedDatabase.start(directory));
  }
}
