package com.napalmsky.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console of admins, as the program serves it, in Chromium. */
@Tag("heavy")
@Timeout(1_200)
class ConsoleIT {

  /** One report bans, so that a test needs no crowd. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ADMIN_USERNAME", "root",
          "ADMIN_PASSWORD", "correct horse battery",
          "USER_REPORTERS_TO_BAN", "1");

  @TempDir Path folder;

  @Test
  void aReportBansAndAnAdminDecidesAndLiftsIt() throws Exception {
    BrowserTests.pass(folder, SETTINGS, 300, "console.test.mjs");
  }

  @Test
  void axeFindsNothingInTheConsoleAndKeysAloneLeadThroughIt() throws Exception {
    BrowserTests.pass(folder, SETTINGS, 600, "console-axe.test.mjs");
  }
}
