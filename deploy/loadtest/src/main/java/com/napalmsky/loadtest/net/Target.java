package com.napalmsky.loadtest.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The server under test.
 *
 * @param authority host and port as in the Host header
 */
public record Target(String authority, InetSocketAddress address) {

  /**
   * Reads one URL or several with commas between them.
   *
   * @throws Trouble when one of them is none, or its host is not known here
   */
  public static List<Target> allOf(String urls) throws Trouble {
    List<Target> targets = new ArrayList<>();
    for (String url : urls.split(",", -1)) {
      targets.add(of(url));
    }
    return targets;
  }

  /**
   * Reads a URL like {@code http://127.0.0.1:3001}.
   *
   * @throws Trouble when it is none, or its host is not known here
   */
  public static Target of(String url) throws Trouble {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException malformed) {
      throw new Trouble("this is no URL: " + url);
    }
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new Trouble("--url must be like http://127.0.0.1:3001 (no TLS), not " + url);
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    try {
      InetAddress host = InetAddress.getByName(uri.getHost());
      return new Target(uri.getHost() + ":" + port, new InetSocketAddress(host, port));
    } catch (UnknownHostException unknown) {
      throw new Trouble("the host of " + url + " is not known here");
    }
  }
}
