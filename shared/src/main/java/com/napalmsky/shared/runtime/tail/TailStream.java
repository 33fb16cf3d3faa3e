package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.runtime.Timers.Cancellable;
import com.napalmsky.shared.runtime.tail.BusTail.Watcher;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /bus}: a line of JSON each second for as long as the client reads. Requests come on
 * the event loop of the management port, lines on that of the tail.
 */
final class TailStream {

  private final BusTail tail;
  private final Context ofTail;

  /**
   * @param ofTail the context to which the tail is confined
   */
  TailStream(BusTail tail, Context ofTail) {
    this.tail = tail;
    this.ofTail = ofTail;
  }

  void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    TailFilter filter;
    try {
      filter = TailFilter.from(request.params());
    } catch (TailFilter.Refused refused) {
      refuse(response, 400, String.valueOf(refused.getMessage()), refused.allowed());
      return;
    } catch (IllegalArgumentException unreadable) {
      refuse(response, 400, "The address cannot be read", List.of());
      return;
    }
    Client client = new Client(request, ofTail, Objects.requireNonNull(Vertx.currentContext()));
    response.exceptionHandler(broken -> {});
    // Runs after the watch began, since both are sent from here.
    response.closeHandler(closed -> ofTail.runOnContext(there -> client.leave()));
    ofTail.runOnContext(there -> client.follow(tail, filter));
  }

  private static void refuse(
      HttpServerResponse response, int status, String error, Collection<String> allowed) {
    JsonObject body = new JsonObject().put("error", error);
    if (!allowed.isEmpty()) {
      body.put("allowed", new JsonArray(new ArrayList<>(allowed)));
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body.toBuffer())
        .onComplete(sent -> {}, lost -> {});
  }

  /** Confined to the tail's context, but for what it sends. */
  private static final class Client implements Watcher {

    private final HttpServerRequest request;
    private final Context ofTail;
    private final Context ofClient;

    /** Whether all that was written has left for the client. */
    private final AtomicBoolean ready = new AtomicBoolean(true);

    private @Nullable Cancellable following;

    Client(HttpServerRequest request, Context ofTail, Context ofClient) {
      this.request = request;
      this.ofTail = ofTail;
      this.ofClient = ofClient;
    }

    void follow(BusTail tail, TailFilter filter) {
      following = tail.follow(filter, this);
      boolean full = following == null;
      ofClient.runOnContext(here -> begin(full));
    }

    private void begin(boolean full) {
      HttpServerResponse response = request.response();
      if (full) {
        refuse(response, 503, "Too many watch the bus here already", List.of());
        return;
      }
      response
          .setChunked(true)
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .writeHead()
          .onComplete(sent -> {}, lost -> {});
    }

    @Override
    public boolean take(Buffer line) {
      if (!ready.compareAndSet(true, false)) {
        return false;
      }
      ofClient.runOnContext(here -> write(line));
      return true;
    }

    private void write(Buffer line) {
      request
          .response()
          .write(line)
          .onComplete(read -> ready.set(true), gone -> ofTail.runOnContext(there -> leave()));
    }

    @Override
    public void dropped() {
      following = null;
      ofClient.runOnContext(
          here -> request.connection().close().onComplete(closed -> {}, lost -> {}));
    }

    void leave() {
      if (following != null) {
        following.cancel();
        following = null;
      }
    }
  }
}
