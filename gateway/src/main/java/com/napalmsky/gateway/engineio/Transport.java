package com.napalmsky.gateway.engineio;

/** What carries the packets of a session at the moment. Called on the session's home loop. */
sealed interface Transport permits PollingTransport, WebSocketTransport {

  /** Sends a packet. */
  void text(char type, String text);

  /** Sends a text message that other sessions get too. */
  void shared(SharedText text);

  /** Sends a binary message. */
  void binary(byte[] message);

  /** Bytes, or characters, that wait for the client. */
  long waiting();

  /** Ends the transport after what was sent before; the client is told, as far as possible. */
  void finish(int status);

  /**
   * Ends the transport after what was sent before, as a lost connection ends: for a client that is
   * to come back at once.
   */
  void hangUp();
}
