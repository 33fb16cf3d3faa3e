package com.napalmsky.gateway.engineio;

/** The status codes of RFC 6455 that this side sends. */
final class CloseStatus {

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_PAYLOAD = 1007;
  static final int TOO_BIG = 1009;
  static final int TRY_AGAIN_LATER = 1013;

  private CloseStatus() {}
}
