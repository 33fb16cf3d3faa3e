package com.napalmsky.gateway.engineio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a client's POST while it comes. Confined to the loop where the request arrived, which
 * need not be the session's.
 */
final class PostedBody {

  private static final Admission.Refusal NO_ROOM =
      new Admission.Refusal("Too much is being sent at once", 5);

  private final EngineLoop loop;
  private final EngineSessions home;
  private final String sid;
  private final Exchange exchange;
  private final Buffer body = Buffer.buffer();
  private boolean over;

  /**
   * @param home of the session
   * @param exchange answered when the body cannot be taken, or by the session
   */
  PostedBody(EngineLoop loop, EngineSessions home, String sid, Exchange exchange) {
    this.loop = loop;
    this.home = home;
    this.sid = sid;
    this.exchange = exchange;
  }

  /** Reads it; must be called in the turn in which the request arrived. */
  void read(HttpServerRequest request) {
    request
        .handler(this::part)
        .exceptionHandler(lost -> letGo(body.length()))
        .endHandler(
            end -> {
              if (letGo(body.length())) {
                home.run(() -> home.post(sid, body, exchange));
              }
            });
  }

  private void part(Buffer part) {
    if (over) {
      return;
    }
    int before = body.length();
    int after = before + part.length();
    if (after > loop.config.maxPayload()) {
      refuse(before, EngineError.TOO_LARGE);
    } else if (loop.unfinished(before, after)) {
      body.appendBuffer(part);
    } else {
      refuse(after, EngineError.FULL);
    }
  }

  private void refuse(int noted, EngineError why) {
    if (!letGo(noted)) {
      return;
    }
    if (why == EngineError.FULL) {
      exchange.refuse(NO_ROOM);
    } else {
      exchange.refuse(why);
    }
    home.run(() -> home.postRefused(sid, why));
  }

  /** Notes that nothing is held any more; returns whether it was until now. */
  @CanIgnoreReturnValue
  private boolean letGo(int noted) {
    boolean first = !over;
    if (first) {
      over = true;
      var unused = loop.unfinished(noted, 0);
    }
    return first;
  }
}
