package com.napalmsky.gateway.auth;

import com.napalmsky.shared.contract.user.UserContract.Authenticated;
import io.vertx.core.Future;

/** Finds out what a token is worth. Safe from any context. */
@FunctionalInterface
public interface Authenticator {

  /**
   * @param token as the client sent it; anything may stand in it
   * @return the verdict, from memory where it is fresh; fails when user-service cannot be reached
   *     and the token is not known here; completed on the caller's context
   */
  Future<Authenticated> authenticate(String token);
}
