package com.napalmsky.gateway.http;

import com.napalmsky.shared.bus.ServiceFailure;
import io.vertx.core.http.HttpHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when a request fails; nothing from inside is. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int OVERLOADED_RETRY_SECONDS = 2;
  private static final int UNAVAILABLE_RETRY_SECONDS = 5;

  private Failures() {}

  /**
   * @param where the operation, for the log
   */
  static Answer answer(Throwable cause, String where) {
    if (cause instanceof Refusal refusal) {
      return refusal.answer();
    }
    if (cause instanceof ServiceFailure failure) {
      LOG.debug("request failed operation={} failure={}", where, failure.toString());
      return switch (failure.code()) {
        case INVALID_REQUEST -> Answer.error(400, "The request is not valid");
        case CONFLICT -> Answer.error(409, "That is not possible in the present state");
        case OVERLOADED ->
            later("Too much is going on right now, please try again", OVERLOADED_RETRY_SECONDS);
        case UNAVAILABLE ->
            later("Temporarily unavailable, please try again", UNAVAILABLE_RETRY_SECONDS);
        case INTERNAL -> fault();
      };
    }
    LOG.error("request failed operation={}", where, cause);
    return fault();
  }

  private static Answer fault() {
    return Answer.error(500, "Something went wrong on our side");
  }

  private static Answer later(String error, int seconds) {
    return Answer.error(503, error).with(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
  }
}
