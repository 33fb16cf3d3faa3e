package com.napalmsky.clustertests;

import com.napalmsky.cluster.Hosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two machines on this one, for a test class: network namespaces of Linux on one bridge, which can
 * be kept from hearing each other. This machine, with the database, Redis and the clients, is
 * reached by both at all times. Where that cannot be made, the class is not run and says why.
 */
final class Namespaces implements Hosts, BeforeAllCallback, AfterAllCallback {

  static final int COUNT = 2;

  // Several builds may share a machine.
  private final String id = "nsky" + ProcessHandle.current().pid();
  private final String network = "10.213." + ProcessHandle.current().pid() % 256 + ".";
  private final List<ServerSocket> forwarders = new ArrayList<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    try {
      set();
    } catch (IOException refused) {
      String reason = "not shown, no network namespaces here: " + refused.getMessage();
      System.out.println(context.getDisplayName() + " is " + reason);
      Assumptions.abort(reason);
    }
  }

  private void set() throws IOException {
    run("ip", "link", "add", bridge(), "type", "bridge");
    run("ip", "address", "add", network + "1/24", "dev", bridge());
    run("ip", "link", "set", bridge(), "up");
    for (int i = 0; i < COUNT; i++) {
      run("ip", "netns", "add", space(i));
      String inside = "eth0";
      run("ip", "link", "add", port(i), "type", "veth", "peer", inside, "netns", space(i));
      run("ip", "link", "set", port(i), "master", bridge(), "up");
      run("ip", "-n", space(i), "address", "add", of(i).address() + "/24", "dev", inside);
      run("ip", "-n", space(i), "link", "set", inside, "up");
      run("ip", "-n", space(i), "link", "set", "lo", "up");
    }
    together();
  }

  /** From now on nothing of one gets to the other, and nobody is told. */
  void apart() throws IOException {
    isolate("on");
  }

  /** They hear each other again. */
  void together() throws IOException {
    isolate("off");
  }

  // A bridge passes nothing between ports that are isolated, but to and from all others.
  private void isolate(String state) throws IOException {
    for (int i = 0; i < COUNT; i++) {
      run("ip", "link", "set", port(i), "type", "bridge_slave", "isolated", state);
    }
  }

  @Override
  public Host of(int number) {
    int i = number % COUNT;
    return new Host(network + (2 + i), List.of("ip", "netns", "exec", space(i)));
  }

  @Override
  public String reach(int port) {
    try {
      ServerSocket forwarder = new ServerSocket(port, 200, InetAddress.getByName(network + "1"));
      forwarders.add(forwarder);
      Door.background("forwarder", () -> Door.passAll(forwarder, () -> List.of(Door.local(port))));
      return network + "1:" + port;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String bridge() {
    return id;
  }

  private String port(int number) {
    return id + "p" + number;
  }

  private String space(int number) {
    return id + "n" + number;
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    for (ServerSocket forwarder : forwarders) {
      forwarder.close();
    }
    for (int i = 0; i < COUNT; i++) {
      tryTo("ip", "netns", "delete", space(i));
      tryTo("ip", "link", "delete", port(i));
    }
    tryTo("ip", "link", "delete", bridge());
  }

  /** What was never made cannot be deleted. */
  private static void tryTo(String... command) {
    try {
      run(command);
    } catch (IOException notThere) {
      System.out.println(notThere.getMessage());
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
