package com.napalmsky.clustertests;

import com.napalmsky.cluster.Kind;
import com.napalmsky.cluster.LocalCluster;
import com.napalmsky.cluster.Node;
import java.util.List;

/**
 * Each instance a process of its own, with a real PostgreSQL and Redis: what {@code deploy/cluster}
 * starts.
 */
record Processes(LocalCluster cluster) implements Installation {

  private record Program(Node node) implements Instance {

    @Override
    public boolean alive() {
      return node.alive();
    }

    @Override
    public boolean ready() {
      return node.ready();
    }

    @Override
    public String url() {
      return node.url();
    }

    @Override
    public void kill() throws InterruptedException {
      node.kill();
    }
  }

  @Override
  public List<Program> instances(Kind kind) {
    return cluster.nodes(kind).stream().map(Program::new).toList();
  }

  @Override
  public void makeWhole() throws Exception {
    for (Node node : cluster.nodes()) {
      if (!node.alive()) {
        Node next = cluster.instead(node);
        System.out.println("  " + next.name() + " in place of " + node.name());
      }
    }
  }

  @Override
  public String jdbcUrl() {
    return cluster.postgres().jdbcUrl();
  }

  @Override
  public void close() throws InterruptedException {
    cluster.close();
  }
}
