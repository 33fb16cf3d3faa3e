package com.napalmsky.gateway.engineio;

import io.vertx.core.http.HttpServerRequest;

/**
 * Says which pages of other origins may use long-polling. WebSockets are not asked: a session
 * carries no authority of the browser, its token comes in a packet.
 */
@FunctionalInterface
public interface CrossOrigin {

  /**
   * Puts the CORS headers on the response, those of a preflight included.
   *
   * @return false when the origin is foreign; the client gets status 403
   */
  boolean allows(HttpServerRequest request);
}
