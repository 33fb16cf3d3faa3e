package com.napalmsky.gateway.http;

import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Ends a connection whose client was answered while it was still sending. What it sends is read for
 * a moment and thrown away: a connection that is closed on unread bytes is reset, and then many
 * clients never get to see the answer.
 */
final class Lingering {

  private static final Duration MOMENT = Duration.ofSeconds(3);
  private static final long MOST_BYTES = 64L << 20;

  private final HttpServerRequest request;
  private long left = MOST_BYTES;

  private Lingering(HttpServerRequest request) {
    this.request = request;
  }

  /**
   * @param request whose answer was sent, with {@code Connection: close}
   */
  static void close(HttpServerRequest request, Timers timers) {
    new Lingering(request).begin(timers);
  }

  private void begin(Timers timers) {
    Cancellable end = timers.after(MOMENT, this::close);
    request.exceptionHandler(lost -> end.cancel());
    request.endHandler(
        sent -> {
          end.cancel();
          close();
        });
    request.uploadHandler(file -> {});
    request.handler(
        chunk -> {
          left -= chunk.length();
          if (left < 0) {
            end.cancel();
            close();
          }
        });
    request.resume();
  }

  private void close() {
    request.connection().close().onComplete(closed -> {}, alreadyGone -> {});
  }
}
