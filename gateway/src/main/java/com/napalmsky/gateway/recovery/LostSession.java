package com.napalmsky.gateway.recovery;

import java.util.UUID;

/**
 * A session whose socket is gone and whose client may come back. Nobody touches its log but who has
 * taken it out of {@link RecoverableSessions}.
 *
 * @param pid the private id
 * @param sid the Socket.IO id
 * @param userSession the session of its user, whose client alone may come back
 * @param involvement what the socket was in
 */
public record LostSession(
    String pid, String sid, UUID userSession, EventLog log, Involvement involvement)
    implements HeldSession {

  @Override
  public String toString() {
    return "LostSession[sid=" + sid + "]";
  }
}
