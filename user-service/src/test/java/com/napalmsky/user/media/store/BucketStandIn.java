package com.napalmsky.user.media.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A bucket that speaks as much S3 as files need, and computes every signature anew (AWS Signature
 * Version 4). It shows that requests are addressed, signed and hashed as a store demands; it does
 * not show how a certain store behaves beyond that.
 */
final class BucketStandIn implements AutoCloseable {

  static final String BUCKET = "faces";
  static final String REGION = "eu-central-1";
  static final String ACCESS_KEY = "AKIATEST";
  static final String SECRET_KEY = "very-secret/key";

  /** What was stored, and how it is to be given out. */
  record Stored(byte[] content, Map<String, String> headers) {}

  final Map<String, Stored> objects = new ConcurrentHashMap<>();
  final List<String> refusals = new CopyOnWriteArrayList<>();
  volatile int failuresToCome;
  private final HttpServer server;

  BucketStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (failuresToCome > 0) {
        failuresToCome--;
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      String path = exchange.getRequestURI().getRawPath();
      boolean open = path.startsWith("/public/");
      if (!open) {
        String problem = problem(exchange, body);
        if (problem != null) {
          refusals.add(problem);
          answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
          return;
        }
      }
      String key = path.substring(path.lastIndexOf('/') + 1);
      if (!open && !path.equals("/" + BUCKET + "/" + key)) {
        answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
        return;
      }
      serve(exchange, key, body);
    }
  }

  private void serve(HttpExchange exchange, String key, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        Map<String, String> kept = new TreeMap<>();
        for (String name : List.of("Content-Type", "Cache-Control", "Content-Disposition")) {
          kept.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
        }
        objects.put(key, new Stored(body, kept));
        exchange.sendResponseHeaders(200, -1);
      }
      case "DELETE" -> {
        objects.remove(key);
        exchange.sendResponseHeaders(204, -1);
      }
      case "GET" -> {
        Stored stored = objects.get(key);
        if (stored == null) {
          answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
        } else {
          exchange.sendResponseHeaders(
              200, stored.content().length == 0 ? -1 : stored.content().length);
          exchange.getResponseBody().write(stored.content());
        }
      }
      default -> exchange.sendResponseHeaders(405, -1);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, text.length());
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Why a request is not signed as it must be; null when it is. */
  private static String problem(HttpExchange exchange, byte[] body) {
    Map<String, String> query = new TreeMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      query.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String credential;
    String signedHeaders;
    String signature;
    String hash;
    String time;
    if (authorization != null) {
      credential = between(authorization, "Credential=", ",");
      signedHeaders = between(authorization, "SignedHeaders=", ",");
      signature = between(authorization + ",", "Signature=", ",");
      hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
      time = exchange.getRequestHeaders().getFirst("x-amz-date");
      if (!"UNSIGNED-PAYLOAD".equals(hash) && !hex(sha256(body)).equals(hash)) {
        return "the body is not the one that was signed: " + hash;
      }
    } else if (query.containsKey("X-Amz-Signature")) {
      credential = decoded(query.get("X-Amz-Credential"));
      signedHeaders = decoded(query.get("X-Amz-SignedHeaders"));
      signature = query.remove("X-Amz-Signature");
      hash = "UNSIGNED-PAYLOAD";
      time = query.get("X-Amz-Date");
    } else {
      return "not signed";
    }
    String scope = credential.substring(credential.indexOf('/') + 1);
    String date = time.substring(0, 8);
    if (!credential.equals(ACCESS_KEY + "/" + date + "/" + REGION + "/s3/aws4_request")) {
      return "other credentials: " + credential;
    }
    List<String> canonical = new ArrayList<>();
    canonical.add(exchange.getRequestMethod());
    canonical.add(exchange.getRequestURI().getRawPath());
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(name + "=" + value));
    canonical.add(String.join("&", pairs));
    for (String name : signedHeaders.split(";")) {
      canonical.add(name + ":" + exchange.getRequestHeaders().getFirst(name).trim());
    }
    canonical.add("");
    canonical.add(signedHeaders);
    canonical.add(hash);
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            time,
            scope,
            hex(sha256(String.join("\n", canonical).getBytes(StandardCharsets.UTF_8))));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String part : Arrays.asList(date, REGION, "s3", "aws4_request", toSign)) {
      key = hmac(key, part);
    }
    return hex(key).equals(signature) ? null : "another signature for " + canonical;
  }

  private static String decoded(String text) {
    return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
