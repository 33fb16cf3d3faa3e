package com.napalmsky.shared.runtime;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables into the values a settings record needs, and remembers which ones
 * were asked for, so that a misspelt variable stops the start instead of being ignored.
 *
 * <p>An empty value counts as unset. Not safe for use by several threads.
 */
public final class Settings {

  private final Map<String, String> environment;
  private final Set<String> known = new TreeSet<>();

  /**
   * @param environment the process's environment, or a test's
   */
  public Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** The text of a variable, trimmed, or the default. */
  public String text(String key, String byDefault) {
    String value = optionalText(key);
    return value == null ? byDefault : value;
  }

  /** The text of a variable, trimmed, or null when it is unset or blank. */
  public @Nullable String optionalText(String key) {
    known.add(key);
    String value = environment.get(key);
    return value == null || value.isBlank() ? null : value.trim();
  }

  /** The items of a comma-separated variable, trimmed, without empty ones. */
  public List<String> list(String key, String byDefault) {
    return Arrays.stream(text(key, byDefault).split(","))
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /**
   * A whole number.
   *
   * @throws InvalidSetting when it is not a number between the bounds, both included
   */
  public int number(String key, int byDefault, int least, int most) {
    String value = optionalText(key);
    if (value == null) {
      return byDefault;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, together with numbers out of range.
    }
    throw new InvalidSetting(
        key, "must be a whole number from " + least + " to " + most + ", was '" + value + "'");
  }

  /** A duration in whole seconds; see {@link #number}. */
  public Duration seconds(String key, int byDefault, int least, int most) {
    return Duration.ofSeconds(number(key, byDefault, least, most));
  }

  /** A duration in whole milliseconds; see {@link #number}. */
  public Duration millis(String key, int byDefault, int least, int most) {
    return Duration.ofMillis(number(key, byDefault, least, most));
  }

  /**
   * The address of web pages or of an API, without a slash at its end.
   *
   * @throws InvalidSetting when it is not {@code http} or {@code https}, has no host, or has a
   *     query or a fragment
   */
  public String webAddress(String key, String byDefault) {
    String text = text(key, byDefault);
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return text.replaceAll("/+$", "");
      }
    } catch (URISyntaxException notAnAddress) {
      // Refused below, together with addresses of another kind.
    }
    throw new InvalidSetting(
        key, "must be an address such as https://example.org, was '" + text + "'");
  }

  /**
   * A switch.
   *
   * @throws InvalidSetting when it is neither {@code true} nor {@code false}
   */
  public boolean flag(String key, boolean byDefault) {
    String value = optionalText(key);
    if (value == null) {
      return byDefault;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidSetting(key, "must be true or false, was '" + value + "'");
    };
  }

  /**
   * One of an enum's constants, written in lower case.
   *
   * @throws InvalidSetting when it is none of them
   */
  public <E extends Enum<E>> E choice(String key, E byDefault) {
    String value = optionalText(key);
    if (value == null) {
      return byDefault;
    }
    Class<E> type = byDefault.getDeclaringClass();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new InvalidSetting(key, "must be one of " + allowed + ", was '" + value + "'");
  }

  /**
   * Ends the reading of a service's settings.
   *
   * @param prefix the prefix that belongs to this service alone, such as {@code PRESENCE_}
   * @throws InvalidSetting when a variable with the prefix is set that nothing asked for
   */
  public void refuseUnknown(String prefix) {
    for (String key : new TreeSet<>(environment.keySet())) {
      if (key.startsWith(prefix) && !known.contains(key)) {
        String own =
            known.stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.joining(", "));
        throw new InvalidSetting(key, "is not a known setting; known are " + own);
      }
    }
  }

  /** The variables asked for so far, sorted. */
  public Set<String> known() {
    return Set.copyOf(known);
  }
}
