package com.napalmsky.loadtest.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops and every connection they hold. */
public final class Network implements AutoCloseable {

  private static final int CONNECT_MILLIS = 20_000;
  private static final int SMALLEST_BUFFER = 4 << 10;

  /**
   * The server's kernel buffers 2.6 MB for a connection with the segments of loopback, and a few
   * dozen KB with those of a real network.
   */
  private static final ChannelOption<Integer> SEGMENT =
      new IntegerUnixChannelOption("TCP_MAXSEG", 6, 2);

  private static final int ETHERNET_SEGMENT = 1_400;

  private final List<Target> targets;
  private final AtomicInteger turn = new AtomicInteger();
  private final boolean deflate;
  private final SourceAddresses sources;
  private final Traffic traffic = new Traffic();
  private final MultiThreadIoEventLoopGroup group;
  private final Class<? extends SocketChannel> channelType;
  private final List<Loop> loops = new ArrayList<>();

  /**
   * @param targets at least one; each new connection goes to the next of them
   * @param deflate whether sockets offer compression
   * @param httpConnections at most, on each loop
   */
  public Network(List<Target> targets, int loops, boolean deflate, int httpConnections) {
    this.targets = List.copyOf(targets);
    this.deflate = deflate;
    sources = new SourceAddresses(targets.get(0));
    IoHandlerFactory handlers;
    if (Epoll.isAvailable()) {
      handlers = EpollIoHandler.newFactory();
      channelType = EpollSocketChannel.class;
    } else {
      handlers = NioIoHandler.newFactory();
      channelType = NioSocketChannel.class;
    }
    group = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("loop"), handlers);
    for (int i = 0; i < loops; i++) {
      this.loops.add(new Loop(i, (EventLoop) group.next(), this, httpConnections));
    }
  }

  /** All of them. */
  public List<Loop> loops() {
    return loops;
  }

  /** What came in on all sockets. */
  public Traffic traffic() {
    return traffic;
  }

  /** Where the next connection goes. */
  Target nextTarget() {
    return targets.get(Math.floorMod(turn.getAndIncrement(), targets.size()));
  }

  boolean deflate() {
    return deflate;
  }

  /**
   * Opens a TCP connection.
   *
   * @param tiny whether the kernel is to buffer as little as it can for this one
   */
  Future<Channel> connect(Target target, EventLoop loop, ChannelHandler handler, boolean tiny) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(handler);
    if (tiny) {
      bootstrap.option(ChannelOption.SO_RCVBUF, SMALLEST_BUFFER);
      if (Epoll.isAvailable()) {
        bootstrap.option(SEGMENT, ETHERNET_SEGMENT);
      }
    }
    InetSocketAddress source = sources.next();
    Promise<Channel> connected = Promise.promise();
    ChannelFuture opening =
        source == null
            ? bootstrap.connect(target.address())
            : bootstrap.connect(target.address(), source);
    var unused =
        opening.addListener(
            done -> {
              if (done.isSuccess()) {
                connected.complete(opening.channel());
              } else {
                connected.fail(Trouble.of(done.cause()));
              }
            });
    return connected.future();
  }

  /** Closes everything; waits for at most two seconds. */
  @Override
  public void close() {
    var unused = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
    loops.forEach(loop -> loop.deflation().close());
  }
}
