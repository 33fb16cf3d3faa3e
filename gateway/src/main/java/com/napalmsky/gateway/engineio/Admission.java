package com.napalmsky.gateway.engineio;

import org.jspecify.annotations.Nullable;

/** Decides whether another session may be opened. Called on any event loop; must not block. */
public interface Admission {

  /**
   * Why a session is not opened; the client gets status 503.
   *
   * @param message for the client
   * @param retryAfterSeconds when it should try again
   */
  record Refusal(String message, int retryAfterSeconds) {}

  /**
   * Asks for a place.
   *
   * @param remoteIp the true client address
   * @return null when the place is taken and must be given back by {@link #released}
   */
  @Nullable Refusal admit(String remoteIp);

  /** Somebody signed in on a session: it is no stranger's any more. Called once for a session. */
  void identified(String remoteIp);

  /**
   * Gives a place back; called once for each session that was admitted.
   *
   * @param identified whether somebody had signed in on it
   */
  void released(String remoteIp, boolean identified);
}
