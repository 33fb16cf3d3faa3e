package com.napalmsky.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What every answer tells the browser, refusals of the HTTP parser included.
 *
 * @param production whether the browser is told to insist on HTTPS
 */
public record SecurityHeaders(boolean production) {

  private static final CharSequence FRAME = HttpHeaders.createOptimized("X-Frame-Options");
  private static final CharSequence TYPE = HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence XSS = HttpHeaders.createOptimized("X-XSS-Protection");
  private static final CharSequence REFERRER = HttpHeaders.createOptimized("Referrer-Policy");
  private static final CharSequence PERMISSIONS = HttpHeaders.createOptimized("Permissions-Policy");
  private static final CharSequence CSP = HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence HSTS = HttpHeaders.createOptimized("Strict-Transport-Security");

  private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence BLOCK = HttpHeaders.createOptimized("1; mode=block");
  private static final CharSequence STRICT_ORIGIN =
      HttpHeaders.createOptimized("strict-origin-when-cross-origin");
  private static final CharSequence OWN_DEVICES =
      HttpHeaders.createOptimized("camera=(self), microphone=(self), geolocation=(), payment=()");
  private static final CharSequence NOTHING =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence A_YEAR =
      HttpHeaders.createOptimized("max-age=31536000; includeSubDomains; preload");

  /** Adds them to an answer of the API. */
  public void addTo(MultiMap headers) {
    headers
        .set(FRAME, DENY)
        .set(TYPE, NOSNIFF)
        .set(XSS, BLOCK)
        .set(REFERRER, STRICT_ORIGIN)
        .set(PERMISSIONS, OWN_DEVICES)
        .set(CSP, NOTHING);
    if (production) {
      headers.set(HSTS, A_YEAR);
    }
  }
}
