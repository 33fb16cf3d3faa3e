package com.napalmsky.gateway.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * One polling request. It is answered on the loop where it arrived, from whatever loop the answer
 * comes; only the first answer counts.
 */
final class Exchange {

  private final HttpServerRequest request;
  private final EngineLoop arrival;

  Exchange(HttpServerRequest request, EngineLoop arrival) {
    this.request = request;
    this.arrival = arrival;
  }

  /** Answers a poll. */
  void packets(String payload) {
    arrival.run(() -> write(payload));
  }

  /** Answers a POST. */
  void accepted() {
    arrival.run(() -> end(200, "text/html", Buffer.buffer("ok")));
  }

  /** Refuses the request. */
  void refuse(EngineError error) {
    arrival.run(
        () -> {
          arrival.meter.refusal(error);
          end(error.status(), "application/json", Buffer.buffer(error.json()));
        });
  }

  /** Refuses the request for want of room. */
  void refuse(Admission.Refusal refusal) {
    arrival.run(
        () -> {
          arrival.meter.refusal(EngineError.FULL);
          if (open(request.response())) {
            request
                .response()
                .putHeader("retry-after", Integer.toString(refusal.retryAfterSeconds()));
          }
          Buffer body =
              new JsonObject().put("code", 4).put("message", refusal.message()).toBuffer();
          end(EngineError.FULL.status(), "application/json", body);
        });
  }

  private void write(String payload) {
    HttpServerResponse response = request.response();
    if (!open(response)) {
      return;
    }
    byte[] plain = payload.getBytes(UTF_8);
    byte[] zipped = acceptsGzip() ? arrival.writer.gzip(plain) : null;
    response.putHeader("cache-control", "no-store").putHeader("vary", "Accept-Encoding");
    if (zipped != null) {
      response.putHeader("content-encoding", "gzip");
    }
    byte[] body = zipped == null ? plain : zipped;
    arrival.meter.sent(plain.length, body.length);
    end(200, "text/plain; charset=UTF-8", Buffer.buffer(body));
  }

  private boolean acceptsGzip() {
    String accepted = request.getHeader("accept-encoding");
    return accepted != null
        && accepted.toLowerCase(Locale.ROOT).contains("gzip")
        && request.getHeader("x-no-compression") == null;
  }

  private void end(int status, String type, Buffer body) {
    HttpServerResponse response = request.response();
    if (open(response)) {
      if (status >= 400 && request.method() == HttpMethod.POST && !request.isEnded()) {
        // The rest of the body is not worth reading.
        response.putHeader("connection", "close");
      }
      var unused = response.setStatusCode(status).putHeader("content-type", type).end(body);
    }
  }

  private static boolean open(HttpServerResponse response) {
    return !response.ended() && !response.closed();
  }
}
