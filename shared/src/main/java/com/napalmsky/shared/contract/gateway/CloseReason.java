package com.napalmsky.shared.contract.gateway;

/** Why a gateway ends a socket, and whether its client should come back by itself. */
public enum CloseReason {
  /** A third socket of the same user was opened; the oldest idle one goes. */
  TOO_MANY_SOCKETS(false),
  /** The session was ended by a newer login. */
  DISPLACED(false),
  LOGGED_OUT(false),
  BANNED(false),
  ACCOUNT_DELETED(false),
  /** Nothing proved who this is within the time limit. */
  UNAUTHENTICATED(false),
  /** A packet broke the protocol. */
  PROTOCOL_ERROR(true),
  /** Nothing was heard from the client within the ping time-out. */
  PING_TIMEOUT(true),
  /** The client did not read as fast as it was sent to. */
  SLOW(true),
  /** Too many events. */
  FLOODING(false),
  /** No CONNECT packet came after the transport was opened. */
  CONNECT_TIMEOUT(true),
  /** The client closed its connection, as a page does that is closed or reloaded. */
  CLIENT_CLOSED(true),
  /** The client said that it wants to hear no more. */
  CLIENT_LEFT(true),
  /** The client is back on another connection and goes on there. */
  RESUMED_ELSEWHERE(false),
  /** The transport broke. */
  TRANSPORT_LOST(true),
  /** This gateway is full. */
  FULL(true),
  /** This gateway stops. */
  SHUTDOWN(true);

  private final boolean reconnect;

  CloseReason(boolean reconnect) {
    this.reconnect = reconnect;
  }

  /** Whether the client is expected to reconnect by itself. */
  public boolean reconnect() {
    return reconnect;
  }
}
