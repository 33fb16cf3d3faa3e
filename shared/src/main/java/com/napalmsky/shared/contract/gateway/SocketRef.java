package com.napalmsky.shared.contract.gateway;

import java.util.Objects;

/**
 * One socket of one client, anywhere in the cluster. Never used again after the socket is gone.
 *
 * @param loop the gateway event loop that holds the socket, {@code <node>-<loop>}; the node's name
 *     is new at each start
 * @param id unique within the loop
 */
public record SocketRef(String loop, long id) {
  public SocketRef {
    Objects.requireNonNull(loop);
  }

  /** The gateway process that holds the socket: the {@code <node>} of the loop. */
  public String gateway() {
    int end = loop.lastIndexOf('-');
    return end < 0 ? loop : loop.substring(0, end);
  }
}
