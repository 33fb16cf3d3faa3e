package com.napalmsky.loadtest.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server says of itself at one moment, as Prometheus reads it.
 *
 * @param values by name and labels, as they are written
 */
public record Metrics(Map<String, Double> values) {

  private static final String SIZE = "napalmsky_structure_size{";
  private static final String BOUND = "napalmsky_structure_bound{";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /**
   * Asks a server; the calling thread waits.
   *
   * @throws IOException when there is no answer of that kind
   */
  public static Metrics read(String url) throws IOException {
    try {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " answered " + answer.statusCode());
      }
      return parse(answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } catch (IllegalArgumentException notOne) {
      throw new IOException(url + " is no URL", notOne);
    }
  }

  /** Reads the text of such an answer. */
  public static Metrics parse(String text) {
    Map<String, Double> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              if (blank > 0) {
                values.put(line.substring(0, blank), number(line.substring(blank + 1)));
              }
            });
    return new Metrics(values);
  }

  /** The sum of all series of a name that hold a text in their labels. */
  public double sum(String name, String label) {
    return values.entrySet().stream()
        .filter(entry -> is(entry.getKey(), name, label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** Whether there is such a series. */
  public boolean has(String name, String label) {
    return values.keySet().stream().anyMatch(series -> is(series, name, label));
  }

  private static boolean is(String series, String name, String label) {
    return series.startsWith(name)
        && (series.length() == name.length() || series.charAt(name.length()) == '{')
        && series.contains(label);
  }

  /** How full each bounded structure is: 1 is full. */
  public Map<String, Double> fullness() {
    Map<String, Double> shares = new TreeMap<>();
    values.forEach(
        (series, size) -> {
          if (series.startsWith(SIZE)) {
            String labels = series.substring(SIZE.length());
            double bound = values.getOrDefault(BOUND + labels, Double.NaN);
            // Without a bound or with one of 0 nothing may be in it.
            double share = bound > 0 ? size / bound : size > 0 ? Double.POSITIVE_INFINITY : 0;
            shares.put(labels.replaceAll(".*structure=\"([^\"]*)\".*", "$1"), share);
          }
        });
    return shares;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.replace("+Inf", "Infinity").replace("-Inf", "-Infinity"));
    } catch (NumberFormatException unknown) {
      return Double.NaN;
    }
  }
}
