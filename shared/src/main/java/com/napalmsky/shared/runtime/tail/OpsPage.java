package com.napalmsky.shared.runtime.tail;

import com.napalmsky.shared.runtime.process.ManagementPages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code /ops}: the lines of {@code /bus} as small charts that move. Three files, read once; they
 * load nothing else, so that they work where there is no way out.
 */
final class OpsPage {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

  /** Its own script, style and stream, an empty icon, and nobody's frame. */
  private static final String OWN_FILES_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
          + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private OpsPage() {}

  static void addTo(ManagementPages pages) {
    add(pages, "/ops", "ops.html", "text/html; charset=utf-8");
    add(pages, "/ops.js", "ops.js", "text/javascript; charset=utf-8");
    add(pages, "/ops.css", "ops.css", "text/css; charset=utf-8");
  }

  private static void add(ManagementPages pages, String path, String file, String type) {
    Buffer content = read(file);
    pages.stream(path, request -> send(request, content, type));
  }

  private static Buffer read(String file) {
    try (InputStream in = OpsPage.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in the jar");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void send(HttpServerRequest request, Buffer content, String type) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(POLICY, OWN_FILES_ONLY)
        .end(content)
        .onComplete(sent -> {}, lost -> {});
  }
}
