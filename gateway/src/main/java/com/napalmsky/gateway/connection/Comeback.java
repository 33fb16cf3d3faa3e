package com.napalmsky.gateway.connection;

import com.napalmsky.gateway.recovery.EventLog.Kept;
import com.napalmsky.gateway.recovery.Involvement;
import com.napalmsky.gateway.socketio.Previous;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that asks for the session it lost, until it is welcomed. */
final class Comeback {

  final Previous previous;

  /** The user was not there any more. */
  boolean tooLate;

  /** What it missed; empty until it has the session again. */
  List<Kept> missed = List.of();

  /** What it was in; null until it has the session again. */
  @Nullable Involvement involvement;

  Comeback(Previous previous) {
    this.previous = previous;
  }
}
