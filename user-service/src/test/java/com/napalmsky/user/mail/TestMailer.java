package com.napalmsky.user.mail;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps what it is given, or refuses it when a test says so. */
public final class TestMailer implements Mailer {

  private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_-]{43})");

  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;
  private volatile boolean losingAnswers;

  /** From now on nothing is taken, or everything again. */
  public void refuse(boolean everything) {
    refusing = everything;
  }

  /** From now on mails arrive and their sender does not hear of it, or does again. */
  public void loseAnswers(boolean all) {
    losingAnswers = all;
  }

  public List<Mail> mails() {
    return mails;
  }

  public List<Mail> mailsTo(String address) {
    return mails.stream().filter(mail -> mail.to().equals(address)).toList();
  }

  /** The token in the link of a mail. */
  public static String token(Mail mail) {
    Matcher link = TOKEN.matcher(mail.text());
    if (!link.find()) {
      throw new AssertionError("no link in " + mail.text());
    }
    return link.group(1);
  }

  @Override
  public Future<Void> send(Mail mail) {
    if (refusing) {
      return Future.failedFuture("the mail server is dead");
    }
    mails.add(mail);
    return losingAnswers ? Future.failedFuture("no answer") : Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
