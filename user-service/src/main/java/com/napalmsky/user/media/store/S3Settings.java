package com.napalmsky.user.media.store;

import com.napalmsky.shared.runtime.InvalidSetting;
import com.napalmsky.shared.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and how to reach it. No key appears in its text.
 *
 * @param endpoint of a store that is not Amazon's, or null
 * @param publicUrl under which anybody can read the bucket, without a slash at its end; null when
 *     nobody can, and addresses are signed one by one
 * @param signedFor how long a signed address is good
 */
public record S3Settings(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    boolean pathStyle,
    @Nullable String publicUrl,
    Duration signedFor) {

  public static final String ENDPOINT = "USER_MEDIA_S3_ENDPOINT";
  public static final String REGION = "USER_MEDIA_S3_REGION";
  public static final String BUCKET = "USER_MEDIA_S3_BUCKET";
  public static final String ACCESS_KEY = "USER_MEDIA_S3_ACCESS_KEY";
  public static final String SECRET_KEY = "USER_MEDIA_S3_SECRET_KEY";
  public static final String PATH_STYLE = "USER_MEDIA_S3_PATH_STYLE";
  public static final String PUBLIC_URL = "USER_MEDIA_S3_PUBLIC_URL";
  public static final String SIGNED_SECONDS = "USER_MEDIA_S3_SIGNED_SECONDS";

  /**
   * Reads the settings.
   *
   * @param needed whether files are kept in a bucket at all
   * @return null when they are not
   * @throws InvalidSetting when one is missing or cannot be used
   */
  public static @Nullable S3Settings from(Settings settings, boolean needed) {
    String endpoint = settings.optionalText(ENDPOINT);
    String region = settings.text(REGION, "us-east-1");
    String bucket = settings.optionalText(BUCKET);
    String accessKey = settings.optionalText(ACCESS_KEY);
    String secretKey = settings.optionalText(SECRET_KEY);
    boolean pathStyle = settings.flag(PATH_STYLE, false);
    String publicUrl = settings.optionalText(PUBLIC_URL);
    // Seven days is the most that a signature can last.
    Duration signedFor = settings.seconds(SIGNED_SECONDS, 3600, 60, 604_800);
    if (!needed) {
      return null;
    }
    return new S3Settings(
        endpoint == null ? null : url(ENDPOINT, endpoint),
        region,
        required(BUCKET, bucket),
        required(ACCESS_KEY, accessKey),
        required(SECRET_KEY, secretKey),
        pathStyle,
        publicUrl == null ? null : url(PUBLIC_URL, publicUrl).toString().replaceAll("/+$", ""),
        signedFor);
  }

  private static String required(String key, @Nullable String value) {
    if (value == null) {
      throw new InvalidSetting(key, "must be set when USER_MEDIA_STORE is s3");
    }
    return value;
  }

  private static URI url(String key, String value) {
    if (value.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
      return URI.create(value);
    }
    throw new InvalidSetting(key, "must be an http or https address, was '" + value + "'");
  }

  @Override
  public String toString() {
    return "S3Settings[bucket=" + bucket + "]";
  }
}
