package com.napalmsky.loadtest.net;

import com.napalmsky.loadtest.wire.Deflation;
import io.netty.channel.EventLoop;

/** One event loop with what its connections share. */
public final class Loop {

  private final int number;
  private final EventLoop executor;
  private final Network network;
  private final Deflation deflation = new Deflation();
  private final HttpPool http;

  Loop(int number, EventLoop executor, Network network, int httpConnections) {
    this.number = number;
    this.executor = executor;
    this.network = network;
    http = new HttpPool(network, executor, httpConnections);
  }

  /** From 0. */
  public int number() {
    return number;
  }

  /** The thread of everything here. */
  public EventLoop executor() {
    return executor;
  }

  /** Its HTTP connections. Used on this loop only. */
  public HttpPool http() {
    return http;
  }

  Network network() {
    return network;
  }

  Deflation deflation() {
    return deflation;
  }
}
