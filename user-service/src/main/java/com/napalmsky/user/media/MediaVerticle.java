package com.napalmsky.user.media;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.TypedBus;
import com.napalmsky.shared.contract.media.MediaContract;
import com.napalmsky.shared.contract.media.MediaContract.FindFile;
import com.napalmsky.shared.contract.media.MediaContract.FoundFile;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.user.UserContract;
import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.user.media.store.MediaName;
import com.napalmsky.user.media.store.MediaStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens the listener and puts media on the bus. No decision is taken here. */
public final class MediaVerticle extends VerticleBase {

  // Gateways keep connections; one that is gone without a word is given up.
  private static final int IDLE_SECONDS = 180;
  // A paused request keeps some chunks, however large.
  private static final int CHUNK_BYTES = 1_024;
  private static final int LAST_ANSWERS_SECONDS = 2;

  private final Media media;
  private @Nullable TypedBus bus;
  private @Nullable HttpServer server;
  private @Nullable Purge purge;

  MediaVerticle(Media media) {
    this.media = media;
  }

  @Override
  public Future<?> start() {
    TypedBus ownBus = new TypedBus(vertx);
    bus = ownBus;
    Media.Wired wired = media.wire(vertx, ownBus);
    purge = wired.purge();
    MediaListener listener = new MediaListener(vertx, wired.uploads(), media.store());
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxChunkSize(CHUNK_BYTES)
                .setStrictThreadMode(true)
                .setHttp2ClearTextEnabled(false))
        .requestHandler(listener::handle)
        .listen(media.rules().port(), media.rules().host())
        .recover(cause -> Future.failedFuture(unusable(cause)))
        .compose(
            listening -> {
              server = listening;
              return serve(ownBus, wired, listening.actualPort());
            })
        // Vert.x does not stop a verticle whose start failed.
        .recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  private Throwable unusable(Throwable cause) {
    return cause instanceof BindException
        ? new InvalidSetting(
            MediaRules.PORT,
            "cannot be used: "
                + media.rules().host()
                + ":"
                + media.rules().port()
                + " is in use or not of this machine")
        : cause;
  }

  private Future<?> serve(TypedBus ownBus, Media.Wired wired, int port) {
    Listener here = new Listener(media.rules().advertisedHost(), port);
    return Future.all(
            List.of(
                ownBus.serve(
                    MediaContract.OPEN_UPLOAD, request -> wired.uploads().open(request, here)),
                ownBus.serve(
                    MediaContract.FIND_FILE, request -> find(request, media.store(), here)),
                ownBus.subscribe(UserContract.SESSIONS_ENDED, wired.purge()::onSessionsEnded)))
        .map(
            serving -> {
              wired.purge().soon();
              return serving;
            });
  }

  private static Future<FoundFile> find(FindFile request, MediaStore store, Listener here) {
    return MediaName.read(request.name())
        .map(name -> Future.succeededFuture(found(store.find(name), here)))
        .orElseGet(() -> Future.failedFuture(ServiceFailure.invalid("not a name of ours")));
  }

  private static FoundFile found(MediaStore.Place place, Listener here) {
    return place instanceof MediaStore.Elsewhere elsewhere
        ? new FoundFile(null, elsewhere.url(), elsewhere.life().toSeconds())
        : new FoundFile(here, null, 0);
  }

  @Override
  public Future<?> stop() {
    return (bus == null ? Future.<Void>succeededFuture() : bus.close())
        .eventually(() -> purge == null ? Future.succeededFuture() : purge.stop())
        .eventually(
            () ->
                server == null
                    ? Future.succeededFuture()
                    : server.shutdown(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS));
  }
}
