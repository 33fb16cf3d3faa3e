package com.napalmsky.gateway.engineio;

/** Why a request is refused, with the number and text that Engine.IO clients know. */
public enum EngineError {
  UNKNOWN_TRANSPORT(0, "Transport unknown", 400),
  UNKNOWN_SESSION(1, "Session ID unknown", 400),
  BAD_HANDSHAKE_METHOD(2, "Bad handshake method", 400),
  BAD_REQUEST(3, "Bad request", 400),
  FORBIDDEN(4, "Forbidden", 403),
  UNSUPPORTED_VERSION(5, "Unsupported protocol version", 400),
  TOO_LARGE(3, "Payload too large", 413),
  /** Refused by {@link Admission}, or the process stops; the text is theirs. */
  FULL(4, "Service unavailable", 503);

  private final int code;
  private final String text;
  private final int status;

  EngineError(int code, String text, int status) {
    this.code = code;
    this.text = text;
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The body. */
  String json() {
    return "{\"code\":" + code + ",\"message\":\"" + text + "\"}";
  }
}
