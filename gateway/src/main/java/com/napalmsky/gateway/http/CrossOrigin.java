package com.napalmsky.gateway.http;

import com.napalmsky.gateway.http.Origins.Standing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What browsers are told about pages of other origins. */
public final class CrossOrigin {

  private static final String METHODS = "GET,HEAD,PUT,PATCH,POST,DELETE";
  private static final String EXPOSED =
      "ETag, Retry-After, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset";
  private static final String PREFLIGHT_SECONDS = "600";
  private static final String HEADER_LIST = "[A-Za-z0-9_, -]{1,500}";

  private final Origins origins;

  public CrossOrigin(Origins origins) {
    this.origins = origins;
  }

  /**
   * Puts the CORS headers on the response.
   *
   * @return null when the request may go on; else the answer: a refusal, or that of a preflight
   */
  public @Nullable Answer judge(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    Standing standing = origins.of(origin, request.getHeader(HttpHeaders.HOST));
    if (standing == Standing.FOREIGN) {
      return Answer.error(403, "This origin is not allowed");
    }
    if (standing == Standing.OWN || origin == null) {
      return null;
    }
    MultiMap headers = request.response().headers();
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    boolean preflight =
        request.method() == HttpMethod.OPTIONS
            && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    return preflight ? preflight(request) : null;
  }

  private static Answer preflight(HttpServerRequest request) {
    Answer answer =
        Answer.empty(204)
            .with(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .with(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
    String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    return asked != null && asked.matches(HEADER_LIST)
        ? answer.with(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked)
        : answer;
  }
}
