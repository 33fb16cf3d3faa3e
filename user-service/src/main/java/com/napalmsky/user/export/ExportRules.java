package com.napalmsky.user.export;

import com.napalmsky.shared.runtime.Settings;

/**
 * How much one export may hold.
 *
 * @param entries of each section at most
 * @param sectionBytes of each section at most, so that one message on the bus stays bounded
 */
public record ExportRules(int entries, int sectionBytes) {

  public static final String ENTRIES = "USER_EXPORT_ENTRIES";
  public static final String SECTION_BYTES = "USER_EXPORT_SECTION_BYTES";

  /** Reads the settings. */
  public static ExportRules from(Settings settings) {
    return new ExportRules(
        settings.number(ENTRIES, 1_000, 1, 10_000),
        settings.number(SECTION_BYTES, 500_000, 1_000, 2_000_000));
  }
}
