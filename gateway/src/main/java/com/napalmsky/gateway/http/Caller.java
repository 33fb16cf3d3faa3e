package com.napalmsky.gateway.http;

import com.napalmsky.shared.contract.user.Actor;
import com.napalmsky.shared.contract.user.Session;
import com.napalmsky.shared.contract.user.UserContract.Origin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, after the guard let him in.
 *
 * @param session null where the operation is open to anybody
 */
public record Caller(Inbound inbound, @Nullable Session session) {

  /** The session, of an operation that needs one. */
  public Session user() {
    if (session == null) {
      throw new IllegalStateException("an open operation has no user");
    }
    return session;
  }

  /** The user's id, of an operation that needs a session. */
  public UUID userId() {
    return user().userId();
  }

  /** The admin who asks, of an operation that is for admins. */
  public Actor actor() {
    return new Actor(userId(), inbound.ip());
  }

  /** The hash of the session's token, of an operation that finds it in the header. */
  public String tokenHash() {
    String hash = inbound.tokenHash();
    if (hash == null) {
      throw new IllegalStateException("no token in the header");
    }
    return hash;
  }

  /** Where the request came from. */
  public Origin origin() {
    return new Origin(inbound.ip(), inbound.device());
  }
}
