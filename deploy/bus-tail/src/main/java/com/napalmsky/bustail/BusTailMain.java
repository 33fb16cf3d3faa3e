package com.napalmsky.bustail;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the page and shows it until it is stopped. Exit code 0 after as many lines as were wanted,
 * 1 when the page cannot be read or ends, 2 for a command line that cannot be understood.
 */
public final class BusTailMain {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final String TOP_LEFT = "\033[H";
  private static final String CLEAR = "\033[2J";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintStream out;
  private final int rows;
  private final int columns;

  private BusTailMain(PrintStream out) {
    this.out = out;
    // Set by the script when its output is a terminal.
    rows = Integer.getInteger("tail.rows", 0);
    columns = Integer.getInteger("tail.columns", 0);
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      return new BusTailMain(out).follow(TailOptions.parse(arguments), err);
    } catch (UsageError misunderstood) {
      err.println(misunderstood.getMessage());
      return 2;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int follow(TailOptions options, PrintStream err) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();
    try {
      HttpResponse<Stream<String>> answer =
          client.send(
              HttpRequest.newBuilder(options.page()).timeout(ANSWER_WITHIN).build(),
              BodyHandlers.ofLines());
      try (Stream<String> lines = answer.body()) {
        if (answer.statusCode() != 200) {
          String told = lines.collect(Collectors.joining("\n"));
          err.println(options.page() + " answered " + answer.statusCode() + ": " + told);
          return 1;
        }
        return show(lines.iterator(), options) ? 0 : ended(options, err);
      }
    } catch (ConnectException nobody) {
      err.println("Nobody answers at " + options.url() + ", which should be a management port");
      return 1;
    } catch (IOException broken) {
      return ended(options, err);
    }
  }

  private static int ended(TailOptions options, PrintStream err) {
    err.println(options.page() + " has ended");
    return 1;
  }

  /** Whether all lines came that were wanted. */
  private boolean show(Iterator<String> lines, TailOptions options) throws IOException {
    for (int shown = 0; options.lines() == 0 || shown < options.lines(); shown++) {
      String line;
      try {
        if (!lines.hasNext()) {
          return false;
        }
        line = lines.next();
      } catch (UncheckedIOException broken) {
        throw broken.getCause();
      }
      if (options.json()) {
        out.println(line);
      } else {
        draw(Second.parse(line), shown == 0);
      }
      if (out.checkError()) {
        // Whoever read it has gone.
        return true;
      }
    }
    return true;
  }

  private void draw(Second second, boolean first) {
    List<String> lines = TrafficTable.lines(second, rows, columns);
    if (rows == 0) {
      lines.forEach(out::println);
      out.println();
      return;
    }
    StringBuilder screen = new StringBuilder(first ? CLEAR + TOP_LEFT : TOP_LEFT);
    screen.append(String.join(CLEAR_LINE + "\n", lines)).append(CLEAR_LINE).append(CLEAR_BELOW);
    out.print(screen);
  }
}
