package com.napalmsky.loadtest.bench;

import com.napalmsky.loadtest.measure.Figure;
import com.napalmsky.loadtest.measure.Percentiles;
import com.napalmsky.loadtest.measure.Result;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the set.
 *
 * @param name the name of its files
 * @param log what {@code deploy/loadtest/pinned} printed
 */
record Piece(String name, Result result, String log) {

  private static final Pattern START = Pattern.compile("(?m)^start: Ready after ([0-9.]+) s");
  private static final Pattern COMMIT = Pattern.compile("(?m)^commit (\\S+), (.*)$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^command: (.*)$");

  /** Reads a run; empty when it was not made. */
  static Optional<Piece> read(Path directory, String name) throws IOException {
    Path json = directory.resolve(name + ".json");
    Path log = directory.resolve(name + ".log");
    if (!Files.exists(json) || !Files.exists(log)) {
      return Optional.empty();
    }
    Result result = Result.fromJson(new JsonObject(Files.readString(json)));
    return Optional.of(new Piece(name, result, Files.readString(log)));
  }

  /** A figure; NaN when the run does not have it. */
  double figure(String figure) {
    Figure found = result.figures().get(figure);
    return found == null ? Double.NaN : found.value();
  }

  /** The p99 of a distribution in ms; NaN when the run does not have it. */
  double p99(String latency) {
    Percentiles found = result.latencies().get(latency);
    return found == null ? Double.NaN : found.p99();
  }

  /** Seconds from the start of the server until it was ready; NaN when it was not said. */
  double start() {
    return Double.parseDouble(found(START, 1).orElse("NaN"));
  }

  String commit() {
    return found(COMMIT, 1).orElse("unknown");
  }

  String java() {
    return found(COMMIT, 2).orElse("unknown");
  }

  String command() {
    return found(COMMAND, 1).orElse(name);
  }

  private Optional<String> found(Pattern pattern, int group) {
    Matcher matcher = pattern.matcher(log);
    return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
  }
}
