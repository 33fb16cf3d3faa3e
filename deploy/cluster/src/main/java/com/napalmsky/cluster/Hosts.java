package com.napalmsky.cluster;

import java.util.List;

/**
 * The machines that processes of a cluster run on. Usually there is one, this one; tests have
 * several on one computer, each with a network of its own.
 */
public interface Hosts {

  /** Only this machine: all processes listen on 127.0.0.1. */
  Hosts LOCAL =
      new Hosts() {
        @Override
        public Host of(int number) {
          return new Host("127.0.0.1", List.of());
        }

        @Override
        public String reach(int port) {
          return "127.0.0.1:" + port;
        }
      };

  /**
   * A machine.
   *
   * @param address on which its processes listen, and at which all others reach them
   * @param enter begins a command that runs there
   */
  record Host(String address, List<String> enter) {

    public Host {
      enter = List.copyOf(enter);
    }
  }

  /** Where the process of this number, from 0, of each service runs. */
  Host of(int number);

  /**
   * How processes reach what listens on 127.0.0.1 of this machine: the database, Redis.
   *
   * @return {@code host:port}
   */
  String reach(int port);
}
