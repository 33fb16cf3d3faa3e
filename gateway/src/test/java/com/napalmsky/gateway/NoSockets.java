package com.napalmsky.gateway;

import com.napalmsky.gateway.http.Answer;
import com.napalmsky.gateway.http.health.SocketLoad;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** Refuses sockets: for a gateway that serves HTTP alone. */
final class NoSockets implements SocketEdge {

  static Factory factory() {
    return loop -> Future.succeededFuture(new NoSockets());
  }

  @Override
  public void prepare(HttpServer server) {}

  @Override
  public void handle(HttpServerRequest request) {
    Answer answer = Answer.error(404, "Sockets are not served here");
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Answer.JSON)
        .end(answer.body())
        .onComplete(sent -> {}, lost -> {});
  }

  @Override
  public SocketLoad load() {
    return SocketLoad.NONE;
  }

  @Override
  public void addressesBanned() {}

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
