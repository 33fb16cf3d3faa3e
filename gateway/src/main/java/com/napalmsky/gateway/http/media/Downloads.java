package com.napalmsky.gateway.http.media;

import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.Content;
import com.napalmsky.gateway.http.Transfer;
import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.contract.media.MediaContract.Listener;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Passes files on from a listener to clients. Confined to the context of its client. */
final class Downloads {

  private static final long HEAD_SECONDS = 10;
  private static final List<CharSequence> ASKED =
      List.of(
          HttpHeaders.createOptimized("Range"),
          HttpHeaders.createOptimized("If-Range"),
          HttpHeaders.IF_NONE_MATCH,
          HttpHeaders.IF_MODIFIED_SINCE);
  private static final List<CharSequence> TOLD =
      List.of(
          HttpHeaders.ETAG,
          HttpHeaders.LAST_MODIFIED,
          HttpHeaders.CACHE_CONTROL,
          HttpHeaders.ACCEPT_RANGES,
          HttpHeaders.CONTENT_RANGE,
          HttpHeaders.createOptimized("Content-Disposition"));
  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

  // Opened by itself, a file may do nothing at all, whatever a browser takes it for.
  private static final String CLOSED = "default-src 'none'; frame-ancestors 'none'; sandbox";

  private final HttpClient client;
  private final Places places;

  Downloads(HttpClient client, Places places) {
    this.client = client;
    this.places = places;
  }

  /** Answers with a file, a part of it, or that the client has it already. */
  Future<Answer> fetch(Transfer transfer, Listener listener, String name) {
    if (!places.take()) {
      return Future.failedFuture(
          new ServiceFailure(ServiceFailure.Code.OVERLOADED, "too many downloads are under way"));
    }
    return client
        .request(
            transfer.head() ? HttpMethod.HEAD : HttpMethod.GET,
            listener.port(),
            listener.host(),
            "/files/" + name)
        .compose(upstream -> ask(transfer, upstream))
        .map(this::answer)
        .recover(
            cause -> {
              places.giveBack();
              return Future.failedFuture(
                  cause instanceof ServiceFailure
                      ? cause
                      : ServiceFailure.unavailable("the file cannot be fetched: " + cause));
            });
  }

  private static Future<HttpClientResponse> ask(Transfer transfer, HttpClientRequest upstream) {
    for (CharSequence header : ASKED) {
      String value = transfer.header(header);
      if (value != null) {
        upstream.putHeader(header, value);
      }
    }
    return upstream
        .send()
        .map(
            response -> {
              // Until somebody takes it.
              response.pause();
              return response;
            })
        .timeout(HEAD_SECONDS, TimeUnit.SECONDS)
        .recover(
            cause -> {
              upstream.reset().onComplete(reset -> {}, alreadyOver -> {});
              return Future.failedFuture(cause);
            });
  }

  private Answer answer(HttpClientResponse response) {
    Content content = new Passing(response);
    return switch (response.statusCode()) {
      case 200, 206 ->
          described(
              Answer.passing(
                  response.statusCode(), response.getHeader(HttpHeaders.CONTENT_TYPE), content),
              response);
      case 304, 416 -> {
        content.discard();
        yield described(Answer.empty(response.statusCode()), response);
      }
      case 404 -> {
        content.discard();
        yield Answer.error(404, "There is nothing at this address");
      }
      default -> {
        response.request().reset().onComplete(reset -> {}, alreadyOver -> {});
        throw ServiceFailure.unavailable("the listener says " + response.statusCode());
      }
    };
  }

  private static Answer described(Answer answer, HttpClientResponse response) {
    for (CharSequence header : TOLD) {
      String value = response.getHeader(header);
      if (value != null) {
        answer.with(header, value);
      }
    }
    return answer.with(POLICY, CLOSED);
  }

  /** A file on its way. Gives its place back when it is over. */
  private final class Passing implements Content {

    private final HttpClientResponse response;

    Passing(HttpClientResponse response) {
      this.response = response;
    }

    @Override
    public long length() {
      String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
      return length == null ? 0 : Long.parseLong(length.toLowerCase(Locale.ROOT));
    }

    @Override
    public Future<Void> sendTo(HttpServerResponse to) {
      return response
          .pipeTo(to)
          .eventually(
              () -> {
                places.giveBack();
                return Future.succeededFuture();
              })
          .recover(
              cause -> {
                response.request().reset().onComplete(reset -> {}, alreadyOver -> {});
                return Future.failedFuture(cause);
              });
    }

    @Override
    public void discard() {
      places.giveBack();
      response.handler(bytes -> {}).exceptionHandler(lost -> {}).resume();
    }
  }
}
