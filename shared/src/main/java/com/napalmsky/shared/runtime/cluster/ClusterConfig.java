package com.napalmsky.shared.runtime.cluster;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process joins the others. Holds the password, which is never part of its text.
 *
 * @param name processes of one installation have the same
 * @param host address of this process, on which it listens and under which the others reach it
 * @param port on which members talk about membership and registrations
 * @param busPort on which the event bus listens; 0 for any free one
 * @param members {@code host:port} of processes that carry data; at least one of them must be up
 *     for a gateway to join. Empty when {@code dns} is given
 * @param dns name that all processes which carry data answer to, or null
 * @param password that members must share; null for none
 * @param tls certificates of the event bus, or null for plain connections
 * @param joinWithin how long to look for others before the start fails
 * @param deafAfter how long the bus may be silent before the process gives itself up
 */
public record ClusterConfig(
    String name,
    String host,
    int port,
    int busPort,
    List<String> members,
    @Nullable String dns,
    @Nullable String password,
    @Nullable Tls tls,
    Duration joinWithin,
    Duration deafAfter) {

  public static final String CLUSTER = "CLUSTER";
  public static final String NAME = "CLUSTER_NAME";
  public static final String HOST = "CLUSTER_HOST";
  public static final String PORT = "CLUSTER_PORT";
  public static final String BUS_PORT = "CLUSTER_BUS_PORT";
  public static final String MEMBERS = "CLUSTER_MEMBERS";
  public static final String DNS = "CLUSTER_DNS";
  public static final String PASSWORD = "CLUSTER_PASSWORD";
  public static final String TLS_CERT_FILE = "CLUSTER_TLS_CERT_FILE";
  public static final String TLS_KEY_FILE = "CLUSTER_TLS_KEY_FILE";
  public static final String TLS_CA_FILE = "CLUSTER_TLS_CA_FILE";
  public static final String JOIN_SECONDS = "CLUSTER_JOIN_SECONDS";
  public static final String DEAF_SECONDS = "CLUSTER_DEAF_SECONDS";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS =
      List.of(
          CLUSTER,
          NAME,
          HOST,
          PORT,
          BUS_PORT,
          MEMBERS,
          DNS,
          PASSWORD,
          TLS_CERT_FILE,
          TLS_KEY_FILE,
          TLS_CA_FILE,
          JOIN_SECONDS,
          DEAF_SECONDS);

  static final int DEFAULT_PORT = 5701;

  /**
   * PEM files. Each side shows its certificate and takes only those of the authority.
   *
   * @param cert certificate of this process, with its chain
   * @param key its private key, PKCS#8
   * @param ca certificate of the authority that signed those of all processes
   */
  public record Tls(Path cert, Path key, Path ca) {}

  public ClusterConfig {
    members = List.copyOf(members);
    for (String member : members) {
      if (!member.matches("[^:\\s]+(:\\d{1,5})?")) {
        throw new InvalidSetting(MEMBERS, "must be host:port, ..., was '" + member + "'");
      }
    }
    if (members.isEmpty() && dns == null) {
      throw new InvalidSetting(
          MEMBERS, "or " + DNS + " must say where processes are that carry data");
    }
    if (!members.isEmpty() && dns != null) {
      throw new InvalidSetting(DNS, "and " + MEMBERS + " exclude each other");
    }
    if (password != null && password.length() < 12) {
      throw new InvalidSetting(PASSWORD, "must have at least 12 characters");
    }
  }

  /**
   * Reads the settings of a process that is part of a cluster.
   *
   * @throws InvalidSetting when {@code CLUSTER} is not {@code true}, or another one cannot be used,
   *     or one of the prefix {@code CLUSTER_} is unknown
   */
  public static ClusterConfig from(Settings settings) {
    if (!settings.flag(CLUSTER, false)) {
      throw new InvalidSetting(
          CLUSTER,
          "must be true: a service by itself needs the others; deploy/run starts all in one process");
    }
    if (settings.optionalText("REDIS_URL") == null) {
      throw new InvalidSetting(
          CLUSTER, "is true, which needs REDIS_URL: several processes cannot share memory stores");
    }
    ClusterConfig config =
        new ClusterConfig(
            settings.text(NAME, "napalmsky"),
            settings.text(HOST, "127.0.0.1"),
            settings.number(PORT, DEFAULT_PORT, 1, 65_535),
            settings.number(BUS_PORT, 0, 0, 65_535),
            settings.list(MEMBERS, ""),
            settings.optionalText(DNS),
            settings.optionalText(PASSWORD),
            tls(settings),
            settings.seconds(JOIN_SECONDS, 60, 5, 600),
            settings.seconds(DEAF_SECONDS, 15, 5, 300));
    settings.refuseUnknown("CLUSTER_");
    return config;
  }

  /** Where {@code members} are, with the usual port filled in. */
  List<String> memberAddresses() {
    return members.stream()
        .map(member -> member.contains(":") ? member : member + ":" + DEFAULT_PORT)
        .toList();
  }

  @Override
  public String toString() {
    return "ClusterConfig[name="
        + name
        + ", host="
        + host
        + ", port="
        + port
        + ", busPort="
        + busPort
        + ", members="
        + members
        + ", dns="
        + dns
        + ", password="
        + (password == null ? "none" : "***")
        + ", tls="
        + (tls != null)
        + "]";
  }

  private static @Nullable Tls tls(Settings settings) {
    Path cert = file(settings, TLS_CERT_FILE);
    Path key = file(settings, TLS_KEY_FILE);
    Path ca = file(settings, TLS_CA_FILE);
    if (cert == null && key == null && ca == null) {
      return null;
    }
    if (cert == null || key == null || ca == null) {
      throw new InvalidSetting(
          cert == null ? TLS_CERT_FILE : key == null ? TLS_KEY_FILE : TLS_CA_FILE,
          "is missing: certificate, key and authority belong together");
    }
    return new Tls(cert, key, ca);
  }

  private static @Nullable Path file(Settings settings, String key) {
    String text = settings.optionalText(key);
    if (text == null) {
      return null;
    }
    Path path = Path.of(text);
    if (!Files.isReadable(path)) {
      throw new InvalidSetting(key, "must be a file that can be read, was '" + text + "'");
    }
    return path;
  }
}
