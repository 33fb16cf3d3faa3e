package com.napalmsky.shared.runtime.log;

import ch.qos.logback.classic.Level;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.util.List;
import java.util.Locale;

/**
 * How the log is written. Logback reads the same variables by itself, before anything else runs;
 * here they are only checked, since it would take a wrong one without a word.
 *
 * @param format of a line
 * @param level from which lines are written, unless a logger has another
 */
public record LogConfig(Format format, Level level) {

  public static final String FORMAT = "LOG_FORMAT";
  public static final String LEVEL = "LOG_LEVEL";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS = List.of(FORMAT, LEVEL);

  /** How a line looks. */
  public enum Format {
    TEXT,
    JSON
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used
   */
  public static LogConfig from(Settings settings) {
    Format format = settings.choice(FORMAT, Format.TEXT);
    String written = settings.text(FORMAT, "text");
    if (!written.equals(written.toLowerCase(Locale.ROOT))) {
      // Logback finds its appender by this very name.
      throw new InvalidSetting(FORMAT, "must be in lower case, was '" + written + "'");
    }
    String level = settings.text(LEVEL, Level.INFO.levelStr);
    Level known = LogLevels.level(level);
    if (known == null) {
      throw new InvalidSetting(
          LEVEL,
          "must be one of "
              + String.join(", ", LogLevels.NAMES).toLowerCase(Locale.ROOT)
              + ", was '"
              + level
              + "'");
    }
    return new LogConfig(format, known);
  }
}
