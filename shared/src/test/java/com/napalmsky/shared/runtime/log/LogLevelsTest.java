package com.napalmsky.shared.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.shared.runtime.process.Page;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {

  private static final String OURS = "com.napalmsky.gateway";

  private final LoggerContext loggers = new LoggerContext();
  private final LogLevels levels = new LogLevels(loggers);

  @BeforeEach
  void somebodyLogs() {
    loggers.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    assertThat(loggers.getLogger(OURS + ".lobby.Lobby").isDebugEnabled()).isFalse();
  }

  @Test
  void aPackageIsSetAndEverythingInItFollows() {
    Page.Answer answer = put("logger", OURS, "level", "debug");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer).getJsonObject("loggers"))
        .isEqualTo(new JsonObject().put("ROOT", "INFO").put(OURS, "DEBUG"));
    assertThat(loggers.getLogger(OURS + ".lobby.Lobby").isDebugEnabled()).isTrue();
  }

  @Test
  void aLevelThatWasSetIsTakenBack() {
    put("logger", OURS, "level", "debug");

    Page.Answer answer = put("logger", OURS, "level", "inherit");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(loggers.getLogger(OURS).getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(body(levels.shown()).getJsonObject("loggers").fieldNames()).containsExactly("ROOT");
  }

  @Test
  void theRootIsSetInAnyCase() {
    assertThat(put("logger", "root", "level", "WARN").status()).isEqualTo(200);

    assertThat(loggers.getLogger(OURS).getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void whatIsWrongIsRefusedWithWhatIsAllowed() {
    Page.Answer level = put("logger", OURS, "level", "loud");
    Page.Answer logger = put("logger", "com.napalmsky.gatewai", "level", "debug");
    Page.Answer root = put("logger", "ROOT", "level", "inherit");
    Page.Answer parameter = put("loger", OURS, "level", "debug");
    Page.Answer half = put("logger", OURS);

    assertThat(level.status()).isEqualTo(400);
    assertThat(body(level).getString("error")).contains("'loud'");
    assertThat(body(level).getJsonArray("allowed"))
        .isEqualTo(
            new JsonArray()
                .add("DEBUG")
                .add("ERROR")
                .add("INFO")
                .add("INHERIT")
                .add("OFF")
                .add("TRACE")
                .add("WARN"));
    assertThat(logger.status()).isEqualTo(400);
    assertThat(body(logger).getJsonArray("allowed")).contains(OURS, "com.napalmsky");
    assertThat(root.status()).isEqualTo(400);
    assertThat(body(root).getJsonArray("allowed")).doesNotContain("INHERIT");
    assertThat(parameter.status()).isEqualTo(400);
    assertThat(half.status()).isEqualTo(400);
    assertThat(body(half).getJsonArray("allowed"))
        .isEqualTo(new JsonArray().add("logger").add("level"));
    assertThat(loggers.getLoggerList())
        .extracting(Logger::getName)
        .as("a wrong name makes no logger")
        .doesNotContain("com.napalmsky.gatewai");
  }

  @Test
  void settingsThatLogbackWouldIgnoreStopTheStart() {
    assertThat(config("LOG_FORMAT", "json").format()).isEqualTo(LogConfig.Format.JSON);
    assertThat(config("LOG_LEVEL", "debug").level()).isEqualTo(Level.DEBUG);
    assertThatThrownBy(() -> config("LOG_FORMAT", "xml"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("text, json");
    assertThatThrownBy(() -> config("LOG_FORMAT", "JSON")).hasMessageContaining("lower case");
    assertThatThrownBy(() -> config("LOG_LEVEL", "loud"))
        .hasMessageContaining("LOG_LEVEL")
        .hasMessageContaining("trace, debug, info, warn, error, off");
  }

  private static LogConfig config(String key, String value) {
    return LogConfig.from(new Settings(Map.of(key, value)));
  }

  @CanIgnoreReturnValue
  private Page.Answer put(String... parameters) {
    MultiMap map = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < parameters.length; i += 2) {
      map.add(parameters[i], parameters[i + 1]);
    }
    return levels.changed(map);
  }

  private static JsonObject body(Page.Answer answer) {
    return answer.body().toJsonObject();
  }
}
