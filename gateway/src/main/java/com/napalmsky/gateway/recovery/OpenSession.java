package com.napalmsky.gateway.recovery;

import io.vertx.core.Future;
import java.util.UUID;

/**
 * A session whose socket is open, as far as this process knows. Its log belongs to the socket's
 * event loop.
 */
public final class OpenSession implements HeldSession {

  /** Ends the socket of an open session, for its client has another one. */
  @FunctionalInterface
  public interface Ending {

    /**
     * Safe from any context. Does nothing when it is not of this session of its user.
     *
     * @return completes, on whatever context, when the socket is gone and presence-service was told
     *     so or could not be; never fails
     */
    Future<Void> of(UUID userSession);
  }

  private final String pid;
  private final String sid;
  private final EventLog log;
  private final Ending ending;

  OpenSession(String pid, String sid, EventLog log, Ending ending) {
    this.pid = pid;
    this.sid = sid;
    this.log = log;
    this.ending = ending;
  }

  /** The private id; never to be logged. */
  public String pid() {
    return pid;
  }

  /** The Socket.IO id. */
  public String sid() {
    return sid;
  }

  /** Its last events. */
  public EventLog log() {
    return log;
  }

  /** See {@link Ending}. */
  public Future<Void> end(UUID userSession) {
    return ending.of(userSession);
  }
}
