package com.napalmsky.shared.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import net.logstash.logback.composite.AbstractJsonProvider;

/** Writes {@code service} and {@code node} into a line of JSON. Named in {@code logback.xml}. */
public final class OriginProvider extends AbstractJsonProvider<ILoggingEvent> {

  private static final String OURS = "com.napalmsky.";
  private static final Set<String> SERVICES =
      Set.of("gateway", "presence", "matchmaking", "signaling", "user");

  @Override
  public void writeTo(JsonGenerator out, ILoggingEvent event) throws IOException {
    Map<String, String> process = event.getLoggerContextVO().getPropertyMap();
    String service = service(event.getLoggerName(), process.getOrDefault(LogKey.SERVICE, ""));
    String node = process.getOrDefault(LogKey.NODE, "");
    if (!service.isEmpty()) {
      out.writeStringField(LogKey.SERVICE, service);
    }
    if (!node.isEmpty()) {
      out.writeStringField(LogKey.NODE, node);
    }
  }

  /** The service whose package the logger is in; what is shared speaks for the process. */
  static String service(String logger, String process) {
    if (!logger.startsWith(OURS)) {
      return process;
    }
    int end = logger.indexOf('.', OURS.length());
    String owner = end < 0 ? "" : logger.substring(OURS.length(), end);
    return SERVICES.contains(owner) ? owner : process;
  }
}
