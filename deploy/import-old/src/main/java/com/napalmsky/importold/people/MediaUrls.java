package com.napalmsky.importold.people;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which addresses of selfies and videos still lead somewhere when the old server is gone. */
final class MediaUrls {

  // Where the old server put media when it did not keep them on its own disk.
  private static final Set<String> STORES = Set.of("res.cloudinary.com");
  private static final int LONGEST = 2_000;

  private final boolean all;

  /**
   * @param all keep every absolute http(s) address
   */
  MediaUrls(boolean all) {
    this.all = all;
  }

  /** The address, if it is kept. */
  Optional<String> kept(String url) {
    if (url.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI address = new URI(url);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
      boolean absolute = address.getHost() != null && address.getUserInfo() == null;
      boolean onAStore = scheme.equals("https") && address.getPort() == -1 && STORES.contains(host);
      boolean any = all && (scheme.equals("https") || scheme.equals("http"));
      return absolute && (onAStore || any) ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }
}
