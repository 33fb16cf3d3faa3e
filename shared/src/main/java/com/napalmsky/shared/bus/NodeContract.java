package com.napalmsky.shared.bus;

import org.jspecify.annotations.Nullable;

/**
 * What processes ask each other about the bus itself. A process can look well to itself while
 * nothing reaches it any more; only a message that comes back from another one proves that it is
 * still heard.
 */
public final class NodeContract {

  /**
   * Answers that a message has arrived. With {@code backTo} the asked process first asks that one
   * in turn, so that a reply proves both ways.
   */
  public static final Mailbox<Echo, Echoed> ECHO =
      new Mailbox<>("node.v1.echo", Echo.class, Echoed.class);

  /** A process is about to leave in order, and must not be taken for lost. */
  public static final Topic<Leaving> LEAVING = new Topic<>("node.v1.leaving", Leaving.class);

  private NodeContract() {}

  /**
   * See {@link #ECHO}.
   *
   * @param backTo the process to ask before answering, or null
   */
  public record Echo(@Nullable String backTo) {}

  /** See {@link #LEAVING}. */
  public record Leaving(String node) {}

  /** It has arrived. */
  public record Echoed() {}
}
