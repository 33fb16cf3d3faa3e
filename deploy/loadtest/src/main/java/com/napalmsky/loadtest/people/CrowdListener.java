package com.napalmsky.loadtest.people;

import com.napalmsky.loadtest.net.Trouble;

/** Hears what people are told; called on the loop of the person. */
public interface CrowdListener {

  /** Hears nothing. */
  CrowdListener DEAF = (who, name, payload) -> {};

  /** An event for somebody. */
  void event(Person who, String name, String payload);

  /** Somebody's connection is gone, and the generator did not cut it. */
  default void closed(Person who, Trouble why) {}
}
