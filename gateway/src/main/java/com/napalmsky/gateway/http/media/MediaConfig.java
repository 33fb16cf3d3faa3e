package com.napalmsky.gateway.http.media;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/**
 * How much media passes through a gateway, and from where else browsers get it.
 *
 * @param uploads under way at once
 * @param uploadStall how long an upload may stand still
 * @param uploadWhole how long an upload may take
 * @param downloads under way at once
 * @param origins of stores that browsers fetch files from by themselves, such as {@code
 *     https://media.example.org}
 */
public record MediaConfig(
    int uploads, Duration uploadStall, Duration uploadWhole, int downloads, List<String> origins) {

  static final String UPLOADS = "GATEWAY_UPLOADS";
  static final String UPLOAD_STALL_SECONDS = "GATEWAY_UPLOAD_STALL_SECONDS";
  static final String UPLOAD_SECONDS = "GATEWAY_UPLOAD_SECONDS";
  static final String DOWNLOADS = "GATEWAY_DOWNLOADS";
  static final String ORIGINS = "GATEWAY_MEDIA_ORIGINS";

  /**
   * Of user-service, which writes it into profiles; read here so that it need not be said twice.
   */
  static final String PUBLIC_BUCKET = "USER_MEDIA_S3_PUBLIC_URL";

  public MediaConfig {
    origins = List.copyOf(origins);
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSetting when one cannot be used
   */
  public static MediaConfig from(Settings settings) {
    return new MediaConfig(
        settings.number(UPLOADS, 64, 1, 10_000),
        settings.seconds(UPLOAD_STALL_SECONDS, 15, 1, 600),
        settings.seconds(UPLOAD_SECONDS, 600, 1, 3_600),
        settings.number(DOWNLOADS, 512, 1, 10_000),
        origins(settings));
  }

  private static List<String> origins(Settings settings) {
    List<String> named = settings.list(ORIGINS, "");
    String bucket = settings.optionalText(PUBLIC_BUCKET);
    return named.isEmpty() && bucket != null
        ? List.of(origin(PUBLIC_BUCKET, bucket))
        : named.stream().map(address -> origin(ORIGINS, address)).distinct().toList();
  }

  /** Without path: of an address that another one leads to, browsers compare no more than that. */
  private static String origin(String key, String address) {
    try {
      URI uri = new URI(address).parseServerAuthority();
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
      }
    } catch (URISyntaxException notAnAddress) {
      // Refused below, together with addresses of another kind.
    }
    throw new InvalidSetting(
        key, "must be addresses such as https://media.example.org, was '" + address + "'");
  }
}
