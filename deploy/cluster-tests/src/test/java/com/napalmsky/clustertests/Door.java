package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.clustertests.Installation.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The address that clients know, as a balancer is one: passes a connection on to its own gateway,
 * or to another one that is ready when that is not. It learns of a death as a balancer does, by
 * asking for readiness.
 */
final class Door implements AutoCloseable {

  private final Installation installation;
  private final int own;
  private final ServerSocket server;

  private Door(Installation installation, int own, ServerSocket server) {
    this.installation = installation;
    this.own = own;
    this.server = server;
  }

  /**
   * @param own port of the gateway that is preferred
   */
  static Door to(Installation installation, int own) throws IOException {
    Door door =
        new Door(installation, own, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
    background("door", () -> passAll(door.server, door::inOrder));
    return door;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Port of the gateway that it prefers. */
  int own() {
    return own;
  }

  /** Passes connections on, each to the first of those that takes it, until that is closed. */
  static void passAll(ServerSocket server, Supplier<List<InetSocketAddress>> inOrder) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        background("door-connection", () -> passOn(client, inOrder.get()));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void passOn(Socket client, List<InetSocketAddress> inOrder) {
    for (InetSocketAddress address : inOrder) {
      Socket server = new Socket();
      try {
        server.connect(address, 1000);
      } catch (IOException refused) {
        close(server);
        continue;
      }
      background("door-back", () -> copy(server, client));
      copy(client, server);
      return;
    }
    close(client);
  }

  /** The own gateway first, unless it is not ready and another one is. */
  private List<InetSocketAddress> inOrder() {
    List<InetSocketAddress> ready = new ArrayList<>();
    List<InetSocketAddress> others = new ArrayList<>();
    for (Instance gateway : installation.instances(Kind.GATEWAY)) {
      URI url = URI.create(gateway.url());
      List<InetSocketAddress> fitting = gateway.alive() && gateway.ready() ? ready : others;
      fitting.add(
          url.getPort() == own ? 0 : fitting.size(),
          new InetSocketAddress(url.getHost(), url.getPort()));
    }
    ready.addAll(others);
    return ready;
  }

  static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[8192];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        out.write(some, 0, read);
      }
    } catch (IOException cut) {
      // The other side is closed as well, which is all that is to be known.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to be done.
    }
  }

  static void background(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 256 * 1024L);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
