package com.napalmsky.shared.runtime.process;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A page of the management port. */
@FunctionalInterface
public interface Page {

  /** The longest body that is read, in bytes. */
  int LONGEST_BODY = 65_536;

  /**
   * What is asked.
   *
   * @param parameters of the address
   * @param body empty when there was none, at most {@link #LONGEST_BODY}
   */
  record Request(MultiMap parameters, Buffer body) {}

  /** What is answered. */
  record Answer(int status, String contentType, Buffer body) {

    /** A JSON object. */
    public static Answer json(int status, JsonObject body) {
      return new Answer(status, "application/json", body.toBuffer());
    }

    /** A JSON object with the text as {@code error}. */
    public static Answer error(int status, String text) {
      return json(status, new JsonObject().put("error", text));
    }
  }

  /**
   * Answers on the event loop of the management port.
   *
   * @return failed, or throws: 500, and a line in the log
   */
  Future<Answer> answer(Request request);
}
