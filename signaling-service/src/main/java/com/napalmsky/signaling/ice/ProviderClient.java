package com.napalmsky.signaling.ice;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks providers over HTTP. Safe from any context. Whatever fails does so within the limit, with a
 * cause that holds nothing of the answer, since secrets stand in it.
 */
final class ProviderClient {

  private static final int CONNECTIONS = 8;
  private static final int MOST_ANSWER_BYTES = 64 * 1024;

  private record Answer(int status, Buffer body) {}

  private final HttpClient client;
  private final Duration limit;

  /** Connects when first asked; closed with Vert.x, if not before. */
  ProviderClient(Vertx vertx, IceConfig config) {
    limit = config.requestLimit();
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout((int) limit.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) limit.toMillis() * 2);
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(config.requestsMax());
    client = vertx.createHttpClient(options, pool);
  }

  /** Sends a body and reads the object that is answered with a status of 200 to 299. */
  Future<JsonObject> post(String uri, String authorization, String contentType, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(uri)
            .putHeader(HttpHeaders.AUTHORIZATION, authorization)
            .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
            .putHeader(HttpHeaders.ACCEPT, "application/json");
    return client
        .request(options)
        .compose(request -> exchange(request, body))
        // Also what the exchange does not see: names are looked up, others hold the connections.
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .map(ProviderClient::object);
  }

  /** Closes all connections. */
  Future<Void> close() {
    return client.close();
  }

  private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    return request
        .send(body)
        .compose(response -> whole(request, response))
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            cause -> {
              // An answer that comes later must not be taken for that of another request.
              request.reset();
              return Future.failedFuture(cause);
            });
  }

  private static Future<Answer> whole(HttpClientRequest request, HttpClientResponse response) {
    Promise<Answer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            part -> {
              body.appendBuffer(part);
              if (body.length() > MOST_ANSWER_BYTES) {
                whole.tryFail(new ProviderFailure("an answer without end"));
                request.reset();
              }
            })
        .exceptionHandler(whole::tryFail)
        .endHandler(ended -> whole.tryComplete(new Answer(response.statusCode(), body)));
    return whole.future();
  }

  private static JsonObject object(Answer answer) {
    if (answer.status() < 200 || answer.status() > 299) {
      throw new ProviderFailure("status " + answer.status());
    }
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException | ClassCastException unreadable) {
      // Its message quotes the answer.
      throw new ProviderFailure("an answer that is no object");
    }
  }
}
