package com.napalmsky.gateway.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Every error that is logged, whoever logs it, and every leak. */
final class Complaints extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

  static Complaints listen() {
    Complaints complaints = new Complaints();
    complaints.attach();
    return complaints;
  }

  private void attach() {
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      others.add(all.next());
    }
    // The console would be the slowest part of all.
    others.forEach(root::detachAppender);
    root.setLevel(Level.WARN);
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    if (event.getLevel().isGreaterOrEqual(Level.ERROR) || message.contains("LEAK")) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
      add(event.getLevel() + " " + event.getLoggerName() + " " + message + trace);
    }
  }

  void add(String complaint) {
    if (heard.size() < 20) {
      heard.add(complaint);
    }
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(level);
    others.forEach(root::addAppender);
    stop();
  }
}
