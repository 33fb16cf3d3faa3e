package com.napalmsky.shared.runtime.process;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of the management port, by method and path. Whatever is not there gets 404 or 405 with
 * an error in JSON. Safe from any thread.
 */
public final class ManagementPages {

  private static final Logger LOG = LoggerFactory.getLogger(ManagementPages.class);

  private record Place(HttpMethod method, String path) {}

  private final Map<Place, Handler<HttpServerRequest>> handlers = new ConcurrentHashMap<>();

  /**
   * Adds a page.
   *
   * @param path the whole path, such as {@code /metrics}
   * @throws IllegalStateException when there is one already
   */
  public void add(HttpMethod method, String path, Page page) {
    put(method, path, request -> serve(request, page));
  }

  /**
   * Adds a page that goes on for as long as the client listens, asked for with GET.
   *
   * @param page gets the request on the event loop of the management port and answers it itself
   * @throws IllegalStateException when there is one already
   */
  public void stream(String path, Handler<HttpServerRequest> page) {
    put(HttpMethod.GET, path, page);
  }

  private void put(HttpMethod method, String path, Handler<HttpServerRequest> handler) {
    if (handlers.putIfAbsent(new Place(method, path), handler) != null) {
      throw new IllegalStateException("two pages for " + method + " " + path);
    }
  }

  /** Answers a request. */
  void handle(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    Handler<HttpServerRequest> handler = handlers.get(new Place(request.method(), path));
    if (handler != null) {
      handler.handle(request);
      return;
    }
    Set<String> others = methodsOf(path);
    if (others.isEmpty()) {
      send(request, Page.Answer.error(404, "There is nothing at this address"));
    } else {
      String allowed = String.join(", ", others);
      request.response().putHeader(HttpHeaders.ALLOW, allowed);
      send(request, Page.Answer.error(405, "This address answers " + allowed));
    }
  }

  private Set<String> methodsOf(String path) {
    Set<String> methods = new TreeSet<>();
    for (Place place : handlers.keySet()) {
      if (place.path().equals(path)) {
        methods.add(place.method().name());
      }
    }
    return methods;
  }

  private static void serve(HttpServerRequest request, Page page) {
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          // One chunk beyond the limit is kept to tell that it was passed.
          if (body.length() <= Page.LONGEST_BODY) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(end -> read(request, page, body));
    request.exceptionHandler(gone -> LOG.debug("management request broken off", gone));
  }

  private static void read(HttpServerRequest request, Page page, Buffer body) {
    if (body.length() > Page.LONGEST_BODY) {
      send(
          request,
          Page.Answer.error(413, "The body may have at most " + Page.LONGEST_BODY + " bytes"));
      return;
    }
    Page.@Nullable Request asked = readable(request, body);
    if (asked == null) {
      send(request, Page.Answer.error(400, "The address cannot be read"));
      return;
    }
    answer(page, asked)
        .onComplete(
            answer -> send(request, answer),
            cause -> {
              LOG.warn("management page {} failed", request.path(), cause);
              send(request, Page.Answer.error(500, "Something went wrong on our side"));
            });
  }

  private static Page.@Nullable Request readable(HttpServerRequest request, Buffer body) {
    try {
      return new Page.Request(request.params(), body);
    } catch (IllegalArgumentException badlyEncoded) {
      return null;
    }
  }

  private static Future<Page.Answer> answer(Page page, Page.Request request) {
    try {
      return page.answer(request);
    } catch (RuntimeException fault) {
      return Future.failedFuture(fault);
    }
  }

  private static void send(HttpServerRequest request, Page.Answer answer) {
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
        .end(answer.body())
        .onComplete(sent -> {}, lost -> {});
  }
}
