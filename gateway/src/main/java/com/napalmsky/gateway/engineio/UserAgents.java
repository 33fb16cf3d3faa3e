package com.napalmsky.gateway.engineio;

import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What clients call themselves, with one text for all that say the same: there are few browsers and
 * many sockets. Confined to one event loop.
 */
final class UserAgents {

  private static final int LONGEST = 200;
  private static final int MOST = 256;

  private final Map<String, String> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /** At most 200 characters; empty when the client says nothing. */
  String of(HttpServerRequest request) {
    String sent = request.getHeader("user-agent");
    if (sent == null) {
      return "";
    }
    String agent = sent.length() <= LONGEST ? sent : sent.substring(0, LONGEST);
    String same = known.putIfAbsent(agent, agent);
    return same == null ? agent : same;
  }
}
