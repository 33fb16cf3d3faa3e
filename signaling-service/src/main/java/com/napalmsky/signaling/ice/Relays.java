package com.napalmsky.signaling.ice;

import com.napalmsky.shared.contract.signaling.SignalingContract.IceServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the servers that a provider names: one object or a list of them, each with one address or a
 * list. Only TURN servers are taken, since STUN servers are ours to choose, and a browser that has
 * many of them is slow.
 */
final class Relays {

  private static final int MOST_SERVERS = 10;
  private static final int MOST_URLS = 10;
  private static final int LONGEST_TEXT = 1_024;
  private static final Pattern TURN = Pattern.compile("turns?:[^\\s,]{1,255}");

  // No browser sends anything to the port of DNS: each such address is a wait for nothing.
  private static final Pattern BLOCKED = Pattern.compile("[^?]*:53(\\?.*)?");

  private Relays() {}

  /**
   * @param servers from a provider; anything
   * @throws ProviderFailure when there is none among them
   */
  static List<IceServer> read(@Nullable Object servers) {
    List<IceServer> relays =
        items(servers).limit(MOST_SERVERS).map(Relays::relay).filter(Objects::nonNull).toList();
    if (relays.isEmpty()) {
      throw new ProviderFailure("no TURN server in the answer");
    }
    return relays;
  }

  private static @Nullable IceServer relay(Object item) {
    if (!(item instanceof JsonObject server)) {
      return null;
    }
    List<String> urls =
        items(server.getValue("urls"))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(url -> TURN.matcher(url).matches() && !BLOCKED.matcher(url).matches())
            .limit(MOST_URLS)
            .toList();
    return !urls.isEmpty()
            && server.getValue("username") instanceof String username
            && server.getValue("credential") instanceof String credential
            && username.length() <= LONGEST_TEXT
            && credential.length() <= LONGEST_TEXT
        ? new IceServer(urls, username, credential)
        : null;
  }

  private static Stream<Object> items(@Nullable Object value) {
    return value instanceof JsonArray list
        ? list.stream().filter(Objects::nonNull)
        : Stream.ofNullable(value);
  }
}
