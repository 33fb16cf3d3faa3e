package com.napalmsky.gateway.event;

import io.vertx.core.json.JsonArray;

/**
 * A row of the table of client events.
 *
 * @param name on the wire
 * @param parser checks the shape
 * @param right what the sender must be allowed
 * @param limit which allowance it takes from
 */
public record EventType<M extends ClientMessage>(
    String name, Parser<M> parser, Right right, Limit limit) {

  /** Turns what the client sent into what it means. */
  @FunctionalInterface
  public interface Parser<M extends ClientMessage> {

    /**
     * @param arguments everything after the event's name; anything may stand in them
     * @throws Malformed when a field is missing, of the wrong type or too large
     */
    M parse(JsonArray arguments) throws Malformed;
  }

  /** Whose event it is. */
  public enum Right {
    /** Anybody's. */
    OPEN,
    /** Known users'. */
    SESSION,
    /** Users' with paid access. */
    ACCESS,
    /** Known users', also of one whose session ended while he is in a call. */
    CALL;

    /** Whether the sender must be known. */
    public boolean needsSession() {
      return this != OPEN;
    }
  }

  /** The allowances of a socket. */
  public enum Limit {
    USUAL,
    /** Candidates come in bursts. */
    ICE
  }
}
