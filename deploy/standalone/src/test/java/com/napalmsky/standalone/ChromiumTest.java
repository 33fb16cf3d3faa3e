package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ChromiumTest {

  private static final Path BROWSER = Path.of("/opt/browser");

  private static Chromium.Source none() {
    return Optional::empty;
  }

  private static Chromium.Source some() {
    return () -> Optional.of(BROWSER);
  }

  private static Chromium.Source untouched() {
    return () -> {
      throw new AssertionError("must not be tried");
    };
  }

  @Test
  void theFirstWayThatLeadsToABrowserIsTaken() throws Exception {
    assertThat(Chromium.needed(Map.of(), List.of(none(), some(), untouched()))).isEqualTo(BROWSER);
  }

  @Test
  void aMachineWithoutABrowserFailsAndSaysWhatToDo() {
    assertThatThrownBy(() -> Chromium.needed(Map.of(), List.of(none(), none(), none())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("apt-get install chromium")
        .hasMessageContaining("CHROMIUM")
        .hasMessageContaining("BROWSER_TESTS=off");
  }

  @Test
  void nothingIsInstalledInPlaceOfTheBrowserThatWasNamed() {
    assertThatThrownBy(
            () ->
                Chromium.needed(
                    Map.of("CHROMIUM", "/opt/gone"), List.of(none(), untouched(), untouched())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("CHROMIUM is /opt/gone");
  }

  @Test
  void testsThatAreTurnedOffOnPurposeAreSkippedWithTheReason() {
    assertThatThrownBy(() -> Chromium.needed(Map.of("BROWSER_TESTS", "off"), List.of(untouched())))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("BROWSER_TESTS=off");
  }
}
