package com.napalmsky.user.mail;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mail server.
 *
 * @param host null for none: mails are written to the log
 * @param user null to send without logging in
 * @param from the address of the sender, with or without a name; null without a host
 * @param limit for one mail, from connecting to the server's last word
 */
public record MailConfig(
    @Nullable String host,
    int port,
    @Nullable String user,
    @Nullable String password,
    Tls tls,
    @Nullable String from,
    Duration limit) {

  /** How the way to the server is kept from others. */
  public enum Tls {
    /** Begins in the clear and is refused when the server does not offer to encrypt it. */
    STARTTLS(StartTLSOptions.REQUIRED, false),
    /** Encrypted from the first byte. */
    TLS(StartTLSOptions.DISABLED, true),
    /** In the clear. */
    NONE(StartTLSOptions.DISABLED, false);

    private final StartTLSOptions startTls;
    private final boolean fromTheFirstByte;

    Tls(StartTLSOptions startTls, boolean fromTheFirstByte) {
      this.startTls = startTls;
      this.fromTheFirstByte = fromTheFirstByte;
    }
  }

  public static final String HOST = "MAIL_HOST";
  public static final String PORT = "MAIL_PORT";
  public static final String USER = "MAIL_USER";
  public static final String PASSWORD = "MAIL_PASSWORD";
  public static final String TLS = "MAIL_TLS";
  public static final String FROM = "MAIL_FROM";
  public static final String TIMEOUT_MILLIS = "MAIL_TIMEOUT_MILLIS";

  private static final String PREFIX = "MAIL_";
  private static final int CONNECTIONS = 2;
  private static final Pattern SENDER =
      Pattern.compile("[^<>@\\s]+@[^<>@\\s]+|[^<>@\\p{Cntrl}]*<[^<>@\\s]+@[^<>@\\s]+>");

  public MailConfig {
    if ((user == null) != (password == null)) {
      throw new InvalidSetting(user == null ? USER : PASSWORD, "must be set: the other one is");
    }
    if (user != null && tls == Tls.NONE) {
      throw new InvalidSetting(TLS, "must not be none: the password would be sent in the clear");
    }
    if (host != null && from == null) {
      throw new InvalidSetting(FROM, "must be set, such as Napalm Sky <no-reply@example.org>");
    }
    if (from != null && !SENDER.matcher(from).matches()) {
      throw new InvalidSetting(FROM, "must be an address, such as no-reply@example.org");
    }
  }

  /**
   * Reads the settings and refuses those with our prefix that are none.
   *
   * @throws InvalidSetting when one cannot be used, or they do not fit together
   */
  public static MailConfig from(Settings settings) {
    MailConfig config =
        new MailConfig(
            settings.optionalText(HOST),
            settings.number(PORT, 587, 1, 65_535),
            settings.optionalText(USER),
            settings.optionalText(PASSWORD),
            settings.choice(TLS, Tls.STARTTLS),
            settings.optionalText(FROM),
            settings.millis(TIMEOUT_MILLIS, 15_000, 100, 120_000));
    settings.refuseUnknown(PREFIX);
    return config;
  }

  /** What sends as this says; to be closed. */
  public Mailer mailer(Vertx vertx) {
    String sender = from;
    return host == null || sender == null
        ? new LogMailer()
        : new SmtpMailer(MailClient.create(vertx, client(host, sender)), sender, limit);
  }

  private io.vertx.ext.mail.MailConfig client(String server, String sender) {
    io.vertx.ext.mail.MailConfig client =
        new io.vertx.ext.mail.MailConfig(server, port)
            .setStarttls(tls.startTls)
            .setSsl(tls.fromTheFirstByte)
            .setHostnameVerificationAlgorithm("HTTPS")
            // Else asked of the system, on an event loop, and mostly answered with localhost.
            .setOwnHostname(sender.replaceAll(".*@|>", ""))
            .setConnectTimeout((int) limit.toMillis())
            // A server that falls silent must not hold one of the few connections for ever.
            .setIdleTimeout((int) limit.toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxPoolSize(CONNECTIONS)
            // Mails are rare: a kept connection would be a broken one when it is needed.
            .setKeepAlive(false);
    return user == null ? client : client.setUsername(user).setPassword(password);
  }

  @Override
  public String toString() {
    return "MailConfig[host=" + host + ", port=" + port + ", tls=" + tls + "]";
  }
}
