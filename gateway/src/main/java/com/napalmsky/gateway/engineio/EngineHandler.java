package com.napalmsky.gateway.engineio;

import com.napalmsky.shared.contract.gateway.CloseReason;
import io.vertx.core.buffer.Buffer;

/** What happens to sessions. Called on the session's home loop only. */
public interface EngineHandler {

  /** A session was opened; its client was told so, and what is sent now follows immediately. */
  void onOpen(EngineSession session);

  /** A text message, without the packet type. */
  void onText(EngineSession session, String message);

  /** A binary message. */
  void onBinary(EngineSession session, Buffer message);

  /** The client is about to be pinged, and no earlier ping is unanswered. */
  default void onPing(EngineSession session) {}

  /** The client answered a ping, which it got after everything sent before that. */
  default void onPong(EngineSession session) {}

  /** The session is gone; called once for each opened session, and nothing is called after it. */
  void onClose(EngineSession session, CloseReason reason);
}
