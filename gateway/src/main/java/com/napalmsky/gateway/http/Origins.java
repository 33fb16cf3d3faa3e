package com.napalmsky.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which web pages may call us: the allow-list, and our own. */
public final class Origins {

  /** What an {@code Origin} header is worth. */
  public enum Standing {
    /** No page, or one of ours: nothing needs to be said to the browser. */
    OWN,
    /** A page of the allow-list. */
    ALLOWED,
    FOREIGN
  }

  private final Set<String> allowed;

  /**
   * @param allowed such as {@code https://example.org}, without a path
   */
  public Origins(List<String> allowed) {
    this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * @param origin the {@code Origin} header, or null
   * @param host the {@code Host} header, or null
   */
  public Standing of(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return Standing.OWN;
    }
    String normal = normal(origin);
    if (allowed.contains(normal)) {
      return Standing.ALLOWED;
    }
    return host != null && isOwn(normal, host.toLowerCase(Locale.ROOT))
        ? Standing.OWN
        : Standing.FOREIGN;
  }

  // Behind a proxy that ends TLS the own scheme is not known, so either one is the own.
  private static boolean isOwn(String origin, String host) {
    return origin.equals(normal("http://" + host)) || origin.equals(normal("https://" + host));
  }

  private static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (lower.endsWith("/")) {
      lower = lower.substring(0, lower.length() - 1);
    }
    if (lower.startsWith("http://") && lower.endsWith(":80")) {
      return lower.substring(0, lower.length() - ":80".length());
    }
    if (lower.startsWith("https://") && lower.endsWith(":443")) {
      return lower.substring(0, lower.length() - ":443".length());
    }
    return lower;
  }
}
