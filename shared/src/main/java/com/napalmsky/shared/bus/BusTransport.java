package com.napalmsky.shared.bus;

import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;

/** How the bus goes from process to process. */
public final class BusTransport {

  /** A peer that answers no ping for as long again is gone; what waits for it fails. */
  private static final int PING_MILLIS = 3_000;

  private static final int CONNECT_MILLIS = 2_000;

  private BusTransport() {}

  /**
   * Lets the bus listen.
   *
   * @param host on which it listens and under which others reach it
   * @param port 0 for any free one
   */
  public static void listen(VertxOptions options, String host, int port) {
    EventBusOptions bus = options.getEventBusOptions();
    bus.setHost(host).setClusterPublicHost(host).setPort(port);
    bus.setClusterPingInterval(PING_MILLIS).setClusterPingReplyInterval(PING_MILLIS);
    bus.setConnectTimeout(CONNECT_MILLIS).setReconnectAttempts(0);
    bus.setTcpNoDelay(true).setTcpKeepAlive(true);
  }

  /** Has both sides of every connection show a certificate that the authority has signed. */
  public static void encrypt(VertxOptions options, Path cert, Path key, Path ca) {
    options
        .getEventBusOptions()
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(cert.toString()).setKeyPath(key.toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()));
  }
}
