package com.napalmsky.user.mail;

import io.vertx.core.Future;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Hands mails to a mail server. Safe from any context. */
final class SmtpMailer implements Mailer {

  private final MailClient client;
  private final String from;
  private final Duration limit;

  /**
   * @param from who sends
   * @param limit for one mail
   */
  SmtpMailer(MailClient client, String from, Duration limit) {
    this.client = client;
    this.from = from;
    this.limit = limit;
  }

  @Override
  public Future<Void> send(Mail mail) {
    MailMessage message =
        new MailMessage()
            .setFrom(from)
            .setTo(mail.to())
            .setSubject(mail.subject())
            .setText(mail.text());
    return client
        .sendMail(message)
        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .recover(
            cause ->
                cause instanceof SMTPException refused
                    // Its text repeats the address, which is nothing for a log.
                    ? Future.failedFuture("the mail server answered " + refused.getReplyCode())
                    : Future.failedFuture(cause));
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
