package com.napalmsky.gateway;

import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.media.MediaContract;
import com.napalmsky.shared.contract.media.MediaContract.FoundFile;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.OpenOutcome;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOpened;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A user-service that takes and gives files, with its listener on a real port. */
final class FakeMedia {

  static final String NAME = "abcdefghijklmnopqrstuvwx.jpg";

  volatile OpenOutcome open = OpenOutcome.OPENED;
  volatile UploadEnded ended = new UploadEnded(UploadOutcome.STORED, "/uploads/" + NAME, null);
  volatile int fileStatus = 200;
  volatile Map<String, String> fileHeaders = Map.of("Content-Type", "image/jpeg");
  volatile String file = "bytes of a picture";
  volatile String elsewhere;

  /** The listener answers before it has read anything. */
  volatile boolean early;

  /** Whether what is sent is not read. */
  volatile boolean deaf;

  final List<String> received = new CopyOnWriteArrayList<>();
  final AtomicInteger broken = new AtomicInteger();
  final Map<String, String> asked = new ConcurrentHashMap<>();

  private final Vertx vertx;

  FakeMedia(Vertx vertx) {
    this.vertx = vertx;
  }

  Future<?> serve(FakeServices services) {
    TypedBus bus = services.bus();
    return vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .listen(0, "127.0.0.1")
        .compose(
            listening ->
                Future.all(
                    bus.serve(
                        MediaContract.OPEN_UPLOAD, services.answer(asked -> opened(listening))),
                    bus.serve(
                        MediaContract.FIND_FILE, services.answer(asked -> found(listening)))));
  }

  private UploadOpened opened(HttpServer listening) {
    return open == OpenOutcome.OPENED
        ? new UploadOpened(open, "ticket", listener(listening), 0)
        : new UploadOpened(open, null, null, open == OpenOutcome.QUOTA_USED_UP ? 90 : 0);
  }

  private FoundFile found(HttpServer listening) {
    return elsewhere == null
        ? new FoundFile(listener(listening), null, 0)
        : new FoundFile(null, elsewhere, 600);
  }

  private static Listener listener(HttpServer listening) {
    return new Listener("127.0.0.1", listening.actualPort());
  }

  private void handle(HttpServerRequest request) {
    if (request.path().startsWith("/files/")) {
      request
          .headers()
          .forEach(header -> asked.put(header.getKey().toLowerCase(), header.getValue()));
      request.response().setStatusCode(fileStatus);
      fileHeaders.forEach(request.response()::putHeader);
      var unused = fileStatus < 300 ? request.response().end(file) : request.response().end();
      return;
    }
    request.exceptionHandler(lost -> broken.incrementAndGet());
    if (deaf) {
      request.pause();
      return;
    }
    if (early) {
      answer(request);
      return;
    }
    request
        .body()
        .onComplete(
            body -> {
              received.add(body.toString());
              answer(request);
            },
            lost -> {});
  }

  private void answer(HttpServerRequest request) {
    var unused =
        request
            .response()
            .end(
                new JsonObject()
                    .put("outcome", ended.outcome().name())
                    .put("url", ended.url())
                    .put("problem", ended.problem())
                    .toBuffer());
  }
}
