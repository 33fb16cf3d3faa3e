package com.napalmsky.shared.runtime.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Redis Cluster of three masters for tests, to be closed. */
public final class TestRedisCluster implements AutoCloseable {

  private static final int NODES = 3;
  private static final int SLOTS = 16_384;
  private static final int SLOTS_IN_ONE_LINE = 1_000;
  private static final int BUS_OFFSET = 10_000;
  private static final Duration FORM_LIMIT = Duration.ofSeconds(30);
  private static final String IS_OK =
      "EVAL \"return string.find(redis.call('CLUSTER','INFO'),'cluster_state:ok') and 1 or 0\" 0";

  private final List<TestRedis> nodes = new ArrayList<>();

  private TestRedisCluster() {}

  /** Starts one; returns when it serves. */
  public static TestRedisCluster start() {
    TestRedisCluster cluster = new TestRedisCluster();
    for (int node = 0; node < NODES; node++) {
      cluster.nodes.add(
          TestRedis.startAt(
              portWithBus(),
              "--cluster-enabled",
              "yes",
              "--cluster-config-file",
              "nodes.conf",
              "--cluster-node-timeout",
              "3000"));
    }
    cluster.form();
    return cluster;
  }

  /** Settings to use it, under a prefix that nobody has used. */
  public RedisConfig config() {
    RedisConfig single = nodes.get(0).config();
    return new RedisConfig(
        RedisMode.CLUSTER,
        nodes.stream().map(TestRedis::url).toList(),
        "",
        null,
        single.prefix(),
        single.timeLimit(),
        single.connectLimit(),
        single.inFlightMax(),
        single.retryMax());
  }

  /** Its nodes, each of which has a third of the slots. */
  public List<TestRedis> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void close() {
    nodes.forEach(TestRedis::close);
  }

  private void form() {
    for (int node = 0; node < NODES; node++) {
      int from = SLOTS * node / NODES;
      int to = SLOTS * (node + 1) / NODES;
      for (int slot = from; slot < to; slot += SLOTS_IN_ONE_LINE) {
        nodes
            .get(node)
            .command(
                "CLUSTER ADDSLOTS "
                    + IntStream.range(slot, Math.min(to, slot + SLOTS_IN_ONE_LINE))
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" ")));
      }
      nodes.get(0).command("CLUSTER MEET 127.0.0.1 " + nodes.get(node).port());
    }
    long end = System.nanoTime() + FORM_LIMIT.toNanos();
    while (!nodes.stream().allMatch(node -> node.command(IS_OK).equals(":1"))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no cluster within " + FORM_LIMIT);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Nodes talk to each other on a second port, at a fixed distance from the first. */
  private static int portWithBus() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket clients = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          ServerSocket bus =
              new ServerSocket(port + BUS_OFFSET, 1, InetAddress.getLoopbackAddress())) {
        return bus.getLocalPort() - BUS_OFFSET;
      } catch (IOException taken) {
        // The next one may be free.
      }
    }
  }
}
