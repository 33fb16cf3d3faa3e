package com.napalmsky.shared.log;

/**
 * The keys under which a line can be found, beside the level, the logger and the message; there are
 * no others. {@code service} and {@code node} are added to each line.
 */
public final class LogKey {

  /** The service that says it. */
  public static final String SERVICE = "service";

  /** The process that says it. */
  public static final String NODE = "node";

  /** Id of a user; nothing else about him. */
  public static final String USER = "user";

  /** Room of a call. */
  public static final String CALL = "call";

  /** On the bus. */
  public static final String ADDRESS = "address";

  /** How it ended: a word from a closed set. */
  public static final String OUTCOME = "outcome";

  private LogKey() {}
}
