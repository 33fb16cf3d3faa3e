package com.napalmsky.gateway.http;

import com.napalmsky.shared.runtime.Timers;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request of an operation that streams: when the guard lets it in, nothing of its body has been
 * read. Confined to the event loop of the request.
 */
public final class Transfer {

  private final HttpServerRequest request;
  private final Timers timers;

  Transfer(HttpServerRequest request, Timers timers) {
    this.request = request;
    this.timers = timers;
  }

  /** Whether the client wants the headers of the answer only. */
  public boolean head() {
    return request.method() == HttpMethod.HEAD;
  }

  /** A header, or null. */
  public @Nullable String header(CharSequence name) {
    return request.getHeader(name);
  }

  /** The length of the body as the client tells it; -1 when it does not. */
  public long declaredBytes() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException tooLong) {
      // The parser lets digits pass only, so it is more than anybody can send.
      return Long.MAX_VALUE;
    }
  }

  /** Whether the body is a form that can carry files. */
  public boolean isForm() {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith(HttpHeaderValues.MULTIPART_FORM_DATA.toString())
        && type.toLowerCase(Locale.ROOT).contains("boundary=");
  }

  /**
   * The body as a form that consists of one file; for one use.
   *
   * @param field the name of the file in the form
   */
  public FileForm form(String field) {
    return new FileForm(request, timers, field);
  }

  /** Whether the client waits to be told that it may send the body. */
  static boolean waits(HttpServerRequest request) {
    String expected = request.getHeader(HttpHeaders.EXPECT);
    return expected != null && HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected);
  }
}
