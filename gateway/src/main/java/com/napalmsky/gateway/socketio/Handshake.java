package com.napalmsky.gateway.socketio;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a client when it connects.
 *
 * @param remoteIp the true client address, after the trusted proxies
 * @param userAgent at most 200 characters
 * @param token {@code auth.token} of the CONNECT packet when it is a text of at most 200 characters
 * @param deltas whether the client asked for {@code lobby:delta} frames ({@code auth.deltas: 1})
 */
public record Handshake(String remoteIp, String userAgent, @Nullable String token, boolean deltas) {

  @Override
  public String toString() {
    return "Handshake[remoteIp=" + remoteIp + ", token=" + (token == null ? "none" : "***") + "]";
  }
}
