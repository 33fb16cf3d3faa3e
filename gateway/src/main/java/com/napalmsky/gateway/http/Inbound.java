package com.napalmsky.gateway.http;

import com.napalmsky.shared.contract.user.TokenHash;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, before anything is known of who sent it.
 *
 * @param ip the true client address
 * @param device the user agent, at most 200 characters
 * @param token of the {@code Authorization} header, or null
 * @param ifNoneMatch the header, or null
 * @param acceptEncoding the header; empty for none, and for who wants nothing compressed
 * @param path the segments that the route names, decoded; each is there and not empty
 * @param body without fields when there is none
 * @param bytes the body as it came, of an operation that takes bytes; empty for others
 * @param headers all of them, as they came
 * @param streamed of an operation that streams; null for others
 */
public record Inbound(
    String ip,
    String device,
    @Nullable String token,
    @Nullable String ifNoneMatch,
    String acceptEncoding,
    Fields path,
    Fields query,
    Fields body,
    Buffer bytes,
    MultiMap headers,
    @Nullable Transfer streamed) {

  /** How the token is named where it is not told; null without one. */
  public @Nullable String tokenHash() {
    return token == null ? null : TokenHash.of(token);
  }

  /** The request itself, of an operation that streams. */
  public Transfer transfer() {
    if (streamed == null) {
      throw new IllegalStateException("the operation does not stream");
    }
    return streamed;
  }

  @Override
  public String toString() {
    return "Inbound[]";
  }
}
