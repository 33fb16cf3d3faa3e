package com.napalmsky.user.mail;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes mails to the log in place of sending them, for those who try the program without a mail
 * server. Whoever reads that log can do what the mails allow.
 */
final class LogMailer implements Mailer {

  private static final Logger LOG = LoggerFactory.getLogger(LogMailer.class);

  @Override
  public Future<Void> send(Mail mail) {
    LOG.info(
        "mail to={} subject=\"{}\", not sent since {} is unset:\n{}",
        masked(mail.to()),
        mail.subject(),
        MailConfig.HOST,
        mail.text());
    return Future.succeededFuture();
  }

  /** Enough to tell one's own from another's. */
  private static String masked(String address) {
    return address.charAt(0) + "…" + address.substring(address.indexOf('@'));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
