package com.napalmsky.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every page of the browser client: its weight, its access, its life on a device. */
@Tag("heavy")
@Timeout(1_200)
class BrowserQualityIT {

  @TempDir Path folder;

  @Test
  void theClientIsLightAndStartsWithoutANetwork() throws Exception {
    BrowserTests.pass(folder, Map.of(), 400, "load.test.mjs", "offline.test.mjs");
  }

  @Test
  void axeFindsNothingOnAnyPageAndKeysAloneLeadThroughACall() throws Exception {
    BrowserTests.pass(folder, Map.of(), 600, "axe.test.mjs", "keys.test.mjs");
  }

  @Test
  void whoLooksAwayIsOutOfTheLobbyAndBackAfterwards() throws Exception {
    BrowserTests.pass(folder, Map.of(), 400, "away.test.mjs");
  }
}
