package com.napalmsky.gateway.engineio;

/** The first character of an Engine.IO packet. */
final class PacketType {

  static final char OPEN = '0';
  static final char CLOSE = '1';
  static final char PING = '2';
  static final char PONG = '3';
  static final char MESSAGE = '4';
  static final char UPGRADE = '5';
  static final char NOOP = '6';

  /** Marks a binary message in a polling payload, where it is base64. */
  static final char BINARY = 'b';

  private PacketType() {}
}
