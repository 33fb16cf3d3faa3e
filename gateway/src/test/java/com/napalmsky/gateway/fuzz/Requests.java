package com.napalmsky.gateway.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.napalmsky.gateway.FuzzedGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** HTTP requests to every route of openapi.yaml, with what does not belong there. */
final class Requests {

  /** A request, and whether its answer has no body. */
  record Request(byte[] bytes, boolean head) {}

  private record Route(String method, String path) {}

  private static final List<Route> ROUTES = routes();
  private static final Pattern NAMED_SEGMENT = Pattern.compile("\\{\\w+}");
  private static final String[] PATHS = {
    "/",
    "/nothing",
    "/user",
    "/user/me/",
    "/user/../user/me",
    "/user/%2e%2e/x",
    "/%00",
    "//",
    "/auth/guest/%ff",
    "/a%2fb",
    "/socket.io",
    "/room/queue;x=1",
    "/%F0%9F%98%80",
    "/user/me%"
  };
  private static final String[] FIELDS = {
    "name",
    "gender",
    "inviteCode",
    "ref",
    "referralCode",
    "email",
    "password",
    "sessionToken",
    "currentPassword",
    "newPassword",
    "token",
    "keepCurrent",
    "socials",
    "code"
  };

  private Requests() {}

  /** A request that ends where it says; whatever else is wrong with it, it must be answered. */
  static Request any(Dice dice) {
    Route route = dice.one(ROUTES);
    String method =
        dice.percent(85)
            ? route.method()
            : dice.one("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE", "BREW");
    String path = dice.percent(92) ? filled(dice, route.path()) : dice.one(PATHS);
    boolean mayHaveBody = !method.equals("GET") && !method.equals("HEAD");
    byte[] body = mayHaveBody || dice.percent(5) ? body(dice) : new byte[0];
    boolean chunked = body.length > 0 && dice.percent(15);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(query(dice)).append(" HTTP/1.1\r\n");
    head.append("Host: x\r\n");
    headers(dice, head, path);
    if (body.length > 0) {
      head.append(
          chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
    return new Request(
        Frames.join(start, chunked ? chunks(dice, body) : body), method.equals("HEAD"));
  }

  /** Something that no parser should take for a request. */
  static byte[] broken(Dice dice) {
    return switch (dice.below(14)) {
      case 0 -> dice.bytes(dice.between(1, 500));
      case 1 -> "GET / HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1);
      case 2 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1);
      case 3 ->
          ("POST /auth/guest HTTP/1.1\r\nHost: x\r\nContent-Length: "
                  + dice.one("-1", "9".repeat(30), "abc", "5, 6", "99999999999", "1e3")
                  + "\r\n\r\n{}")
              .getBytes(ISO_8859_1);
      case 4 ->
          ("POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + dice.one("zz\r\n", "-5\r\nab\r\n", "ffffffffff\r\n", "5\r\nabc", "0\r\nx"))
              .getBytes(ISO_8859_1);
      case 5 ->
          ("POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n")
              .getBytes(ISO_8859_1);
      case 6 ->
          ("GET /" + "a".repeat(dice.between(4_000, 9_000)) + " HTTP/1.1\r\nHost: x\r\n\r\n")
              .getBytes(ISO_8859_1);
      case 7 ->
          ("GET / HTTP/1.1\r\nHost: x\r\nX: "
                  + "b".repeat(dice.between(8_000, 20_000))
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1);
      case 8 -> ("GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1);
      case 9 ->
          ("GET "
                  + dice.one(
                      "*", "", "x", "?", "#", "http://h/user/me", "\u0001", "/socket.io/?sid")
                  + " HTTP/1.1\r\n\r\n")
              .getBytes(ISO_8859_1);
      case 10 -> "GET / HTTP/1.1\nHost : x\n: y\n z\n\n".getBytes(ISO_8859_1);
      case 11 -> "GET / HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1);
      case 12 -> cut(dice, any(dice).bytes());
      default -> flip(dice, any(dice).bytes());
    };
  }

  private static byte[] cut(Dice dice, byte[] request) {
    byte[] start = new byte[dice.below(request.length)];
    System.arraycopy(request, 0, start, 0, start.length);
    return start;
  }

  private static byte[] flip(Dice dice, byte[] request) {
    for (int i = 0; i < 3; i++) {
      request[dice.below(request.length)] = (byte) dice.below(256);
    }
    return request;
  }

  private static void headers(Dice dice, StringBuilder head, String path) {
    if (dice.percent(70)) {
      // Signing out is asked for seldom with a true token: nobody would be left.
      boolean known = dice.percent(path.equals("/auth/logout") ? 2 : 80);
      head.append("Authorization: ")
          .append(dice.one("Bearer ", "Bearer ", "Bearer ", "bearer", "", "Basic ", "Bearer  \t"))
          .append(known ? FuzzedGateway.token(dice.below(FuzzedGateway.USERS)) : visible(dice))
          .append("\r\n");
    }
    if (dice.percent(60)) {
      head.append("Content-Type: ")
          .append(
              dice.one(
                  "application/json",
                  "application/json; charset=utf-16",
                  "text/html",
                  "application/JSON;;;",
                  "multipart/form-data",
                  "",
                  "application/json"))
          .append("\r\n");
    }
    if (dice.percent(20)) {
      head.append(
              dice.one(
                  "If-None-Match: ",
                  "Origin: ",
                  "X-Forwarded-For: ",
                  "Cookie: ",
                  "Expect: ",
                  "X-Forwarded-Proto: ",
                  "User-Agent: ",
                  "Access-Control-Request-Method: ",
                  "Range: ",
                  "Content-Encoding: ",
                  "Accept: ",
                  "X-No-Compression: "))
          .append(visible(dice))
          .append("\r\n");
    }
    if (dice.percent(20)) {
      head.append("Accept-Encoding: ")
          .append(dice.one("gzip", "br, gzip", "gzip;q=2, *;q=x", "identity;q=0", ",,,"))
          .append("\r\n");
    }
  }

  /** A path whose named segments are made up. */
  private static String filled(Dice dice, String path) {
    return NAMED_SEGMENT
        .matcher(path)
        .replaceAll(
            named ->
                dice.one(
                    "ABCDE12345",
                    "11111111-1111-1111-1111-111111111111",
                    "%F0%9F%98%80",
                    "a%2F..%00",
                    ":code",
                    "x".repeat(300)));
  }

  private static String query(Dice dice) {
    if (dice.percent(60)) {
      return "";
    }
    StringBuilder query = new StringBuilder("?");
    int parameters = dice.below(4);
    for (int i = 0; i < parameters; i++) {
      query
          .append(dice.one("limit", "cursor", "before", "x", "", "%00", "limit%", "%zz"))
          .append(dice.one("=", "==", "", "&"))
          .append(
              dice.one(
                  "1",
                  "-1",
                  "0",
                  "999999999999999999999",
                  "1.5",
                  "%20",
                  "%ff",
                  "%",
                  "abc",
                  "+1",
                  "253402300800000",
                  "a%00b",
                  "%F0%9F%98%80"))
          .append('&');
    }
    return query.toString();
  }

  private static byte[] body(Dice dice) {
    if (dice.percent(10)) {
      return Packets.mutated(dice);
    }
    if (dice.percent(2)) {
      return ("{\"name\":\"" + "x".repeat(dice.between(90_000, 200_000)) + "\"}").getBytes(UTF_8);
    }
    if (dice.percent(3)) {
      return "[".repeat(dice.between(1, 5_000)).getBytes(UTF_8);
    }
    if (dice.percent(10)) {
      return WildJson.value(dice, 20).getBytes(UTF_8);
    }
    StringBuilder body = new StringBuilder("{");
    for (String field : FIELDS) {
      if (dice.percent(50)) {
        body.append(body.length() == 1 ? "\"" : ",\"").append(field).append("\":");
        body.append(dice.percent(50) ? WildJson.value(dice, 6) : plausible(dice, field));
      }
    }
    return body.append('}').toString().getBytes(UTF_8);
  }

  private static String plausible(Dice dice, String field) {
    return switch (field) {
      case "gender" -> dice.one("\"male\"", "\"female\"", "\"unspecified\"", "\"\"");
      case "email" -> dice.one("\"a@example.org\"", "\"@\"", "\"ö@ß.de\"");
      case "sessionToken" -> '"' + FuzzedGateway.token(dice.below(FuzzedGateway.USERS)) + '"';
      case "socials" -> WildJson.object(dice, 2);
      default -> WildJson.text(dice, 30);
    };
  }

  private static byte[] chunks(Dice dice, byte[] body) {
    int cut = dice.between(1, body.length);
    String first = Integer.toHexString(cut) + dice.one("", ";x=y") + "\r\n";
    byte[] start = new byte[cut];
    byte[] rest = new byte[body.length - cut];
    System.arraycopy(body, 0, start, 0, cut);
    System.arraycopy(body, cut, rest, 0, rest.length);
    byte[] end = {};
    if (rest.length > 0) {
      end =
          Frames.join(
              (Integer.toHexString(rest.length) + "\r\n").getBytes(ISO_8859_1),
              rest,
              "\r\n".getBytes(ISO_8859_1));
    }
    return Frames.join(
        first.getBytes(ISO_8859_1),
        start,
        "\r\n".getBytes(ISO_8859_1),
        end,
        "0\r\n\r\n".getBytes(ISO_8859_1));
  }

  /** A value of a header: anything but line ends. */
  private static String visible(Dice dice) {
    StringBuilder value = new StringBuilder();
    int length = dice.percent(5) ? 3_000 : dice.below(40);
    for (int i = 0; i < length; i++) {
      value.append((char) (dice.percent(90) ? dice.between(33, 126) : dice.between(160, 255)));
    }
    return value.toString();
  }

  private static List<Route> routes() {
    try (InputStream text = Requests.class.getResourceAsStream("/openapi.yaml")) {
      JsonNode paths = new YAMLMapper().readTree(text).path("paths");
      List<Route> routes = new ArrayList<>();
      paths
          .fields()
          .forEachRemaining(
              path ->
                  path.getValue()
                      .fieldNames()
                      .forEachRemaining(
                          method ->
                              routes.add(
                                  new Route(
                                      method.toUpperCase(java.util.Locale.ROOT), path.getKey()))));
      return routes;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
