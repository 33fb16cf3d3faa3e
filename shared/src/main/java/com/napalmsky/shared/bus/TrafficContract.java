package com.napalmsky.shared.bus;

import java.util.List;

/**
 * What processes tell each other about the bus's traffic while somebody watches it. Nobody measures
 * otherwise.
 */
public final class TrafficContract {

  /**
   * Somebody watches from the named process. Said again each second; whoever has not heard it for
   * some seconds stops measuring.
   */
  public static final Topic<Watched> WATCHED =
      new Topic<>("node.v1.traffic-watched", Watched.class);

  /** What one process measured, for one that watches. */
  public static final Mailbox<Measured, Noted> MEASURED =
      new Mailbox<>("node.v1.traffic", Measured.class, Noted.class);

  private TrafficContract() {}

  /** See {@link #WATCHED}. */
  public record Watched(String by) {}

  /**
   * See {@link #MEASURED}.
   *
   * @param node the process that measured
   * @param millis how long it measured: about a second
   * @param flows what moved or waited meanwhile; the order means nothing
   * @param gauges how much there is of what a watcher sees at a glance
   */
  public record Measured(String node, long millis, List<Flow> flows, List<Gauge> gauges) {
    public Measured {
      flows = List.copyOf(flows);
      gauges = List.copyOf(gauges);
    }
  }

  /** How much there is of something in one process. */
  public record Gauge(String name, long amount) {}

  /** It has arrived. */
  public record Noted() {}

  /** Which way, seen from the process that measures. */
  public enum Direction {
    /** It asked or announced. */
    SENT,
    /** It was asked, or listened. */
    RECEIVED
  }

  /**
   * What crossed one address in one direction.
   *
   * @param address the operation's, without the name of an instance
   * @param messages requests or events, not answers
   * @param bytes of messages and of answers to them, as they went to or came from other processes;
   *     inside one process records travel by reference and count nothing
   * @param inFlight requests not yet answered at the end, of those that came since the watch began
   * @param p50Micros half of the answers took no longer: from sending to the answer, or from
   *     receiving to answering; 0 when none was given
   * @param p99Micros 99 of 100 took no longer
   * @param failures of requests, by kind; without kinds that did not occur
   */
  public record Flow(
      String address,
      Direction direction,
      long messages,
      long bytes,
      long inFlight,
      long p50Micros,
      long p99Micros,
      List<Failures> failures) {
    public Flow {
      failures = List.copyOf(failures);
    }
  }

  /**
   * How often something failed.
   *
   * @param kind a code of {@link ServiceFailure} in lower case, or {@code nobody_there}, {@code
   *     silence}, {@code too_late}
   */
  public record Failures(String kind, long count) {}
}
