package com.napalmsky.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of 127.0.0.1 that nobody listens on, from a first one upwards; none is given twice. */
final class Ports {

  private static final int LAST = 65_535;

  private int next;

  Ports(int first) {
    next = first;
  }

  /**
   * The next one.
   *
   * @throws IllegalStateException when there is none left
   */
  int next() {
    while (next <= LAST) {
      int port = next++;
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // The next one then.
      }
    }
    throw new IllegalStateException("no free port is left");
  }
}
