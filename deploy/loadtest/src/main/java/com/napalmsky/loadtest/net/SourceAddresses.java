package com.napalmsky.loadtest.net;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from. One address has about 28,000 ports for one server; on loopback there
 * are plenty of addresses, and each serves 25,000 connections before the next one takes over. Ports
 * of closed connections rest for a minute, so that connections made count, not those open.
 */
final class SourceAddresses {

  private static final int PORTS = 25_000;
  private static final int ADDRESSES = 200;

  private final boolean loopback;
  private final AtomicLong connections = new AtomicLong();

  SourceAddresses(Target target) {
    byte[] address = target.address().getAddress().getAddress();
    loopback = address.length == 4 && address[0] == 127;
  }

  /** The address of the next connection; null to let the system choose. */
  @Nullable InetSocketAddress next() {
    long number = connections.getAndIncrement();
    if (!loopback || number < PORTS) {
      return null;
    }
    return new InetSocketAddress("127.0.0." + (1 + number / PORTS % ADDRESSES), 0);
  }
}
