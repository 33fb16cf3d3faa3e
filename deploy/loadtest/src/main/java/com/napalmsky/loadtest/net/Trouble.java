package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.wire.ProtocolError;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that did not work out. The message is a kind, not an incident: failures are counted by
 * it, so that it holds no ids and no numbers that differ from one time to the next.
 */
public final class Trouble extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 160;
  private static final int DEEPEST = 5;

  private final long retryAfterMillis;

  public Trouble(String kind) {
    this(kind, -1);
  }

  /**
   * @param retryAfterMillis when the server said to try again, -1 when it did not say
   */
  public Trouble(String kind, long retryAfterMillis) {
    super(kind.length() > LONGEST ? kind.substring(0, LONGEST) : kind, null, false, false);
    this.retryAfterMillis = retryAfterMillis;
  }

  /** When the server said to try again, -1 when it did not say. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /** Says in our words what went wrong below. */
  public static Trouble of(@Nullable Throwable cause) {
    if (cause instanceof Trouble trouble) {
      return trouble;
    }
    if (cause instanceof ProtocolError) {
      return new Trouble("protocol error: " + cause.getMessage());
    }
    String text = texts(cause).toLowerCase(Locale.ROOT);
    if (text.contains("too many open files")) {
      return new Trouble("the generator has no file descriptors left (see ulimit -n)");
    }
    if (text.contains("assign requested address") || text.contains("address already in use")) {
      return new Trouble("the generator has no local ports left");
    }
    if (text.contains("connection refused")) {
      return new Trouble("nothing listens there (connection refused)");
    }
    if (text.contains("timed out")) {
      return new Trouble("no TCP connection in time: the server does not accept");
    }
    if (cause instanceof ConnectException || cause instanceof SocketException) {
      return new Trouble("cannot connect: " + withoutAddress(text));
    }
    if (text.contains("connection reset") || text.contains("broken pipe")) {
      return new Trouble("connection reset by the server");
    }
    return new Trouble(
        cause == null
            ? "unknown"
            : cause.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text));
  }

  /** What an exception and those below it say; the deepest one knows. */
  private static String texts(@Nullable Throwable cause) {
    StringBuilder texts = new StringBuilder();
    Throwable each = cause;
    for (int depth = 0; each != null && depth < DEEPEST; depth++) {
      if (each.getMessage() != null) {
        texts.append(depth == 0 ? "" : " / ").append(each.getMessage());
      }
      each = each.getCause();
    }
    return texts.toString();
  }

  private static String withoutAddress(String text) {
    int address = text.indexOf(": /");
    return address < 0 ? text : text.substring(0, address);
  }
}
