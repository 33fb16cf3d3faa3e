package com.napalmsky.shared.runtime.process;

import com.napalmsky.shared.runtime.Settings;
import java.util.List;

/**
 * Where a process answers those who run it.
 *
 * @param host address of the port; loopback unless set, since nobody has to log in there
 * @param port 0 for any free one
 */
public record ManagementConfig(String host, int port) {

  public static final String PORT = "MANAGEMENT_PORT";
  public static final String HOST = "MANAGEMENT_HOST";

  /** All keys, in the order of the table in the README of {@code shared}. */
  public static final List<String> KEYS = List.of(PORT, HOST);

  /**
   * Reads the settings.
   *
   * @param byDefault the port unless one is set; each service has another
   * @throws com.napalmsky.shared.runtime.InvalidSetting when one cannot be used
   */
  public static ManagementConfig from(Settings settings, int byDefault) {
    return new ManagementConfig(
        settings.text(HOST, "127.0.0.1"), settings.number(PORT, byDefault, 0, 65_535));
  }
}
