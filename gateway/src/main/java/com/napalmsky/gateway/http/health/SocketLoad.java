package com.napalmsky.gateway.http.health;

/**
 * How many sockets there are.
 *
 * @param users different users among them
 * @param limit how many sockets the process admits
 */
public record SocketLoad(int sockets, int users, int limit) {

  /** No sockets, and none admitted. */
  public static final SocketLoad NONE = new SocketLoad(0, 0, 0);

  /** Both loops of one process together. */
  public SocketLoad plus(SocketLoad other) {
    return new SocketLoad(
        sockets + other.sockets, users + other.users, Math.max(limit, other.limit));
  }
}
