package com.napalmsky.gateway.http;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.runtime.BoundedPipe;
import com.napalmsky.shared.runtime.BoundedPipe.LimitReached;
import com.napalmsky.shared.runtime.BoundedPipe.Limits;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A form that consists of one file, passed on while it comes. Other fields are ignored; they are
 * few and short, or the form is refused.
 *
 * <p>For one use, confined to the event loop of its request.
 */
public final class FileForm {

  private final HttpServerRequest request;
  private final Timers timers;
  private final String field;
  private final Promise<Long> done = Promise.promise();

  private @Nullable BoundedPipe pipe;
  private @Nullable Long bytes;
  private boolean ended;
  private Cancellable silence = () -> {};

  FileForm(HttpServerRequest request, Timers timers, String field) {
    this.request = request;
    this.timers = timers;
    this.field = field;
  }

  /**
   * Begins to read.
   *
   * @param sink gets the bytes of the file; is not ended
   * @return the length of the file, when the form has ended and was as it must be; else a {@link
   *     Refusal} that says what is wrong, {@link ServiceFailure} when the sink does not take it, or
   *     what {@link #stop} was given
   */
  public Future<Long> into(WriteStream<Buffer> sink, Limits limits) {
    request.exceptionHandler(this::broken);
    request.uploadHandler(file -> begin(file, sink, limits));
    request.endHandler(nothing -> end());
    request.setExpectMultipart(true);
    if (Transfer.waits(request)) {
      request
          .response()
          .writeContinue()
          .onComplete(told -> {}, lost -> broken(new IOException("connection lost")));
    }
    listen(limits);
    request.resume();
    return done.future()
        .onComplete(
            read -> silence.cancel(),
            failed -> {
              silence.cancel();
              if (pipe != null) {
                pipe.stop(failed);
              }
            });
  }

  /** Ends it before its time; does nothing when it has ended. */
  public void stop(Throwable cause) {
    done.tryFail(cause);
  }

  private void begin(HttpServerFileUpload file, WriteStream<Buffer> sink, Limits limits) {
    if (done.future().isComplete()) {
      return;
    }
    if (!field.equals(file.name())) {
      stop(Refusal.field(field, "is required, and no other file"));
      return;
    }
    if (pipe != null) {
      stop(Refusal.field(field, "must be one file"));
      return;
    }
    silence.cancel();
    BoundedPipe own = new BoundedPipe(timers, limits, file, sink);
    pipe = own;
    own.run()
        .onComplete(
            passed -> {
              bytes = passed;
              listen(limits);
              judge();
            },
            failed -> stop(refusal(failed, limits)));
  }

  private void end() {
    ended = true;
    judge();
  }

  private void judge() {
    if (!ended || done.future().isComplete()) {
      return;
    }
    if (request.formAttributes().contains(field)) {
      stop(Refusal.field(field, "must be sent as a file"));
    } else if (pipe == null) {
      stop(Refusal.field(field, "is required"));
    } else if (bytes != null && bytes == 0) {
      stop(Refusal.field(field, "is empty"));
    } else if (bytes != null) {
      done.tryComplete(bytes);
    }
    // Else its last bytes still wait for the sink.
  }

  /** Outside of the file, where the pipe does not listen. */
  private void listen(Limits limits) {
    silence.cancel();
    silence = timers.after(limits.stall(), () -> stop(tooSlow()));
  }

  private Throwable refusal(Throwable cause, Limits limits) {
    if (!(cause instanceof LimitReached reached)) {
      return cause instanceof Refusal || cause instanceof ServiceFailure
          ? cause
          : sinkFailed(cause);
    }
    return switch (reached.limit()) {
      case TOO_LARGE -> tooLarge(field, limits.mostBytes());
      case SOURCE_TOO_SLOW ->
          ended ? Refusal.field(field, "is cut short: the form has no end") : tooSlow();
      case SINK_TOO_SLOW -> ServiceFailure.unavailable("the file is not taken");
    };
  }

  private static ServiceFailure sinkFailed(Throwable cause) {
    return ServiceFailure.unavailable("the file is not taken: " + cause);
  }

  private static Refusal tooSlow() {
    return Refusal.of(408, "The request was not sent in time");
  }

  /** 413 that says how much is allowed. */
  public static Refusal tooLarge(String field, long mostBytes) {
    return Refusal.of(413, field + " must have at most " + (mostBytes >> 20) + " MB");
  }

  private void broken(Throwable cause) {
    // A connection that is lost reads no answer; everything else is a fault of the form.
    stop(Refusal.of(400, "The form cannot be read"));
  }
}
