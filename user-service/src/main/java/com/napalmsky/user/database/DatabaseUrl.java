package com.napalmsky.user.database;

import com.napalmsky.shared.runtime.InvalidSetting;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is: {@code postgres://user:password@host:port/database?sslmode=...}, with {@code
 * postgresql} meaning the same.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 * @param sslmode {@code disable}, {@code prefer} (the default: encrypted when the server offers
 *     it), {@code require}, or with a check of the certificate {@code verify-ca} and {@code
 *     verify-full}
 * @param sslrootcert file with the certificates to trust when checking; null for those of the JDK
 */
public record DatabaseUrl(
    String user,
    @Nullable String password,
    String host,
    int port,
    String database,
    String sslmode,
    @Nullable String sslrootcert) {

  /** The setting that holds it. */
  public static final String KEY = "DATABASE_URL";

  private static final int USUAL_PORT = 5432;
  private static final Set<String> SSL_MODES =
      Set.of("disable", "prefer", "require", "verify-ca", "verify-full");
  private static final Pattern SHAPE =
      Pattern.compile(
          "postgres(?:ql)?://(?<user>[^:@/?#\\s]+)(?::(?<password>[^:@/?#\\s]*))?"
              + "@(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<host>[A-Za-z0-9._-]+))(?::(?<port>\\d{1,5}))?"
              + "/(?<database>[^/?#\\s]+)(?:\\?(?<query>[^#\\s]*))?");

  /** Reads the URL of the setting; see {@link #parse(String, String)}. */
  public static DatabaseUrl parse(String url) {
    return parse(KEY, url);
  }

  /**
   * Reads a URL.
   *
   * @param key how the one who gave it calls it
   * @throws InvalidSetting when it is not one; its message names the key and never shows the value,
   *     which holds a password
   */
  public static DatabaseUrl parse(String key, String url) {
    Matcher parts = SHAPE.matcher(url);
    if (!parts.matches()) {
      throw new InvalidSetting(
          key,
          "must look like postgres://user:password@host:port/database?sslmode=..., with"
              + " everything unusual percent-encoded");
    }
    String password = parts.group("password");
    Map<String, String> query = query(key, parts.group("query"));
    String sslmode = query.getOrDefault("sslmode", "prefer");
    if (!SSL_MODES.contains(sslmode)) {
      throw new InvalidSetting(
          key,
          "has an unknown sslmode; known are disable, prefer, require, verify-ca,"
              + " verify-full");
    }
    String six = parts.group("six");
    String host = parts.group("host");
    return new DatabaseUrl(
        decode(key, parts.group("user")),
        password == null ? null : decode(key, password),
        six != null ? six : String.valueOf(host),
        port(key, parts.group("port")),
        decode(key, parts.group("database")),
        sslmode,
        query.get("sslrootcert"));
  }

  private static int port(String key, @Nullable String digits) {
    int port = digits == null ? USUAL_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw new InvalidSetting(key, "must have a port from 1 to 65535");
    }
    return port;
  }

  private static Map<String, String> query(String key, @Nullable String query) {
    Map<String, String> values = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return values;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.equals("sslmode") && !name.equals("sslrootcert")) {
        throw new InvalidSetting(key, "may have the parameters sslmode and sslrootcert only");
      }
      String value = equals < 0 ? "" : decode(key, pair.substring(equals + 1));
      if (value.isEmpty() || values.put(name, value) != null) {
        throw new InvalidSetting(key, "must give " + name + " one value");
      }
    }
    return values;
  }

  private static String decode(String key, String encoded) {
    try {
      // A plus is a plus here, not a blank as in forms.
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      throw new InvalidSetting(key, "has a broken percent-encoding");
    }
  }

  /** What may be said aloud of it: {@code host:port/database}. */
  public String place() {
    return bracketed() + ":" + port + "/" + database;
  }

  private String bracketed() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  PgConnectOptions connectOptions() {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(database)
            .setUser(user)
            .setPassword(password == null ? "" : password)
            .setSslMode(SslMode.of(sslmode));
    return sslmode.equals("disable") ? options : options.setSslOptions(sslOptions());
  }

  private ClientSSLOptions sslOptions() {
    ClientSSLOptions options = new ClientSSLOptions();
    if (!sslmode.startsWith("verify")) {
      return options.setTrustAll(true);
    }
    options.setHostnameVerificationAlgorithm(sslmode.equals("verify-full") ? "HTTPS" : "");
    if (sslrootcert != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(sslrootcert));
    }
    return options;
  }

  /**
   * The same place for JDBC, without user and password.
   *
   * @param application what the server shows of the connection, letters and dashes
   * @param connectSeconds for opening a connection
   * @param readSeconds for each answer
   */
  public String jdbc(String application, int connectSeconds, int readSeconds) {
    StringBuilder jdbc =
        new StringBuilder("jdbc:postgresql://")
            .append(bracketed())
            .append(':')
            .append(port)
            .append('/')
            .append(encode(database))
            .append("?ApplicationName=")
            .append(application)
            .append("&connectTimeout=")
            .append(connectSeconds)
            .append("&loginTimeout=")
            .append(connectSeconds)
            .append("&socketTimeout=")
            .append(readSeconds)
            .append("&sslmode=")
            .append(sslmode);
    if (sslrootcert != null) {
      jdbc.append("&sslrootcert=").append(encode(sslrootcert));
    } else if (sslmode.startsWith("verify")) {
      jdbc.append("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return jdbc.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "DatabaseUrl[" + place() + "]";
  }
}
