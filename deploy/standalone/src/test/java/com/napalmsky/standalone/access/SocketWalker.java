package com.napalmsky.standalone.access;

import com.napalmsky.standalone.access.RawSocket.Heard;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Sends an event as a persona, and says what came of it in the words of the table. */
final class SocketWalker {

  /** The row that is no event: what becomes of the connection itself. */
  static final String CONNECT = "(connect)";

  private static final String AUTH = "auth";

  private final String base;
  private final Events events;

  SocketWalker(String base, Events events) {
    this.base = base;
    this.events = events;
  }

  /**
   * Walks one cell.
   *
   * @param expected what the cell says
   * @return what came instead, null when it came as expected
   */
  @Nullable String deviation(String event, Case asked, String expected) throws Exception {
    String seen = seen(event, asked);
    boolean same =
        expected.startsWith("error: ") ? seen.startsWith(expected) : seen.equals(expected);
    return same ? null : seen;
  }

  private String seen(String event, Case asked) throws Exception {
    JsonObject payload = events.payload(event, asked);
    asked.begin();
    RawSocket socket =
        asked.closing(RawSocket.open(base, event.equals(AUTH) ? null : asked.token()));
    if (!socket.refusal().isEmpty()) {
      return "refused: " + socket.refusal();
    }
    if (event.equals(CONNECT)) {
      return greeting(socket);
    }
    for (String earlier : events.before(event)) {
      socket.ask(earlier, null);
    }
    JsonObject answer = socket.ask(event, payload);
    return event.equals(AUTH) ? verdict(socket) : words(answer);
  }

  /** Something is sent that cannot be carried out, so that silence can be told from slowness. */
  private static String greeting(RawSocket socket) throws Exception {
    socket.ask("no:event", null);
    Heard first = socket.hears("auth:success", "auth:failed", "auth:banned", "error");
    return first.name().equals("error") ? "silence" : first.name();
  }

  /** The answer to {@code auth} is an event. */
  private static String verdict(RawSocket socket) throws InterruptedException {
    Heard first = socket.hears("auth:success", "auth:failed", "auth:banned", "error");
    return first.name().equals("error")
        ? "error: " + first.payload().getString("message")
        : first.name();
  }

  private static String words(JsonObject answer) {
    if (!answer.getBoolean("ok")) {
      return "error: " + answer.getString("error");
    }
    if (answer.containsKey("outcome")) {
      String outcome = answer.getString("outcome");
      return answer.containsKey("reason") ? outcome + ": " + answer.getString("reason") : outcome;
    }
    if (Boolean.FALSE.equals(answer.getBoolean("found"))
        || Boolean.FALSE.equals(answer.getBoolean("extended"))) {
      return "no effect";
    }
    return "ok";
  }
}
