package com.napalmsky.user.payment;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A local stand-in of the part of Stripe's API that is used: checkout sessions with their
 * idempotency keys, refusals in Stripe's shape, and events signed as Stripe signs them.
 */
public final class StripeStandIn implements AutoCloseable {

  public static final String KEY = "sk_test_stand_in";
  public static final String SECRET = "whsec_stand_in";

  /** A request as it came. */
  public record Asked(String method, String path, Map<String, String> form, String attempt) {}

  private record Kept(Map<String, String> form, String body) {}

  /** What it does instead of answering, while set. */
  @FunctionalInterface
  public interface Fault {
    /**
     * @return whether the request is dealt with
     */
    boolean befalls(HttpExchange exchange) throws IOException;
  }

  private static final String SESSIONS = "/v1/checkout/sessions";

  public final List<Asked> asked = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<String, JsonObject> sessions = new ConcurrentHashMap<>();
  private final Map<String, Kept> attempts = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Fault fault = exchange -> false;

  public StripeStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What {@code STRIPE_API_BASE} has to be. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Settings of user-service that lead here, names and values in turn. */
  public String[] settings(String... more) {
    String[] all = new String[more.length + 6];
    System.arraycopy(more, 0, all, 6, more.length);
    all[0] = "STRIPE_API_BASE";
    all[1] = base();
    all[2] = "STRIPE_SECRET_KEY";
    all[3] = KEY;
    all[4] = "STRIPE_WEBHOOK_SECRET";
    all[5] = SECRET;
    return all;
  }

  /** Ends a fault. */
  public void works() {
    fault = exchange -> false;
  }

  public void fails(Fault instead) {
    fault = instead;
  }

  /** Refuses everything with this status. */
  public void refuses(int status) {
    fails(
        exchange -> {
          answer(exchange, status, error("api_error", "stand_in"));
          return true;
        });
  }

  /** Never answers, until it is closed. */
  public void isSilent() {
    fails(
        exchange -> {
          try {
            boolean unused = closing.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
          return true;
        });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      String attempt = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> form = form(body);
      asked.add(new Asked(method, path, form, attempt));
      if (fault.befalls(exchange)) {
        return;
      }
      if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, error("invalid_request_error", "api_key_invalid"));
      } else if (method.equals("POST") && path.equals(SESSIONS)) {
        create(exchange, form, attempt);
      } else if (method.equals("GET") && path.startsWith(SESSIONS + "/")) {
        JsonObject found = sessions.get(path.substring(SESSIONS.length() + 1));
        answer(
            exchange,
            found == null ? 404 : 200,
            found == null ? error("invalid_request_error", "resource_missing") : found.encode());
      } else {
        answer(exchange, 404, error("invalid_request_error", "no_such_route"));
      }
    }
  }

  private void create(HttpExchange exchange, Map<String, String> form, String attempt)
      throws IOException {
    Kept kept = attempts.computeIfAbsent(attempt, name -> new Kept(form, session(form).encode()));
    if (kept.form().equals(form)) {
      answer(exchange, 200, kept.body());
    } else {
      answer(exchange, 400, error("idempotency_error", "idempotency_key_in_use"));
    }
  }

  private JsonObject session(Map<String, String> form) {
    String id = "cs_test_" + numbers.incrementAndGet();
    JsonObject metadata = new JsonObject();
    form.forEach(
        (name, value) -> {
          if (name.startsWith("metadata[")) {
            metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
          }
        });
    String item = "line_items[0][price_data]";
    JsonObject session =
        new JsonObject()
            .put("id", id)
            .put("object", "checkout.session")
            .put("url", base() + "/pay/" + id)
            .put("status", "open")
            .put("payment_status", "unpaid")
            .put("amount_total", Integer.valueOf(form.get(item + "[unit_amount]")))
            .put("currency", form.get(item + "[currency]"))
            .put("client_reference_id", form.get("client_reference_id"))
            .put("metadata", metadata)
            .put("payment_intent", null);
    sessions.put(id, session);
    return session;
  }

  /** Changes what Stripe knows of a checkout, and says what that is. */
  @CanIgnoreReturnValue
  public JsonObject change(String sessionId, JsonObject changes) {
    return sessions.computeIfPresent(sessionId, (id, session) -> session.copy().mergeIn(changes));
  }

  /** Somebody pays on the page. */
  @CanIgnoreReturnValue
  public JsonObject pay(String sessionId) {
    return change(
        sessionId,
        new JsonObject()
            .put("status", "complete")
            .put("payment_status", "paid")
            .put("payment_intent", "pi_" + sessionId)
            .put("url", null));
  }

  /** A checkout that was never made here. */
  public JsonObject strange(String reference) {
    String id = "cs_test_strange_" + numbers.incrementAndGet();
    return new JsonObject()
        .put("id", id)
        .put("object", "checkout.session")
        .put("status", "complete")
        .put("payment_status", "paid")
        .put("amount_total", 50)
        .put("currency", "usd")
        .put("client_reference_id", reference)
        .put("metadata", new JsonObject())
        .put("payment_intent", "pi_" + id);
  }

  /** The event that Stripe sends of a checkout. */
  public String event(String type, JsonObject checkout) {
    return new JsonObject()
        .put("id", "evt_" + numbers.incrementAndGet())
        .put("object", "event")
        .put("api_version", "2020-08-27")
        .put("type", type)
        .put("livemode", false)
        // Stripe indents its events: whoever reads and writes them again changes the bytes.
        .put("data", new JsonObject().put("object", checkout))
        .encodePrettily();
  }

  /** The usual event of a paid checkout. */
  public String completed(JsonObject checkout) {
    return event("checkout.session.completed", checkout);
  }

  /** The header of an event signed at a moment. */
  public static String signature(String body, Instant at) {
    return "t=" + at.getEpochSecond() + ",v1=" + hash(body, at, SECRET) + ",v0=" + "0".repeat(64);
  }

  /** The {@code v1} of such a header. */
  public static String hash(String body, Instant at, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signed = at.getEpochSecond() + "." + body;
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String error(String type, String code) {
    return new JsonObject()
        .put("error", new JsonObject().put("type", type).put("code", code))
        .encode();
  }

  /** Answers with JSON. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> form(String text) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : text.split("&")) {
      String[] pair = field.split("=", 2);
      if (pair.length == 2) {
        fields.put(decode(pair[0]), decode(pair[1]));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
