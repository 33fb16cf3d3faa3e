package com.napalmsky.shared.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What tests want of the system that no build brings along, from its package manager. */
public final class SystemPackages {

  private static final int LIMIT_SECONDS = 400;
  private static final Path APT_GET = Path.of("/usr/bin/apt-get");

  private SystemPackages() {}

  /** Whether {@link #install} can do anything: as root on Debian and what descends from it. */
  public static boolean able() {
    return "root".equals(System.getProperty("user.name")) && Files.isExecutable(APT_GET);
  }

  /**
   * Installs a package, and says so; waits for it, minutes at most.
   *
   * @return whether it is installed
   */
  public static boolean install(String name) throws IOException, InterruptedException {
    if (!able()) {
      return false;
    }
    System.out.println("installing " + name + " for tests, up to " + LIMIT_SECONDS + " s");
    boolean installed =
        aptGet("install", "-y", "--no-install-recommends", name)
            || (aptGet("update") && aptGet("install", "-y", "--no-install-recommends", name));
    System.out.println(name + (installed ? " is installed" : " cannot be installed"));
    return installed;
  }

  private static boolean aptGet(String... verb) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(APT_GET.toString(), "-q", "-o", "DPkg::Lock::Timeout=60"));
    command.addAll(List.of(verb));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    // So that no package starts a server of its own.
    builder.environment().put("RUNLEVEL", "1");
    Process running = builder.start();
    if (running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      return running.exitValue() == 0;
    }
    running.destroy();
    return false;
  }
}
