package com.napalmsky.gateway.http;

import com.napalmsky.gateway.ipban.BannedAddresses;
import com.napalmsky.gateway.limits.ClientAddress;
import com.napalmsky.shared.contract.user.IpBanContract.IpBan;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.shared.runtime.Timers.Cancellable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts operations on a router, and everything around them that has to do with HTTP alone. */
public final class HttpApi {

  /**
   * @param production whether plain HTTP is sent to HTTPS
   * @param mostBodyBytes of a JSON body
   * @param bodyLimit how long a client may take to send a body
   */
  public record Rules(boolean production, int mostBodyBytes, Duration bodyLimit) {}

  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final int LONGEST_DEVICE = 200;
  private static final Pattern NAMED_SEGMENT = Pattern.compile("\\{(\\w+)}");
  private static final int[] REFUSED_BY_ROUTER = {400, 404, 405, 406, 408, 413, 415, 500};

  private static final String HTML = "text/html";
  private static final CharSequence NO_COMPRESSION =
      HttpHeaders.createOptimized("x-no-compression");
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
  private static final CharSequence FORWARDED_PROTO =
      HttpHeaders.createOptimized("x-forwarded-proto");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence VARY = HttpHeaders.createOptimized("Origin, Accept-Encoding");

  private final Vertx vertx;
  private final Timers timers;
  private final Guard guard;
  private final CrossOrigin crossOrigin;
  private final ClientAddress addresses;
  private final BannedAddresses banned;
  private final SecurityHeaders securityHeaders;
  private final Rules rules;

  public HttpApi(
      Vertx vertx,
      Timers timers,
      Guard guard,
      Origins origins,
      ClientAddress addresses,
      BannedAddresses banned,
      SecurityHeaders securityHeaders,
      Rules rules) {
    this.vertx = vertx;
    this.timers = timers;
    this.guard = guard;
    this.crossOrigin = new CrossOrigin(origins);
    this.addresses = addresses;
    this.banned = banned;
    this.securityHeaders = securityHeaders;
    this.rules = rules;
  }

  /** Answers these operations and shows these pages; says 404 or 405 to everything else. */
  public Handler<HttpServerRequest> serving(List<Operation<?>> operations, Pages pages) {
    Router router = router(operations, pages);
    return request -> {
      // Before the router, to which a broken address is a fault of ours.
      if (Unreadable.hasBrokenEscape(request.uri())) {
        refuse(request, Unreadable.answer(400));
      } else {
        router.handle(request);
      }
    };
  }

  private Router router(List<Operation<?>> operations, Pages pages) {
    Router router = Router.router(vertx);
    router.route().handler(this::begin).failureHandler(this::fail);
    // Of all methods: with a route for GET alone, the router would say 405 of any address.
    router
        .route()
        .handler(
            context ->
                show(context, reads(context) ? pages.find(asked(context)) : null, context::next));
    Map<String, TreeSet<String>> methods = new LinkedHashMap<>();
    for (Operation<?> operation : operations) {
      register(router, operation);
      TreeSet<String> ofPath =
          methods.computeIfAbsent(operation.path(), path -> new TreeSet<>(List.of("OPTIONS")));
      ofPath.add(operation.method().name());
      if (operation.method() == HttpMethod.GET) {
        ofPath.add("HEAD");
      }
    }
    methods.forEach((path, allowed) -> refuseOthers(router, path, String.join(", ", allowed)));
    for (int status : REFUSED_BY_ROUTER) {
      router.errorHandler(status, this::fail);
    }
    router.errorHandler(
        404,
        context ->
            show(
                context,
                reads(context) ? pages.missing(asked(context)) : null,
                () -> fail(context)));
    return router;
  }

  private static boolean reads(RoutingContext context) {
    HttpMethod method = context.request().method();
    return method == HttpMethod.GET || method == HttpMethod.HEAD;
  }

  private void show(RoutingContext context, @Nullable Future<Answer> page, Runnable otherwise) {
    if (page == null) {
      otherwise.run();
    } else {
      page.onComplete(answer -> send(context.request(), answer), context::fail);
    }
  }

  private static Pages.Ask asked(RoutingContext context) {
    HttpServerRequest request = context.request();
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return new Pages.Ask(
        String.valueOf(request.path()),
        // Browsers name it when they go to a page, and only then.
        accept != null && accept.contains(HTML),
        acceptEncoding(request),
        request.getHeader(HttpHeaders.IF_NONE_MATCH));
  }

  /**
   * Refuses a request of a banned address, whatever it asks for. Called in the turn in which the
   * request arrived.
   *
   * @return whether it was refused; if not, nothing was done to it
   */
  public boolean turnsAway(HttpServerRequest request) {
    IpBan ban = banned.isEmpty() ? null : banned.of(addressOf(request));
    if (ban == null) {
      return false;
    }
    MultiMap headers = request.response().headers();
    securityHeaders.addTo(headers);
    headers.set(HttpHeaders.VARY, VARY);
    // With these headers a page may read why.
    Answer atOnce = crossOrigin.judge(request);
    send(request, atOnce == null ? bannedAddress(ban) : atOnce);
    return true;
  }

  private static Answer bannedAddress(IpBan ban) {
    return Answer.error(
        403,
        "Your address is banned",
        out -> {
          out.writeBooleanField("banned", true);
          out.writeStringField("message", "Nobody may come from your address for now");
          out.writeStringField("reason", ban.reason());
        });
  }

  /** Answers a request that the HTTP parser could not read. */
  public void refuseUnreadable(HttpServerRequest request) {
    refuse(request, Unreadable.answer(request.decoderResult().cause()));
  }

  private void refuse(HttpServerRequest request, Answer answer) {
    securityHeaders.addTo(request.response().headers());
    request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    send(request, answer);
  }

  private void register(Router router, Operation<?> operation) {
    String path = pattern(operation.path());
    if (operation.readsFirst()) {
      // A route of its own, since vertx-web wants the body to be read first on each route.
      router
          .route(operation.method(), path)
          .handler(operation.takesBytes() ? this::awaitBody : this::expectJson);
    }
    Route route = router.route(operation.method(), path);
    if (operation.method() == HttpMethod.GET) {
      route.method(HttpMethod.HEAD);
    }
    if (operation.readsFirst()) {
      int most = operation.takesBytes() ? operation.mostBytes() : rules.mostBodyBytes();
      route.handler(BodyHandler.create(false).setBodyLimit(most));
    }
    route.handler(
        operation.streams()
            ? context -> stream(context, operation)
            : context -> answer(context, operation));
  }

  /** OpenAPI's {@code {name}} as vertx-web writes it. */
  private static String pattern(String path) {
    return NAMED_SEGMENT.matcher(path).replaceAll(":$1");
  }

  private void refuseOthers(Router router, String path, String allowed) {
    router
        .route(pattern(path))
        .handler(
            context ->
                send(
                    context.request(),
                    (context.request().method() == HttpMethod.OPTIONS
                            ? Answer.empty(204)
                            : Answer.error(405, "This method is not allowed here"))
                        .with(HttpHeaders.ALLOW, allowed)));
  }

  private void begin(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = request.response().headers();
    securityHeaders.addTo(headers);
    headers.set(HttpHeaders.VARY, VARY);
    if (rules.production() && !isHttps(request)) {
      send(request, toHttps(request));
      return;
    }
    Answer atOnce = crossOrigin.judge(request);
    if (atOnce != null) {
      send(request, atOnce);
      return;
    }
    context.next();
  }

  private static boolean isHttps(HttpServerRequest request) {
    String forwarded = request.getHeader(FORWARDED_PROTO);
    String scheme = forwarded == null ? request.scheme() : forwarded.split(",", 2)[0].trim();
    return "https".equalsIgnoreCase(scheme);
  }

  private static Answer toHttps(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    if (host == null || !host.matches("[A-Za-z0-9.:\\[\\]-]+")) {
      return Answer.error(400, "The Host header is missing or not valid");
    }
    return Answer.error(301, "Please use HTTPS")
        .with(HttpHeaders.LOCATION, "https://" + host + request.uri());
  }

  private void expectJson(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      context.fail(415);
    } else {
      awaitBody(context);
    }
  }

  private void awaitBody(RoutingContext context) {
    HttpServerRequest request = context.request();
    Cancellable tooSlow =
        timers.after(
            rules.bodyLimit(),
            () -> {
              if (!request.isEnded()) {
                context.fail(408);
              }
            });
    context.addEndHandler(ended -> tooSlow.cancel());
    context.next();
  }

  private <F> void answer(RoutingContext context, Operation<F> operation) {
    guard
        .pass(operation, inbound(context, operation.takesBytes(), null))
        .onComplete(answer -> send(context.request(), answer), context::fail);
  }

  /** Nothing of the body is read before the guard has let the request in. */
  private <F> void stream(RoutingContext context, Operation<F> operation) {
    HttpServerRequest request = context.request();
    if (operation.hasBody()) {
      request.pause();
      releaseWhenLost(request);
    }
    guard
        .pass(operation, inbound(context, false, new Transfer(request, timers)))
        .onComplete(
            answer -> {
              if (!operation.hasBody() || request.isEnded()) {
                send(request, answer);
                return;
              }
              // What the client still sends would be read as the next request.
              send(request, answer.with(HttpHeaders.CONNECTION, "close"));
              Lingering.close(request, timers);
            },
            context::fail);
  }

  /**
   * What a paused connection has read and not yet given out is released by Vert.x when it goes on,
   * and not when it is lost: without this, a client that goes away in the middle leaks it.
   */
  private static void releaseWhenLost(HttpServerRequest request) {
    if (request.connection() instanceof VertxConnection connection) {
      request.connection().closeHandler(closed -> connection.doResume());
    }
  }

  private Inbound inbound(RoutingContext context, boolean asBytes, @Nullable Transfer streamed) {
    HttpServerRequest request = context.request();
    @Nullable Buffer sent = streamed == null ? context.body().buffer() : null;
    String device = request.getHeader(HttpHeaders.USER_AGENT);
    return new Inbound(
        addressOf(request),
        device == null ? "" : device.substring(0, Math.min(device.length(), LONGEST_DEVICE)),
        token(request.getHeader(HttpHeaders.AUTHORIZATION)),
        request.getHeader(HttpHeaders.IF_NONE_MATCH),
        acceptEncoding(request),
        new Fields(new HashMap<String, @Nullable Object>(context.pathParams())),
        query(context),
        asBytes ? new Fields(Map.of()) : body(sent),
        asBytes && sent != null ? sent : Buffer.buffer(),
        request.headers(),
        streamed);
  }

  private String addressOf(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    // Null when the connection is gone already.
    String own = peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    return addresses.of(own, request.headers().getAll(FORWARDED_FOR));
  }

  private static String acceptEncoding(HttpServerRequest request) {
    return request.headers().contains(NO_COMPRESSION)
        ? ""
        : String.join(",", request.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
  }

  /** Bare tokens are accepted as the old system accepted them. */
  private static @Nullable String token(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return null;
    }
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length());
    String token = (bearer ? authorization.substring("Bearer ".length()) : authorization).trim();
    return token.isEmpty() ? null : token;
  }

  private static Fields query(RoutingContext context) {
    if (context.request().query() == null) {
      return new Fields(Map.of());
    }
    Map<String, @Nullable Object> first = new HashMap<>();
    context.queryParams().forEach(entry -> first.putIfAbsent(entry.getKey(), entry.getValue()));
    return new Fields(first);
  }

  private static Fields body(@Nullable Buffer bytes) {
    if (bytes == null || bytes.length() == 0) {
      return new Fields(Map.of());
    }
    try {
      return new Fields(new HashMap<String, @Nullable Object>(new JsonObject(bytes).getMap()));
    } catch (DecodeException | ClassCastException malformed) {
      // Said by the guard, so that it counts like any other refused attempt.
      return Fields.unreadable();
    }
  }

  private void fail(RoutingContext context) {
    Throwable cause = context.failure();
    int status = context.statusCode();
    Answer answer =
        cause == null || status < 500
            ? Unreadable.answer(status)
            : Failures.answer(cause, String.valueOf(context.request().path()));
    if (status == 408 || status == 413) {
      // What the client still sends would be read as the next request.
      answer.with(HttpHeaders.CONNECTION, "close");
    }
    send(context.request(), answer);
  }

  private static void send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    Content content = answer.content();
    if (response.ended() || response.closed()) {
      if (content != null) {
        content.discard();
      }
      return;
    }
    response.setStatusCode(answer.status());
    MultiMap headers = response.headers();
    // Replaces, so that a page can have a policy of its own: a browser obeys all that are sent.
    answer.headers().forEach((name, value) -> headers.set(name, value));
    if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
    String type = answer.contentType();
    if (type != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, type);
    }
    boolean coded = headers.contains(HttpHeaders.CONTENT_ENCODING);
    if (!coded && (isCompressed(type) || request.headers().contains(NO_COMPRESSION))) {
      headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
    }
    sendBody(request, answer)
        .onComplete(sent -> {}, lost -> LOG.debug("answer not sent cause={}", lost.toString()));
  }

  private static Future<Void> sendBody(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    Buffer body = answer.body();
    Content content = answer.content();
    if (content == null) {
      return body == null ? response.end() : response.end(body);
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(content.length()));
    if (request.method() == HttpMethod.HEAD) {
      content.discard();
      return response.end();
    }
    return content.sendTo(response);
  }

  /** Media and archives are compressed already. */
  private static boolean isCompressed(@Nullable String type) {
    return type != null
        && (type.startsWith("image/")
            || type.startsWith("video/")
            || type.startsWith("audio/")
            || type.startsWith("application/zip")
            || type.startsWith("application/gzip")
            || type.startsWith("application/pdf"));
  }
}
