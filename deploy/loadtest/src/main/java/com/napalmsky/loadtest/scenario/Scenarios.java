package com.napalmsky.loadtest.scenario;

import java.util.List;
import java.util.Optional;

/** All scenarios. */
public final class Scenarios {

  /** In the order in which they are explained. */
  public static final List<Scenario> ALL =
      List.of(
          new Connect(),
          new Idle(),
          new Churn(),
          new Poll(),
          new Slow(),
          new Calls(),
          new Relay(),
          new Storm(),
          new Ramp(),
          new Evening(),
          new Soak(),
          new Beyond());

  private Scenarios() {}

  /** The one of that name. */
  public static Optional<Scenario> named(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
