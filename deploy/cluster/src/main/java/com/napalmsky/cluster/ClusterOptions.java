package com.napalmsky.cluster;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the command line says.
 *
 * @param firstPort of everything; gateways come first
 * @param restart whether a process that ends by itself is started again
 */
record ClusterOptions(Layout layout, Path directory, int firstPort, boolean restart) {

  static final String HELP =
      """
      Starts a whole cluster as processes on this machine. Ctrl-C stops all of it.

        --gateways N --presence N --matchmaking N --signaling N --user N
                         processes of each service, 1 to 16 (2, 2, 2, 2, 1)
        --port N         first port; the first gateway gets it (3001)
        --data DIRECTORY where data and logs are kept (data/cluster)
        --restart        start a process again that ends by itself

      DATABASE_URL and REDIS_URL name servers to use instead of its own; every other setting of the
      services is passed on to all of them.""";

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming the first that cannot be used
   */
  static ClusterOptions from(String[] arguments) {
    Map<Kind, Integer> counts = new EnumMap<>(Map.copyOf(Layout.ofEach(2).counts()));
    Path directory = Path.of("data", "cluster");
    int firstPort = 3001;
    boolean restart = false;
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      switch (name) {
        case "--restart" -> restart = true;
        case "--data" -> directory = Path.of(value(arguments, ++i, name));
        case "--port" -> firstPort = number(arguments, ++i, name, 1, 60_000);
        default -> {
          Kind kind = kind(name);
          counts.put(kind, number(arguments, ++i, name, 1, Layout.MOST));
        }
      }
    }
    return new ClusterOptions(new Layout(counts), directory, firstPort, restart);
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (name.equals("--" + kind.text()) || name.equals("--" + kind.text() + "s")) {
        return kind;
      }
    }
    throw new IllegalArgumentException(name + " is not an option");
  }

  private static String value(String[] arguments, int at, String name) {
    if (at >= arguments.length) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return arguments[at];
  }

  private static int number(String[] arguments, int at, String name, int least, int most) {
    String text = value(arguments, at, name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, together with numbers out of range.
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from " + least + " to " + most + ", was '" + text + "'");
  }
}
