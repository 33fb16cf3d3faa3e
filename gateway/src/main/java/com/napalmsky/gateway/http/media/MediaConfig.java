package com.napalmsky.gateway.http.media;

import com.napalmsky.shared.runtime.Settings;
import java.time.Duration;

/**
 * How much media passes through a gateway.
 *
 * @param uploads under way at once
 * @param uploadStall how long an upload may stand still
 * @param uploadWhole how long an upload may take
 * @param downloads under way at once
 */
public record MediaConfig(int uploads, Duration uploadStall, Duration uploadWhole, int downloads) {

  static final String UPLOADS = "GATEWAY_UPLOADS";
  static final String UPLOAD_STALL_SECONDS = "GATEWAY_UPLOAD_STALL_SECONDS";
  static final String UPLOAD_SECONDS = "GATEWAY_UPLOAD_SECONDS";
  static final String DOWNLOADS = "GATEWAY_DOWNLOADS";

  /** Reads the settings. */
  public static MediaConfig from(Settings settings) {
    return new MediaConfig(
        settings.number(UPLOADS, 64, 1, 10_000),
        settings.seconds(UPLOAD_STALL_SECONDS, 15, 1, 600),
        settings.seconds(UPLOAD_SECONDS, 600, 1, 3_600),
        settings.number(DOWNLOADS, 512, 1, 10_000));
  }
}
