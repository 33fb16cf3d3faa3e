package com.napalmsky.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the lobby, as the program serves them, in Chromium. */
@Timeout(1_200)
class ReelIT {

  @TempDir Path folder;

  @Test
  void peopleSeeEachOtherComeAndGoAndInviteEachOther() throws Exception {
    BrowserTests.pass(folder, Map.of(), 400, "reel.test.mjs");
  }

  @Test
  @Tag("heavy")
  void theReelHoldsAtItsEdges() throws Exception {
    BrowserTests.pass(folder, Map.of(), 560, "reel-more.test.mjs");
  }
}
