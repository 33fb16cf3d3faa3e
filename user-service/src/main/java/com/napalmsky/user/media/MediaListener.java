package com.napalmsky.user.media;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.runtime.BoundedPipe.LimitReached;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import com.napalmsky.user.media.store.MediaStore.Here;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileProps;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the listener answers to gateways: {@code POST /uploads/<ticket>} takes a file, {@code GET
 * /files/<name>} gives one. No browser reaches it. Confined to one context.
 */
final class MediaListener {

  private static final Logger LOG = LoggerFactory.getLogger(MediaListener.class);
  private static final String UPLOADS = "/uploads/";
  private static final String FILES = "/files/";

  private final Vertx vertx;
  private final Uploads uploads;
  private final MediaStore store;

  MediaListener(Vertx vertx, Uploads uploads, MediaStore store) {
    this.vertx = vertx;
    this.uploads = uploads;
    this.store = store;
  }

  void handle(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    if (path.startsWith(UPLOADS) && request.method() == HttpMethod.POST) {
      take(request, path.substring(UPLOADS.length()));
    } else if (path.startsWith(FILES)
        && (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD)) {
      give(request, path.substring(FILES.length()));
    } else {
      end(request, 404);
    }
  }

  private void take(HttpServerRequest request, String text) {
    request.pause();
    uploads
        .use(text)
        .ifPresentOrElse(
            ticket ->
                uploads
                    .receive(ticket, request)
                    .onComplete(ended -> answer(request, ended), lost -> failed(request, lost)),
            () -> end(request, 404));
  }

  private static void answer(HttpServerRequest request, UploadEnded ended) {
    JsonObject body =
        new JsonObject()
            .put("outcome", ended.outcome().name())
            .put("url", ended.url())
            .put("problem", ended.problem());
    HttpServerResponse response = request.response();
    if (!response.closed()) {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .end(body.toBuffer())
          .onComplete(sent -> {}, lost -> {});
    }
  }

  private static void failed(HttpServerRequest request, Throwable cause) {
    if (cause instanceof HttpClosedException || cause instanceof LimitReached) {
      // Who sent it broke off or went silent, and reads no answer.
      LOG.debug("upload broke off cause={}", cause.toString());
      request.connection().close().onComplete(closed -> {}, alreadyGone -> {});
      return;
    }
    if (!(cause instanceof ServiceFailure)) {
      LOG.error("upload failed", cause);
    }
    end(request, 503);
  }

  private void give(HttpServerRequest request, String text) {
    Optional<Here> here =
        MediaName.read(text).map(store::find).filter(Here.class::isInstance).map(Here.class::cast);
    if (here.isEmpty()) {
      end(request, 404);
      return;
    }
    MediaName name = new MediaName(text);
    String file = here.get().file().toString();
    vertx
        .fileSystem()
        .props(file)
        .map(Optional::of)
        // There is none, or it was deleted a moment ago.
        .otherwise(Optional.empty())
        .compose(
            props ->
                props.isPresent()
                    ? send(request, name, here.get(), props.get())
                    : request.response().setStatusCode(404).end())
        .onComplete(sent -> {}, lost -> LOG.debug("file not sent cause={}", lost.toString()));
  }

  private static Future<Void> send(
      HttpServerRequest request, MediaName name, Here here, FileProps props) {
    return new FileAnswer(name, request)
        .send(here.file(), props.size(), Instant.ofEpochMilli(props.lastModifiedTime()));
  }

  private static void end(HttpServerRequest request, int status) {
    if (!request.response().closed()) {
      request.response().setStatusCode(status).end().onComplete(sent -> {}, lost -> {});
    }
  }
}
