package com.napalmsky.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;

/**
 * The body of an answer that is passed on as it comes, never held. Exactly one of its methods but
 * {@link #length} is called, once.
 */
public interface Content {

  /** How many bytes there will be. */
  long length();

  /**
   * Sends it.
   *
   * @param response whose headers are complete
   * @return when all of it was taken, and the response is ended; fails when either side is lost
   */
  Future<Void> sendTo(HttpServerResponse response);

  /** Lets go of it unsent. */
  void discard();
}
