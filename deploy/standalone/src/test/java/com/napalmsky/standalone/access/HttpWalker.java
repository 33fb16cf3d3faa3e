package com.napalmsky.standalone.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for a route as a persona, and says what came of it in the words of the table. */
final class HttpWalker {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final Routes routes;
  private final Map<Persona, Map<String, List<String>>> refusals;

  HttpWalker(String base, Routes routes, Map<Persona, Map<String, List<String>>> refusals) {
    this.base = base;
    this.routes = routes;
    this.refusals = refusals;
  }

  /**
   * Walks one cell.
   *
   * @param route method and path
   * @param expected what the cell says
   * @return what came instead, null when it came as expected
   */
  @Nullable String deviation(String route, Case asked, String expected) throws Exception {
    String[] methodAndPath = route.split(" ", 2);
    Request request = routes.request(route, asked);
    asked.begin();
    String before = request.trace() == null ? null : request.trace().get();
    HttpResponse<String> answer =
        http.send(
            http(methodAndPath[0], methodAndPath[1], request, asked.token()),
            BodyHandlers.ofString());
    boolean changed = request.trace() != null && !Objects.equals(before, request.trace().get());
    return deviation(asked.persona(), Outcome.of(expected), request, answer, changed);
  }

  private HttpRequest http(String method, String path, Request request, @Nullable String token) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(base + (request.path() == null ? path : request.path())))
            .timeout(LIMIT)
            .method(
                method,
                method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()));
    if (!method.equals("GET")) {
      http.header("Content-Type", request.type());
    }
    if (token != null) {
      http.header("Authorization", "Bearer " + token);
    }
    if (request.signature() != null) {
      http.header("Stripe-Signature", request.signature());
    }
    return http.build();
  }

  /** A cell: a status, and perhaps what the answer contains or that nothing changes. */
  private record Outcome(String status, String words) {

    private static final String NO_EFFECT = "no effect";

    static Outcome of(String cell) {
      String[] parts = cell.split(" ", 2);
      return new Outcome(parts[0], parts.length == 1 ? "" : parts[1].strip());
    }

    boolean succeeds() {
      return status.startsWith("2");
    }

    boolean changes() {
      return succeeds() && !words.equals(NO_EFFECT);
    }

    List<String> contained() {
      return words.isEmpty() || words.equals(NO_EFFECT) ? List.of() : List.of(words);
    }
  }

  private @Nullable String deviation(
      Persona persona,
      Outcome expected,
      Request request,
      HttpResponse<String> answer,
      boolean changed) {
    String status = String.valueOf(answer.statusCode());
    String seen = status + " " + shortened(answer.body());
    if (!status.equals(expected.status())) {
      return seen;
    }
    List<String> contained =
        expected.words().isEmpty() ? usual(persona, status) : expected.contained();
    for (String text : contained) {
      if (!answer.body().contains(text)) {
        return seen + ", which does not contain '" + text + "'";
      }
    }
    if (request.trace() != null && changed != expected.changes()) {
      return seen + (changed ? ", and something was changed" : ", and nothing was changed");
    }
    return null;
  }

  /** What the page says of refusals of this persona. */
  private List<String> usual(Persona persona, String status) {
    return refusals.getOrDefault(persona, Map.of()).getOrDefault(status, List.of());
  }

  private static String shortened(String body) {
    return body.length() > 160 ? body.substring(0, 160) + "…" : body;
  }
}
