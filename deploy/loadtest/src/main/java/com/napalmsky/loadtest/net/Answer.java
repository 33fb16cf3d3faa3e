package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.wire.Scan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param encoding Content-Encoding, null for none
 * @param etag as it was sent, null for none
 * @param retryAfterSeconds -1 when the server did not say
 * @param body as it was sent, still compressed
 */
public record Answer(
    int status,
    @Nullable String encoding,
    @Nullable String etag,
    int retryAfterSeconds,
    byte[] body) {

  /** The body as text; empty when it is compressed in a way that is not understood here. */
  public String text() {
    if (encoding == null || encoding.equals("identity")) {
      return new String(body, StandardCharsets.UTF_8);
    }
    if (!encoding.equals("gzip")) {
      return "";
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException malformed) {
      return "";
    }
  }

  /** This answer as a failure of a request. */
  public Trouble refused(String request) {
    String error = Scan.text(text(), "error");
    return new Trouble(
        request + " answered " + status + (error == null ? "" : ": " + error),
        retryAfterSeconds < 0 ? -1 : retryAfterSeconds * 1_000L);
  }
}
