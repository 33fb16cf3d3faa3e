package com.napalmsky.standalone;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules, access, introductions and blocks, in Chromium, where access is to be had by a code. */
@Tag("heavy")
@Timeout(1_200)
class MemberPagesIT {

  @TempDir Path folder;

  @Test
  void membersHaveWhatIsTheirs() throws Exception {
    BrowserTests.pass(
        folder,
        Map.of(
            "ACCESS_MODE",
            "closed",
            "ADMIN_USERNAME",
            "root",
            "ADMIN_PASSWORD",
            "correct horse battery"),
        400,
        "member.test.mjs");
  }
}
