package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.process.CannotStart;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneConfigTest {

  @Test
  void withoutSettingsAccessIsOpenAndDataIsKeptBesideTheProgram() {
    StandaloneConfig config = StandaloneConfig.from(Map.of());

    assertThat(config.openAccess()).isTrue();
    assertThat(config.dataDirectory()).isEqualTo(Path.of("data"));
    assertThat(config.withDatabase("postgresql://x"))
        .containsEntry("DATABASE_URL", "postgresql://x");
  }

  @Test
  void uploadsAreKeptWithTheOtherData() {
    assertThat(StandaloneConfig.from(Map.of("DATA_DIR", "/srv/sky")).withDatabase("x"))
        .containsEntry("USER_MEDIA_DIR", "/srv/sky/uploads");
    assertThat(StandaloneConfig.from(Map.of("USER_MEDIA_DIR", "/mnt/faces")).withDatabase("x"))
        .containsEntry("USER_MEDIA_DIR", "/mnt/faces");
  }

  @Test
  void mailsStayHereUntilThereIsAServerForThem() {
    assertThat(StandaloneConfig.from(Map.of("MAIL_HOST", " ")).sendsMail()).isFalse();
    assertThat(StandaloneConfig.from(Map.of("MAIL_HOST", "mail.example.org")).sendsMail()).isTrue();
  }

  @Test
  void aClusterWithoutRedisIsRefused() {
    assertThatThrownBy(() -> StandaloneConfig.from(Map.of("CLUSTER", "true")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("REDIS_URL");
  }

  @Test
  void aDataDirectoryCannotBeLockedTwice(@TempDir Path folder) {
    try (DataDirectory first = DataDirectory.lock(folder)) {
      assertThat(first.path()).exists();
      assertThatThrownBy(() -> DataDirectory.lock(folder))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("in use");
    }
    try (DataDirectory again = DataDirectory.lock(folder)) {
      assertThat(again.path()).exists();
    }
  }
}
