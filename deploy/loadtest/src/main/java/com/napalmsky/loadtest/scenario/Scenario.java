package com.napalmsky.loadtest.scenario;

import com.napalmsky.loadtest.options.Option;
import java.util.Map;

/** Something that people do, and what is measured of it. */
public interface Scenario {

  /** As on the command line. */
  String name();

  /** One line. */
  String purpose();

  /** Options besides the common ones, with what they are unless given. */
  Map<Option, String> options();

  /**
   * Runs on the main thread until it is over; what it has measured is in the run's report, also
   * when it fails.
   *
   * @throws RunFailed when it cannot go on
   */
  void run(Run run) throws RunFailed;
}
