package com.napalmsky.gateway.engineio;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Who is really at the other end. */
final class ClientAddress {

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private ClientAddress() {}

  /**
   * The address that the outermost trusted proxy saw. Entries further left were written by the
   * client and prove nothing.
   *
   * @param hops how many proxies add to X-Forwarded-For
   */
  static String of(HttpServerRequest request, int hops) {
    var socket = request.remoteAddress();
    String peer = socket == null || socket.hostAddress() == null ? "" : socket.hostAddress();
    return hops == 0 ? peer : forwarded(request.headers().getAll("x-forwarded-for"), hops, peer);
  }

  static String forwarded(List<String> headers, int hops, String peer) {
    if (headers.isEmpty()) {
      return peer;
    }
    String[] entries = String.join(",", headers).split(",", -1);
    String entry = entries[Math.max(0, entries.length - hops)].trim();
    return ADDRESS.matcher(entry).matches() ? entry : peer;
  }
}
