package com.napalmsky.loadtest.scenario;

/** The run cannot go on; the message says why and what to do. */
public final class RunFailed extends Exception {

  private static final long serialVersionUID = 1L;

  public RunFailed(String message) {
    super(message);
  }
}
