package com.napalmsky.shared.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Who writes the log of this process. */
public final class LogOrigin {

  private LogOrigin() {}

  /**
   * Lets each line say who wrote it, from now on.
   *
   * @param service as operators call it; where several services share a process, the logger's
   *     package names the service instead
   * @param node name of the process
   */
  public static void is(String service, String node) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty(LogKey.SERVICE, service);
      context.putProperty(LogKey.NODE, node);
    }
  }
}
