package com.napalmsky.user.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.napalmsky.shared.runtime.InvalidSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void aUrlIsReadWithItsEscapesAndDefaults() {
    assertThat(DatabaseUrl.parse("postgres://ada:p%40ss%2Fw+rd@db.example.org/sky"))
        .isEqualTo(
            new DatabaseUrl("ada", "p@ss/w+rd", "db.example.org", 5432, "sky", "prefer", null));
    assertThat(
            DatabaseUrl.parse(
                "postgresql://ada@[::1]:6543/sky?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"))
        .isEqualTo(new DatabaseUrl("ada", null, "::1", 6543, "sky", "verify-full", "/etc/ca.pem"));
  }

  @Test
  void theJdbcUrlNamesTheSamePlaceWithoutThePassword() {
    String jdbc =
        DatabaseUrl.parse("postgres://ada:secret@[::1]:6543/my%20sky?sslmode=verify-full")
            .jdbc("a-test", 2, 60);

    assertThat(jdbc)
        .startsWith("jdbc:postgresql://[::1]:6543/my%20sky?")
        .contains("sslmode=verify-full", "connectTimeout=2", "DefaultJavaSSLFactory")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "mysql://ada:secret@host/sky",
        "postgres://ada:secret@host",
        "postgres://ada:secret@host/",
        "postgres://ada:secret@host/sky/more",
        "postgres://ada:secret@host:0/sky",
        "postgres://ada:secret@host:65536/sky",
        "postgres://ada:secret@host:port/sky",
        "postgres://ada:sec@ret@host/sky",
        "postgres://ada:secret%zz@host/sky",
        "postgres://host/sky",
        "postgres://:secret@host/sky",
        "postgres://ada:secret@/sky",
        "postgres://ada:secret@host/sky?sslmode=maybe",
        "postgres://ada:secret@host/sky?sslmode=require&sslmode=disable",
        "postgres://ada:secret@host/sky?sslmode",
        "postgres://ada:secret@host/sky?password=secret",
        "postgres://ada:secret@host/sky#secret",
        " postgres://ada:secret@host/sky"
      })
  void aWrongUrlNamesTheSettingAndNotThePassword(String wrong) {
    assertThatThrownBy(() -> DatabaseUrl.parse(wrong))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("DATABASE_URL ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void noTextOfItShowsUserOrPassword() {
    assertThat(DatabaseUrl.parse("postgres://ada:secret@host/sky").toString())
        .isEqualTo("DatabaseUrl[host:5432/sky]");
  }
}
