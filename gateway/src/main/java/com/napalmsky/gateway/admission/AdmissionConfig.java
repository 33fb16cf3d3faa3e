package com.napalmsky.gateway.admission;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * How many are let in.
 *
 * @param sockets how many sockets this process holds
 * @param reserve how many more are let in for people who come back to a running call
 * @param strangersPerAddress sockets of one address that nobody has signed in on; 0 for no limit
 * @param handshakesPerSecond new sockets in the long run; 0 for no limit
 * @param handshakesBurst new sockets at once
 */
public record AdmissionConfig(
    int sockets,
    int reserve,
    int strangersPerAddress,
    int handshakesPerSecond,
    int handshakesBurst) {

  public static final String PROFILE = "GATEWAY_PROFILE";
  public static final String SOCKETS_MAX = "GATEWAY_SOCKETS_MAX";
  public static final String SOCKETS_RESERVE = "GATEWAY_SOCKETS_RESERVE";
  public static final String STRANGERS_PER_ADDRESS = "GATEWAY_STRANGERS_PER_ADDRESS";
  public static final String HANDSHAKES_PER_SECOND = "GATEWAY_HANDSHAKES_PER_SECOND";
  public static final String HANDSHAKES_BURST = "GATEWAY_HANDSHAKES_BURST";

  private static final Map<String, Integer> SOCKETS_OF_PROFILE =
      Map.of("512m", 8_000, "1g", 18_000, "2g", 18_000);
  // The database, the bus, the log, the jars and HTTP requests under way need files too.
  private static final int FILES_FOR_THE_REST = 1_000;
  private static final int MILLION = 1_000_000;

  /** The settings of a process. */
  public static AdmissionConfig from(Settings settings) {
    return from(settings, filesAllowed());
  }

  static AdmissionConfig from(Settings settings, long filesAllowed) {
    String profile = settings.text(PROFILE, "512m");
    Integer byDefault = SOCKETS_OF_PROFILE.get(profile);
    if (byDefault == null) {
      throw new InvalidSetting(PROFILE, "must be one of 512m, 1g, 2g, was '" + profile + "'");
    }
    int most = (int) Math.min(MILLION, Math.max(1, filesAllowed - FILES_FOR_THE_REST));
    int sockets = settings.number(SOCKETS_MAX, Math.min(byDefault, most), 1, MILLION);
    int reserve = settings.number(SOCKETS_RESERVE, Math.min(200, sockets / 20), 0, MILLION);
    if ((long) sockets + reserve > most) {
      throw new InvalidSetting(
          SOCKETS_MAX,
          "and "
              + SOCKETS_RESERVE
              + " must be at most "
              + most
              + " together, for this process may open "
              + filesAllowed
              + " files");
    }
    return new AdmissionConfig(
        sockets,
        reserve,
        settings.number(STRANGERS_PER_ADDRESS, 100, 0, MILLION),
        settings.number(HANDSHAKES_PER_SECOND, 500, 0, MILLION),
        settings.number(HANDSHAKES_BURST, 1_000, 1, MILLION));
  }

  private static long filesAllowed() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
