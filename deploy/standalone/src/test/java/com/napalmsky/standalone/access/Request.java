package com.napalmsky.standalone.access;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param path without placeholders; null for the route's own
 * @param type of the body
 * @param body empty for none
 * @param signature of Stripe's, null for none
 * @param trace reads what a success changes; null when it changes nothing, or nothing that is worth
 *     looking at
 */
record Request(
    @Nullable String path,
    String type,
    byte[] body,
    @Nullable String signature,
    @Nullable Supplier<@Nullable String> trace) {

  private static final String JSON = "application/json";
  private static final String BOUNDARY = "between-the-parts";

  /** The route as it stands, with nothing in it. */
  static Request bare() {
    return new Request(null, JSON, new byte[0], null, null);
  }

  /**
   * A body.
   *
   * @param fields names and values in turn; without those whose value is null
   */
  static Request json(@Nullable Object... fields) {
    JsonObject body = new JsonObject();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i + 1] != null) {
        body.put(String.valueOf(fields[i]), fields[i + 1]);
      }
    }
    return text(body.encode(), null);
  }

  static Request text(String body, @Nullable String signature) {
    return new Request(null, JSON, body.getBytes(StandardCharsets.UTF_8), signature, null);
  }

  /** A form with one file. */
  static Request file(String field, byte[] content) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\""
            + field
            + "\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    form.writeBytes(content);
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return new Request(
        null, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray(), null, null);
  }

  Request at(String concretePath) {
    return new Request(concretePath, type, body, signature, trace);
  }

  Request changing(Supplier<@Nullable String> whatASuccessChanges) {
    return new Request(path, type, body, signature, whatASuccessChanges);
  }
}
