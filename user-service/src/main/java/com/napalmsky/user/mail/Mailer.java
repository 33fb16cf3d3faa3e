package com.napalmsky.user.mail;

import io.vertx.core.Future;

/** Sends mail. Safe from any context. */
public interface Mailer {

  /**
   * Sends a mail, once.
   *
   * @return succeeds when the mail is out of our hands; fails for whatever reason it is not, or may
   *     not be
   */
  Future<Void> send(Mail mail);

  /** Lets go of every connection. */
  Future<Void> close();
}
