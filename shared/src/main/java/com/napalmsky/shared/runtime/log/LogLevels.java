package com.napalmsky.shared.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.napalmsky.shared.runtime.process.ManagementPages;
import com.napalmsky.shared.runtime.process.Page;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * {@code /loggers} on the management port: GET shows the levels that were set, PUT changes one
 * until the process ends. Only PUT: what a page in somebody's browser can send here without asking
 * is GET and POST.
 */
public final class LogLevels {

  /** Most of the log first. */
  static final List<String> NAMES = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private static final String PATH = "/loggers";
  private static final String LOGGER = "logger";
  private static final String LEVEL = "level";

  /** Takes a logger's own level away, so that it has that of the package above it. */
  private static final String INHERIT = "INHERIT";

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogLevels.class);

  private final LoggerContext loggers;

  LogLevels(LoggerContext loggers) {
    this.loggers = loggers;
  }

  /** Adds the page, where Logback writes the log. */
  public static void addTo(ManagementPages pages) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      LogLevels levels = new LogLevels(context);
      pages.add(HttpMethod.GET, PATH, request -> Future.succeededFuture(levels.shown()));
      pages.add(
          HttpMethod.PUT,
          PATH,
          request -> Future.succeededFuture(levels.changed(request.parameters())));
    }
  }

  /** The level of that name in any case, or null. */
  static @Nullable Level level(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return NAMES.contains(upper) ? Level.toLevel(upper) : null;
  }

  Page.Answer shown() {
    JsonObject set = new JsonObject();
    for (Logger logger : loggers.getLoggerList()) {
      if (logger.getLevel() != null) {
        set.put(logger.getName(), logger.getLevel().levelStr);
      }
    }
    return Page.Answer.json(
        200, new JsonObject().put("levels", new JsonArray(NAMES)).put("loggers", set));
  }

  Page.Answer changed(MultiMap parameters) {
    for (String name : parameters.names()) {
      if (!name.equals(LOGGER) && !name.equals(LEVEL)) {
        return refused("'" + name + "' is not a parameter", List.of(LOGGER, LEVEL));
      }
    }
    String name = parameters.get(LOGGER);
    String wanted = parameters.get(LEVEL);
    if (name == null || wanted == null) {
      return refused("both logger and level are needed", List.of(LOGGER, LEVEL));
    }
    boolean root = name.equalsIgnoreCase(Logger.ROOT_LOGGER_NAME);
    Level level = level(wanted);
    boolean inherits = !root && wanted.equalsIgnoreCase(INHERIT);
    if (level == null && !inherits) {
      Collection<String> allowed = new TreeSet<>(NAMES);
      if (!root) {
        allowed.add(INHERIT);
      }
      return refused("no level '" + wanted + "'", allowed);
    }
    Set<String> known = known();
    if (!root && !known.contains(name)) {
      return refused("no logger '" + name + "'", known);
    }
    loggers.getLogger(root ? Logger.ROOT_LOGGER_NAME : name).setLevel(level);
    LOG.warn("log level of {} is now {}", name, wanted.toUpperCase(Locale.ROOT));
    return shown();
  }

  /** Those that have logged or could, and the packages above them. */
  private Set<String> known() {
    Set<String> names = new TreeSet<>();
    loggers.getLoggerList().forEach(logger -> names.add(logger.getName()));
    return names;
  }

  private static Page.Answer refused(String error, Collection<String> allowed) {
    return Page.Answer.json(
        400,
        new JsonObject().put("error", error).put("allowed", new JsonArray(List.copyOf(allowed))));
  }
}
