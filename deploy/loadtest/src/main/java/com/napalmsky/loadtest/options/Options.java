package com.napalmsky.loadtest.options;

import com.napalmsky.loadtest.options.Option.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of one run, complete and checked. Immutable. */
public final class Options {

  /** Taken by every scenario. */
  private static final Set<Option> COMMON =
      EnumSet.of(
          Option.URL,
          Option.SERVER_PID,
          Option.USERS,
          Option.CONCURRENCY,
          Option.LOOPS,
          Option.INVITE_CODE,
          Option.ACCEPT_ENCODING,
          Option.NO_DEFLATE,
          Option.DELTAS,
          Option.JSON);

  /** No count is larger: all loops over it end. */
  private static final int MOST = 1_000_000;

  private final Map<Option, String> values;

  private Options(Map<Option, String> values) {
    this.values = values;
  }

  /**
   * Reads the options of a scenario.
   *
   * @param own the scenario's own options with what they are unless given
   * @throws UsageError for an option that is unknown, not the scenario's, or out of range
   */
  public static Options parse(String scenario, Map<Option, String> own, List<String> arguments)
      throws UsageError {
    Map<Option, String> values = new EnumMap<>(Option.class);
    COMMON.forEach(option -> values.put(option, option.usual()));
    values.putAll(own);
    Set<Option> taken = EnumSet.copyOf(values.keySet());
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      Option option = named(argument);
      if (option == null || !taken.contains(option)) {
        throw new UsageError(
            (option == null ? "There is no option " : scenario + " does not take ")
                + argument
                + ".\n"
                + describe(scenario, own));
      }
      if (option.kind() == Kind.FLAG) {
        values.put(option, "true");
      } else if (i + 1 < arguments.size()) {
        values.put(option, checked(option, arguments.get(++i)));
      } else {
        throw new UsageError(argument + " needs a value: " + option.meaning() + ".");
      }
    }
    return new Options(values);
  }

  /** The options that a scenario takes, one a line. */
  public static String describe(String scenario, Map<Option, String> own) {
    Map<Option, String> all = new EnumMap<>(Option.class);
    COMMON.forEach(option -> all.put(option, option.usual()));
    all.putAll(own);
    StringBuilder text = new StringBuilder("Options of " + scenario + ":");
    all.forEach(
        (option, usual) ->
            text.append(
                String.format(
                    "%n  %-18s %s%s",
                    option.flag(),
                    option.meaning(),
                    usual.isEmpty() || option.kind() == Kind.FLAG ? "" : " (" + usual + ")")));
    return text.toString();
  }

  /** A whole number, 0 or more. */
  public int count(Option option) {
    return Integer.parseInt(text(option));
  }

  /** The processes of the server, none when there is nothing to read. */
  public List<Long> serverPids() {
    return Arrays.stream(text(Option.SERVER_PID).split(","))
        .map(Long::valueOf)
        .filter(pid -> pid > 0)
        .toList();
  }

  /** A number, 0 or more. */
  public double number(Option option) {
    return Double.parseDouble(text(option));
  }

  /** Whether a flag was given. */
  public boolean on(Option option) {
    return Boolean.parseBoolean(text(option));
  }

  /** As it was given. */
  public String text(Option option) {
    return Objects.requireNonNull(values.get(option), () -> option.flag() + " is not taken here");
  }

  /** Whether the scenario knows this option. */
  public boolean has(Option option) {
    return values.containsKey(option);
  }

  /** All of them by name without dashes, for the result. */
  public Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    values.forEach((option, value) -> all.put(option.flag().substring(2), value));
    return all;
  }

  private static @Nullable Option named(String argument) {
    for (Option option : Option.values()) {
      if (option.flag().equals(argument)) {
        return option;
      }
    }
    return null;
  }

  private static String checked(Option option, String value) throws UsageError {
    switch (option.kind()) {
      case COUNT -> {
        if (!value.matches("\\d{1,7}") || Integer.parseInt(value) > MOST) {
          throw new UsageError(
              option.flag() + " must be a whole number from 0 to " + MOST + ", not " + value + ".");
        }
      }
      case NUMBER -> {
        if (!value.matches("\\d{1,6}(\\.\\d{1,6})?")) {
          throw new UsageError(
              option.flag() + " must be a number like 20 or 0.5, not " + value + ".");
        }
      }
      case TEXT -> {
        if (option == Option.ETAG && !List.of("on", "off", "both").contains(value)) {
          throw new UsageError(option.flag() + " is on, off or both, not " + value + ".");
        }
        if (option == Option.STEPS && !value.matches("[1-9]\\d{0,5}(,[1-9]\\d{0,5}){0,99}")) {
          throw new UsageError(
              option.flag() + " is a number like 2000 or sizes like 100,1000, not " + value + ".");
        }
        if (option == Option.SERVER_PID && !value.matches("\\d{1,7}(,\\d{1,7})*")) {
          throw new UsageError(
              option.flag() + " must be a process id or several like 17,18, not " + value + ".");
        }
      }
      case FLAG -> throw new IllegalStateException(option + " takes no value");
    }
    return value;
  }
}
