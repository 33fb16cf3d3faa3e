package com.napalmsky.bustail;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user asked for.
 *
 * @param url of a management port, without a path
 * @param services whose addresses to show; all when empty
 * @param addresses which of them to show; all when empty
 * @param json whether to print the lines as they come
 * @param lines after how many seconds to end; 0: never
 */
record TailOptions(
    String url, List<String> services, List<String> addresses, boolean json, int lines) {

  static final String USAGE =
      """
      deploy/tail [--url http://127.0.0.1:9001] [--service NAME]... [--address ADDRESS]... [--json] [--lines N]

        --url       a management port; in a cluster that of any process shows all of them
        --service   only addresses of this service, such as presence
        --address   only this address, such as presence.v1.connect
        --json      one line of JSON each second instead of a table
        --lines     ends after so many seconds
      """;

  private static final String USUAL_URL = "http://127.0.0.1:9001";
  private static final int MOST_LINES = 1_000_000;

  static TailOptions parse(List<String> arguments) throws UsageError {
    String url = USUAL_URL;
    List<String> services = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    boolean json = false;
    int lines = 0;
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--json")) {
        json = true;
        continue;
      }
      if (!List.of("--url", "--service", "--address", "--lines").contains(option)) {
        throw new UsageError("There is no option " + option + ".\n\n" + USAGE);
      }
      if (++i == arguments.size()) {
        throw new UsageError(option + " needs a value.\n\n" + USAGE);
      }
      String value = arguments.get(i);
      switch (option) {
        case "--url" -> url = base(value);
        case "--service" -> services.add(value);
        case "--address" -> addresses.add(value);
        default -> lines = count(value);
      }
    }
    return new TailOptions(url, List.copyOf(services), List.copyOf(addresses), json, lines);
  }

  private static String base(String text) throws UsageError {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null) {
        return text.replaceAll("/+$", "");
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Refused below, together with addresses of another kind.
    }
    throw new UsageError("--url must be an address such as " + USUAL_URL + ", was '" + text + "'");
  }

  private static int count(String text) throws UsageError {
    try {
      int count = Integer.parseInt(text);
      if (count > 0 && count <= MOST_LINES) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, together with numbers out of range.
    }
    throw new UsageError(
        "--lines must be a whole number from 1 to " + MOST_LINES + ", was '" + text + "'");
  }

  /** The page to read. */
  URI page() {
    List<String> filters = new ArrayList<>();
    services.forEach(service -> filters.add("service=" + encoded(service)));
    addresses.forEach(address -> filters.add("address=" + encoded(address)));
    return URI.create(url + "/bus" + (filters.isEmpty() ? "" : "?" + String.join("&", filters)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
