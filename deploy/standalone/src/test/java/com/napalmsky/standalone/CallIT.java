package com.napalmsky.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls between pages, as the program serves them, in Chromium with a made-up camera. */
@Timeout(1_200)
class CallIT {

  /** Talk of this length is kept in the histories. */
  private static final Map<String, String> SHORT_TALKS = Map.of("USER_HISTORY_MIN_SECONDS", "1");

  @TempDir Path folder;

  @Test
  void twoPeopleTalkAndOneOfThemLoadsThePageAgain() throws Exception {
    BrowserTests.pass(folder, SHORT_TALKS, 400, "call.test.mjs");
  }

  @Test
  @Tag("heavy")
  void twoPeopleGoAllTheWayFromTheFirstPageToTheNextCall() throws Exception {
    BrowserTests.pass(folder, SHORT_TALKS, 560, "call-story.test.mjs");
  }

  @Test
  @Tag("heavy")
  void aCallHoldsAtItsEdges() throws Exception {
    Map<String, String> settings =
        Map.of(
            "USER_REPORTERS_TO_BAN", "1",
            // What a peer makes up is not to be kept from the page by the limits.
            "GATEWAY_EVENTS_BURST", "1000",
            "GATEWAY_ICE_BURST", "1000");
    BrowserTests.pass(folder, settings, 1_000, "call-more.test.mjs");
  }
}
