package com.napalmsky.cluster.bus;

import com.napalmsky.shared.bus.Endpoint;
import com.napalmsky.shared.bus.Topic;

/** What the two processes say to each other. */
final class SampleContract {

  /** Answers with what was asked. */
  static final Endpoint<Sample, Sample> ECHO =
      Endpoint.of("sample.v1.echo", Sample.class, Sample.class);

  /** How many published samples have come. Overtakes none that was published before it. */
  static final Endpoint<Ask, Arrived> ARRIVED =
      Endpoint.of("sample.v1.arrived", Ask.class, Arrived.class);

  static final Topic<Sample> PUBLISHED = new Topic<>("sample.v1.published", Sample.class);

  private static final int JSON_AROUND = "{\"text\":\"\"}".length();

  private SampleContract() {}

  /** Of text alone, so that its length on the wire is known. */
  record Sample(String text) {

    /**
     * One whose JSON has so many bytes.
     *
     * @param bytes 11 at least
     */
    static Sample of(int bytes) {
      return new Sample("x".repeat(bytes - JSON_AROUND));
    }
  }

  record Ask() {}

  /**
   * @param samples since the process began
   * @param cpuNanos what the process has used of any core since it began
   */
  record Arrived(long samples, long cpuNanos) {}
}
