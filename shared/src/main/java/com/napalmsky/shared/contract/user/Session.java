package com.napalmsky.shared.contract.user;

import java.time.Instant;
import java.util.UUID;

/**
 * Who is behind a token, as far as the guard chain needs it.
 *
 * @param sessionId names the session without being the secret
 * @param permanent whether the account has e-mail and password; a guest otherwise
 * @param expiresAt when the session ends if it is not used
 */
public record Session(
    UUID sessionId,
    Person person,
    boolean permanent,
    PaidStatus paidStatus,
    BanStatus banStatus,
    boolean admin,
    Instant expiresAt) {

  /** The user's id. */
  public UUID userId() {
    return person.userId();
  }
}
