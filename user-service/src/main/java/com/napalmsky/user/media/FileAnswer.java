package com.napalmsky.user.media;

import com.napalmsky.user.media.store.MediaName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives out a file, whole or a part of it (RFC 9110, sections 13 and 14). A name never means
 * another file, so the name is the entity tag. A request for several ranges gets the whole file.
 */
final class FileAnswer {

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final Pattern RANGE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  private final MediaName name;
  private final HttpServerRequest request;
  private final HttpServerResponse response;

  FileAnswer(MediaName name, HttpServerRequest request) {
    this.name = name;
    this.request = request;
    this.response = request.response();
  }

  private enum Asked {
    WHOLE,
    PART,
    /** A part of which nothing is there. */
    NOTHING
  }

  /**
   * @param to exclusive
   */
  private record Range(Asked asked, long from, long to) {

    static Range whole(long size) {
      return new Range(Asked.WHOLE, 0, size);
    }

    static Range part(long from, long to) {
      return new Range(from < to ? Asked.PART : Asked.NOTHING, from, to);
    }
  }

  /** Answers with a file that is there. */
  Future<Void> send(Path file, long size, Instant modified) {
    String tag = "\"" + name.text().substring(0, name.text().indexOf('.')) + "\"";
    String lastModified =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atOffset(ZoneOffset.UTC));
    response
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader(HttpHeaders.LAST_MODIFIED, lastModified)
        .putHeader(HttpHeaders.CACHE_CONTROL, FOREVER)
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    if (unchanged(tag, modified)) {
      return response.setStatusCode(304).end();
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, name.contentType())
        .putHeader("Content-Disposition", name.disposition());
    Range range = rangeHolds(tag) ? range(request.getHeader("Range"), size) : Range.whole(size);
    if (range.asked() == Asked.NOTHING) {
      return response
          .setStatusCode(416)
          .putHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size)
          .end();
    }
    if (range.asked() == Asked.PART) {
      // Also when it is all of it: players take 200 for a server that knows no ranges.
      response
          .setStatusCode(206)
          .putHeader(
              HttpHeaders.CONTENT_RANGE,
              "bytes " + range.from() + "-" + (range.to() - 1) + "/" + size);
    }
    long length = range.to() - range.from();
    response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length));
    return request.method() == HttpMethod.HEAD
        ? response.end()
        : response.sendFile(file.toString(), range.from(), length);
  }

  private boolean unchanged(String tag, Instant modified) {
    String tags = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (tags != null) {
      for (String one : tags.split(",")) {
        String candidate = one.trim();
        if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
          return true;
        }
      }
      return false;
    }
    String since = request.getHeader(HttpHeaders.IF_MODIFIED_SINCE);
    if (since == null) {
      return false;
    }
    try {
      Instant known = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(since));
      return modified.getEpochSecond() <= known.getEpochSecond();
    } catch (DateTimeParseException unreadable) {
      return false;
    }
  }

  private boolean rangeHolds(String tag) {
    String condition = request.getHeader("If-Range");
    return condition == null || condition.trim().equals(tag);
  }

  private static Range range(@Nullable String header, long size) {
    Matcher matcher = RANGE.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return Range.whole(size);
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      return to.isEmpty()
          ? Range.whole(size)
          : Range.part(size - Math.min(Long.parseLong(to), size), size);
    }
    long first = Long.parseLong(from);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      // Not a range at all, and so not asked for.
      return Range.whole(size);
    }
    return Range.part(first, to.isEmpty() ? size : Math.min(size, Long.parseLong(to) + 1));
  }
}
