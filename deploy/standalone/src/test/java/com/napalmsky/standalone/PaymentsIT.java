package com.napalmsky.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.napalmsky.user.payment.StripeStandIn;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Codes and payments of the program as it is shipped, with a stand-in of Stripe's beside it. */
@Timeout(240)
class PaymentsIT {

  private static final int CROWD = 100;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  private StripeStandIn stripe;
  private Program program;
  private String base;
  private int port;

  @BeforeEach
  void start() throws Exception {
    stripe = new StripeStandIn();
    port = freePort();
    base = "http://127.0.0.1:" + port;
    startProgram();
  }

  @AfterEach
  void stop() throws Exception {
    program.close();
    stripe.close();
  }

  private void startProgram() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MANAGEMENT_PORT", String.valueOf(freePort()));
    environment.put("DATA_DIR", folder.resolve("data").toString());
    environment.put("ACCESS_MODE", "closed");
    environment.put("ADMIN_USERNAME", "root");
    environment.put("ADMIN_PASSWORD", "correct horse battery");
    // All clients of a test share one address.
    for (String limit :
        List.of(
            "GATEWAY_GUESTS_PER_HOUR",
            "GATEWAY_LIMIT_AUTH_FAILURES",
            "GATEWAY_LIMIT_PAYMENT_PER_HOUR",
            "GATEWAY_LIMIT_CODE_GUESSES_PER_HOUR",
            "GATEWAY_LIMIT_VISITORS_PER_MINUTE")) {
      environment.put(limit, "0");
    }
    String[] settings = stripe.settings();
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    program = Program.standalone(environment);
    program.awaitLine("Ready", 120);
  }

  private CompletableFuture<HttpResponse<String>> send(
      String method, String path, String token, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private JsonObject ask(String method, String path, String token, JsonObject body) {
    HttpResponse<String> answer =
        send(method, path, token, body == null ? null : body.encode()).join();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private CompletableFuture<HttpResponse<String>> signUp(String name, String code) {
    JsonObject form = new JsonObject().put("name", name).put("gender", "unspecified");
    if (code != null) {
      form.put("inviteCode", code);
    }
    return send("POST", "/auth/guest", null, form.encode());
  }

  private JsonObject guest(String name) {
    return new JsonObject(signUp(name, null).join().body());
  }

  private CompletableFuture<HttpResponse<String>> apply(JsonObject account, String code) {
    return send(
        "POST",
        "/payment/apply-code",
        token(account),
        new JsonObject().put("inviteCode", code).encode());
  }

  private CompletableFuture<HttpResponse<String>> webhook(String event) {
    return send(
        "POST",
        "/payment/webhook",
        null,
        event,
        "Stripe-Signature",
        StripeStandIn.signature(event, Instant.now()));
  }

  private JsonObject status(JsonObject account) {
    return ask("GET", "/payment/status", token(account), null);
  }

  private static String token(JsonObject account) {
    return account.getString("sessionToken");
  }

  private JsonObject checkout(JsonObject account) {
    return ask("POST", "/payment/create-checkout", token(account), null);
  }

  /** Somebody who pays; answers his account. */
  private JsonObject payer(String name) {
    JsonObject account = guest(name);
    String event = stripe.completed(stripe.pay(checkout(account).getString("sessionId")));
    assertThat(webhook(event).join().body()).isEqualTo("{\"received\":true}");
    return account;
  }

  private static List<Integer> statuses(
      IntFunction<CompletableFuture<HttpResponse<String>>> request, int times) {
    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(0, times).mapToObj(request).toList();
    return sent.stream().map(one -> one.join().statusCode()).toList();
  }

  private static void assertOneOf(List<Integer> statuses) {
    assertThat(statuses).hasSize(CROWD).containsOnly(200, 403);
    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
  }

  @Test
  void ofAHundredWhoTakeTheLastUseOfACodeOneSucceeds() {
    JsonObject ada = payer("Ada");
    JsonObject ben = payer("Ben");
    String adas = status(ada).getString("myInviteCode");
    String bens = status(ben).getString("myInviteCode");
    for (int i = 0; i < 3; i++) {
      assertThat(signUp("Friend", adas).join().statusCode()).isEqualTo(200);
      assertThat(apply(guest("Friend"), " " + bens.toLowerCase()).join().statusCode())
          .isEqualTo(200);
    }
    List<JsonObject> crowd = IntStream.range(0, CROWD).mapToObj(i -> guest("Guest" + i)).toList();

    List<Integer> signedUp = statuses(i -> signUp("Newcomer" + i, adas), CROWD);
    List<Integer> applied = statuses(i -> apply(crowd.get(i), bens), CROWD);

    assertOneOf(signedUp);
    assertOneOf(applied);
    for (JsonObject owner : List.of(ada, ben)) {
      JsonObject info = status(owner).getJsonObject("myCodeInfo");
      assertThat(info.getInteger("totalUsed")).isEqualTo(4);
      assertThat(info.getInteger("usesRemaining")).isZero();
    }
  }

  @Test
  void theSameEventFiftyTimesAtOnceOpensTheDoorOnceAndForTheOpenSocketToo() throws Exception {
    JsonObject ada = guest("Ada");
    try (JavaClient socket = JavaClient.connect(base, ada, "websocket")) {
      socket.ask("presence:join", new JSONObject());
      assertThat(socket.ask("queue:join", new JSONObject()).getBoolean("ok")).isFalse();
      assertThat(send("GET", "/room/queue", token(ada), null).join().statusCode()).isEqualTo(402);
      String page = checkout(ada).getString("sessionId");
      String event = stripe.completed(stripe.pay(page));

      List<Integer> delivered = statuses(i -> webhook(event), 50);

      assertThat(delivered).containsOnly(200);
      JsonObject status = status(ada);
      assertThat(status.getString("paidStatus")).isEqualTo("paid");
      assertThat(status.getBoolean("qrUnlocked")).isTrue();
      assertThat(status.getJsonObject("myCodeInfo").getInteger("usesRemaining")).isEqualTo(4);
      assertThat(socket.ask("queue:join", new JSONObject()).getBoolean("ok")).isTrue();
      assertThat(send("GET", "/room/queue", token(ada), null).join().statusCode()).isEqualTo(200);
      assertThat(codesOf("Ada")).isEqualTo(1);
    }
  }

  private long codesOf(String owner) {
    JsonObject admin =
        ask(
            "POST",
            "/admin/login",
            null,
            new JsonObject().put("username", "root").put("password", "correct horse battery"));
    return ask("GET", "/payment/admin/codes", admin.getString("adminToken"), null)
        .getJsonArray("codes")
        .stream()
        .filter(code -> ((JsonObject) code).getString("createdBy").equals(owner))
        .count();
  }

  @Test
  void aCodeOpensTheDoorForTheOpenSocketAtOnce() throws Exception {
    String code = status(payer("Ada")).getString("myInviteCode");
    JsonObject ben = guest("Ben");
    try (JavaClient socket = JavaClient.connect(base, ben, "websocket")) {
      socket.ask("presence:join", new JSONObject());
      assertThat(socket.ask("queue:join", new JSONObject()).getBoolean("ok")).isFalse();

      assertThat(apply(ben, code).join().statusCode()).isEqualTo(200);

      assertThat(socket.ask("queue:join", new JSONObject()).getBoolean("ok")).isTrue();
      assertThat(send("GET", "/room/queue", token(ben), null).join().statusCode()).isEqualTo(200);
      JsonObject status = status(ben);
      assertThat(status.getString("paidStatus")).isEqualTo("qr_grace_period");
      assertThat(status.getValue("myInviteCode")).isNull();
    }
  }

  @Test
  void whoeverHasPaidIsLetInThoughTheWebhookIsLate() {
    JsonObject ada = guest("Ada");
    stripe.pay(checkout(ada).getString("sessionId"));

    assertThat(status(ada).getString("paidStatus")).isEqualTo("paid");
    assertThat(send("GET", "/room/queue", token(ada), null).join().statusCode()).isEqualTo(200);
    assertThat(send("POST", "/payment/create-checkout", token(ada), null).join().statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatIsForgedUnpaidOrOfAnotherAmountOpensNothing() {
    JsonObject ada = guest("Ada");
    String page = checkout(ada).getString("sessionId");
    String unpaid =
        stripe.completed(stripe.change(page, new JsonObject().put("status", "complete")));
    stripe.pay(page);
    String little = stripe.completed(stripe.change(page, new JsonObject().put("amount_total", 49)));
    String forged = stripe.completed(stripe.change(page, new JsonObject().put("amount_total", 50)));
    Instant old = Instant.now().minusSeconds(600);

    assertThat(webhook(unpaid).join().statusCode()).isEqualTo(200);
    assertThat(webhook(little).join().statusCode()).isEqualTo(200);
    assertThat(send(forged, "t=1,v1=00").statusCode()).isEqualTo(400);
    assertThat(send(forged, StripeStandIn.signature(forged, old)).statusCode()).isEqualTo(400);
    assertThat(send(forged, StripeStandIn.signature(little, Instant.now())).statusCode())
        .isEqualTo(400);

    // Asking Stripe finds a payment that has been judged before.
    assertThat(status(ada).getString("paidStatus")).isEqualTo("unpaid");
  }

  private HttpResponse<String> send(String event, String signature) {
    return send("POST", "/payment/webhook", null, event, "Stripe-Signature", signature).join();
  }

  @Test
  void aStopAndAKillLoseNoUseOfACodeAndNoPayment() throws Exception {
    JsonObject ada = payer("Ada");
    String code = status(ada).getString("myInviteCode");
    JsonObject ben = guest("Ben");
    assertThat(apply(ben, code).join().statusCode()).isEqualTo(200);
    program.terminate();
    assertThat(program.awaitExit(30)).isZero();
    startProgram();

    assertThat(status(ada).getJsonObject("myCodeInfo").getInteger("usesRemaining")).isEqualTo(3);
    assertThat(status(ben).getString("paidStatus")).isEqualTo("qr_grace_period");

    JsonObject cid = guest("Cid");
    JsonObject dot = guest("Dot");
    String event = stripe.completed(stripe.pay(checkout(dot).getString("sessionId")));
    assertThat(apply(cid, code).join().statusCode()).isEqualTo(200);
    assertThat(webhook(event).join().statusCode()).isEqualTo(200);
    program.kill();
    program.awaitExit(30);
    startProgram();

    assertThat(status(ada).getJsonObject("myCodeInfo").getInteger("totalUsed")).isEqualTo(2);
    assertThat(status(cid).getString("inviteCodeUsed")).isEqualTo(code);
    assertThat(status(dot).getString("paidStatus")).isEqualTo("paid");
    String dots = status(dot).getString("myInviteCode");
    assertThat(webhook(event).join().statusCode()).isEqualTo(200);
    assertThat(status(dot).getString("myInviteCode")).isEqualTo(dots);
    assertThat(codesOf("Dot")).isEqualTo(1);
    assertThat(program.output()).doesNotContain("ERROR").doesNotContain("LEAK");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
