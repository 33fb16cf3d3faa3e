package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.LocalCluster;
import com.napalmsky.cluster.Node;
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

/**
 * The address that clients know, as a balancer is one: passes a connection on to its own gateway,
 * or to another one that is ready when that is not. It learns of a death as a balancer does, by
 * asking for readiness.
 */
final class Door implements AutoCloseable {

  private final LocalCluster cluster;
  private final int own;
  private final ServerSocket server;

  private Door(LocalCluster cluster, int own, ServerSocket server) {
    this.cluster = cluster;
    this.own = own;
    this.server = server;
  }

  /**
   * @param own port of the gateway that is preferred
   */
  static Door to(LocalCluster cluster, int own) throws IOException {
    Door door = new Door(cluster, own, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
    background("door", door::accept);
    return door;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Port of the gateway that it prefers. */
  int own() {
    return own;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        background("door-connection", () -> passOn(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void passOn(Socket client) {
    for (int port : inOrder()) {
      Socket gateway = new Socket();
      try {
        gateway.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      } catch (IOException refused) {
        continue;
      }
      background("door-back", () -> copy(gateway, client));
      copy(client, gateway);
      return;
    }
    close(client);
  }

  /** The own gateway first, unless it is not ready and another one is. */
  private List<Integer> inOrder() {
    List<Integer> ready = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (Node gateway : cluster.nodes(Kind.GATEWAY)) {
      int port = URI.create(gateway.url()).getPort();
      List<Integer> fitting = gateway.alive() && gateway.ready() ? ready : others;
      fitting.add(port == own ? 0 : fitting.size(), port);
    }
    ready.addAll(others);
    return ready;
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

  private static void background(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 256 * 1024L);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
