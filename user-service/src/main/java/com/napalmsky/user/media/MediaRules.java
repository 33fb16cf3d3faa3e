package com.napalmsky.user.media;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import com.napalmsky.user.media.store.S3Settings;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How selfies and videos are taken and kept.
 *
 * @param host where the listener binds
 * @param port of the listener; 0 for any free one
 * @param advertisedHost where gateways find it
 * @param directory for files that are being received and, in a local store, for all files
 * @param base of the addresses of files that we give out ourselves, without a slash at its end
 * @param s3 null for a local store
 * @param mostUploads under way at once in this process
 * @param workers that judge files
 * @param storeWorkers that wait for disk or bucket
 * @param stall how long an upload may stand still
 * @param mostMegapixels of a selfie before it is decoded
 * @param longestVideo what people are told
 * @param uploadsPerDay of one user; 0 for no limit
 * @param megabytesPerDay of one user; 0 for no limit
 * @param reserveMegabytes of the disk that uploads leave free
 * @param purgePause between two purges
 */
public record MediaRules(
    String host,
    int port,
    String advertisedHost,
    String directory,
    String base,
    @Nullable S3Settings s3,
    int mostUploads,
    int workers,
    int storeWorkers,
    Duration stall,
    int mostMegapixels,
    Duration longestVideo,
    int uploadsPerDay,
    int megabytesPerDay,
    int reserveMegabytes,
    Duration purgePause) {

  public static final String STORE = "USER_MEDIA_STORE";
  public static final String HOST = "USER_MEDIA_HOST";
  public static final String PORT = "USER_MEDIA_PORT";
  public static final String ADVERTISED_HOST = "USER_MEDIA_ADVERTISED_HOST";
  public static final String DIRECTORY = "USER_MEDIA_DIR";
  public static final String UPLOADS = "USER_MEDIA_UPLOADS";
  public static final String WORKERS = "USER_MEDIA_WORKERS";
  public static final String STORE_WORKERS = "USER_MEDIA_STORE_WORKERS";
  public static final String STALL_SECONDS = "USER_MEDIA_STALL_SECONDS";
  public static final String MEGAPIXELS = "USER_MEDIA_MEGAPIXELS";
  public static final String VIDEO_SECONDS = "USER_MEDIA_VIDEO_SECONDS";
  public static final String UPLOADS_PER_DAY = "USER_MEDIA_UPLOADS_PER_DAY";
  public static final String MEGABYTES_PER_DAY = "USER_MEDIA_MEGABYTES_PER_DAY";
  public static final String RESERVE_MEGABYTES = "USER_MEDIA_RESERVE_MEGABYTES";
  public static final String PURGE_MINUTES = "USER_MEDIA_PURGE_MINUTES";

  /** The public base of addresses, shared with the gateway. */
  public static final String API_BASE = "API_BASE";

  private static final String GATEWAY_PORT = "PORT";
  private static final String PATH = "/uploads";
  private static final String LOOPBACK = "127.0.0.1";

  private enum Store {
    LOCAL,
    S3
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used
   */
  public static MediaRules from(Settings settings) {
    String host = settings.text(HOST, LOOPBACK);
    String advertised = settings.text(ADVERTISED_HOST, LOOPBACK);
    if (settings.optionalText(ADVERTISED_HOST) == null && !host.equals(LOOPBACK)) {
      // Bound to all addresses it would send gateways to themselves.
      throw new InvalidSetting(ADVERTISED_HOST, "must be set when " + HOST + " is");
    }
    Store store = settings.choice(STORE, Store.LOCAL);
    String publicPort = settings.text(GATEWAY_PORT, "3001");
    String apiBase = settings.text(API_BASE, "http://localhost:" + publicPort);
    if (!apiBase.toLowerCase(Locale.ROOT).matches("https?://\\S+")) {
      throw new InvalidSetting(API_BASE, "must be an http or https address, was '" + apiBase + "'");
    }
    return new MediaRules(
        host,
        settings.number(PORT, 0, 0, 65_535),
        advertised,
        settings.text(DIRECTORY, "data/uploads"),
        apiBase.replaceAll("/+$", "") + PATH,
        S3Settings.from(settings, store == Store.S3),
        settings.number(UPLOADS, 64, 1, 10_000),
        settings.number(WORKERS, 1, 1, 64),
        settings.number(STORE_WORKERS, 4, 1, 64),
        settings.seconds(STALL_SECONDS, 20, 1, 600),
        // What telephones make today is 12 or 24.
        settings.number(MEGAPIXELS, 25, 1, 200),
        settings.seconds(VIDEO_SECONDS, 60, 1, 3_600),
        settings.number(UPLOADS_PER_DAY, 40, 0, 1_000_000),
        settings.number(MEGABYTES_PER_DAY, 500, 0, 1_000_000),
        settings.number(RESERVE_MEGABYTES, 512, 0, 1_000_000),
        Duration.ofMinutes(settings.number(PURGE_MINUTES, 10, 1, 1_440)));
  }
}
