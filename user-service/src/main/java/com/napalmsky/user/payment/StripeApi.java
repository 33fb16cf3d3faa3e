package com.napalmsky.user.payment;

import com.napalmsky.shared.bus.ServiceFailure;
import com.napalmsky.shared.bus.ServiceFailure.Code;
import com.napalmsky.shared.runtime.Timers;
import com.napalmsky.user.payment.CheckoutSession.Unreadable;
import io.vertx.core.AsyncResult;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two things that Stripe is asked for. Safe from any context.
 *
 * <p>Fails with {@link StripeRefusal} when Stripe says no, with {@link Code#OVERLOADED} when too
 * many requests are under way, and with {@link Code#UNAVAILABLE} when there is no answer in time;
 * the page may have been made then, and the same attempt asks for the same page.
 */
public final class StripeApi {

  private static final Logger LOG = LoggerFactory.getLogger(StripeApi.class);

  // What Stripe calls its fields differs between versions; a pinned one never changes under us.
  private static final String VERSION = "2024-06-20";
  private static final String PATH = "/v1/checkout/sessions";
  private static final int CONNECTIONS = 8;
  private static final int MOST_ANSWER_BYTES = 256 * 1024;
  private static final int TRIES = 3;
  private static final Duration BUSY_PAUSE = Duration.ofMillis(300);
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  /** A pause before another try was not enough. */
  private static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Busy() {
      super("stripe is at work on the same attempt", null, false, false);
    }
  }

  private record Reply(int status, Buffer body) {}

  private final PaymentConfig config;
  private final HttpClient client;
  private final Timers timers;
  private final AtomicInteger pending = new AtomicInteger();

  // Keeps an outage from filling the log: only its beginning and its end are said aloud.
  private final AtomicBoolean away = new AtomicBoolean();

  private StripeApi(PaymentConfig config, HttpClient client, Timers timers) {
    this.config = config;
    this.client = client;
    this.timers = timers;
  }

  /** Prepares the client; connects when first asked. Closed with Vert.x, if not before. */
  public static StripeApi on(Vertx vertx, PaymentConfig config) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout((int) config.requestLimit().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) config.requestLimit().toMillis() * 2);
    PoolOptions pool =
        new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(config.requestsMax());
    return new StripeApi(config, vertx.createHttpClient(options, pool), Timers.of(vertx));
  }

  /** Whether there is a key to ask with. */
  public boolean configured() {
    return config.secretKey() != null;
  }

  /** Requests under way. */
  public int pending() {
    return pending.get();
  }

  /** Requests that may be under way. */
  public int pendingMax() {
    return config.requestsMax();
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return client.close();
  }

  /**
   * Asks for a page to pay on.
   *
   * @param attempt one attempt gets one page, however often it is asked for within a day
   */
  Future<CheckoutSession> create(UUID userId, UUID attempt) {
    return create(form(userId), attempt, TRIES);
  }

  private Future<CheckoutSession> create(Buffer form, UUID attempt, int tries) {
    return ask(HttpMethod.POST, PATH, form, attempt, config.requestLimit())
        .recover(
            cause ->
                cause instanceof Busy && tries > 1
                    ? rest().compose(rested -> create(form, attempt, tries - 1))
                    : Future.failedFuture(cause instanceof Busy ? unavailable() : cause));
  }

  private Future<Void> rest() {
    Promise<Void> rested = Promise.promise();
    Timers.Cancellable ignored = timers.after(BUSY_PAUSE, rested::complete);
    return rested.future();
  }

  /** Asks what has become of a page. */
  Future<CheckoutSession> find(String id, Duration limit) {
    return ask(HttpMethod.GET, PATH + "/" + id, null, null, limit);
  }

  private Buffer form(UUID userId) {
    Map<String, String> fields = new LinkedHashMap<>();
    String user = userId.toString();
    String cents = Integer.toString(config.price().cents());
    fields.put("mode", "payment");
    fields.put("payment_method_types[0]", "card");
    fields.put("client_reference_id", user);
    fields.put("metadata[" + CheckoutSession.USER_ID + "]", user);
    fields.put("metadata[" + CheckoutSession.PRICE_CENTS + "]", cents);
    fields.put("line_items[0][quantity]", "1");
    fields.put("line_items[0][price_data][currency]", config.price().currency());
    fields.put("line_items[0][price_data][unit_amount]", cents);
    fields.put("line_items[0][price_data][product_data][name]", "Napalm Sky access");
    fields.put(
        "success_url", config.frontendUrl() + "/payment-success?session_id={CHECKOUT_SESSION_ID}");
    fields.put("cancel_url", config.frontendUrl() + "/onboarding");
    return Buffer.buffer(
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Future<CheckoutSession> ask(
      HttpMethod method,
      String path,
      @Nullable Buffer form,
      @Nullable UUID attempt,
      Duration limit) {
    if (pending.incrementAndGet() > pendingMax()) {
      pending.decrementAndGet();
      return Future.failedFuture(new ServiceFailure(Code.OVERLOADED, "too many ask Stripe"));
    }
    return client
        .request(options(method, path, form, attempt, limit))
        .compose(request -> exchange(request, form, limit))
        .transform(this::reached)
        .compose(StripeApi::read)
        .onComplete(answered -> pending.decrementAndGet());
  }

  private RequestOptions options(
      HttpMethod method,
      String path,
      @Nullable Buffer form,
      @Nullable UUID attempt,
      Duration limit) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(config.apiBase() + path)
            .setConnectTimeout(limit.toMillis())
            .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + config.secretKey())
            .putHeader("Stripe-Version", VERSION);
    if (form != null) {
      options.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if (attempt != null) {
      options.putHeader("Idempotency-Key", attempt.toString());
    }
    return options;
  }

  private static Future<Reply> exchange(
      HttpClientRequest request, @Nullable Buffer form, Duration limit) {
    return (form == null ? request.send() : request.send(form))
        .compose(response -> whole(request, response))
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            cause -> {
              // An answer that comes later must not be taken for that of another request.
              request.reset();
              return Future.failedFuture(cause);
            });
  }

  private static Future<Reply> whole(HttpClientRequest request, HttpClientResponse response) {
    Promise<Reply> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response
        .handler(
            part -> {
              body.appendBuffer(part);
              if (body.length() > MOST_ANSWER_BYTES) {
                request.reset();
                whole.tryFail("an answer of more than " + MOST_ANSWER_BYTES + " bytes");
              }
            })
        .exceptionHandler(whole::tryFail)
        .endHandler(ended -> whole.tryComplete(new Reply(response.statusCode(), body)));
    return whole.future();
  }

  private Future<Reply> reached(AsyncResult<Reply> answered) {
    if (answered.succeeded()) {
      if (away.compareAndSet(true, false)) {
        LOG.info("stripe answers again");
      }
      return Future.succeededFuture(answered.result());
    }
    if (away.compareAndSet(false, true)) {
      LOG.warn("stripe does not answer cause={}", answered.cause().toString());
    }
    return Future.failedFuture(unavailable());
  }

  private static Future<CheckoutSession> read(Reply reply) {
    int status = reply.status();
    if (status == CONFLICT) {
      return Future.failedFuture(new Busy());
    }
    if (status == TOO_MANY) {
      // Before anything was done: the same attempt may be asked for again.
      return Future.failedFuture(unavailable());
    }
    try {
      JsonObject json = new JsonObject(reply.body());
      return status == 200
          ? Future.succeededFuture(CheckoutSession.of(json))
          : Future.failedFuture(new StripeRefusal(status, why(json)));
    } catch (DecodeException | ClassCastException | Unreadable unreadable) {
      return Future.failedFuture(new StripeRefusal(status, "and nothing readable"));
    }
  }

  /** Stripe's own words for it, which never hold the key. */
  private static String why(JsonObject json) {
    return json.getValue("error") instanceof JsonObject error
        ? "type=" + error.getValue("type") + " code=" + error.getValue("code")
        : "without a reason";
  }

  private static ServiceFailure unavailable() {
    return ServiceFailure.unavailable("stripe does not answer");
  }
}
