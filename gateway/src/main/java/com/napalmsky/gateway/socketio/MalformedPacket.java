package com.napalmsky.gateway.socketio;

/** A client sent what is no packet. Carries no stack trace: clients cause it at will. */
final class MalformedPacket extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedPacket(String why) {
    super(why, null, false, false);
  }
}
