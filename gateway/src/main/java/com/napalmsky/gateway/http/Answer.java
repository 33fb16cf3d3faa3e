package com.napalmsky.gateway.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets. Headers that every answer has are added when it is sent.
 *
 * <p>Confined to the event loop of its request.
 */
public final class Answer {

  /** The type of all answers but a few. */
  public static final String JSON = "application/json; charset=utf-8";

  private static final String TEXT = "text/plain; charset=utf-8";

  private static final int USUAL_BYTES = 512;

  private final int status;
  private final @Nullable String contentType;
  private final @Nullable Buffer body;
  private final @Nullable String wrongGuess;
  private final @Nullable Content content;
  private final MultiMap headers = HttpHeaders.headers();

  /**
   * @param contentType null for an answer without a body
   */
  public Answer(int status, @Nullable String contentType, @Nullable Buffer body) {
    this(status, contentType, body, null, null);
  }

  private Answer(
      int status,
      @Nullable String contentType,
      @Nullable Buffer body,
      @Nullable String wrongGuess,
      @Nullable Content content) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.wrongGuess = wrongGuess;
    this.content = content;
  }

  /** An answer whose body is passed on as it comes. */
  public static Answer passing(int status, @Nullable String contentType, Content content) {
    return new Answer(status, contentType, null, null, content);
  }

  /** An object with status 200. */
  public static Answer ok(JsonWriter fields) {
    return json(200, fields);
  }

  /** An object. */
  public static Answer json(int status, JsonWriter fields) {
    return new Answer(status, JSON, JsonText.object(USUAL_BYTES, fields));
  }

  /** {@code {error}}. */
  public static Answer error(int status, String error) {
    return error(status, error, out -> {});
  }

  /** {@code {error}} with more fields. */
  public static Answer error(int status, String error, JsonWriter more) {
    return json(
        status,
        out -> {
          out.writeStringField("error", error);
          more.write(out);
        });
  }

  /** 429 that says when to try again. */
  public static Answer tooMany(String error, long seconds) {
    return tooMany(error, seconds, seconds);
  }

  /**
   * @param retryAfter what the field of this name says
   */
  static Answer tooMany(String error, long seconds, long retryAfter) {
    long minutes = (seconds + 59) / 60;
    return error(
            429,
            error,
            out -> {
              out.writeStringField(
                  "message",
                  "Please try again in " + (minutes == 1 ? "a minute" : minutes + " minutes"));
              out.writeNumberField("retryAfter", retryAfter);
              out.writeNumberField("retryAfterMinutes", minutes);
            })
        .with(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
  }

  /** A text, for those who read no JSON. */
  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, Buffer.buffer(text));
  }

  /**
   * {@code {error}} for somebody who tried to guess, wittingly or not. Counted by {@link
   * com.napalmsky.gateway.limits.Limit.Counts#GUESSES}; what is left then is said by {@link
   * #counted}.
   */
  public static Answer wrongGuess(int status, String error) {
    Answer plain = error(status, error);
    return new Answer(status, JSON, plain.body, error, null);
  }

  /** Whether this answers a wrong guess. */
  public boolean isWrongGuess() {
    return wrongGuess != null;
  }

  /** The answer to a wrong guess, with how many more there may be. */
  Answer counted(int attemptsRemaining) {
    return wrongGuess == null
        ? this
        : error(
            status,
            wrongGuess,
            out -> out.writeNumberField("attemptsRemaining", attemptsRemaining));
  }

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, null, null);
  }

  /** The same with another status. */
  public Answer withStatus(int other) {
    Answer answer = new Answer(other, contentType, body, wrongGuess, content);
    answer.headers.setAll(headers);
    return answer;
  }

  /** Adds a header, replacing one of the same name. */
  @CanIgnoreReturnValue
  public Answer with(CharSequence name, String value) {
    headers.set(name, value);
    return this;
  }

  public int status() {
    return status;
  }

  public @Nullable String contentType() {
    return contentType;
  }

  public @Nullable Buffer body() {
    return body;
  }

  /** A body that is passed on; null when there is none, or one that is held. */
  @Nullable Content content() {
    return content;
  }

  /** The headers of this answer alone. */
  public MultiMap headers() {
    return headers;
  }
}
