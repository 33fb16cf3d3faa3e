package com.napalmsky.shared.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The configuration that is shipped, with both formats. */
class JsonLinesTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Logback as a process sets it up, writing into {@link #out}. */
  private LoggerContext logback(String format) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("LOG_FORMAT", format);
    context.putProperty(LogKey.SERVICE, "standalone");
    context.putProperty(LogKey.NODE, "standalone");
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogKey.class.getResource("/logback.xml"));
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(format);
    appender.setOutputStream(out);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    return context;
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineOfJsonHasTheFixedKeysAtItsTop() throws Exception {
    Logger log = logback("json").getLogger("com.napalmsky.signaling.call.Calls");

    log.atWarn()
        .addKeyValue(LogKey.CALL, "r-1")
        .addKeyValue(LogKey.OUTCOME, "setup_failed")
        .setCause(new IllegalStateException("as tested"))
        .log("call ended after {} s", 60);

    JsonObject line = new JsonObject(lines().get(0));
    assertThat(lines()).hasSize(1);
    assertThat(line.fieldNames())
        .containsExactlyInAnyOrder(
            "time", "level", "logger", "message", "service", "node", "call", "outcome", "stack");
    assertThat(line.getString("level")).isEqualTo("WARN");
    assertThat(line.getString("message")).isEqualTo("call ended after 60 s");
    assertThat(line.getString("service")).as("of several in one process").isEqualTo("signaling");
    assertThat(line.getString("node")).isEqualTo("standalone");
    assertThat(line.getString("call")).isEqualTo("r-1");
    assertThat(line.getString("stack")).contains("as tested");
    assertThat(line.getString("time")).endsWith("Z");
  }

  @Test
  void textHasTheSameKeysAfterTheMessage() throws Exception {
    Logger log = logback("text").getLogger("com.napalmsky.signaling.call.Calls");

    log.atWarn().addKeyValue(LogKey.CALL, "r-1").addKeyValue(LogKey.OUTCOME, "late").log("ended");
    log.warn("no keys");

    assertThat(lines().get(0)).endsWith("ended call=r-1 outcome=late");
    assertThat(lines().get(1)).endsWith("no keys");
  }

  @Test
  void whatIsSharedSpeaksForTheProcess() {
    assertThat(OriginProvider.service("com.napalmsky.shared.bus.TypedBus", "gateway"))
        .isEqualTo("gateway");
    assertThat(OriginProvider.service("com.hazelcast.core", "presence")).isEqualTo("presence");
    assertThat(OriginProvider.service("com.napalmsky.user.UserService", "standalone"))
        .isEqualTo("user");
  }
}
