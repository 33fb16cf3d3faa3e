package com.napalmsky.gateway.http.media;

import com.napalmsky.gateway.http.FileForm;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import com.napalmsky.shared.contract.media.MediaContract.UploadEnded;
import com.napalmsky.shared.contract.media.MediaContract.UploadOutcome;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Passes one file on to the listener that expects it. Confined to the context of its client. */
final class UploadRelay {

  // Judging and storing, behind those who came before.
  private static final long ANSWER_SECONDS = 120;
  private static final int QUEUE_BYTES = 16 << 10;

  /** The listener has answered before it got everything. */
  private static final class AnsweredEarly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AnsweredEarly() {
      super("answered early", null, false, false);
    }
  }

  private final HttpClient client;
  private final Limits limits;

  UploadRelay(HttpClient client, Limits limits) {
    this.client = client;
    this.limits = limits;
  }

  /**
   * @return what the listener says; fails like {@link FileForm#into}
   */
  Future<UploadEnded> pass(FileForm form, Listener listener, String ticket) {
    return client
        .request(HttpMethod.POST, listener.port(), listener.host(), "/uploads/" + ticket)
        .recover(cause -> Future.failedFuture(unreachable(cause)))
        .compose(upstream -> pass(form, upstream));
  }

  private Future<UploadEnded> pass(FileForm form, HttpClientRequest upstream) {
    upstream
        .setChunked(true)
        .setWriteQueueMaxSize(QUEUE_BYTES)
        // Heard of by the futures; without anybody here it is logged as a fault of ours.
        .exceptionHandler(lost -> {});
    Future<UploadEnded> answer = upstream.response().compose(UploadRelay::read);
    // Whatever it says, the rest is of no use any more.
    answer.onComplete(
        early -> form.stop(new AnsweredEarly()), lost -> form.stop(new AnsweredEarly()));
    return form.into(upstream, limits)
        .compose(
            bytes ->
                upstream
                    .end()
                    .recover(cause -> Future.failedFuture(unreachable(cause)))
                    .compose(sent -> answer.timeout(ANSWER_SECONDS, TimeUnit.SECONDS)))
        .recover(cause -> cause instanceof AnsweredEarly ? answer : Future.failedFuture(cause))
        .recover(
            cause -> {
              upstream.reset().onComplete(reset -> {}, alreadyOver -> {});
              return Future.failedFuture(cause);
            });
  }

  private static Future<UploadEnded> read(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture(
          ServiceFailure.unavailable("the listener says " + response.statusCode()));
    }
    return response.body().map(body -> ended(new JsonObject(body)));
  }

  private static UploadEnded ended(JsonObject body) {
    try {
      return new UploadEnded(
          UploadOutcome.valueOf(body.getString("outcome")),
          body.getString("url"),
          body.getString("problem"));
    } catch (IllegalArgumentException | DecodeException | ClassCastException unknown) {
      throw ServiceFailure.unavailable("the listener says what nobody understands");
    }
  }

  private static ServiceFailure unreachable(Throwable cause) {
    return ServiceFailure.unavailable("the listener cannot be reached: " + cause);
  }
}
